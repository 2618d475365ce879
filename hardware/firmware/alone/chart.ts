/**
 * A statechart as plain data: its states in document order, and what each hears, for every event of a list. XState's own
 * tree is walked, so nothing is read twice; wildcards are spread over the events they match.
 */
import type { AnyStateNode, AnyTransitionDefinition, StateValue } from 'xstate';

/** A guard or an action by name. `param`: the one value of its params. */
export type Named = Readonly<{ name: string; param: string | null }>;

/** What follows where `guard` holds. Without a target nothing is left or entered. */
export type ChartStep = Readonly<{
  /** Where it stands in the whole chart, what it waits for, where it leads. */
  name: string;
  guard: Named | null;
  target: number | null;
  /** Leaves and enters its source, even where its target lies within it. */
  reenter: boolean;
  actions: readonly Named[];
}>;

export type State = Readonly<{
  /** Its path: `underway.strokes`; nothing for the root. */
  path: string;
  /** Place in the list; the root is its own parent. */
  parent: number;
  initial: number | null;
  isFinal: boolean;
  tags: readonly string[];
  output: unknown;
  entry: readonly Named[];
  exit: readonly Named[];
  always: readonly ChartStep[];
  /** In the order of the events. Those that it does not hear are missing. */
  on: ReadonlyMap<string, readonly ChartStep[]>;
}>;

export type Chart = Readonly<{ events: readonly string[]; states: readonly State[] }>;

export const saidName = ({ name, param }: Named): string => (param === null ? name : `${name} ${param}`);

type Worded = string | Readonly<{ type: string; params?: unknown }>;

const isWorded = (value: unknown): value is Worded =>
  typeof value === 'string' ||
  (typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string');

function namedOf(value: unknown, where: string): Named {
  if (!isWorded(value)) throw new Error(`${where}: a guard or an action without a name`);
  if (typeof value === 'string') return { name: value, param: null };
  const { params = {} } = value;
  const values: readonly unknown[] =
    typeof params === 'object' && params !== null ? Object.values(params) : [params];
  const [param = null] = values;
  if (values.length > 1 || (param !== null && typeof param !== 'string'))
    throw new Error(`${where}: ${value.type} has params that are not one word`);
  return { name: value.type, param };
}

/** As XState has it: a descriptor matches itself, all of its own prefix, or everything. */
const matches = (event: string, descriptor: string): boolean =>
  descriptor === event ||
  descriptor === '*' ||
  (descriptor.endsWith('.*') && `${event}.`.startsWith(descriptor.slice(0, -1)));

/** The exact one first, then wildcards, the longest first. */
const descriptorsFor = (node: AnyStateNode, event: string): readonly string[] =>
  [...node.transitions.keys()]
    .filter(descriptor => matches(event, descriptor))
    .sort((one, other) => Number(other === event) - Number(one === event) || other.length - one.length);

/** As it is said: the chart as a whole is called as the machine is. */
const pathOf = ({ path, machine }: AnyStateNode): string => path.join('.') || machine.id;

const subtree = (node: AnyStateNode): readonly AnyStateNode[] => [
  node,
  ...Object.values(node.states).flatMap(child => subtree(child)),
];

/** Throws where a chart has what the board's interpreter has not. */
export function chartFrom(root: AnyStateNode, events: readonly string[]): Chart {
  const nodes = subtree(root);
  const placeOf = (node: AnyStateNode): number => {
    const place = nodes.indexOf(node);
    if (place < 0) throw new Error(`${node.id} is not of this chart`);
    return place;
  };
  const stepOf = (node: AnyStateNode, event: string, transition: AnyTransitionDefinition): ChartStep => {
    const { guard, target = [], reenter, actions } = transition;
    const [only, ...others] = target;
    const where = `${pathOf(node)} on ${event}`;
    if (others.length > 0) throw new Error(`${where}: several targets`);
    if (only === root) throw new Error(`${where}: the whole chart is no target`);
    if (reenter && transition.source === root)
      throw new Error(`${where}: the whole chart is not entered anew`);
    const asked = guard === undefined ? null : namedOf(guard, where);
    return {
      name: [
        where,
        ...(asked ? [`if ${saidName(asked)}`] : []),
        ...(only ? [`-> ${pathOf(only)}`] : []),
      ].join(' '),
      guard: asked,
      target: only === undefined ? null : placeOf(only),
      reenter,
      actions: actions.map(action => namedOf(action, where)),
    };
  };
  const stateOf = (node: AnyStateNode): State => {
    const { id, type, invoke, after } = node;
    if (type !== 'atomic' && type !== 'compound' && type !== 'final')
      throw new Error(`${id}: a ${type} state`);
    if (invoke.length > 0 || after.length > 0) throw new Error(`${id}: has children or timers`);
    const initial = type === 'compound' ? node.initial : null;
    if ((initial?.actions.length ?? 0) > 0) throw new Error(`${id}: actions on its initial`);
    const [first] = initial?.target ?? [];
    return {
      path: node.path.join('.'),
      parent: placeOf(node.parent ?? node),
      initial: first === undefined ? null : placeOf(first),
      isFinal: type === 'final',
      tags: node.tags,
      output: node.output,
      entry: node.entry.map(action => namedOf(action, id)),
      exit: node.exit.map(action => namedOf(action, id)),
      always: (node.always ?? []).map(transition => stepOf(node, 'always', transition)),
      on: new Map(
        events.flatMap(event => {
          const steps = descriptorsFor(node, event).flatMap(descriptor =>
            (node.transitions.get(descriptor) ?? []).map(transition => stepOf(node, descriptor, transition)),
          );
          return steps.length === 0 ? [] : [[event, steps] as const];
        }),
      ),
    };
  };
  return { events, states: nodes.map(stateOf) };
}

const innermost = (value: StateValue): string =>
  typeof value === 'string'
    ? value
    : Object.entries(value)
        .map(([key, inner]) => (inner === undefined ? key : `${key}.${innermost(inner)}`))
        .join();

/** The innermost of the states that XState calls active. */
export function placeIn({ states }: Chart, value: StateValue): number {
  const path = innermost(value);
  const place = states.findIndex(state => state.path === path);
  if (place < 0) throw new Error(`${path} is no state of this chart`);
  return place;
}
