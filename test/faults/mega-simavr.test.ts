/**
 * A whole session on a Mega that plays by itself, in simavr: an emulator that others have written. Fingers move at the
 * cycles at which they moved in our own emulated board. What the firmware tells then has to be the same, line for line, and
 * its motors have to go on and off at the same moments.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TraceReader, type TraceRecord } from '../../hardware/alone/trace-port.ts';
import { fromLibrary } from '../../machines/routine/library.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { type Button, type Ms, motors } from '../../machines/vocabulary.ts';
import { atmega2560 } from '../../simulator/avr/atmega2560.ts';
import { clockHz } from '../../simulator/avr/emulated-board.ts';
import { loadHex } from '../../simulator/avr/hex.ts';
import { triedMega } from '../../simulator/avr/tried.ts';
import { aloneHex } from '../../src/installed.ts';
import type { TraceLine } from '../../src/session/trace.ts';
import { linesOfBoard } from '../../src/simulation/alone-lines.ts';
import { loadedBoard, simulateAlone } from '../../src/simulation/alone-stage.ts';
import { assumedHands } from '../../src/simulation/script-by-touch.ts';
import { toldOf } from '../support/alone-and-none.ts';
import { driven } from '../support/driven.ts';
import { madeWithSimavr } from './support/simavr.ts';

const cyclesPerMs = clockHz / 1000;
/** A tick and a half of the firmware: the two emulators begin theirs at other cycles. */
const apartMs: Ms = 1.6;
/** Behind the outcome, for what must not come. */
const behindMs: Ms = 500;

const folder = mkdtempSync(join(tmpdir(), 'tactus-simavr-'));
const program = join(folder, 'alone');
const isHere = madeWithSimavr('simavr-alone.c', program);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Edge = Readonly<{ cycle: number; button: Button; down: boolean }>;
type Played = Readonly<{ lines: readonly TraceLine[]; pins: readonly TraceLine[] }>;

/** The session in our emulated board: what was told, what fingers did and when, and how long it took. */
function ours(routine: Routine): Played & Readonly<{ edges: readonly Edge[]; endedMs: Ms }> {
  const lines: TraceLine[] = [];
  const edges: Edge[] = [];
  let endedMs: Ms = 0;
  simulateAlone({
    hex: aloneHex(),
    seed: 1,
    routine,
    board: loadedBoard(routine),
    steps: assumedHands(routine),
    trace: line => lines.push(line),
    emulated: (hex, options) => {
      const mega = triedMega(hex, options);
      const { press, release, run } = mega;
      const edge = (button: Button, down: boolean): void => {
        edges.push({ cycle: Math.round(mega.nowMs * cyclesPerMs), button, down });
        (down ? press : release).call(mega, button);
      };
      return Object.assign(mega, {
        press: (button: Button) => edge(button, true),
        release: (button: Button) => edge(button, false),
        run: (ms: Ms): void => {
          run.call(mega, ms);
          endedMs = mega.nowMs;
        },
      });
    },
  });
  return { lines, pins: lines, edges, endedMs };
}

/** The same fingers on the board in simavr, up to then. The session that is opened last is the one that is played. */
function inSimavr(routine: Routine, edges: readonly Edge[], untilMs: Ms): Played {
  writeFileSync(join(folder, 'image'), loadHex(aloneHex(), atmega2560.flashBytes));
  writeFileSync(
    join(folder, 'edges'),
    edges.map(({ cycle, button, down }) => `${cycle} ${button} ${down ? 1 : 0}\n`).join(''),
  );
  const words = [join(folder, 'image'), join(folder, 'edges'), String(Math.round(untilMs * cyclesPerMs))];
  const said = execFileSync(program, words, { encoding: 'utf8', maxBuffer: 2 ** 24 });
  const reader = new TraceReader();
  let records: TraceRecord[] = [];
  let zeroMs: Ms = 0;
  const pins: TraceLine[] = [];
  for (const line of said.trimEnd().split('\n')) {
    const [word, cycle, value, on] = line.split(' ');
    const atMs = Number(cycle) / cyclesPerMs;
    if (word === 'reset') reader.forget();
    if (word === 'drive') {
      const motor = motors[Number(value)];
      if (motor) pins.push({ at: atMs - zeroMs, type: 'pin', motor, duty: Number(on) });
    }
    const record = word === 'trace' ? reader.take(Number(value)) : null;
    if (record?.type === 'opened') {
      records = [];
      zeroMs = atMs - record.at;
    }
    if (record) records.push(record);
  }
  return { lines: linesOfBoard(routine, records), pins };
}

describe.skipIf(!isHere)('a Mega by itself in simavr (libsimavr-dev and a C compiler)', () => {
  let own: Played;
  let other: Played;
  beforeAll(() => {
    const routine = fromLibrary('first-touch');
    if (!routine) throw new Error('the library has lost first-touch');
    const played = ours(routine);
    own = played;
    other = inSimavr(routine, played.edges, played.endedMs + behindMs);
  }, 600_000);

  it('leads the assumed hands through first-touch as our emulated board does, line for line', () => {
    expect(other.lines.at(-1)).toMatchObject({ type: 'outcome', outcome: 'completed' });
    expect(toldOf(other.lines)).toEqual(toldOf(own.lines));
  });

  it('drives its motors at the same moments, and none at the end', () => {
    for (const motor of motors) {
      const asked = driven(own.pins, motor, 'pin');
      const was = driven(other.pins, motor, 'pin');
      expect(asked.length).toBeGreaterThan(50);
      expect(was.map(([, on]) => on)).toEqual(asked.map(([, on]) => on));
      const apart = asked.map(([at], index) => Math.abs((was[index]?.[0] ?? Number.NaN) - at));
      expect(Math.max(...apart)).toBeLessThanOrEqual(apartMs);
      expect(was.at(-1)?.[1]).toBe(false);
    }
  });
});
