/**
 * A whole board that plays by itself, compiled for this machine, against a session with no board: the same buttons at the
 * same moments, the same lines. Everything between a pin and a duty takes part: debounce, grid, card, session, cues, lease.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { eepromImage } from '../../../hardware/alone/image.ts';
import type { AloneSettings } from '../../../hardware/alone/records.ts';
import { TraceReader } from '../../../hardware/alone/trace-port.ts';
import { uncalibratedBoard } from '../../../hardware/duty.ts';
import { library } from '../../../machines/routine/library.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { type Button, buttons, type Ms } from '../../../machines/vocabulary.ts';
import type { TraceLine } from '../../../src/session/trace.ts';
import { linesOfBoard } from '../../../src/simulation/alone-lines.ts';
import { rememberedStage } from '../../../src/simulation/recorded-stage.ts';
import type { Step } from '../../../src/simulation/script.ts';
import { assumedHands } from '../../../src/simulation/script-by-touch.ts';
import { simulate } from '../../../src/simulation/simulate.ts';
import { toldOf } from '../../support/alone-and-none.ts';
import { both, cards, press } from '../../support/hands-on.ts';
import { isReport } from '../../support/length.ts';
import { type RawStep, stepsOf } from '../../support/simulated.ts';
import { hasSanitizers, linked } from '../host/build.ts';

const sketch = fileURLToPath(new URL('../../../hardware/firmware/tactus/', import.meta.url));
const main = fileURLToPath(new URL('host/whole.cpp', import.meta.url));
let program = '';

beforeAll(() => {
  if (!hasSanitizers) return;
  const alone = readdirSync(join(sketch, 'src/alone')).filter(
    name => name.endsWith('.cpp') && name !== 'eeprom.cpp',
  );
  const files = ['board.cpp', 'drive.cpp', 'alone_doors.cpp', ...alone.map(name => `src/alone/${name}`)];
  const sources = [main, ...files.map(name => join(sketch, name))];
  program = linked(
    sources.map(path => [path, '-O1'] as const),
    ['-DALONE=1'],
  );
}, 300_000);

type Edge = Readonly<{ at: Ms; button: Button; down: boolean }>;

/** A session with no board, and the moments at which its buttons were moved. */
async function onNone(
  routine: Routine,
  steps: readonly Step[],
): Promise<Readonly<{ lines: readonly TraceLine[]; edges: readonly Edge[] }>> {
  const lines: TraceLine[] = [];
  const edges: Edge[] = [];
  const stage = rememberedStage();
  const { boardControls } = stage;
  try {
    await simulate(
      {
        ...stage,
        boardControls: {
          ...boardControls,
          button: (button, down) => {
            edges.push({ at: stage.clock.now(), button, down });
            boardControls.button(button, down);
          },
        },
      },
      { routine, steps, product: 'test', trace: line => lines.push(line) },
    );
  } finally {
    stage.close();
  }
  return { lines, edges };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** Longer than the last line of the one with no board: nothing more may come. */
const behindMs: Ms = 2500;

/** The same routine, loaded, under the same fingers; after so many days in which nobody has touched it. */
function onBoard(
  routine: Routine,
  edges: readonly Edge[],
  untilMs: Ms,
  restDays = 0,
  settings?: AloneSettings,
): readonly TraceLine[] {
  const input = [
    `eeprom 0 ${hex(eepromImage([{ routine, easierSide: 'left' }], settings))}`,
    'run 1',
    `rest ${restDays}`,
    // Half a millisecond on, so that no edge lies on a tick.
    ...edges.map(({ at, button, down }) => `edge ${at + 0.5} ${buttons.indexOf(button)} ${down ? 1 : 0}`),
    `run ${untilMs}`,
    '',
  ].join('\n');
  const { status, stdout, stderr } = spawnSync(program, { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  const reader = new TraceReader();
  const records = stdout
    .split('\n')
    .filter(line => line.startsWith('trace '))
    .flatMap(line => [...Buffer.from(line.slice('trace '.length), 'hex')])
    .flatMap(byte => reader.take(byte) ?? []);
  return linesOfBoard(routine, records);
}

async function compared(
  routine: Routine,
  steps: readonly Step[],
  who = routine.id,
): Promise<readonly TraceLine[]> {
  const { lines, edges } = await onNone(routine, steps);
  const untilMs = (lines.at(-1)?.at ?? 0) + behindMs;
  expect(toldOf(onBoard(routine, edges, untilMs)), who).toEqual(toldOf(lines));
  return lines;
}

const routines = library();
const [first] = routines.filter(({ id }) => id === 'first-touch');
if (!first) throw new Error('the library has first-touch');

const go = (at: Ms): readonly RawStep[] => press('go', { at });
/** The card, what has to be confirmed, and the start. */
const begun = [...cards(1000), ...[26_000, 28_000, 30_000].flatMap(go)];
const scripts: readonly (readonly [string, readonly (readonly RawStep[])[]])[] = [
  ['pauses and goes on', [go(60_000), go(75_000)]],
  ['makes it lighter, and lighter still', [press('less', { at: 60_000 }), press('less', { at: 70_000 })]],
  ['stops, and says that it was a slip', [press('stop', { at: 60_000 }), both({ at: 64_000 }), go(70_000)]],
  ['stops, and says nothing more', [press('stop', { at: 60_000 })]],
  ['grips GO and LESS at once', [both({ at: 60_000 }, 900), both({ at: 62_000 }, 500)]],
  [
    'asks for a minute more, and leaves a place',
    [go(60_000), go(60_300), press('less', { at: 80_000 }, 1300)],
  ],
  [
    'holds GO to go on to the next place',
    [press('go', { at: 50_000 }, 1200), press('go', { at: 70_000 }, 1200)],
  ],
  ['squeezes', [press('receiver', { at: 60_000 }), press('receiver', { at: 80_000 }, 900)]],
];

/** Presses, holds and grips, one after the other: nobody knows why. Edges lie early in a step of the input grid. */
const deedOfChance = fc.record({
  what: fc.constantFrom(
    'go',
    'less',
    'less',
    'receiver',
    'stop',
    'twice',
    'holdGo',
    'holdLess',
    'grip',
    'chord',
    'wait',
  ),
  restMs: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 3000 })),
});

