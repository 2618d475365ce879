/**
 * What of the session's chart a board by itself can come to. All that is left out is listed, with why: by the events that
 * it can not be told, by guards that there decide in one way only, by actions that only say words.
 */
import type { Chart, ChartStep, State } from './chart.ts';

export type Pruned = Readonly<{ chart: Chart; leftOut: readonly string[] }>;

/** A guard that decides in one way only, on a board by itself. `only`: it may be asked of this event alone. */
type Folded = Readonly<{ holds: boolean; why: string; only?: string }>;

const slips = 'after a stop a board can be told only that it was a slip';
const folded: Readonly<Record<string, Folded>> = {
  somethingIsUnfinished: { holds: false, why: 'each session of a board begins anew' },
  saysSlip: { holds: true, why: slips, only: 'session.afterStop' },
  enoughWithCooldown: { holds: false, why: slips, only: 'session.afterStop' },
  saysEnough: { holds: false, why: slips, only: 'session.afterStop' },
};

/** They emit a refusal in words and nothing else: a board has no words. */
const wordless: ReadonlySet<string> = new Set([
  'refuse',
  'refuseStart',
  'refuseUnasked',
  'refuseForBoard',
  'refuseFault',
]);

const isIdle = ({ target, actions }: ChartStep): boolean => target === null && actions.length === 0;

type Lists = Readonly<{ always: readonly ChartStep[]; on: ReadonlyMap<string, readonly ChartStep[]> }>;

/** Applies a change to each list of steps of a state. Lists that come out empty are gone. */
function withLists(
  state: State,
  change: (steps: readonly ChartStep[], event: string) => readonly ChartStep[],
): State & Lists {
  const on = [...state.on]
    .map(([event, steps]) => [event, change(steps, event)] as const)
    .filter(([, steps]) => steps.length > 0);
  return { ...state, always: change(state.always, 'always'), on: new Map(on) };
}

const everyStep = (state: State): readonly (readonly [event: string, step: ChartStep])[] => [
  ...state.always.map(step => ['always', step] as const),
  ...[...state.on].flatMap(([event, steps]) => steps.map(step => [event, step] as const)),
];

/** What can be active, and which presses can be remembered: the least that follows from how it begins. */
function reachedIn(
  states: readonly State[],
): Readonly<{ active: ReadonlySet<number>; origins: ReadonlySet<string> }> {
  const active = new Set<number>();
  const origins = new Set<string>();
  const enter = (place: number): void => {
    for (let at = place; !active.has(at); at = states[at]?.parent ?? at) active.add(at);
    for (let at = states[place]?.initial ?? null; at !== null; at = states[at]?.initial ?? null)
      active.add(at);
  };
  enter(0);
  for (let before = -1; before !== active.size + origins.size; ) {
    before = active.size + origins.size;
    for (const place of [...active])
      for (const [, step] of states[place] ? everyStep(states[place]) : []) {
        if (!isRemembered(step, origins)) continue;
        for (const { name, param } of step.actions)
          if (name === 'remember' && param !== null) origins.add(param);
        if (step.target !== null) enter(step.target);
      }
  }
  return { active, origins };
}

/** Says of something that it is left out, and why. */
type Note = (what: string, why: string) => void;

/** Without what a guard that decides in one way only never lets through, and without words. */
const folding =
  (note: Note) =>
  (steps: readonly ChartStep[], event: string): readonly ChartStep[] => {
    const kept: ChartStep[] = [];
    let isClosed = false;
    for (const step of steps) {
      const known = step.guard ? folded[step.guard.name] : undefined;
      if (known?.only !== undefined && known.only !== event)
        throw new Error(`${step.name}: what is said of its guard holds of ${known.only} alone`);
      if (isClosed) note(step.name, 'what stands before it is always taken');
      else if (known && !known.holds) note(step.name, known.why);
      else {
        for (const { name } of step.actions)
          if (wordless.has(name)) note(`${step.name}, ${name}`, 'a board has no words');
        if (known) note(`${step.name}, the guard`, known.why);
        isClosed = known !== undefined || step.guard === null;
        const actions = step.actions.filter(({ name }) => !wordless.has(name));
        kept.push({ ...step, guard: isClosed ? null : step.guard, actions });
      }
    }
    return kept;
  };

/** Whether something around a state does anything at an event. */
function isHeardAround(states: readonly State[], { parent }: State, event: string): boolean {
  for (let at = parent; ; at = states[at]?.parent ?? 0) {
    if (states[at]?.on.get(event)?.some(step => !isIdle(step))) return true;
    if (at === 0) return false;
  }
}

/** Without what does nothing at the end of a list: it only keeps the event from states around, and there none hears it. */
const trimming =
  (states: readonly State[], state: State, note: Note) =>
  (steps: readonly ChartStep[], event: string): readonly ChartStep[] => {
    if (event === 'always' || (state !== states[0] && isHeardAround(states, state, event))) return steps;
    const kept = steps.slice(0, steps.findLastIndex(step => !isIdle(step)) + 1);
    for (const { name } of steps.slice(kept.length))
      note(name, 'does nothing, and nothing around it hears this');
    return kept;
  };

const isRemembered = ({ guard }: ChartStep, origins: ReadonlySet<string>): boolean =>
  guard?.name !== 'took' || guard.param === null || origins.has(guard.param);

/** Of these states only those, with their numbers among themselves. */
function only(states: readonly State[], wanted: ReadonlySet<number>): readonly State[] {
  const places = [...states.keys()].filter(place => wanted.has(place));
  const moved = (place: number): number => places.indexOf(place);
  return states
    .filter((_, place) => wanted.has(place))
    .map(state => ({
      ...withLists(state, steps =>
        steps.map(step => ({ ...step, target: step.target === null ? null : moved(step.target) })),
      ),
      parent: moved(state.parent),
      initial: state.initial === null ? null : moved(state.initial),
    }));
}

/** Without what nothing can come to. */
export function prune(whole: Chart): Pruned {
  const leftOut: string[] = [];
  const note: Note = (what, why) => void leftOut.push(`${what}: ${why}`);
  const { active, origins } = reachedIn(
    whole.states.map(state =>
      withLists(
        state,
        folding(() => {}),
      ),
    ),
  );
  const told = whole.states.map((state, place) => {
    if (!active.has(place)) note(state.path, 'nothing leads there');
    const possible = withLists(state, folding(active.has(place) ? note : () => {}));
    return withLists(possible, steps =>
      steps.filter(step => {
        if (!isRemembered(step, origins)) note(step.name, 'no such press is remembered');
        return isRemembered(step, origins);
      }),
    );
  });
  const states = told.map((state, place) =>
    withLists(state, trimming(told, state, active.has(place) ? note : () => {})),
  );
  return { chart: { events: whole.events, states: only(states, active) }, leftOut };
}
