/**
 * What can go wrong, what is done against it, and the tests that hold it: the one table from which HAZARDS.md is
 * written. A row that applies names its tests; one that does not says why.
 *
 * A test is named by its file below test/ and the beginning or a part of its name.
 */

export type TestName = `${string}.test.ts > ${string}`;

type Applies = Readonly<{ tests: readonly TestName[]; figures?: readonly string[] }>;
type DoesNot = Readonly<{ because: string }>;

export type Hazard = Readonly<{
  id: string;
  hazard: string;
  firmware: string;
  controller: string;
  page: string;
}> &
  (Applies | DoesNot);

export const hazards: readonly Hazard[] = [
  {
    id: 'H1',
    hazard: 'A motor does not stop: the host was killed or hangs',
    firmware: 'a lease of at most 250 ms, counted down in the tick interrupt',
    controller: 'renews each 100 ms, and only from a healthy snapshot',
    page: 'says that the device stops by itself',
    tests: [
      'faults/kill.test.ts > both motor pins are low within 300 ms',
      'faults/kill.test.ts > without the dead-man the same harness finds a motor that goes on',
      'faults/firmware-dead-man.test.ts > silences within 250 ms',
    ],
    figures: ['kill-kill-9', 'kill-SIGSTOP', 'kill-a-blocked-loop', 'kill-heap-death', 'kill-a-closed-port'],
  },
  {
    id: 'H2',
    hazard: 'A motor does not stop: the STOP was lost or garbled',
    firmware:
      'FF obeyed in the receive interrupt; any byte from 80h ends a sysex; a sysex has 32 bytes at most',
    controller: 'STOP three times until confirmed, then FF, then the line is hung up; no lease meanwhile',
    page: '"Stopping …" until the firmware has confirmed it',
    tests: [
      'hardware/silence.test.ts > a stop that is not confirmed is asked for ever more firmly',
      'faults/host-fuzz.test.ts > is off within 5 ms of STOP',
      'faults/firmware-fuzz.test.ts > the emulated board is off within 5 ms of STOP',
      'firmware/noise.test.ts > loses any one byte of any message, and still stops',
    ],
    figures: ['stop-in-process', 'stop-over-pty'],
  },
  {
    id: 'H3',
    hazard: 'The firmware hangs, or its memory is damaged',
    firmware:
      'watchdog of 250 ms, petted only where tick and main loop both ran; complements compared each tick',
    controller: 'a new epoch is a fault',
    page: 'says that the device started anew',
    tests: ['faults/firmware-dead-man.test.ts > a program that hangs', 'firmware/watchdog.test.ts > '],
  },
  {
    id: 'H4',
    hazard:
      'A motor starts unexpectedly: boot, opening the port, reconnecting, stale bytes, a restored session',
    firmware:
      'pins low from the first instructions; ARM wants the present nonce; a lease echoes a young STATUS',
    controller: 'arms only on a person’s start or go on; nothing is written while closed',
    page: 'nothing starts by itself',
    tests: [
      'faults/firmware-resets.test.ts > is followed by no driven cycle before a new ARM and a lease',
      'firmware/boot.test.ts > never lifts a motor pin',
      'live/port.test.ts > what is written while it is closed is refused',
      'faults/ends.test.ts > stopped in its tracks and woken again it drives nothing',
      'browser/live/broke-off.long.test.ts > after a kill the motors stay off',
      'live/conformance.long.test.ts > ',
      'faults/replug.test.ts > a board that is unplugged and plugged in again',
    ],
  },
  {
    id: 'H5',
    hazard: 'Wrong intensity: a bad value, pin or mode',
    firmware: 'ceilings of duty 153 and, for 60 ms at an onset, 184; motor pins only',
    controller: 'duty worked out from checked intensities alone',
    page: 'shows what the firmware drives, not what was asked',
    tests: [
      'faults/host-fuzz.test.ts > never goes above a ceiling',
      'faults/firmware-values.test.ts > of any value of 14 bits',
      'firmware/bounds.test.ts > no value of 14 bits gets past the kick ceiling',
    ],
  },
  {
    id: 'H6',
    hazard: 'A motor runs too long or too hot',
    firmware: '2.5 s without a break, 40 % of any 10 s, through resets too',
    controller: 'cues fill at most 20 % of any 10 s',
    page: 'time left',
    tests: [
      'faults/firmware-hour.test.ts > hold over an hour',
      'firmware/bounds.test.ts > runs no motor longer than 2.5 s',
      'machines/cues/arbitration.test.ts > is kept: what would be too much gives way',
    ],
  },
  {
    id: 'H7',
    hazard: 'The link is lost, or dead in one direction',
    firmware: 'the lease runs out',
    controller: 'an unplug is noticed by the port, silence by a deadline of 400 ms',
    page: 'says so, and how to go on',
    tests: [
      'live/port.test.ts > an unplug is noticed at once',
      'live/port.test.ts > a write that gets stuck counts as an unplug',
      'live/reopening.long.test.ts > ',
      'machines/link.test.ts > ',
    ],
    figures: ['kill-a-closed-port', 'replug-noticed', 'replug-ready', 'replug-memory', 'stop-over-bridge'],
  },
  {
    id: 'H8',
    hazard: 'Something stale is shown as live',
    firmware: 'STATUS with a number and its own time',
    controller: 'a beat to every page, at least each 400 ms; what the board has not said is unknown',
    page: 'grey, and said, after one second without news',
    tests: [
      'src/server/viewers.test.ts > motors are unknown until the firmware reports them',
      'src/server/viewers.test.ts > a beat is heard even where nothing changes',
      'browser/live/broke-off.long.test.ts > after a kill the motors stay off',
    ],
  },
  {
    id: 'H9',
    hazard: 'The machine sleeps, its clock jumps, its loop stalls',
    firmware: 'the lease runs out',
    controller: 'two clocks held against each other; a beat that comes 200 ms late is a fault',
    page: 'says so; the place is kept',
    tests: [
      'src/time/clock-watch.test.ts > a night asleep is told once',
      'faults/ends.test.ts > stopped in its tracks and woken again',
      'src/session/run.test.ts > ',
    ],
  },
  {
    id: 'H10',
    hazard: 'A mistake in the statechart',
    firmware: 'the lease runs out',
    controller:
      'frames are a function of a healthy snapshot; an error lets go first and ends the process with 70',
    page: 'says so',
    tests: [
      'src/motors/conductor.test.ts > in which something throws lets the motors go first',
      'faults/ends.test.ts > an uncaught exception',
    ],
  },
  {
    id: 'H11',
    hazard: 'The journal loses what happened',
    firmware: '–',
    controller: 'each record on disk before it is acted on, chained checksums; a full disk begins no session',
    page: '"Not recording"',
    tests: [
      'src/journal/journal.test.ts > cut off anywhere loses one record at most',
      'src/app/journal-file.test.ts > a record is on disk before anything follows from it',
      'src/journal/recovery.test.ts > what cannot be recorded is not begun',
    ],
  },
  {
    id: 'H12',
    hazard: 'A bad routine file',
    firmware: 'its own bounds',
    controller: 'schema and cross-field rules; refused wholly, never clamped',
    page: 'shows length and pressure beforehand',
    tests: ['machines/routine/parse.test.ts > ', 'machines/routine/rules.test.ts > '],
  },
  {
    id: 'H13',
    hazard: 'Screening is skipped or misused',
    firmware: '–',
    controller: 'no phase before it is complete in this run; unsure is yes; no skip, no default',
    page: '"None of these" per card, never one for all',
    tests: ['machines/screening.test.ts > ', 'browser/declined.long.test.ts > '],
  },
  {
    id: 'H14',
    hazard: 'Someone who may not controls it',
    firmware: 'its own bounds',
    controller:
      'loopback only without --lan; Host, Origin and path checked before the upgrade; from the network a token for a code shown here, its role bound to it; one in control, stop open to all',
    page: 'a policy that talks to this server alone',
    tests: [
      'src/server/handshake.test.ts > ',
      'src/server/server.test.ts > ',
      'src/server/lan/pairing.test.ts > ',
      'src/server/lan/lan.test.ts > ',
      'src/server/viewers.test.ts > what a client may do',
    ],
  },
  {
    id: 'H15',
    hazard: 'The stop button is broken',
    firmware: 'normally closed: a broken wire is a press; three equal samples; latched until a new ARM',
    controller: 'a board whose stop is down does not arm',
    page: 'says that STOP is latched',
    tests: [
      'firmware/stop-pin.test.ts > ',
      'firmware/normally-open.test.ts > ',
      'faults/firmware-stop.test.ts > the stop switch',
    ],
    figures: ['stop-button-over-pty'],
  },
  {
    id: 'H16',
    hazard: 'The supply browns out',
    firmware: 'the chip’s own fuse; pins low from the first instructions',
    controller: 'a new epoch is a fault',
    page: '–',
    tests: ['faults/firmware-resets.test.ts > is followed by no driven cycle'],
  },
  {
    id: 'H17',
    hazard: 'The wrong device is on the port',
    firmware: 'says its name, contract and build',
    controller: 'without a HELLO of ours there is no lease, and no stock firmware gets one',
    page: 'says what is there',
    tests: [
      'firmware/disarmed.test.ts > never moves a motor by analog messages',
      'hardware/other-firmware.test.ts > an imposter',
      'hardware/flash.test.ts > through the bootloader',
    ],
  },
  {
    id: 'H18',
    hazard: 'Nobody notices that it stopped',
    firmware: 'the LED',
    controller: 'state, sentence and LED together; never faster than 3 Hz',
    page: 'words, shape and colour; read out; forced colours',
    tests: [
      'browser/live/accessible.long.test.ts > axe finds nothing in a pause',
      'src/session/led.test.ts > never flashes faster',
    ],
  },
  {
    id: 'H19',
    hazard: 'Private answers leak',
    firmware: '–',
    controller: 'answers and scores in memory only; the journal cannot hold them; files 0600',
    page: 'nothing stored',
    tests: [
      'src/journal/recovery.test.ts > no score and no answer stands in a journal',
      'src/journal/journal.test.ts > holds no answer to a question and no score',
      'src/app/journal-file.test.ts > nobody else may read it',
    ],
  },
  {
    id: 'H20',
    hazard: 'Two hosts drive one device',
    firmware: 'the nonce belongs to whoever armed',
    controller: 'the port is opened exclusively; who comes second is told who holds it',
    page: '–',
    tests: ['firmware/lease.test.ts > ', 'faults/replug.test.ts > two controllers on one port'],
    figures: ['two-controllers'],
  },
  {
    id: 'H21',
    hazard: 'STOP goes blind: its contact is wet, its lead crushed to ground, its switch worn out',
    firmware:
      'one press seen before the first ARM after the power has come on; 2.2 kΩ against the contact, 1 kΩ and 100 nF before the pin (argued, not measured)',
    controller: 'asks for the press by its light, says why; that press stops no session',
    page: 'asks for it before a start',
    tests: [
      'firmware/arming.test.ts > STOP, after the power has come on',
      'whole/stop-wanted.test.ts > ',
      'hardware/hindered.test.ts > a board whose STOP nobody has tried',
      'src/session/board-link.test.ts > a board that would not let itself be armed',
    ],
  },
  {
    id: 'H22',
    hazard:
      'A motor runs with duty 0: its transistor is shorted. No firmware stops it: the master switch is the only thing left then',
    firmware:
      'each drain read through 100 kΩ while no motor runs; low at rest arms nothing (motorPath); 470 Ω before each gate (argued, not measured)',
    controller:
      'ends a session in which it happens; doctor and bringup say which motor, or which resistor is missing',
    page: 'names the master switch',
    tests: [
      'firmware/arming.test.ts > the path of a motor',
      'hardware/hindered.test.ts > a board with a broken path',
      'whole/copper.test.ts > ',
      'whole/bringup.test.ts > named in plain words, with the one thing to do > a path that is',
    ],
  },
  {
    id: 'H23',
    hazard: 'The chip works below what it is made for: the supply is between 2.7 and 3.8 V',
    firmware:
      'its supply measured against its band gap while no motor runs: below 4.0 V nothing is armed; 22 µF instead of 470 behind the master switch (argued, not measured)',
    controller: 'says lowSupply; doctor shows supply and fuses',
    page: 'says so before a start',
    tests: ['firmware/arming.test.ts > the supply', 'whole/copper.test.ts > '],
  },
  {
    id: 'H24',
    hazard: 'Old bytes are obeyed: they waited in a buffer until the board’s clock looked the same again',
    firmware: 'a new nonce each second while nothing is armed',
    controller: 'arms with the newest nonce, and again where that has just changed',
    page: '–',
    tests: ['firmware/arming.test.ts > bytes that have waited'],
  },
  {
    id: 'H25',
    hazard: 'A register flips, an EEPROM cell is worn out, a bootloader gets in between',
    firmware:
      'the tick’s timer and interrupts compared each tick; the epoch read back; a start of its own instead of a bite; what outlives a reset lies above what bootloaders use',
    controller: 'a new epoch is a fault',
    page: 'says that the device started anew',
    tests: ['firmware/corners.test.ts > '],
  },
  {
    id: 'H26',
    hazard: 'What was kept is destroyed: a file was not understood, or the clock is ahead',
    firmware: '–',
    controller:
      'each file is read field by field, what is unknown stays, what is broken gets another name; nothing is erased by its age while the days are in doubt, or by a clock that no later session has borne out',
    page: 'says which file it is and what to do',
    tests: [
      'src/storage/kept-files.test.ts > with any one bit flipped loses nothing',
      'src/storage/kept-files.test.ts > killed at any step of a write is the old or the new one',
      'src/storage/two-writers.test.ts > has what both wrote, wherever they meet',
      'src/history/retention.test.ts > erases nothing by a clock that is ahead by a year',
      'src/app/unfinished-sessions.test.ts > a damaged newest journal takes no older good one with it',
    ],
  },
  {
    id: 'H27',
    hazard:
      'Something private is kept though nobody wanted it: the choice was lost, or could not be taken back',
    firmware: '–',
    controller:
      'a choice in doubt keeps nothing until it is said anew; a clear screening that could not be erased is not believed',
    page: 'the same sentence, beside what is kept',
    tests: [
      'src/storage/kept-files.test.ts > of other text loses nothing',
      'src/storage/kept-files.test.ts > in a folder that takes nothing is as it was',
    ],
  },
  {
    id: 'H28',
    hazard:
      'Heavy work holds up the loop that paces the motors: a long history, many who ask or connect, a disk that takes its time',
    firmware: 'the lease lapses within 250 ms',
    controller:
      'the history’s work, and all that waits for the disk, is done in threads of their own; requests, connections and handshakes have a rate, each address by itself and all strangers together',
    page: '–',
    tests: [
      'live/busy.long.test.ts > while each route and page is asked for',
      'live/busy.long.test.ts > in a flood of TLS handshakes',
      'faults/busy.test.ts > ',
      'src/server/history-thread.test.ts > and answers nothing is given up',
      'whole/slow-disk.test.ts > makes no moment late, and has everything in the end',
      'src/server/rates.test.ts > of ever new strangers',
    ],
  },
  {
    id: 'H29',
    hazard:
      'The wrong process is ended, or the wrong board is taken: a number in a note is somebody else’s, two boards show one serial number',
    firmware: '–',
    controller:
      'a note counts only for the very process that wrote it; the system’s own lock decides; a number that two show at once is none',
    page: '–',
    tests: [
      'hardware/find.test.ts > is no stranger who has the number of a note',
      'hardware/find.test.ts > a serial number that two ports show at once is none',
    ],
  },
  {
    id: 'H30',
    hazard: 'A motor goes on while a command ends, or tries to say why',
    firmware: 'the lease lapses within 250 ms',
    controller: 'one end for every command that has a board: motors in the same turn, then files, then words',
    page: '–',
    tests: [
      'whole/ended.test.ts > cues play, while a motor runs, SIGINT',
      'whole/ended.test.ts > its standard input is closed',
      'live/streams.long.test.ts > a script that fails with the motors armed',
      'whole/live-script.test.ts > that a fault of the board cuts short',
    ],
  },
  {
    id: 'H31',
    hazard: 'Strangers take the room of whoever may stop',
    firmware: '–',
    controller: 'a refused socket is cut; places are kept for paired phones and for this machine itself',
    page: '–',
    tests: [
      'src/server/server.test.ts > a refused upgrade is answered, and its socket is gone',
      'src/server/lan/pairing.test.ts > wrong tries cost the address',
      'src/server/viewers.test.ts > after the page on the machine itself has gone',
      'src/server/sockets.test.ts > ',
      'src/server/listener.test.ts > one that does not read its answer is cut',
      'src/server/lan/lan.test.ts > taken back makes its phone deaf and dumb in that very moment',
      'src/app/lan.test.ts > of what paired phones did is pushed out by no stranger',
    ],
  },
  {
    id: 'H32',
    hazard: 'A board that plays by itself does not stop, or goes on by itself after it has begun anew',
    firmware:
      'its player is a client of the lease like any host; stop switch, watchdog, ceilings and budgets hold it; after every start screening is open, and only hands begin',
    controller: '–',
    page: '–',
    tests: [
      'firmware/mega-alone.long.test.ts > is stopped by its switch within 5 ms',
      'firmware/mega-alone.long.test.ts > in mid-drive is silent within 300 ms and begins anew',
      'firmware/mega-alone.long.test.ts > that is cut off by ',
      'firmware/mega-alone.long.test.ts > a board that is not in order > ',
      'firmware/mega-alone.long.test.ts > buttons by themselves > ',
      'firmware/alone/whole-board.long.test.ts > begins by hand when its power has been on for',
    ],
  },
  {
    id: 'H33',
    hazard: 'A host and a board that plays by itself both want the motors',
    firmware:
      'whoever came first has them: in a session a host may read and stop; before one it has the board until a reset',
    controller: 'is told the state “alone”, and arms nothing',
    page: '–',
    tests: [
      'firmware/mega-alone.long.test.ts > a host that comes before anything has begun > ',
      'firmware/mega-alone.long.test.ts > a host that comes into a session > ',
      'firmware/mega.test.ts > writes nothing to its memory while it may be driven',
    ],
  },
  {
    id: 'H34',
    hazard: 'What a board keeps of routines, settings and sessions is damaged or cut short',
    firmware:
      'two slots and a checksum each; unsound routines are none, the light says so, and those in flash are always there',
    controller: 'reads back what it has written',
    page: '–',
    tests: [
      'firmware/mega-alone.long.test.ts > what is kept > ',
      'firmware/mega-alone.long.test.ts > may lose its power at any byte',
    ],
  },
  {
    id: 'H35',
    hazard: 'A broker that fails, hangs or floods holds up the loop that paces, or keeps STOP from working',
    firmware: 'its own stop switch; the lease lapses within 250 ms',
    controller:
      'all that is between it and a broker is in a thread of its own, told one small message at a time; what is listened to and what is answered is bounded',
    page: '–',
    tests: [
      'faults/brokers.test.ts > that is killed and begun anew again and again',
      'faults/brokers.test.ts > that takes 300 bytes a second',
      'faults/brokers.test.ts > whose line is half-open',
      'faults/brokers.test.ts > that refuses its password',
      'faults/brokers.test.ts > whose certificate is of nobody it trusts',
      'faults/brokers.test.ts > that is not there from the beginning',
      'faults/brokers.test.ts > that floods it with what it listens to',
      'live/brokers.long.test.ts > goes on over a slow line',
      'live/refusing-brokers.long.test.ts > where no broker is there',
      'src/mqtt/device-client.test.ts > a thousand at once are two stops and a bounded number of answers',
      'src/mqtt/connection.test.ts > a flood that never becomes a message is left',
      'src/mqtt/mqtt-thread.test.ts > while it is busy only the newest state is kept for it',
    ],
    figures: [
      'broker-killed-late',
      'broker-slow-late',
      'broker-half-open-late',
      'broker-absent-late',
      'broker-flooding-late',
    ],
  },
  {
    id: 'H36',
    hazard: 'A stop that was pressed elsewhere does not arrive, and nobody knows',
    firmware: 'its own stop switch, which needs no network',
    controller:
      'says that it is on only once it can be stopped; each wish is answered, confirmed by the board’s own STATUS or not; no answer is told as none',
    page: 'its own STOP, which needs no broker',
    tests: [
      'src/mqtt/device-client.test.ts > it can be stopped before it says that it is on',
      'src/mqtt/device-client.test.ts > that nobody carries out within three seconds is answered as not confirmed',
      'src/mqtt/device-client.test.ts > cannot be had where the broker does not allow it',
      'src/mqtt/follower.test.ts > one that the firmware does not confirm is answered so',
      'live/home-assistant.long.test.ts > the button’s own word stops it',
      'live/brokers.long.test.ts > goes on over a slow line',
    ],
    figures: ['broker-half-open-stop'],
  },
  {
    id: 'H37',
    hazard: 'An old stop, kept by a broker, ends every session anew',
    firmware: '–',
    controller: 'a retained stop stops nothing, and is said once; the announced button retains nothing',
    page: '–',
    tests: [
      'src/mqtt/device-client.test.ts > that was retained is old',
      'src/mqtt/follower.test.ts > a retained stop leaves the session as it is',
      'live/home-assistant.long.test.ts > the device is announced with all its entities',
    ],
  },
  {
    id: 'H38',
    hazard: 'A broker shows as live what is not: the controller hangs, was killed, or lost its line',
    firmware: '–',
    controller:
      'a last will; while what paces does not answer for 20 s its line is cut; a half-open line is left within 22.5 s; each state bears its time and is told anew each minute, each 10 s while time runs; a list believes none that is older than 150 s, or 25 s where time runs, and Home Assistant’s entities expire after 150 s, so that a device which died while its broker was away is not shown as there',
    page: '–',
    tests: [
      'live/brokers.long.test.ts > goes on over a slow line',
      'live/mqtt.long.test.ts > that is off by its last will',
      'src/mqtt/follower.test.ts > while this process stands still the device is off there',
      'src/mqtt/device-client.test.ts > while who paces does not answer, the line is cut',
      'src/mqtt/device-client.test.ts > a broker that acknowledges nothing for ten seconds is left',
      'src/mqtt/fleet.test.ts > is silent since it was last heard once its state has not come twice',
      'live/home-assistant.long.test.ts > told to end it is off, and says so for good',
    ],
  },
  {
    id: 'H39',
    hazard:
      'Several who listen or stop get in each other’s way: something is counted twice, lost, or out of order',
    firmware: '–',
    controller:
      'events one by one, each with an id, the next once the one before is acknowledged; kept on the disk meanwhile; a stop beside a stop is one more stop with its own answer',
    page: '–',
    tests: [
      'faults/many-devices.test.ts > the broker killed in between: nothing is lost',
      'faults/many-devices.test.ts > devices: each event comes once and in order',
      'src/mqtt/device-client.test.ts > events go one by one',
      'src/mqtt/device-client.test.ts > events wait, the oldest are dropped aloud',
      'src/mqtt/device-client.test.ts > that comes while another is carried out is one more stop',
      'live/brokers.long.test.ts > goes on over a slow line',
    ],
    figures: ['broker-many-lost', 'broker-many-p99'],
  },
  {
    id: 'H40',
    hazard: 'Somebody elsewhere starts a session, goes on with one, or makes it firmer',
    firmware: 'ARM wants the present nonce, which leaves no host',
    controller: 'one topic is listened to for commands, and all that comes there stops',
    page: '–',
    tests: [
      'src/mqtt/device-client.test.ts > is all that is listened to',
      'src/mqtt/follower.test.ts > nothing that comes from there begins or firms anything',
      'live/home-assistant.long.test.ts > a word for a start, or for more pressure, moves nothing',
    ],
  },
];
