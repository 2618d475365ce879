/** The Mega with nobody on its line, or with a host that comes too late: what goes wrong in a session by itself. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eepromImage } from '../../hardware/alone/image.ts';
import {
  eepromBytes,
  logAt,
  logEntryBytes,
  logSlots,
  recordBytes,
  recordContentBytes,
  recordsAt,
  routinesAt,
  slotAt,
} from '../../hardware/alone/layout.ts';
import { type LoggedSession, loggedSessions } from '../../hardware/alone/logged.ts';
import { routineBytes } from '../../hardware/alone/routine-bytes.ts';
import { boardStates, commands, encode } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { motorLimits } from '../../machines/limits.ts';
import { library } from '../../machines/routine/library.ts';
import { buttons } from '../../machines/vocabulary.ts';
import type { ResetCause } from '../../simulator/avr/emulated-board.ts';
import { shippedHex } from '../../src/cli/flash.ts';
import { BoundsWatch } from '../faults/support/bounds-watch.ts';
import { Chance, seed } from '../faults/support/chance.ts';
import { isReport } from '../support/length.ts';
import { MegaRig } from './rig.ts';

const stateOf = (rig: MegaRig): string => boardStates[rig.status.state] ?? 'unknown';
const { ramBytes } = JSON.parse(
  readFileSync(new URL('../../hardware/firmware/tactus-mega.json', import.meta.url), 'utf8'),
) as { ramBytes: number };
const trials = isReport ? 24 : 2;

/** Each card answered by both buttons. */
const answered = (rig: MegaRig): MegaRig => {
  for (let card = 0; card < 6; card++) rig.both().for(700);
  return rig;
};

/** Answered, confirmed and begun. */
const begun = (rig = new MegaRig()): MegaRig => {
  answered(rig.for(900));
  expect(rig.session).toBe('preparation');
  for (let press = 0; press < 8 && rig.session === 'preparation'; press++) rig.pressed('go').for(1100);
  expect(rig.session).toBe('warmUp');
  return rig;
};

/** At some moment of a session at which a motor is driven. */
const midDrive = (chance: Chance, rig = begun()): MegaRig => {
  rig.for(chance.between(0, 30_000));
  for (let looks = 0; looks < 60_000 && !rig.isDriven; looks++) rig.for(0.5);
  rig.for(chance.between(0, 30));
  expect(rig.isDriven).toBe(true);
  return rig;
};

const logOf = (rig: MegaRig): readonly LoggedSession[] =>
  loggedSessions(rig.uno.eeprom.subarray(logAt, logAt + logSlots * logEntryBytes));

/** How long the light was lit, each time it was, from a moment on. */
const litMs = (rig: MegaRig, fromMs: number): number[] => {
  const levels = rig.events.filter(event => event.type === 'level').filter(({ pin }) => pin === pins.led);
  return levels.flatMap(({ high, atMs }, index) => {
    const until = levels[index + 1]?.atMs;
    return high && until !== undefined && atMs >= fromMs ? [Math.round((until - atMs) / 50) * 50] : [];
  });
};

/** The bytes of a KEEP that writes nothing. */
const nothing = Object.fromEntries(
  Array.from({ length: recordContentBytes }, (_, index) => [`b${index}`, 0]),
) as Readonly<Record<`b${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11}`, number>>;

/** With the lowest bit of its last field flipped. */
const flipped = (message: Uint8Array): readonly number[] =>
  [...message].map((byte, index) => (index === message.length - 4 ? byte ^ 1 : byte));

/** Up to three of its bits flipped, without making a message begin or end: what a line's noise does to it. */
function damaged(chance: Chance, message: Uint8Array): readonly number[] {
  const bytes = [...message];
  for (let flips = 1 + chance.below(3); flips > 0; flips--) {
    const at = 2 + chance.below(bytes.length - 3);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(7));
  }
  // The same bit twice is none.
  return bytes.every((byte, index) => byte === message[index]) ? damaged(chance, message) : bytes;
}

