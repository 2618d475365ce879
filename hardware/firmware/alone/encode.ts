/**
 * The bytes of a chart, as `tactus/src/alone/chart.h` reads them.
 *
 * A state's bytes: how many actions on entry (high half) and on exit (low half), then those; then groups. A group is the
 * events that it is for, each 80h + its number, FEh where it follows at once; and its steps. A step is a byte of flags
 * (1 a guard, 2 a target, 4 reenters, the number of actions from 10h on), then what the flags announce. FFh ends it.
 */
import type { Chart, ChartStep, Named, State } from './chart.ts';

/** Guards or actions by number. One with a param has as many numbers as there are words for it, and stands behind all others. */
export type Numbering = Readonly<{
  plain: readonly string[];
  withParam: Readonly<Record<string, readonly string[]>>;
}>;

const numberOf = ({ plain, withParam }: Numbering, { name, param }: Named): number => {
  if (param === null) {
    const number = plain.indexOf(name);
    if (number < 0) throw new Error(`${name} has no number`);
    return number;
  }
  let from = plain.length;
  for (const [of, words] of Object.entries(withParam)) {
    if (of === name && words.includes(param)) return from + words.indexOf(param);
    from += words.length;
  }
  throw new Error(`${name} ${param} has no number`);
};

const bits = { guard: 1, target: 2, reenter: 4, actions: 4 } as const;
const head = 0x80;
const alwaysHead = 0xfe;
const blockEnds = 0xff;

const atMost = (what: string, value: number, most: number): number => {
  if (value > most) throw new Error(`${what}: ${value}, and there is room for ${most}`);
  return value;
};

const groupsOf = (
  lists: readonly (readonly [head: number, bytes: readonly number[]])[],
): readonly (readonly number[])[] => {
  const groups = new Map<string, { heads: number[]; bytes: readonly number[] }>();
  for (const [head, bytes] of lists) {
    if (bytes.length === 0) continue;
    const key = bytes.join();
    const group = groups.get(key) ?? { heads: [], bytes };
    groups.set(key, group);
    group.heads.push(head);
  }
  return [...groups.values()].map(({ heads, bytes }) => [...heads, ...bytes]);
};

const flags = { engaged: 0x20, final: 0x40 } as const;

/** What a state is called, and how an end has ended, as numbers below 32 and 256. */
export type Labels = Readonly<{ name: (state: State) => number; outcome: (state: State) => number }>;

export type Encoded = Readonly<{
  /** Of each state: what `StateRow` has. */
  rows: readonly (readonly number[])[];
  /** Of each state: its own bytes. */
  blocks: readonly (readonly number[])[];
}>;

/** Itself, and all that it is in. */
function around(chart: Chart, state: State): readonly State[] {
  const found: State[] = [];
  for (let at: State | undefined = state; at && !found.includes(at); at = chart.states[at.parent])
    found.push(at);
  return found;
}

/** `guards` and `actions` number what the chart names. */
export function encodeChart(chart: Chart, guards: Numbering, actions: Numbering, labels: Labels): Encoded {
  const stepBytes = (step: ChartStep): readonly number[] => [
    (step.guard ? bits.guard : 0) |
      (step.target === null ? 0 : bits.target) |
      (step.reenter ? bits.reenter : 0) |
      (atMost('actions of a step', step.actions.length, 7) << bits.actions),
    ...(step.guard ? [numberOf(guards, step.guard)] : []),
    ...(step.target === null ? [] : [step.target]),
    ...step.actions.map(action => numberOf(actions, action)),
  ];
  const blockOf = ({ entry, exit, always, on }: State): readonly number[] => [
    (atMost('actions on entry', entry.length, 15) << 4) | atMost('actions on exit', exit.length, 15),
    ...[...entry, ...exit].map(action => numberOf(actions, action)),
    ...groupsOf([
      ...[...on].map(
        ([event, steps]) =>
          [head | atMost('events', chart.events.indexOf(event), 0x7d), steps.flatMap(stepBytes)] as const,
      ),
      [alwaysHead, always.flatMap(stepBytes)],
    ]).flat(),
    blockEnds,
  ];
  const blocks = chart.states.map(blockOf);
  const rows = chart.states.map((state, place) => [
    state.parent,
    state.isFinal ? labels.outcome(state) : (state.initial ?? place),
    atMost('names', labels.name(state), 0x1f) |
      (around(chart, state).some(({ tags }) => tags.includes('engaged')) ? flags.engaged : 0) |
      (state.isFinal ? flags.final : 0),
    blocks.slice(0, place).flat().length,
  ]);
  return { rows, blocks };
}
