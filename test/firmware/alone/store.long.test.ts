/** What a board keeps: written by the host, read by the board's own code, and whole whenever its power goes. */
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BoardRefused, BoardSilent, Keeper } from '../../../hardware/alone/keeper.ts';
import { eepromBytes, logAt, logEntryBytes, routinesAt } from '../../../hardware/alone/layout.ts';
import { loggedSessions } from '../../../hardware/alone/logged.ts';
import { type AloneSettings, settingsContent } from '../../../hardware/alone/records.ts';
import {
  NotForBoard,
  type RoutineChoice,
  routineBytes,
  routineHashOf,
} from '../../../hardware/alone/routine-bytes.ts';
import { uncalibratedBoard } from '../../../hardware/duty.ts';
import { decode, encode, keepAnswers, type LeaseFields } from '../../../hardware/lease.ts';
import { fromLibrary, library } from '../../../machines/routine/library.ts';
import { directions, positions, zones } from '../../../machines/routine/names.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { dosageOf, type Pace, type Pass } from '../../../machines/routine/timeline.ts';
import { byTouchWithCare, noCaution, strictest } from '../../../machines/screening.caps.ts';
import { fresh } from '../../../machines/session.fresh.ts';
import { lighterPace } from '../../../machines/session.lighter.ts';
import { receiverMeans } from '../../../machines/session.lists.ts';
import { leavingOut } from '../../../machines/session.place.ts';
import { movingStages, sides } from '../../../machines/vocabulary.ts';
import type { Clock } from '../../../src/time/clock.ts';
import { isReport } from '../../support/length.ts';
import { hasSanitizers } from '../host/build.ts';
import { anyRoutine } from './any-routine.ts';
import { type KeptBoard, StoreProgram } from './store-program.ts';

const program = new StoreProgram();
beforeAll(() => {
  if (hasSanitizers) program.build();
}, 600_000);

const itCompiled = it.skipIf(!hasSanitizers);

const routineOf = (id: string): Routine => {
  const routine = fromLibrary(id);
  if (!routine) throw new Error(id);
  return routine;
};
const choiceOf = (id: string): RoutineChoice => ({ routine: routineOf(id), easierSide: 'left' });
const hashes = (ids: readonly string[]): string =>
  [ids.length, ...ids.map(id => routineHashOf(routineOf(id)))].join(',');

const paceText = ({ strokeMs, returnMs, periodMs, ascent }: Pace): string =>
  [strokeMs, returnMs, periodMs, ascent?.pulls ?? 0, ascent?.returnMs ?? 0].join(' ');

/** What the board is to read of a routine, told from the machine's own passes. */
function expected(choice: RoutineChoice): string {
  const context = fresh({ ...choice, boardReady: true });
  const { planned, rules, receiver, routineSteps } = context;
  const phases = [...new Set(planned.map(({ phase }) => phase))];
  const flag = (value: boolean): string => String(Number(value));
  const isLighter = (pass: Pass, usesOtherTechnique: boolean): boolean =>
    lighterPace({ ...context, passes: [pass], passIndex: 0, usesOtherTechnique }) !== null;
  const lengths = planned.map(({ durationMs }, index) => `${index}:${index}:${durationMs} `).join('');
  const passes = planned.map(pass => {
    const { pace, otherPace, zone } = pass;
    const dosage = dosageOf(zone, pace, otherPace)?.name;
    return [
      phases.indexOf(pass.phase),
      movingStages.indexOf(pass.stage),
      zones.indexOf(zone),
      sides.indexOf(pass.side),
      positions.indexOf(pass.position),
      directions.indexOf(pass.direction),
      pass.durationMs,
      pass.leastMs,
      pass.mostMs,
      pass.pressureStart,
      pass.pressureMax,
      paceText(pace),
      Number(otherPace !== null),
      otherPace ? paceText(otherPace) : '-',
      flag(isLighter(pass, false)) + flag(isLighter(pass, true)),
      { none: 0, piriformis: 1, vibration: 2 }[dosage ?? 'none'] + flag(pace.technique === 'effleurage'),
    ].join(' ');
  });
  const head = [
    routineHashOf(choice.routine),
    routineBytes(choice).length,
    rules.checkInEveryMs,
    rules.checkInTimeoutMs,
    rules.riseDwellMs,
    rules.capMs,
    flag(rules.strokeCues) +
      flag(routineSteps.bath) +
      flag(routineSteps.oil) +
      flag(receiver !== null) +
      (receiver ? receiverMeans.indexOf(receiver) : 0),
  ];
  return `${head.join(' ')} | ${lengths} | ${carefully(choice)}| ${passes.join(' | ')}`;
}