/** Nothing runs by itself from here on, screening is open, and a session can be had by hand. */
const isAnew = (rig: MegaRig, sinceMs: number): void => {
  rig.for(5000);
  expect(rig.roseAfter(sinceMs)).toBe(false);
  expect(rig.session).toBe('screening');
  for (let press = 0; press < 6; press++) rig.pressed('go').for(900);
  expect(rig.session).toBe('screening');
  expect(rig.roseAfter(sinceMs)).toBe(false);
};

describe('a host that comes before anything has begun', () => {
  it('has the board: buttons begin nothing by themselves, and ARM works', () => {
    const rig = new MegaRig().to(1500).send(0xf0, 0x01, 0xf7).for(30);
    const before = rig.records.length;
    answered(rig);
    for (let press = 0; press < 6; press++) rig.pressed('go').for(1000);
    expect(rig.records.length).toBe(before);
    expect(rig.edges).toEqual([]);
    expect(stateOf(rig)).toBe('disarmed');
    rig.arm().lease(0, 0).for(20).hold(300, 100, 0);
    expect(stateOf(rig)).toBe('leased');
    expect(rig.isDriven).toBe(true);
  });

  it('may arm by its first message', () => {
    const rig = new MegaRig().to(1500).arm().lease(0, 0).for(20);
    expect(stateOf(rig)).toBe('leased');
  });

  /** Whether a press of both buttons answers a card: a board that a host has is not busy by itself. */
  const playsByItself = (rig: MegaRig): boolean => stateOf(rig.for(300).both().for(700)) === 'alone';

  it.each<readonly [string, (rig: MegaRig) => readonly number[]]>([
    ['HELLO', () => [0xf0, commands.hello, 0xf7]],
    ['CHECK', () => [0xf0, commands.check, 0xf7]],
    ['ARM of another start', rig => [...rig.armBytes({ epoch: 9 })]],
    ['a late lease', rig => [...rig.leaseBytes(0, 0, { statusMs: 1 })]],
    ['Firmata’s question for the firmware', () => [0xf0, 0x79, 0xf7]],
    ['Firmata’s question for what pins can', () => [0xf0, 0x6b, 0xf7]],
    ['Firmata’s question for analog pins', () => [0xf0, 0x69, 0xf7]],
    ['Firmata’s question for a pin', () => [0xf0, 0x6d, pins.led, 0xf7]],
    ['a long analog message to a motor', () => [0xf0, 0x6f, pins.left, 0, 0xf7]],
    ['a read of what is kept', () => [...encode('keep', { deed: 0, at: 24, length: 1, ...nothing })]],
  ])('has it by %s', (_, bytesOf) => {
    const rig = new MegaRig().to(1500);
    rig.send(...bytesOf(rig)).for(30);
    expect(playsByItself(rig)).toBe(false);
  });

  it.each<readonly [string, (rig: MegaRig) => readonly number[]]>([
    ['nothing between F0 and F7', () => [0xf0, 0xf7]],
    ['a command that no host has', () => [0xf0, 0x10, 0x22, 0xf7]],
    ['a question with something behind it', () => [0xf0, commands.hello, 0x11, 0xf7]],
    ['a STATUS, its own echo', () => [0xf0, commands.status, 0x00, 0xf7]],
    ['ARM that came damaged', rig => flipped(rig.armBytes())],
    ['a lease that came damaged', rig => flipped(rig.leaseBytes(0, 0))],
    ['a read that came damaged', () => flipped(encode('keep', { deed: 0, at: 24, length: 1, ...nothing }))],
    ['a long analog message to no motor', () => [0xf0, 0x6f, pins.led, 0, 0xf7]],
    [
      'a message that is too long',
      () => [0xf0, commands.hello, ...Array.from({ length: 90 }, () => 1), 0xf7],
    ],
    ['a word of Firmata for servos', () => [0xf0, 0x70, pins.left, 1, 1, 1, 1, 0xf7]],
  ])('is not there because of %s', (_, bytesOf) => {
    const rig = new MegaRig().to(1500);
    rig.send(...bytesOf(rig)).for(30);
    expect(playsByItself(rig)).toBe(true);
  });

  it('is not there because of noise on the line', () => {
    const chance = new Chance(seed + 14);
    for (let trial = 0; trial < trials; trial++) {
      const rig = new MegaRig().to(1500);
      for (let message = 0; message < (isReport ? 400 : 100); message++) {
        const heard = chance.pick([
          () => rig.armBytes(),
          () => rig.leaseBytes(0, 0),
          () => encode('keep', { deed: 0, at: 24, length: 1, ...nothing }),
          () => Uint8Array.from([0xf0, ...Array.from({ length: 40 }, () => chance.below(128)), 0xf7]),
        ])();
        rig.send(...damaged(chance, heard)).for(12);
      }
      expect(playsByItself(rig)).toBe(true);
      expect(rig.resets).toEqual([]);
    }
  });

  it('has it until a reset, and no longer', () => {
    const rig = new MegaRig().to(1500).send(0xf0, 0x01, 0xf7).for(30);
    rig.uno.reset('external');
    begun(rig);
  });

  it('has it where a session has ended, and the log says that it has', () => {
    for (const afterMs of isReport ? [0, 2, 5, 10, 15, 18, 20, 25, 100] : [0, 10, 25]) {
      const rig = begun();
      for (let hold = 0; hold < 200 && rig.session !== 'completed'; hold++) {
        rig.uno.press('go');
        for (let looks = 0; looks < 1200 && rig.session !== 'completed'; looks++) rig.for(1);
        rig.uno.release('go');
        if (rig.session !== 'completed') rig.for(4000);
      }
      expect(rig.session).toBe('completed');
      rig
        .for(afterMs)
        .send(...Array.from({ length: 20 }, () => [0xf0, 0x01, 0xf7]).flat())
        .for(500);
      expect(logOf(rig).map(({ end }) => end?.outcome)).toEqual(['completed']);
      expect(rig.status.rxDropped).toBe(0);
      rig.arm().lease(0, 0).for(50);
      expect(stateOf(rig)).toBe('leased');
    }
  });
});

