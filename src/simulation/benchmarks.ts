/**
 * Figures of this machine, each beside what one would do instead, measured in the same run.
 *
 * Speed says little by itself: another machine, another figure. So the two stand side by side, and what is compared is
 * their ratio.
 */
import type { Routine } from '../../machines/routine/schema.ts';
import { timeline, totalMs } from '../../machines/routine/timeline.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import type { TraceLine } from '../session/trace.ts';
import type { Clock } from '../time/clock.ts';
import { assumedPerson, parseScript } from './script.ts';
import { type Stage, simulate } from './simulate.ts';

export type Figure = Readonly<{
  what: string;
  unit: 'ms';
  ours: number;
  oursBy: string;
  instead: number;
  insteadBy: string;
  /** Ours once the code is warm: the best of several runs in one process. */
  warm?: number;
}>;

/** Beats of `everyMs` for so long, both ways at once: how far the last one is from where it belongs. */
export async function drift(clock: Clock, everyMs: Ms, forMs: Ms): Promise<Figure> {
  const beats = Math.round(forMs / everyMs);
  const began = clock.now();
  const off = (): number => Math.abs(clock.now() - (began + beats * everyMs));
  const byDeadline = new Promise<number>(resolve => {
    const next = (beat: number): void => {
      clock.at(began + beat * everyMs, () => (beat === beats ? resolve(off()) : next(beat + 1)));
    };
    next(1);
  });
  const byInterval = new Promise<number>(resolve => {
    let beat = 0;
    const timer = setInterval(() => {
      beat += 1;
      if (beat < beats) return;
      clearInterval(timer);
      resolve(off());
    }, everyMs);
  });
  const [ours, instead] = await Promise.all([byDeadline, byInterval]);
  return {
    what: `beat ${beats} of ${everyMs} ms, away from where it belongs`,
    unit: 'ms',
    ours,
    oursBy: 'absolute deadlines',
    instead,
    insteadBy: 'setInterval',
  };
}

/** One way to run the shipped firmware for so long. Returns what is left of it, to be compared. */
export type Instructions = (ms: Ms) => string;

const turnMs: Ms = 250;
const turns = 8;

/** The same program by two instruction functions, by turns; of each the fastest turn, which the machine disturbed least. */
export function instructions(ours: Instructions, instead: Instructions): Figure {
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
  for (let turn = 0; turn < turns; turn++) {
    const left = [ours, instead].map((way, index) => {
      const began = performance.now();
      const end = way(turnMs);
      best[index as 0 | 1] = Math.min(best[index as 0 | 1], performance.now() - began);
      return end;
    });
    if (left[0] !== left[1]) throw new Error(`the two ended differently: ${left.join(' and ')}`);
  }
  return {
    what: `${turnMs} ms of the shipped firmware without its sleep: the instructions of the chip`,
    unit: 'ms',
    ours: best[0],
    oursBy: 'our instruction function',
    instead: best[1],
    insteadBy: 'avr8js’ own',
  };
}

/** A whole session in virtual time, beside the time it takes a person. */
export async function simulated(routine: Routine, stage: Stage, oursBy: string): Promise<Figure> {
  const began = performance.now();
  try {
    const { lastedMs } = await simulate(stage, { routine, steps: assumedPerson(routine), product: 'bench' });
    return {
      what: `a whole ${routine.id}, ${Math.round(totalMs(timeline(routine)) / 60_000)} min of hands`,
      unit: 'ms',
      ours: performance.now() - began,
      oursBy,
      instead: lastedMs,
      insteadBy: 'waiting for it',
    };
  } finally {
    stage.close();
  }
}

/** Enough for the code to be warm, and for the best of them to be one that nobody disturbed. */
const warmRuns = 6;

/** The machines alone: a whole session with no board, in a process that has just begun, and warm. */
export async function machines(routine: Routine, stageOf: () => Stage): Promise<Figure> {
  const first = await simulated(routine, stageOf(), 'simulate');
  let warm = first.ours;
  for (let count = 0; count < warmRuns; count++)
    warm = Math.min(warm, (await simulated(routine, stageOf(), 'simulate')).ours);
  return { ...first, warm };
}

const easedAt: Ms = 20_000;
const stalledAt: Ms = easedAt + 100;
const stalledMs: Ms = 2000;

/** Somebody asks for less, EASE begins on both motors, and the host is gone for two seconds in the middle of it. */
const hostGone = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 0, intent: 'start' },
  { at: easedAt, intent: 'less' },
  { at: stalledAt, fault: 'stall', forMs: stalledMs },
];

/** From the host's falling silent in mid-drive until both motor pins of the emulated board are low. */
export async function silence(routine: Routine, stage: Stage): Promise<Figure> {
  const on: Record<string, boolean> = {};
  let lowAt: Ms | null = null;
  const trace = (line: TraceLine): void => {
    if (line.type !== 'pin' || line.at > stalledAt + stalledMs) return;
    on[line.motor] = line.duty > 0;
    if (line.at >= stalledAt && !Object.values(on).includes(true)) lowAt ??= line.at;
  };
  const script = parseScript(JSON.stringify(hostGone));
  try {
    if (!script.ok) throw new Error(script.issues.join('; '));
    await simulate(stage, { routine, steps: script.steps, product: 'bench', trace });
  } finally {
    stage.close();
  }
  if (lowAt === null) throw new Error('the emulated board did not fall silent');
  return {
    what: 'motors off after the host is gone in mid-drive',
    unit: 'ms',
    ours: lowAt - stalledAt,
    oursBy: 'the lease in the firmware',
    instead: stalledMs,
    insteadBy: 'waiting for the host to be back, which may be never',
  };
}