/** Which pass's work is done at which pass's place: found by what the machine's passes are, not by what they are called. */
function carefully(choice: RoutineChoice): string {
  const context = fresh({ ...choice, boardReady: true });
  const caps = strictest(noCaution, byTouchWithCare);
  const { passes } = leavingOut({ ...context, caps }, []);
  const planned = context.planned;
  let next = 0;
  return passes
    .map(pass => {
      const work = planned.findIndex(
        (one, index) => index >= next && one.phase === pass.phase && one.side === pass.side,
      );
      next = work + 1;
      const own = planned[work];
      const isHere = own?.zone === pass.zone && own.direction === pass.direction;
      const isIts = (one: Pass): boolean =>
        one.zone === pass.zone &&
        one.direction === pass.direction &&
        paceText(one.pace) === paceText(pass.pace) &&
        (one.pace.instruction === pass.pace.instruction || one.onSide === pass.pace.instruction);
      return `${work}:${isHere ? work : planned.findIndex(isIts)}:${own?.durationMs} `;
    })
    .join('');
}

const memoryOf = (bytes: Uint8Array): string =>
  `memory ${'ff'.repeat(routinesAt)}${Buffer.from(bytes).toString('hex')}`;

/** Entries may name another pass of the very same place. */
const withPlaces = (text: string, places: readonly string[]): string =>
  text.replace(/(\d+):(\d+):/g, (_, work: string, place: string) => `${work}:${places[Number(place)]}:`);

const samePlaces = (choice: RoutineChoice): readonly string[] =>
  fresh({ ...choice, boardReady: true }).planned.map(({ zone, direction, pace }) =>
    [zone, direction, paceText(pace)].join(),
  );

function compare(choices: readonly RoutineChoice[]): void {
  const said = program.run(
    choices.flatMap(choice => {
      const bytes = routineBytes(choice);
      return [memoryOf(bytes), `sound ${routinesAt} ${bytes.length}`, `plan ${routinesAt} 0`];
    }),
  );
  for (const [index, choice] of choices.entries()) {
    const places = samePlaces(choice);
    expect(said[index * 3 + 1]).toBe('sound');
    expect(withPlaces(said[index * 3 + 2] ?? '', places)).toBe(withPlaces(expected(choice), places));
  }
}

describe('a routine on the board', () => {
  itCompiled('is, to the millisecond, what the machine makes of it: the whole library, either way', () => {
    const variants = library().flatMap(routine =>
      (['left', 'right'] as const).flatMap((easierSide): RoutineChoice[] => [
        { routine, easierSide },
        { routine, easierSide, strokeCues: false, receiver: 'page' },
      ]),
    );
    compare(variants);
  });

  itCompiled('whatever a file may say', () => {
    const choices = fc.sample(anyRoutine, isReport ? 3000 : 200).filter(choice => {
      try {
        return routineBytes(choice).length < 1024 - routinesAt;
      } catch (error) {
        expect(error).toBeInstanceOf(NotForBoard);
        return false;
      }
    });
    expect(choices.length).toBeGreaterThan(100);
    compare(choices);
  });

  itCompiled(
    'lies in flash as well: what begins where nothing is loaded, and what teaches the device',
    () => {
      const [evening, touch] = ['evening-legs', 'first-touch'].map(choiceOf);
      if (!evening || !touch) throw new Error('both');
      const said = program.run([`plan 0 1`, `plan ${routineBytes(evening).length} 1`]);
      expect(said).toEqual([expected(evening), expected(touch)]);
    },
  );

  it('of more passes than a session can remember is refused, with how many it has', () => {
    const routine = routineOf('leg-and-back');
    const long = {
      ...routine,
      phases: [...routine.phases, ...routine.phases.map(one => ({ ...one, id: `${one.id}2` }))],
    };
    expect(() => routineBytes({ routine: long, easierSide: 'left' })).toThrow(/has 32 passes; .* at most 20/);
  });
});

const settings: AloneSettings = {
  calibration: {
    left: { startDuty: 80, ratedDuty: 140, kickDuty: 170 },
    right: { startDuty: 90, ratedDuty: 150, kickDuty: 184 },
    lagMs: { left: 0, right: 20 },
    swapped: true,
    glideMs: 103,
  },
  clockPpm: -2021,
  turned: true,
  steadyLight: true,
};
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const usualHex = hexOf(
  settingsContent({ calibration: uncalibratedBoard, clockPpm: 0, turned: false, steadyLight: false }),
);