describe('a host that comes into a session', () => {
  it('is told that the board plays alone, and changes nothing', () => {
    const chance = new Chance(seed);
    const rig = midDrive(chance);
    const still = midDrive(new Chance(seed));
    const from = rig.nowMs;
    expect(still.nowMs).toBe(from);
    const deeds: readonly (() => unknown)[] = [
      () => rig.arm(),
      () => rig.lease(153, 153),
      () => rig.ask(153, 153),
      () => rig.ask(0, 0),
      () => rig.send(0x91, 0x7f, 0x7f),
      () => rig.send(0xf5, pins.led, 1),
      () => rig.send(0xf4, pins.left, 0),
      () => rig.send(0xf0, 0x6f, pins.left, 0x7f, 0x01, 0xf7),
      () => rig.send(0xf0, 0x6b, 0xf7),
      () => rig.send(0xf0, 0x01, 0xf7),
      () => rig.send(0xf0, 0x06, 0xf7),
    ];
    for (let turn = 0; turn < (isReport ? 2000 : 200); turn++) {
      chance.pick(deeds)();
      rig.for(chance.between(1, 100));
      if (rig.nowMs < from + 200) continue;
      expect(stateOf(rig)).toBe('alone');
    }
    still.to(rig.nowMs);
    // What is due within a tick may come on either side of the last look.
    const told = (one: MegaRig) => one.records.filter(({ at }) => at < rig.nowMs - 400);
    expect(told(rig).length).toBeGreaterThan(10);
    expect(told(rig)).toEqual(told(still));
    const duties = (one: MegaRig) =>
      one.events.flatMap(event =>
        event.type === 'duty' && event.atMs < rig.nowMs - 400 ? [event.duty] : [],
      );
    expect(duties(rig)).toEqual(duties(still));
  });

  it.each([
    ['F0 04 F7', [0xf0, 0x04, 0xf7]],
    ['FF', [0xff]],
  ])('stops it by %s: silent within 5 ms, and the session knows', (_, bytes) => {
    const chance = new Chance(seed);
    for (let trial = 0; trial < trials; trial++) {
      const rig = midDrive(chance);
      const sentAt = rig.nowMs;
      rig.send(...bytes).for(100);
      expect(rig.silentSinceMs - sentAt).toBeLessThan(5);
      expect(rig.session).toBe('stopped');
      const before = rig.status;
      rig.for(1000);
      // Its clock goes on: nothing of a stop keeps interrupts waiting.
      expect(rig.roseAfter(sentAt + 5)).toBe(false);
      expect(rig.status.boardMs - before.boardMs - (rig.status.heardAtMs - before.heardAtMs)).toBeLessThan(3);
    }
  });

  it('loses no tick of its clock and no byte to a stop', () => {
    const rig = midDrive(new Chance(seed));
    const offset = () => rig.status.boardMs - rig.status.heardAtMs;
    rig.for(1000);
    const before = offset();
    rig.send(0xf0, 0x04, 0xf7, ...Array.from({ length: 20 }, () => [0xf0, 0x01, 0xf7]).flat()).for(1000);
    expect(Math.abs(offset() - before)).toBeLessThan(4);
    expect(rig.status.rxDropped).toBe(0);
  });
});

