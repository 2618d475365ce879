/**
 * Sessions by chance, told to the machines, with what the board has to make of the same: whole ones, and short ones that
 * begin in the midst of those, where sessions seldom are. Every transition that is taken is noted, and how guards decide.
 */
import { placeIn } from '../../../hardware/firmware/alone/chart.ts';
import { boardChart } from '../../../hardware/firmware/alone/tables.ts';
import type { SessionEvent } from '../../../machines/session.events.ts';
import type { SessionSnapshot } from '../../../machines/session.view.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { emittedBy } from '../../support/session.ts';
import { firstOf, stepsOf } from '../../support/step.ts';
import { WatchedChart } from '../../support/watched-chart.ts';
import { eventText, memoryDifferences, memoryText, planText } from './context-text.ts';
import { orderText, standingText } from './session-text.ts';
import { type Start, walkThrough } from './session-walks.ts';
import { type Chance, oneOf, randomInput } from './walks.ts';

const mostEvents = 400;
/** From the midst of each session so many short walks begin anew: where sessions seldom are, most of all. */
const branches = 60;
const branchEvents = 8;
/** What the machines have made of one moment. */
export type Moment = Readonly<{
  event: SessionEvent | null;
  snapshot: SessionSnapshot;
  at: Ms;
  standing: string;
  orders: string;
}>;

const watched = new WatchedChart();
const { machine } = watched;
const { chart } = boardChart();

/** How often a walk was in each state: short ones begin where that is seldom. */
const visits = new Map<number, number>();

type Step = ReturnType<typeof stepsOf>;

function walked(chance: Chance, step: Step, start: Start, most: number, isBrief: boolean): readonly Moment[] {
  let { snapshot } = start;
  const moments: Moment[] = [{ ...start, event: null, standing: standingText(snapshot), orders: '' }];
  const tell = (event: SessionEvent): SessionSnapshot => {
    const [next, actions] = step(snapshot, event);
    snapshot = next;
    watched.takenBy(actions);
    const orders = orderText(emittedBy(actions));
    moments.push({ event, snapshot: next, at: event.at, standing: standingText(next), orders });
    return next;
  };
  walkThrough(chance, most, start, tell, isBrief);
  for (const { snapshot } of moments) {
    const place = placeIn(chart, snapshot.value);
    visits.set(place, (visits.get(place) ?? 0) + 1);
  }
  return moments;
}

/** Moments by the state that they are in. */
class Moments {
  readonly #of = new Map<number, Moment[]>();

  add(moments: readonly Moment[]): void {
    for (const moment of moments) {
      if (moment.snapshot.status !== 'active') continue;
      const place = placeIn(chart, moment.snapshot.value);
      const known = this.#of.get(place) ?? [];
      this.#of.set(place, known);
      known.push(moment);
    }
  }

  /** One of them: of any state, or of the one that all sessions have seen least. */
  seldom(chance: Chance): Moment {
    const places = [...this.#of.keys()];
    const [least = 0] = places.toSorted((one, other) => (visits.get(one) ?? 0) - (visits.get(other) ?? 0));
    return oneOf(chance, this.#of.get(chance() < 0.5 ? least : oneOf(chance, places)) ?? []);
  }
}

/** A session from its opening on, and short ones from the midst of it and of each other. */
export function sessions(chance: Chance): readonly (readonly Moment[])[] {
  const input = randomInput(chance);
  const step = stepsOf(machine);
  const walks = [walked(chance, step, { snapshot: firstOf(machine, input), at: 0 }, mostEvents, false)];
  const moments = new Moments();
  for (let left = branches; left > 0; left--) {
    moments.add(walks.at(-1) ?? []);
    walks.push(walked(chance, step, moments.seldom(chance), branchEvents, true));
  }
  return walks;
}

/** What is asked of the board: the routine, how it stands, and every event. */
export function asked(moments: readonly Moment[]): string {
  const [first, ...later] = moments;
  if (first === undefined) throw new Error('a session without a beginning');
  const { context, value } = first.snapshot;
  return [
    planText(context),
    ...(first.at === 0 && value === 'screening'
      ? [1, context.boardReady ? 1 : 0, context.stopHeld ? 1 : 0]
      : [0, memoryText(context), placeIn(chart, value)]),
    later.length,
    ...later.flatMap(({ event }) => (event === null ? [] : [eventText(event)])),
  ].join(' ');
}

/** Where the board has made something else of a moment, a line for each. */
export function differences(moment: Moment, lines: readonly (string | undefined)[]): readonly string[] {
  const [standing = '', memory = '', orders = ''] = lines.map(line => line?.trim());
  return [
    ...(standing === moment.standing ? [] : [`stands ${standing} instead of ${moment.standing}`]),
    ...(orders === moment.orders ? [] : [`orders ${orders} instead of ${moment.orders}`]),
    ...memoryDifferences(moment.snapshot.context, memory),
  ];
}

const ofBoard: ReadonlySet<string> = new Set(
  chart.states.flatMap(({ always, on }) => [...always, ...[...on.values()].flat()].map(({ name }) => name)),
);

/** What of the board's chart all sessions so far have come to. */
export function coverage() {
  const neverTaken = watched.neverTaken.filter(name => ofBoard.has(name));
  const guarded = watched.transitions.filter(({ name, guard }) => ofBoard.has(name) && guard !== null);
  const oneSided = guarded.flatMap(({ name, hasHeld, hasFailed }) =>
    hasHeld() && hasFailed() ? [] : [`${name}: ${hasHeld() ? 'never failed' : 'never held'}`],
  );
  return { transitions: ofBoard.size, neverTaken, guarded: guarded.length, oneSided };
}