const emptyKeep: LeaseFields<'keep'> = {
  deed: 0,
  at: 0,
  length: 0,
  b0: 0,
  b1: 0,
  b2: 0,
  b3: 0,
  b4: 0,
  b5: 0,
  b6: 0,
  b7: 0,
  b8: 0,
  b9: 0,
  b10: 0,
  b11: 0,
};

/** Timers run out when a test says so. */
class HandClock implements Clock {
  readonly #waiting = new Set<() => void>();
  now(): number {
    return 0;
  }
  at(_: number, run: () => void): () => void {
    this.#waiting.add(run);
    return () => this.#waiting.delete(run);
  }
  runOut(): void {
    for (const run of [...this.#waiting]) run();
  }
}

describe('a host', () => {
  let board: KeptBoard | null = null;
  const begin = (): Readonly<{ board: KeptBoard; keeper: Keeper; clock: HandClock }> => {
    const clock = new HandClock();
    board = program.start();
    return { board, keeper: new Keeper(board, clock), clock };
  };
  afterEach(() => board?.hangUp());

  itCompiled('loads three routines of usual size and settings, and reads them back', async () => {
    const { keeper } = begin();
    const ids = ['evening-legs', 'lower-back', 'partner-half-hour'];
    expect(await keeper.list()).toEqual({ routines: [], settings: null, client: null, freeBytes: 696 });
    const contents = await keeper.load(ids.map(choiceOf), settings);
    expect(contents.settings).toEqual(settings);
    expect(contents.routines.map(({ hash }) => hash)).toEqual(ids.map(id => routineHashOf(routineOf(id))));
    expect(await board?.say('state')).toBe(`${hashes(ids)} ${hexOf(settingsContent(settings))} 0`);
    await keeper.clear();
    expect((await keeper.list()).routines).toEqual([]);
  });

  itCompiled('that loses every third message loads them all the same', async () => {
    const { keeper, board, clock } = begin();
    board.loses = count => count % 3 === 0;
    board.lost = () => clock.runOut();
    const contents = await keeper.load([choiceOf('evening-legs')], settings);
    expect(contents.routines).toHaveLength(1);
    expect(await board.say('state')).toContain(hashes(['evening-legs']));
  });

  itCompiled('that is not answered says so', async () => {
    const { keeper, board, clock } = begin();
    board.loses = () => true;
    board.lost = () => clock.runOut();
    await expect(keeper.list()).rejects.toThrow(BoardSilent);
  });

  itCompiled.each([
    ['armed', 'armed 1'],
    ['busyAlone', 'busy 1'],
  ])('is refused while the board is %s', async (answer, command) => {
    const { keeper, board } = begin();
    await board.say(command);
    await expect(keeper.load([choiceOf('evening-legs')])).rejects.toThrow(new RegExp(answer));
  });

  itCompiled('is refused what no motor may have, and what would not fit', async () => {
    const { keeper } = begin();
    const tooStrong = { ...settings.calibration, left: { startDuty: 80, ratedDuty: 200, kickDuty: 210 } };
    await expect(keeper.save({ ...settings, calibration: tooStrong })).rejects.toThrow(BoardRefused);
    const all = library().map(({ id }) => choiceOf(id));
    await expect(keeper.load(all)).rejects.toThrow(/take 1519 bytes; a board keeps 696/);
  });

  /** What the board answers to a message, and what it is named for. */
  const answerTo = async (fields: Partial<LeaseFields<'keep'>>): Promise<string | undefined> => {
    const message = encode('keep', { ...emptyKeep, ...fields });
    const answer = await board?.say(`keep ${hexOf(message.subarray(1, -1))}`);
    return keepAnswers[decode('kept', Uint8Array.from(Buffer.from(answer ?? '', 'hex')))?.answer ?? -1];
  };

  itCompiled('can write only where routines lie, and not over those that are loaded', async () => {
    const { keeper, board } = begin();
    await keeper.load([choiceOf('evening-legs')]);
    const before = await board.say('dump');
    const [read, write, record] = [0, 1, 2];
    expect(await answerTo({ deed: write, at: 0, length: 1 })).toBe('outOfReach');
    expect(await answerTo({ deed: write, at: routinesAt - 1, length: 12 })).toBe('outOfReach');
    expect(await answerTo({ deed: write, at: eepromBytes - 11, length: 12 })).toBe('outOfReach');
    expect(await answerTo({ deed: write, at: routinesAt + 300, length: 13 })).toBe('outOfReach');
    expect(await answerTo({ deed: write, at: routinesAt, length: 1 })).toBe('inUse');
    expect(await answerTo({ deed: write, at: routinesAt + 157, length: 12 })).toBe('inUse');
    expect(await answerTo({ deed: read, at: eepromBytes - 11, length: 12 })).toBe('outOfReach');
    expect(await answerTo({ deed: record, at: 2, length: 12 })).toBe('outOfReach');
    expect(await answerTo({ deed: 3, length: 0 })).toBe('outOfReach');
    // Routines that are not there, and ones that reach beyond the memory.
    expect(await answerTo({ deed: record, at: 1, length: 12, b0: 0x48, b1: 1, b2: 40 })).toBe('unsound');
    expect(await answerTo({ deed: record, at: 1, length: 12, b0: 0xff, b1: 0xff, b2: 0xff, b3: 0xff })).toBe(
      'unsound',
    );
    expect(await board.say('dump')).toBe(before);
    expect(await answerTo({ deed: write, at: routinesAt + 158, length: 12, b0: 7 })).toBe('done');
    expect(await board.say('keep 0700')).toBe('damaged');
  });

  itCompiled('is refused routines whose bytes are whole and lead a session astray', () => {
    const bytes = routineBytes(choiceOf('evening-legs'));
    const changed = (at: number, value: number): Uint8Array => {
      const other = Uint8Array.from(bytes);
      other[at] = value;
      return other;
    };
    const firstPass = 16 + 5 * 23;
    const astray: readonly (readonly [number, number])[] = [
      [0, 6],
      [0, 200],
      [1, 0],
      [1, 21],
      [2, 10],
      [11, 0xff],
      [16, 0x3c],
      [17, 0x20],
      [18, 5],
      [18, 0],
      [firstPass, 5 << 2],
      [firstPass, 3],
      [firstPass + 9, 9],
    ];
    const judged = program
      .run(
        [bytes, ...astray.map(([at, value]) => changed(at, value))].flatMap(one => [
          memoryOf(one),
          `sound ${routinesAt} ${bytes.length}`,
        ]),
      )
      .filter(line => line !== 'ok');
    expect(judged).toEqual(['sound', ...astray.map(() => 'unsound')]);
  });

  /** The commands that load these. */
  const recorded = async (loads: readonly (readonly string[])[]): Promise<readonly (readonly string[])[]> => {
    const { keeper, board } = begin();
    const all: string[][] = [];
    for (const ids of loads) {
      board.heard.length = 0;
      await keeper.load(ids.map(choiceOf));
      all.push([...board.heard]);
    }
    return all;
  };

  itCompiled(
    'whose board loses its power at any write of a load: the old routines are there, or the new',
    async () => {
      const old = ['first-touch', 'knee-to-hip-alone'];
      const fresh = ['evening-legs', 'piriformis-and-sacral-edge'];
      const [first = [], second = []] = await recorded([old, fresh]);
      const said = program
        .run([...first, 'script', ...second, `cuts 1 ${isReport ? 1 : 4}`])
        .slice(first.length);
      const states = said.map(line => line.split(' ')[1]);
      expect(states.length).toBeGreaterThan(isReport ? 300 : 70);
      expect(new Set(states)).toEqual(new Set([hashes(old), hashes(fresh)]));
      expect(states.indexOf(hashes(fresh))).toBe(states.length - 1);
    },
  );

  itCompiled('... where both do not fit at once: the old ones, none, or the new', async () => {
    const old = ['evening-legs', 'lower-back', 'partner-half-hour'];
    const fresh = ['leg-and-back', 'therapist-pacer'];
    const [first = [], second = []] = await recorded([old, fresh]);
    const said = program
      .run([...first, 'script', ...second, `cuts 2 ${isReport ? 1 : 9}`])
      .slice(first.length);
    const states = said.map(line => line.split(' ')[1]);
    expect([...new Set(states)]).toEqual([hashes(old), '0', hashes(fresh)]);
  });

  itCompiled(
    'whose board loses its power at any write of settings: the old ones hold, or the new',
    async () => {
      const { keeper, board } = begin();
      await keeper.save(settings);
      const other = { ...settings, clockPpm: 1500, turned: false };
      await keeper.save(other);
      const [first = '', second = ''] = board.heard;
      const once = program.run([first, 'script', second, 'cuts 3']).slice(1);
      const hexes = once.map(line => line.split(' ')[2]);
      expect(hexes.length).toBeGreaterThan(15);
      expect(new Set(hexes)).toEqual(new Set([settings, other].map(one => hexOf(settingsContent(one)))));
      const none = program.run(['script', first, 'cuts 4']).map(line => line.split(' ')[2]);
      expect(new Set(none)).toEqual(new Set([usualHex, hexOf(settingsContent(settings))]));
    },
  );

  itCompiled('whose board has a bit turned over: what it keeps is as it was, or is not taken', async () => {
    const ids = ['evening-legs', 'lower-back', 'partner-half-hour'];
    const { keeper, board } = begin();
    await keeper.load(ids.map(choiceOf), settings);
    const said = program.run([...board.heard, 'flips 5', 'plan 0 1']).slice(board.heard.length);
    const flips = said.slice(0, -1).map(line => line.split(' '));
    expect(flips).toHaveLength(200);
    for (const [, at, routines, kept] of flips) {
      expect([hashes(ids), '0']).toContain(routines);
      expect([hexOf(settingsContent(settings)), usualHex]).toContain(kept);
      // Beyond what was loaded, and in the log, nothing is touched by it.
      if (Number(at) < 24)
        expect(`${routines} ${kept}`).toBe(`${hashes(ids)} ${hexOf(settingsContent(settings))}`);
    }
    expect(new Set(flips.map(([, , routines]) => routines))).toEqual(new Set([hashes(ids), '0']));
    expect(said.at(-1)).toBe(expected(choiceOf('evening-legs')));
  });
});

describe('the log', () => {
  const session = (number: number, minutes: number): readonly string[] => [
    `begin ${number} ${1000 + number}`,
    ...Array.from({ length: minutes }, (_, minute) => `minute ${minute + 1}`),
    'one 0',
    'one 0',
    'one 1',
    'here 1',
    'here 3',
    'leg 2',
    'moved 0 2 75000',
    'moved 1 0 45000',
    `seal 1 5 -1 ${minutes * 60}`,
  ];
  const read = (hex: string | undefined) => loggedSessions(Uint8Array.from(Buffer.from(hex ?? '', 'hex')));

  itCompiled('keeps the last eight sessions, in their order', () => {
    const said = program.run([
      ...Array.from({ length: 300 }, (_, number) => session(number, 12)).flat(),
      'log',
    ]);
    const sessions = read(said.at(-1));
    expect(sessions.map(({ epoch }) => epoch)).toEqual([292, 293, 294, 295, 296, 297, 298, 299]);
    expect(sessions.at(-1)).toEqual({
      sequence: 299 % 256,
      epoch: 299,
      routineHash: 1299,
      atLeastMinutes: 0,
      end: {
        outcome: 'stopped',
        reason: 'pain',
        fault: null,
        seconds: 720,
        minutes: {
          warmUp: { left: 1, right: 1 },
          strokes: { left: 1, right: 0 },
          pressureRamp: { left: 0, right: 0 },
          cooldown: { left: 0, right: 0 },
        },
        eases: 2,
        rises: 1,
        pauses: 0,
        here: { light: 0, fine: 1, strong: 0, tooMuch: 1 },
        leg: { same: 0, more: 0, worse: 1 },
      },
    });
  });

  itCompiled('cut at any write has all sessions before, and of this one as far as it is known', () => {
    const before = Array.from({ length: 11 }, (_, number) => session(number, 3)).flat();
    const said = program.run([...before, 'script', ...session(11, 27), 'cuts 6']).slice(before.length);
    expect(said.length).toBeGreaterThan(15);
    const ends = said.map(line => {
      const sessions = read(line.split(' ').at(-1));
      // The entry that it takes the place of goes with its first byte.
      expect(sessions.filter(({ epoch }) => epoch > 3 && epoch < 11).map(({ epoch }) => epoch)).toEqual([
        4, 5, 6, 7, 8, 9, 10,
      ]);
      expect(sessions.every(({ epoch, end }) => epoch === 11 || end !== null)).toBe(true);
      const last = sessions.find(({ epoch }) => epoch === 11);
      if (last) expect(last.routineHash).toBe(1011);
      return last ? (last.end ? 'ended' : last.atLeastMinutes) : 'none';
    });
    expect(ends.at(-1)).toBe('ended');
    for (const minutes of ['none', 0, 5, 10, 15, 20]) expect(ends).toContain(minutes);
    expect(ends.filter(end => end === 'ended')).toHaveLength(1);
  });

  itCompiled('writes no byte more than twice in a session, the second time by its seal', () => {
    const said = program.run([
      ...Array.from({ length: 8 }, (_, number) => session(number, 90)).flat(),
      `wear ${logAt} ${logAt + 8 * logEntryBytes}`,
      'unworn',
      'begin 9 9',
      ...Array.from({ length: 90 }, (_, minute) => `minute ${minute + 1}`),
      'wear 0 1024',
    ]);
    expect(said.filter(line => /^\d+$/.test(line))).toEqual(['2', '1']);
  });
});