describe('a session by itself', () => {
  it('is stopped by its switch within 5 ms, in mid-drive', () => {
    const chance = new Chance(seed + 1);
    for (let trial = 0; trial < trials; trial++) {
      const rig = midDrive(chance);
      const pressedAt = rig.nowMs;
      rig.uno.press('stop');
      rig.for(60);
      expect(rig.silentSinceMs - pressedAt).toBeLessThan(5);
      rig.uno.release('stop');
      rig.for(500);
      expect(rig.session).toBe('stopped');
      expect(rig.roseAfter(pressedAt + 5)).toBe(false);
    }
  });

  it.each([
    ['hangs in its main loop', false],
    ['hangs with interrupts off', true],
  ])('that %s in mid-drive is silent within 300 ms and begins anew, saying so', (_, interruptsOff) => {
    const chance = new Chance(seed + 2);
    for (let trial = 0; trial < trials; trial++) {
      const rig = midDrive(chance).hang(interruptsOff);
      const hungAt = rig.nowMs;
      const opened = rig.opened;
      rig.for(300);
      expect(rig.silentSinceMs - hungAt).toBeLessThan(300);
      isAnew(rig, hungAt + 300);
      expect(rig.opened).toBe(opened + 1);
      expect(litMs(rig, hungAt).slice(0, 2)).toEqual([1500, 250]);
      expect(logOf(rig).map(({ end }) => end)).toEqual([null]);
    }
  });

  it.each<ResetCause>(['external', 'brownOut', 'powerOn'])(
    'that is cut off by %s is silent, is known to have broken off, and begins with screening',
    cause => {
      const chance = new Chance(seed + 3);
      // A battery that gives in is the likeliest of them.
      const moments = isReport && cause === 'brownOut' ? 200 : trials;
      for (let moment = 0; moment < moments; moment++) {
        // In mid-drive, and at any other moment after the first stroke.
        const rig =
          moment % 2 === 0
            ? midDrive(chance)
            : begun().for(chance.between(10_000, isReport ? 120_000 : 20_000));
        rig.uno.reset(cause);
        const resetAt = rig.nowMs;
        isAnew(rig, resetAt + 0.1);
        expect(litMs(rig, resetAt).slice(0, 2)).toEqual([1500, 250]);
        expect(logOf(rig).map(({ end }) => end)).toEqual([null]);
        if (cause === 'powerOn') rig.tryStop();
        // GO was pressed at a card: each is asked anew. Of many not every one is gone through to its beginning.
        if (moment < trials) begun(rig);
      }
    },
  );

  it('may lose its power at any byte that it writes of its end', () => {
    const chance = new Chance(seed + 10);
    for (let trial = 0; trial < trials; trial++) {
      const rig = begun();
      while (rig.session !== 'completed') rig.pressed('go', 1200).for(rig.session === 'completed' ? 0 : 4000);
      rig.for(chance.between(0, 160)).uno.reset('powerOn');
      rig.for(3000);
      const kept = logOf(rig).map(({ end }) => end?.outcome ?? 'brokeOff');
      expect(kept).toHaveLength(1);
      expect(kept[0]).toBeOneOf(['completed', 'brokeOff']);
      begun(rig.tryStop()).for(15_000);
      expect(logOf(rig).map(({ sequence }) => sequence)).toEqual([0, 1]);
    }
  });

  it('keeps of answers no more than how many there were', () => {
    const rig = begun();
    for (let press = 0; press < 200 && !rig.records.some(({ type }) => type === 'outcome'); press++)
      rig.pressed('go', 1200).for(4000);
    rig.for(500);
    const [entry] = logOf(rig);
    expect(entry?.end).not.toBe(null);
    const { eeprom } = rig.uno;
    expect(eeprom.subarray(recordsAt, logAt).every(byte => byte === 0xff)).toBe(true);
    expect(eeprom.subarray(logAt + logEntryBytes).every(byte => byte === 0xff)).toBe(true);
  });

  it('is never late by more than it takes to find out what comes next, to its end', () => {
    const rig = begun();
    let zero = Number.POSITIVE_INFINITY;
    let worst = 0;
    let seen = rig.records.length;
    const untilMs = rig.nowMs + (isReport ? 20 : 2) * 60_000;
    while (rig.nowMs < untilMs) {
      rig.for(1);
      for (; seen < rig.records.length; seen++) {
        const record = rig.records[seen];
        if (record?.type !== 'cue') continue;
        // Its clock counts ticks of 1.024 ms, as the emulated crystal does.
        const late = rig.nowMs - record.at;
        zero = Math.min(zero, late);
        worst = Math.max(worst, late - zero);
      }
    }
    expect(worst).toBeLessThan(25);
  });

  it('leaves 200 bytes between its memory and its stack', () => {
    const rig = new MegaRig();
    const { cpu } = rig.uno.chip;
    const painted = 0xa5;
    const from = cpu.SP - 2;
    const start = 0x200 + ramBytes;
    let lowest = from;
    for (let at = start; at < from; at++) cpu.data[at] = painted;
    begun(rig).for(isReport ? 600_000 : 60_000);
    rig.pressed('stop').for(isReport ? 200_000 : 5000);
    for (let at = start; at < from; at++)
      if (cpu.data[at] !== painted) {
        lowest = at;
        break;
      }
    expect(0x21ff - lowest).toBeGreaterThan(60);
    expect(rig.resets).toEqual([]);
    expect(lowest - start).toBeGreaterThan(200);
  });
});

