/**
 * Small charts by chance, as XState runs them: all that the session's chart is made of, and in combinations that it has
 * not. Guards read one number or the event's own; actions change the number or tell that they ran.
 */
import { emit, initialTransition, type SnapshotFrom, setup, transition } from 'xstate';
import { type Chart, chartFrom, placeIn } from '../../../hardware/firmware/alone/chart.ts';
import { encodeChart, type Numbering } from '../../../hardware/firmware/alone/encode.ts';
import type { Action } from '../../support/step.ts';
import { type Chance, oneOf, whole } from './walks.ts';

const events = ['a', 'a.x', 'a.y', 'b.x', 'b.y.z', 'c'] as const;
type Told = Readonly<{ type: (typeof events)[number] }>;
const descriptors = [...events, ...events, 'a.*', 'b.*', 'b.y.*'] as const;

const thresholds = ['0', '1', '2'] as const;
const marks = ['m', 'n', 'o', 'p', 'q', 'r'] as const;
const countBelow = 100;
const mostStates = 16;

/** In the order of `host/chart.cpp`. */
const guards: Numbering = {
  plain: ['isEven', 'isBelow', 'isOdd', 'isPast'],
  withParam: { isOver: thresholds },
};
const actions: Numbering = { plain: ['count', 'double', 'take'], withParam: { mark: marks } };

const numbers: ReadonlyMap<string, number> = new Map(events.map((event, number) => [event, number]));
/** What is not an event of the chart is its beginning. */
const numberOf = (type: string): number => numbers.get(type) ?? 0;

type Context = Readonly<{ count: number }>;
type Marked = Readonly<{ type: 'mark'; number: number; count: number }>;

const base = setup({
  types: { context: {} as Context, events: {} as Told, emitted: {} as Marked },
});
const changed = (change: (count: number, event: Told) => number) =>
  base.assign(({ context, event }) => ({ count: change(context.count, event) % countBelow }));

const chartSetup = base.extend({
  guards: {
    isEven: ({ context }) => context.count % 2 === 0,
    isBelow: ({ context }) => context.count < 5,
    isOdd: ({ event }) => numberOf(event.type) % 2 === 1,
    isPast: ({ context, event }) => numberOf(event.type) > context.count % 4,
    isOver: ({ context }, { than }: { than: (typeof thresholds)[number] }) =>
      context.count > Number(than) * 20,
  },
  actions: {
    count: changed(count => count + 1),
    double: changed(count => count * 2 + 1),
    take: changed((_, event) => numberOf(event.type)),
    mark: emit(({ context }, { letter }: { letter: (typeof marks)[number] }) => ({
      type: 'mark' as const,
      number: -4 - marks.indexOf(letter),
      count: context.count,
    })),
  },
});

type Node = { id: string; children: Node[]; isFinal: boolean };

const subtree = (node: Node): readonly Node[] => [node, ...node.children.flatMap(subtree)];

function grow(chance: Chance, room: { left: number }, depth: number, id: string): Node {
  const count = depth === 0 ? whole(chance, 2, 4) : depth < 4 && chance() < 0.45 ? whole(chance, 1, 3) : 0;
  const children: Node[] = [];
  for (let index = 0; index < count && room.left > 0; index++) {
    room.left -= 1;
    children.push(grow(chance, room, depth + 1, `${id}${index}`));
  }
  return { id, children, isFinal: false };
}

const many = <T>(chance: Chance, most: number, make: () => T): readonly T[] =>
  Array.from({ length: whole(chance, 0, most) }, make);

/** What XState is to make of it. Its own types ask for words known beforehand; chance has none. */
type Config = Readonly<Record<string, unknown>>;

