/**
 * What can break while the motors run, what has to follow, and the tests that show it. "Off" means: both motors
 * silent within 300 ms on the board's own clock, whatever else follows.
 */
import type { TestName } from './hazards.ts';

export type FaultRow = Readonly<{ id: number; fault: string; follows: string }> &
  Readonly<{ tests: readonly TestName[] } | { because: string }>;

const kill = (how: string): TestName => `faults/kill.test.ts > after '${how}'`;
const end = (how: string): TestName => `faults/ends.test.ts > '${how}': off within 100 ms`;

export const faultRows: readonly FaultRow[] = [
  { id: 1, fault: 'kill -9 of the controller', follows: 'off', tests: [kill('kill -9')] },
  { id: 2, fault: 'SIGTERM', follows: 'off within 100 ms, exit 143', tests: [end('SIGTERM')] },
  {
    id: 3,
    fault: 'SIGINT, also twice',
    follows: 'the same, exit 130',
    tests: [end('SIGINT'), end('SIGINT twice')],
  },
  { id: 4, fault: 'the terminal is closed (SIGHUP)', follows: 'the same, exit 129', tests: [end('SIGHUP')] },
  {
    id: 5,
    fault: 'stopped in its tracks for 10 s, then woken',
    follows: 'off, a fault, nothing by itself',
    tests: [kill('SIGSTOP'), 'faults/ends.test.ts > stopped in its tracks and woken again it drives nothing'],
  },
  { id: 6, fault: 'its loop is blocked', follows: 'off', tests: [kill('a blocked loop')] },
  { id: 7, fault: 'it runs out of memory', follows: 'off', tests: [kill('heap death')] },
  {
    id: 8,
    fault: 'an exception that nobody caught',
    follows: 'off, exit 70',
    tests: [end('an uncaught exception')],
  },
  {
    id: 9,
    fault: 'a rejection that nobody handled',
    follows: 'the same',
    tests: [end('an unhandled rejection')],
  },
  {
    id: 10,
    fault: 'a machine throws in an action',
    follows: 'silence first, then it is told',
    tests: [
      'src/motors/conductor.test.ts > a moment > in which something throws lets the motors go first',
      'src/session/run.test.ts > something that throws within > lets the motors go before anyone hears of it',
    ],
  },
  {
    id: 11,
    fault: 'a machine throws where a stop is handled',
    follows: 'the board has been told before the machine is',
    tests: [
      'src/session/run.test.ts > a person’s stop > reaches the board before the machine is told',
      'model/session.test.ts > the session machine, explored > never guards stop',
    ],
  },
  { id: 12, fault: 'an invoked actor rejects', follows: '–', because: 'no machine invokes anything' },
  {
    id: 13,
    fault: 'a machine that goes round in circles',
    follows: 'ends after 1,000 moments, in silence',
    tests: ['src/motors/conductor.test.ts > a moment > in which things follow without end stops in silence'],
  },
  {
    id: 14,
    fault: 'a delay of more than 31 bits',
    follows: 'waits that long',
    tests: ['src/time/system-clock.test.ts > real time > waits for more than 31 bits of milliseconds'],
  },
  {
    id: 15,
    fault: 'started anew after it died in mid-session',
    follows: 'says so; urgent questions anew; offers to go on, paused',
    tests: [
      'browser/live/broke-off.long.test.ts > after a kill the motors stay off',
      'src/journal/recovery.test.ts > what was taken up goes on in a new run, silent until a person says so',
    ],
  },
  {
    id: 16,
    fault: 'unplugged while idle',
    follows: 'the link is lost, and said',
    tests: [
      'live/port.test.ts > an unplug is noticed at once',
      'machines/link.test.ts > a live link > is lost the moment the line closes',
    ],
  },
  {
    id: 17,
    fault: 'unplugged while the motors run',
    follows: 'off, a fault; replugged: nothing by itself',
    tests: [kill('a closed port'), 'src/session/run.test.ts > the board > unplugged: silence and a fault'],
  },
  {
    id: 18,
    fault: 'plugged in again',
    follows: 'found, idle until a person says so',
    tests: [
      'live/port.test.ts > it comes back by itself',
      'whole/boards.test.ts > a person who > pulls the cable, puts it back and goes on',
    ],
  },
  {
    id: 19,
    fault: 'the port may not be opened, or is not there',
    follows: 'said, with what to do',
    tests: [
      'live/start.long.test.ts > a port that is no board is refused with a reason',
      'live/port.test.ts > a port that is not there',
    ],
  },
  {
    id: 20,
    fault: 'the port stays away',
    follows: 'tried again at growing distances, at most 4 s apart',
    tests: ['live/port.test.ts > it comes back by itself'],
  },
  {
    id: 21,
    fault: 'a write gets stuck',
    follows: 'an unplug after 200 ms',
    tests: ['live/port.test.ts > a write that gets stuck counts as an unplug'],
  },
  {
    id: 22,
    fault: 'a write fails',
    follows: 'an unplug',
    tests: ['live/port.test.ts > an unplug is noticed at once'],
  },
  { id: 23, fault: 'closing hangs', follows: 'the process ends all the same', tests: [end('SIGTERM')] },
  {
    id: 24,
    fault: 'something is written while the line is closed',
    follows: 'refused, never sent later',
    tests: ['live/port.test.ts > what is written while it is closed is refused'],
  },
  {
    id: 25,
    fault: 'the board is reset in mid-session',
    follows: 'off; a new epoch ends the session',
    tests: [
      'faults/ends.test.ts > a board that starts anew in mid-session is not driven again',
      'src/session/run.test.ts > the board > restarted in mid-session: over',
    ],
  },
  {
    id: 26,
    fault: 'any one byte of any message is lost',
    follows: 'STOP works',
    tests: [
      'firmware/noise.test.ts > a line that is not clean > loses any one byte of any message, and still stops',
    ],
  },
  {
    id: 27,
    fault: 'the end of a sysex is lost',
    follows: 'the next byte from 80h up begins anew',
    tests: ['firmware/stop.test.ts > STOP and system reset > STOP works after a lost F7'],
  },
  {
    id: 28,
    fault: 'any one bit of a lease is flipped',
    follows: 'dropped and counted',
    tests: [
      'firmware/lease.test.ts > a LEASE that is not good > is dropped with any bit of byte 2 flipped',
      'firmware/host.test.ts > on the host, under sanitizers, with a stop switch that is normally closed > a lease with any one bit flipped is no lease',
    ],
  },
  {
    id: 29,
    fault: 'a lease comes twice, or late',
    follows: 'ignored',
    tests: ['firmware/lease.test.ts > a LEASE that is not good > is refused with the same sequence number'],
  },
  {
    id: 30,
    fault: 'noise reaches the controller',
    follows: 'nothing is thrown, at most 1 KB is kept',
    tests: ['hardware/inbound.test.ts > whatever noise comes, nothing is thrown'],
  },
  {
    id: 31,
    fault: 'a sysex to the controller never ends',
    follows: 'cut at 1 KB',
    tests: [
      'hardware/inbound.test.ts > what firmata-io could not bear > a sysex that never ends is cut at 1 KB',
    ],
  },
  {
    id: 32,
    fault: 'a minute of noise reaches the board',
    follows: 'off, and alive afterwards',
    tests: [
      'firmware/noise.test.ts > a line that is not clean > cannot start a motor by a minute of random bytes',
    ],
  },
  {
    id: 33,
    fault: 'a sysex of any length reaches the board',
    follows: 'dropped; STOP works',
    tests: [
      'firmware/stop.test.ts > STOP and system reset > a sysex of any length without end does not swallow a STOP',
    ],
  },
  {
    id: 34,
    fault: 'a burst of writes before a STOP',
    follows: 'none is lost; off at once',
    tests: [
      'firmware/stop.test.ts > STOP and system reset > loses nothing of a hundred writes behind a capability query',
    ],
  },
  {
    id: 35,
    fault: 'the wrong speed',
    follows: 'broken frames are counted and dropped; off',
    tests: [
      'firmware/noise.test.ts > a line that is not clean > drops the frame under way when a byte is broken',
      'simulator/avr/usart.test.ts > the serial port > flags a broken frame, and everything at a wrong speed',
    ],
  },
  {
    id: 36,
    fault: 'a lease comes 240 ms late, or 260',
    follows: 'goes on; off, and another lease starts nothing',
    tests: [
      'firmware/lease.test.ts > an armed board under a lease > survives a lease that is 240 ms late, and one at 260 ms starts nothing',
    ],
  },
  {
    id: 37,
    fault: 'the same lease again and again',
    follows: 'keeps nothing awake',
    tests: [
      'firmware/lease.test.ts > a LEASE that is not good > never keeps a board awake by being sent again',
    ],
  },
  {
    id: 38,
    fault: 'the firmware’s main loop hangs',
    follows: 'FF and the stop switch work; the watchdog resets it',
    tests: [
      'firmware/watchdog.test.ts > a program that hangs > in its main loop',
      'faults/firmware-dead-man.test.ts > a program that hangs > in its main loop',
    ],
  },
  {
    id: 39,
    fault: 'it hangs with interrupts off',
    follows: 'off by the watchdog',
    tests: ['faults/firmware-dead-man.test.ts > a program that hangs > with interrupts off'],
  },
  {
    id: 40,
    fault: 'the watchdog resets it three times within a minute',
    follows: 'locked until its power is cycled',
    tests: ['firmware/watchdog.test.ts > a program that hangs > three times within a minute stays locked'],
  },
  {
    id: 41,
    fault: 'a bit of its memory flips',
    follows: 'off',
    tests: [
      'firmware/watchdog.test.ts > a bit of memory that flips > never keeps a motor running past its lease',
    ],
  },
  {
    id: 42,
    fault: 'the stop switch bounces',
    follows: 'one stop',
    tests: ['firmware/stop-pin.test.ts > the stop switch > makes one stop of a switch that bounces'],
  },
  {
    id: 43,
    fault: 'the stop switch is stuck, or its wire is torn off',
    follows: 'no ARM',
    tests: [
      'firmware/stop-pin.test.ts > the stop switch > held at power-on keeps the board from arming',
      'src/session/run.test.ts > buttons > STOP held down lets nothing be armed',
    ],
  },
  {
    id: 44,
    fault: 'START and STOP at one instant',
    follows: 'stopped',
    tests: ['src/session/run.test.ts > buttons > START and STOP at one instant: stopped'],
  },
  {
    id: 45,
    fault: 'two buttons in one report',
    follows: 'both are seen',
    tests: [
      'firmware/stop-pin.test.ts > the other buttons > show in STATUS, two at once as well',
      'src/session/input.test.ts > edges > of several buttons at once are all heard',
    ],
  },
  {
    id: 46,
    fault: 'a page dies silently, or is frozen',
    follows:
      'let go after two pings; where it held the only stop, a pause; where the session is in it, a fault when it wakes',
    tests: [
      'src/server/server.test.ts > a client that answers no ping is let go',
      'whole/page-gone.test.ts > ',
      'simulator/demo/session/standstill.test.ts > a tab that was frozen > keeps the place',
    ],
  },
  {
    id: 47,
    fault: 'a page that reads slowly',
    follows: 'is sent no state over 64 KB, is let go over 1 MB',
    tests: [
      'src/server/viewers.test.ts > what a client is shown > a slow reader is not sent state',
      'src/server/viewers.test.ts > what a client is shown > one that does not read at all is let go',
    ],
  },
  {
    id: 48,
    fault: 'more than fifty pages',
    follows: 'the next is refused with 503',
    tests: ['src/server/server.test.ts > the fifty-first client is told that there are too many'],
  },
  {
    id: 49,
    fault: 'a page in a hidden tab',
    follows: 'goes on: the browser itself answers pings',
    tests: ['src/server/server.test.ts > a client that answers no ping is let go, one that does stays'],
  },
  {
    id: 50,
    fault: 'a line to a page that is dead in one direction',
    follows: 'let go after two pings',
    tests: ['src/server/server.test.ts > a client that answers no ping is let go'],
  },
  {
    id: 51,
    fault: 'the wall clock is put back an hour, or on a day',
    follows: 'told once; durations stay',
    tests: [
      'src/time/clock-watch.test.ts > an hour back is told once',
      'src/time/clock-watch.test.ts > a day ahead is told once',
      'src/time/system-clock.test.ts > real time > is the process’s monotonic clock',
    ],
  },
  {
    id: 52,
    fault: 'the machine sleeps',
    follows: 'off; a fault when it wakes',
    tests: [
      'src/time/clock-watch.test.ts > a night asleep is told once',
      kill('SIGSTOP'),
      'simulator/demo/session/standstill.test.ts > a tab that was frozen > on a machine that slept',
    ],
  },
  {
    id: 53,
    fault: 'the disk is full',
    follows: 'no session begins; one under way goes on and says so',
    tests: [
      'src/journal/recovery.test.ts > what cannot be recorded is not begun',
      'src/app/journal-file.test.ts > a disk that takes nothing is told, and stops nothing',
    ],
  },
  {
    id: 54,
    fault: 'power fails in mid-record',
    follows: 'the last record is lost, the chain holds',
    tests: ['src/journal/journal.test.ts > a journal > cut off anywhere loses one record at most'],
  },
  {
    id: 55,
    fault: 'a second controller',
    follows: 'the first keeps the board and the page',
    tests: [
      'live/start.long.test.ts > a taken port is told with the way out',
      'firmware/lease.test.ts > ARM > is refused while another host holds the board',
    ],
  },
  {
    id: 56,
    fault: 'a routine’s file changes meanwhile',
    follows: '–',
    because: 'it is read once, before the session',
  },
  {
    id: 57,
    fault: 'a day of sessions, an hour of a host that wants everything',
    follows: 'every bound holds; no memory is left behind',
    tests: ['faults/soak.test.ts > ', 'faults/firmware-hour.test.ts > '],
  },
  {
    id: 58,
    fault: 'the cable is pulled while the page writes a firmware',
    follows:
      'the board drives no pin: its first page leads nowhere until all else is written; writing again completes it',
    tests: [
      'simulator/demo/board/real-board.test.ts > the cable > pulled after any byte leaves the board as it was, or standing still',
    ],
  },
];