/** Hands that do all that would begin a session. */
const tryToBegin = (rig: MegaRig): MegaRig => {
  answered(rig.for(900));
  for (let press = 0; press < 8; press++) rig.pressed('go').for(1100);
  return rig.for(15_000);
};

describe('a board that is not in order', () => {
  it('begins nothing before its STOP has been tried, and then does', () => {
    const rig = MegaRig.fresh();
    tryToBegin(rig);
    expect(rig.edges).toEqual([]);
    rig.tryStop();
    for (let press = 0; press < 8; press++) rig.pressed('go').for(1100);
    rig.for(15_000);
    expect(rig.isDriven || rig.edges.length > 0).toBe(true);
  });

  it('begins nothing with STOP held, or its wire torn', () => {
    const rig = new MegaRig();
    rig.uno.setPin(pins.stop, 'open');
    tryToBegin(rig);
    expect(rig.edges).toEqual([]);
    expect(rig.resets).toEqual([]);
  });

  it('begins nothing once its watchdog has bitten three times within a minute', () => {
    const rig = begun();
    for (let bite = 0; bite < 3; bite++) rig.hang(bite % 2 === 0).for(3000);
    const since = rig.nowMs;
    tryToBegin(rig);
    expect(stateOf(rig)).toBe('alone');
    expect(rig.roseAfter(since)).toBe(false);
    rig.uno.reset('external');
    tryToBegin(rig.for(500));
    expect(rig.roseAfter(since)).toBe(false);
    rig.uno.reset('powerOn');
    rig.for(500).tryStop();
    begun(rig);
  });

  it.each(['shorted', 'torn'] as const)('ends a session where a motor’s path is %s', path => {
    const rig = midDrive(new Chance(seed + 11));
    rig.uno.copper.paths.left = path;
    rig.for(60_000);
    const since = rig.nowMs;
    expect(rig.session).toBeOneOf(['stopped', 'faulted', 'failed']);
    rig.for(20_000);
    expect(rig.roseAfter(since)).toBe(false);
    expect(rig.resets).toEqual([]);
  });

  it('begins nothing where its supply is too low', () => {
    const rig = new MegaRig();
    rig.uno.copper.supplyMv = 3900;
    tryToBegin(rig);
    expect(rig.edges).toEqual([]);
    rig.uno.copper.supplyMv = 5000;
    rig.for(1000);
    for (let press = 0; press < 8 && rig.session !== 'warmUp'; press++) rig.pressed('go').for(1100);
    expect(rig.session).toBe('warmUp');
  });
});