function byChance(deeds: readonly Readonly<{ what: string; restMs: number }>[]): readonly RawStep[] {
  let at = 40_000;
  return deeds.flatMap(({ what, restMs }) => {
    const from = at;
    const move = (steps: readonly RawStep[], forMs: Ms): readonly RawStep[] => {
      at += forMs + 200 + 20 * restMs;
      return steps;
    };
    switch (what) {
      case 'twice':
        return move([...go(from), ...go(from + 260)], 400);
      case 'holdGo':
        return move(press('go', { at: from }, 1200), 1200);
      case 'holdLess':
        return move(press('less', { at: from }, 1200), 1200);
      case 'grip':
        return move(both({ at: from }, 600), 660);
      case 'chord':
        return move(both({ at: from }, 3200), 3260);
      case 'wait':
        return move([], 45_000);
      default:
        return move(press(what, { at: from }), 140);
    }
  });
}
const people = isReport ? 400 : 60;

describe.skipIf(!hasSanitizers)('a board that plays by itself', () => {
  it.each(routines.map(routine => [routine.id, routine] as const))(
    'leads hands through %s as a controller does, line for line',
    async (_, routine) => {
      const lines = await compared(routine, assumedHands(routine));
      expect(lines.at(-1)).toMatchObject({ type: 'outcome', outcome: 'completed' });
    },
    120_000,
  );

  it.each([13, 25, 50, 100])('begins by hand when its power has been on for %i days', async restDays => {
    const { edges } = await onNone(first, stepsOf(begun));
    const lines = onBoard(first, edges, 45_000, restDays);
    expect(lines.findLast(({ type }) => type === 'state')).toMatchObject({ state: 'warmUp' });
    expect(lines.filter(({ type }) => type === 'cue').length).toBeGreaterThan(0);
  });

  it.each([30_000, -30_000])(
    'takes no settings by which its clock is off by %i millionths',
    async clockPpm => {
      const { edges } = await onNone(first, stepsOf(begun));
      const settings = { calibration: uncalibratedBoard, clockPpm, turned: false, steadyLight: false };
      expect(onBoard(first, edges, 300_000, 1, settings)).toEqual(onBoard(first, edges, 300_000, 1));
    },
  );

  it.each(scripts)(
    'leads somebody alike who %s',
    async (_, steps) => {
      await compared(first, stepsOf([...begun, ...steps.flat()]));
    },
    120_000,
  );

  it('leads whoever presses by chance as a controller does', async () => {
    const chances = fc.sample(fc.array(deedOfChance, { minLength: 5, maxLength: 30 }), {
      numRuns: people,
      seed: 4,
    });
    for (const [index, deeds] of chances.entries()) {
      const routine = routines[index % routines.length] ?? first;
      // Whoever does nothing more ends it, or it ends by itself.
      const steps = [...begun, ...go(32_000), ...byChance(deeds)];
      const last = (steps.at(-1)?.at as number) + 2000;
      await compared(
        routine,
        stepsOf([...steps, ...press('stop', { at: last })]),
        `${routine.id}, person ${index}`,
      );
    }
  }, 600_000);
});
