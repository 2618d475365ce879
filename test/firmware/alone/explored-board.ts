/**
 * The session machine explored as a board by itself can have it: screened by the card, told only what a board is told.
 *
 * States that differ in times alone are one to the exploration. What only comes of much time in one session is told as a
 * story beside it.
 */
import { placeIn } from '../../../hardware/firmware/alone/chart.ts';
import { boardEvents } from '../../../hardware/firmware/alone/names.ts';
import { boardChart } from '../../../hardware/firmware/alone/tables.ts';
import { sessionLimits } from '../../../machines/limits.ts';
import type { SessionEvent } from '../../../machines/session.events.ts';
import { preparationSteps } from '../../../machines/session.lists.ts';
import { cooldownForcedAt } from '../../../machines/session.time.ts';
import type { Emitted } from '../../../machines/session.types.ts';
import { nextDue, type SessionSnapshot, stateName } from '../../../machines/session.view.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import {
  choices,
  type Explored,
  everything,
  explore,
  onward,
  type Scene,
  type Wish,
  worldOf,
} from '../../support/explored.ts';
import { emittedBy, inputOf } from '../../support/session.ts';
import { firstOf, stepsOf } from '../../support/step.ts';
import type { WatchedChart } from '../../support/watched-chart.ts';
import { capsByCard, eventText, memoryText, planText } from './context-text.ts';

/** One step of the machine, to be asked of the compiled one as well. */
export type Step = Readonly<{
  from: SessionSnapshot;
  event: SessionEvent;
  to: SessionSnapshot;
  emitted: readonly Emitted[];
}>;

const { chart } = boardChart();

const slow: Scene = { name: 'onward', input: inputOf(onward), grain: 'coarse' };
const scenes: readonly Scene[] = [
  { name: 'everything', input: inputOf(everything, { receiver: 'squeeze' }), grain: 'usual' },
  { name: 'choices', input: inputOf(choices, { boardReady: false }), grain: 'coarse' },
  { name: 'switch', input: inputOf(choices, { receiver: 'switch' }), grain: 'coarse' },
  slow,
];

const hears: ReadonlySet<string> = new Set(boardEvents);

/** What was felt through a stop is for a page to say; a board is told that it was a slip, or nothing. */
const worldWith = (ofScenes: readonly Scene[]) =>
  worldOf(
    ofScenes,
    wish => hears.has(wish.type) && (wish.type !== 'session.afterStop' || wish.why === 'slip'),
    [false, true].map(withCare => ({
      type: 'screening.cleared',
      caps: capsByCard(withCare),
      by: 'touch',
    })),
  );

/** One scene, or all of them; `finely`: all as closely as the closest. `look` sees each edge once. */
export const exploreBoard = (of: 'sample' | 'all', finely: boolean, look: (step: Step) => void): Explored =>
  explore(look, finely, finely ? 80_000 : 10_000, worldWith(of === 'sample' ? [slow] : scenes));

/** A session in a story's hand. */
class Told {
  readonly steps: Step[] = [];
  snapshot: SessionSnapshot;
  at: Ms = 0;
  readonly #chart: WatchedChart;
  readonly #step: ReturnType<typeof stepsOf>;

  constructor(chart: WatchedChart) {
    this.#chart = chart;
    this.snapshot = firstOf(chart.machine, slow.input);
    this.#step = stepsOf(chart.machine);
  }

  get state(): string {
    return stateName(this.snapshot);
  }

  say(wish: Wish): void {
    this.#tell({ ...wish, at: this.at } as SessionEvent);
  }

  /** Lets time go on, with everything that falls due. */
  until(at: Ms): void {
    for (let due = nextDue(this.snapshot); due !== null && due <= at; due = nextDue(this.snapshot)) {
      this.at = Math.max(this.at, due);
      this.#tell({ type: 'due', at: this.at });
    }
    this.at = at;
  }

  #tell(event: SessionEvent): void {
    const from = this.snapshot;
    const [to, actions] = this.#step(from, event);
    this.#chart.takenBy(actions);
    this.snapshot = to;
    this.steps.push({ from, event, to, emitted: emittedBy(actions) });
  }
}

const press: Wish = { type: 'session.go', felt: true };
/** The three words by which hands go on. */
const onward3: readonly Wish[] = [press, { type: 'session.resume' }, { type: 'session.start' }];

function begin(chart: WatchedChart): Told {
  const told = new Told(chart);
  told.say({ type: 'screening.cleared', caps: capsByCard(false) });
  for (let presses = 0; told.state === 'preparation' && presses < preparationSteps.length + 1; presses++) {
    told.until(told.at + 1000);
    told.say(press);
  }
  told.until(told.at + 30_000);
  return told;
}

function faultAcknowledged(told: Told): void {
  told.say({ type: 'session.fault', fault: 'linkLost' });
  told.say(press);
}

/** A pause, a fault in it, and hands that have rested too long in all. */
function faultInLongPause(chart: WatchedChart, on: Wish): readonly Step[] {
  const told = begin(chart);
  told.say(press);
  told.until(told.at + sessionLimits.longPauseMs);
  faultAcknowledged(told);
  told.until(told.snapshot.context.stillSince + sessionLimits.longestPauseMs + 1);
  told.say(on);
  return told.steps;
}

/** Pauses that use up nearly all of the session's time, and a fault in which the cooldown falls due. */
function faultUntilCooldown(chart: WatchedChart, on: Wish): readonly Step[] {
  const told = begin(chart);
  for (let pauses = 0; pauses < 2; pauses++) {
    told.say(press);
    told.until(told.at + sessionLimits.longestPauseMs - 60_000);
    told.say(press);
    told.until(told.at + 5000);
  }
  faultAcknowledged(told);
  const forcedAt = cooldownForcedAt(told.snapshot.context);
  if (forcedAt === null) throw new Error('no cooldown is ever forced');
  told.until(forcedAt);
  told.say(on);
  return told.steps;
}

/** Told to the explored chart, so that what they come to counts. */
export const stories = ({ chart }: Explored): readonly Step[] =>
  onward3.flatMap(on => [...faultInLongPause(chart, on), ...faultUntilCooldown(chart, on)]);

/** A step as the compiled session is asked for it: how it stands before, and the event. */
export function askedOf(): (step: Step) => string {
  const plans = new Map<unknown, string>();
  return ({ from, event }) => {
    const { context, value } = from;
    const plan = plans.get(context.planned) ?? planText(context);
    plans.set(context.planned, plan);
    return [plan, 0, memoryText(context), placeIn(chart, value), 1, eventText(event)].join(' ');
  };
}