describe('a board whose STOP closes when pressed', () => {
  const hexText = readFileSync(shippedHex('mega', 'normallyOpen'), 'utf8');
  const press = (rig: MegaRig): MegaRig => {
    rig.uno.setPin(pins.stop, false);
    return rig;
  };
  const release = (rig: MegaRig): MegaRig => {
    rig.uno.setPin(pins.stop, 'open');
    return rig;
  };

  it('begins nothing after a start until it has been pressed, and is then stopped by it within 5 ms', () => {
    const rig = release(new MegaRig({}, true, hexText));
    for (const cause of ['powerOn', 'external', 'brownOut'] as const) {
      rig.uno.reset(cause);
      const sinceMs = rig.nowMs;
      tryToBegin(rig.for(500));
      expect(rig.roseAfter(sinceMs + 0.1), cause).toBe(false);
      release(press(rig).for(60)).for(60);
      for (let go = 0; go < 8 && rig.session !== 'warmUp'; go++) rig.pressed('go').for(1100);
      for (let looks = 0; looks < 60_000 && !rig.isDriven; looks++) rig.for(0.5);
      expect(rig.isDriven, cause).toBe(true);
      const pressedAt = rig.nowMs;
      press(rig).for(60);
      expect(rig.silentSinceMs - pressedAt).toBeLessThan(5);
      release(rig).for(500);
      expect(rig.session).toBe('stopped');
    }
  });
});

/** All that the light says of what was loaded, once: two short blinks, or three flashes. */
const loadedSign = [250, 250];
const lostSign = [150, 150, 150];