function configOf(chance: Chance): Config {
  const room = { left: mostStates };
  const root = grow(chance, room, 0, 's');
  const nodes = subtree(root);
  const inOrder = new Map(nodes.map((node, place) => [node, place]));
  // An end is never where something begins; of the whole chart only sometimes, or too much would be over at once.
  for (const node of nodes)
    for (const child of node.children.slice(1))
      if (child.children.length === 0 && chance() < (node === root ? 0.15 : 0.3)) child.isFinal = true;

  // An end within a state is an event of XState's own, which only a star would hear: the session's chart has neither.
  const endsWithin = nodes.some(node => node !== root && node.children.some(({ isFinal }) => isFinal));
  const heard = endsWithin ? descriptors : [...descriptors, '*'];

  const guard = (): unknown => {
    const kind = chance();
    if (kind < 0.35) return undefined;
    return kind < 0.8
      ? oneOf(chance, guards.plain)
      : { type: 'isOver', params: { than: oneOf(chance, thresholds) } };
  };
  const action = (): unknown =>
    chance() < 0.45
      ? oneOf(chance, actions.plain)
      : { type: 'mark', params: { letter: oneOf(chance, marks) } };
  const target = (of: readonly Node[]): string | undefined =>
    of.length === 0 ? undefined : `#${oneOf(chance, of).id}`;

  const step = (node: Node): Config => ({
    guard: guard(),
    target: chance() < 0.25 ? undefined : target(nodes.slice(1)),
    reenter: node !== root && chance() < 0.3,
    actions: many(chance, 3, action),
  });
  /** Only ever onwards, or while it counts up to an end: it comes to rest. */
  const onwards = (node: Node): Config => {
    const end = (inOrder.get(node) ?? 0) + subtree(node).length;
    const to = target(nodes.slice(end));
    if (to === undefined || chance() < 0.2) return { guard: 'isBelow', actions: ['count'] };
    return { guard: guard(), target: to, actions: many(chance, 2, action) };
  };
  const config = (node: Node): Config => {
    const own = { id: node.id, entry: many(chance, 2, action), exit: many(chance, 2, action) };
    if (node.isFinal) return { ...own, type: 'final' };
    const [first] = node.children;
    const begins = node.children.filter(({ isFinal }) => !isFinal);
    return {
      ...own,
      on: Object.fromEntries(
        many(chance, 5, () => [oneOf(chance, heard), many(chance, 3, () => step(node))]),
      ),
      ...(chance() < 0.3 && { always: many(chance, 2, () => onwards(node)) }),
      ...(first && {
        initial: oneOf(chance, begins).id,
        states: Object.fromEntries(node.children.map(child => [child.id, config(child)])),
      }),
    };
  };
  return config(root);
}

type MachineConfig = Parameters<typeof chartSetup.createMachine>[0];

/** A chart, what it is told, and what XState makes of that: as `host/chart.cpp` reads the one and prints the other. */
export type Run = Readonly<{ chart: Chart; asked: string; answers: readonly string[] }>;

export function randomRun(chance: Chance, length: number): Run {
  const config: unknown = { ...configOf(chance), context: { count: 0 } };
  const machine = chartSetup.createMachine(config as MachineConfig);
  const chart = chartFrom(machine.root, events);
  const { rows, blocks } = encodeChart(chart, guards, actions, { name: () => 0, outcome: () => 0 });
  const told = Array.from({ length }, () => oneOf(chance, events));

  const answers: string[] = [];
  let [snapshot, did]: readonly [SnapshotFrom<typeof machine>, readonly Action[]] =
    initialTransition(machine);
  const answer = (): void => {
    const marked = did.flatMap(({ type, params }) =>
      type === 'xstate.emit' ? [(params as Readonly<{ event: Marked }>).event] : [],
    );
    const state = placeIn(chart, snapshot.value);
    answers.push(
      [...marked.flatMap(({ number, count }) => [number, count]), state, snapshot.context.count].join(' '),
    );
  };
  answer();
  for (const type of told) {
    if (snapshot.status === 'active') [snapshot, did] = transition(machine, snapshot, { type });
    else did = [];
    answer();
  }
  const bytes = blocks.flat();
  const asked = [rows.length, ...rows.flat(), bytes.length, ...bytes, told.length, ...told.map(numberOf)];
  return { chart, asked: asked.join(' '), answers };
}