describe('what is kept', () => {
  const routine = library().find(({ id }) => id === 'evening-legs') ?? library()[0];
  if (!routine) throw new Error('the library has a routine');
  const choice = { routine, easierSide: 'left' } as const;
  const image = eepromImage([choice]);

  /** Whatever lies there, the board goes on: it chooses, and begins by hand, and runs nothing by itself. */
  const lives = (rig: MegaRig): void => {
    const started = rig.opened;
    rig.for(3000);
    for (let press = 0; press < 4; press++) rig.pressed('less').for(500);
    expect(rig.edges).toEqual([]);
    begun(rig).for(12_000);
    expect(rig.resets).toEqual([]);
    expect(rig.opened).toBeLessThanOrEqual(started + 5);
    expect(rig.opened).toBeGreaterThanOrEqual(started + 3);
    expect(rig.edges.length).toBeGreaterThan(0);
  };

  it('may have any bit flipped', () => {
    const chance = new Chance(seed + 4);
    for (let trial = 0; trial < trials * 2; trial++) {
      const eeprom = image.slice();
      for (let flips = 1 + chance.below(trial % 2 ? 4 : 200); flips > 0; flips--) {
        const at = recordsAt + chance.below(eepromBytes - recordsAt);
        eeprom[at] = (eeprom[at] ?? 0) ^ (1 << chance.below(8));
      }
      lives(new MegaRig({ eeprom }));
    }
  });

  /** Where the routines' record and they themselves lie: each bit of it is one of theirs. */
  const ofRoutines = [
    ...Array.from({ length: recordBytes }, (_, index) => slotAt('routines', 0) + index),
    ...Array.from({ length: routineBytes(choice).length }, (_, index) => routinesAt + index),
  ];

  it('is not played with any bit of it flipped: the light says so, and the routines in flash are there', () => {
    const chance = new Chance(seed + 12);
    for (let trial = 0; trial < (isReport ? 200 : 6); trial++) {
      const eeprom = image.slice();
      const at = chance.pick(ofRoutines);
      eeprom[at] = (eeprom[at] ?? 0) ^ (1 << chance.below(8));
      const rig = new MegaRig({ eeprom }).for(3000);
      expect(litMs(rig, 0), `byte ${at}`).toEqual(lostSign);
      expect(rig.edges).toEqual([]);
      // The first of those in flash is chosen, and it can be begun.
      if (trial % 20 === 0) begun(rig).for(12_000);
      expect(rig.roseAfter(0)).toBe(trial % 20 === 0);
    }
  });

  it('is said to be loaded where it is whole, where nothing was ever loaded, and where all was cleared', () => {
    const cleared = eepromImage([]);
    for (const eeprom of [image, new Uint8Array(eepromBytes).fill(0xff), cleared])
      expect(litMs(new MegaRig({ eeprom: eeprom.slice() }).for(4000), 0)).toEqual(loadedSign);
  });

  it('is said to be lost after a session is said to have broken off', () => {
    const rig = midDrive(new Chance(seed + 13), begun(new MegaRig({ eeprom: image.slice() })));
    const eeprom = rig.uno.eeprom.slice();
    eeprom[routinesAt + 3] = (eeprom[routinesAt + 3] ?? 0) ^ 1;
    expect(litMs(new MegaRig({ eeprom }).for(6000), 0)).toEqual([1500, 250, ...lostSign]);
  });

  it('may have any bit flipped while the board is on', () => {
    const chance = new Chance(seed + 5);
    for (let trial = 0; trial < trials * 2; trial++) {
      const rig = new MegaRig({ eeprom: image.slice() }).for(500);
      const { memory } = rig.uno['eepromCells' as never] as { memory: Uint8Array };
      for (let flips = 1 + chance.below(trial % 2 ? 4 : 400); flips > 0; flips--) {
        const at = recordsAt + chance.below(eepromBytes - recordsAt);
        memory[at] = (memory[at] ?? 0) ^ (1 << chance.below(8));
      }
      const watch = new BoundsWatch();
      rig.uno.scope.subscribeEdges(edge => watch.edge(edge));
      answered(rig.for(500));
      for (let press = 0; press < 8; press++) rig.pressed('go').for(1100);
      rig
        .for(20_000)
        .pressed('stop')
        .for(isReport ? 300_000 : 10_000);
      expect(rig.resets).toEqual([]);
      expect(rig.opened, `trial ${trial}`).toBe(1);
      expect(watch.worst.duty).toBeLessThanOrEqual(motorLimits.kickDuty);
    }
  });

  it('may be cut anywhere', () => {
    const chance = new Chance(seed + 6);
    for (let trial = 0; trial < trials; trial++) {
      const eeprom = image.slice();
      const cut = trial % 2 ? recordsAt + chance.below(logAt - recordsAt) : routinesAt + chance.below(300);
      eeprom.fill(0xff, cut);
      lives(new MegaRig({ eeprom }));
    }
  });

  it('may be noise', () => {
    const chance = new Chance(seed + 7);
    for (let trial = 0; trial < trials; trial++)
      lives(new MegaRig({ eeprom: Uint8Array.from({ length: 4096 }, () => chance.below(256)) }));
  });
});

describe('buttons by themselves', () => {
  const bounded = (rig: MegaRig, watch: BoundsWatch): void => {
    expect(rig.resets).toEqual([]);
    expect(watch.worst.duty).toBeLessThanOrEqual(motorLimits.kickDuty);
    expect(watch.worst.kickMs).toBeLessThanOrEqual(motorLimits.kickMaxMs);
    expect(watch.worst.continuousMs).toBeLessThanOrEqual(motorLimits.continuousMaxMs);
    expect(watch.worst.inWindowMs).toBeLessThanOrEqual(motorLimits.shareWindowMs * motorLimits.firmwareShare);
  };

  it.each(
    [...buttons.map(button => [button]), ['go', 'less'], ['less', 'go'], [...buttons]].map(
      held => [held] as const,
    ),
  )('stuck for minutes run no motor: %s', held => {
    const rig = new MegaRig().to(500);
    for (const button of held) {
      rig.uno.press(button as (typeof buttons)[number]);
      rig.for(70);
    }
    rig
      .for(isReport ? 600_000 : 60_000)
      .letGo()
      .for(30_000);
    expect(rig.edges).toEqual([]);
    expect(rig.resets).toEqual([]);
    expect(rig.opened).toBeLessThanOrEqual(2);
  });

  it('that bounce for minutes run no motor', () => {
    const chance = new Chance(seed + 8);
    const rig = new MegaRig().to(500);
    const untilMs = rig.nowMs + (isReport ? 600_000 : 60_000);
    while (rig.nowMs < untilMs) {
      const button = chance.pick(buttons);
      if (chance.oneIn(2)) rig.uno.press(button);
      else rig.uno.release(button);
      rig.for(chance.between(0.1, 6));
    }
    expect(rig.edges).toEqual([]);
    expect(rig.resets).toEqual([]);
  });

  it('pressed by chance for an hour keep the bounds, and no restart', () => {
    const chance = new Chance(seed + 9);
    const rig = new MegaRig().to(500);
    const watch = new BoundsWatch();
    rig.uno.scope.subscribeEdges(edge => watch.edge(edge));
    const hours = isReport ? 4 : 0.1;
    let passedMs = 0;
    while (passedMs < hours * 3_600_000) {
      const from = rig.nowMs;
      // Now and then somebody means it.
      if (chance.oneIn(8)) for (let card = 0; card < 6; card++) rig.both().for(700);
      const button = chance.pick(['go', 'go', 'go', 'go', 'less', 'less', 'receiver', 'stop'] as const);
      const way = chance.below(12);
      if (way === 0 && !chance.oneIn(4)) rig.both(chance.between(100, 4000));
      else rig.pressed(button, way < 3 ? chance.between(800, 5000) : chance.between(5, 400));
      rig.for(chance.oneIn(5) ? chance.between(0, 30_000) : chance.between(5, 1500));
      passedMs += rig.nowMs - from;
      rig.statuses.length = 0;
      rig.edges.length = 0;
      rig.events.length = 0;
    }
    expect(watch.worst.starts).toBeGreaterThan(0);
    bounded(rig, watch);
    expect(rig.opened).toBeLessThan(hours * 60);
  });
});
