/**
 * The session machine with its chart under watch: a copy that behaves alike and tells which transitions were taken and
 * how each guard decided. Everything is read off the chart itself, so that whatever is added to it is watched, too.
 */
import type { AnyStateNode } from 'xstate';
import { sessionMachine } from '../../machines/session.ts';

/** One transition of the chart: where it stands, what brings it about, what it waits for. */
export type Watched = Readonly<{
  name: string;
  guard: string | null;
  hasHeld: () => boolean;
  hasFailed: () => boolean;
}>;

type Guard =
  | ((args: object, params?: unknown) => boolean)
  | string
  | Readonly<{ type: string; params?: object }>;
/** What of xstate's transitions is put under watch. They are plain objects, and those of this copy are its own. */
type Open = { guard?: Guard | undefined; actions: unknown[]; target?: readonly AnyStateNode[] | undefined };

/** Type of the action by which a transition tells that it was taken; nothing carries it out. */
const takenType = 'taken';

const shortId = ({ id }: Pick<AnyStateNode, 'id'>): string => id.replace(/^session\.?/, '') || 'session';

export class WatchedChart {
  readonly machine = sessionMachine.provide({});
  readonly transitions: readonly Watched[];
  readonly #taken = new Set<string>();

  constructor() {
    const found: Watched[] = [];
    const visit = (node: AnyStateNode): void => {
      for (const [event, list] of node.transitions)
        for (const one of list) found.push(this.#watch(node, event, one as unknown as Open));
      for (const one of node.always ?? []) found.push(this.#watch(node, 'always', one as unknown as Open));
      for (const child of Object.values(node.states)) visit(child);
    };
    visit(this.machine.root as unknown as AnyStateNode);
    this.transitions = found;
    if (new Set(found.map(({ name }) => name)).size !== found.length)
      throw new Error('two transitions of the chart have one name');
  }

  /** Those taken by a step, in order, read off its actions. */
  takenBy(actions: readonly Readonly<{ type: string; params?: unknown }>[]): readonly string[] {
    const names = actions.flatMap(({ type, params }) =>
      type === takenType ? [(params as Readonly<{ name: string }>).name] : [],
    );
    for (const name of names) this.#taken.add(name);
    return names;
  }

  get neverTaken(): readonly string[] {
    return this.transitions.flatMap(({ name }) => (this.#taken.has(name) ? [] : [name]));
  }

  /** Each guard by name, with how often in the chart it was seen to hold, and to fail. */
  get guards(): ReadonlyMap<string, Readonly<{ places: number; held: number; failed: number }>> {
    const guards = new Map<string, { places: number; held: number; failed: number }>();
    for (const { guard, hasHeld, hasFailed } of this.transitions) {
      if (guard === null) continue;
      const sum = guards.get(guard) ?? { places: 0, held: 0, failed: 0 };
      guards.set(guard, sum);
      sum.places += 1;
      sum.held += hasHeld() ? 1 : 0;
      sum.failed += hasFailed() ? 1 : 0;
    }
    return guards;
  }

  #watch(node: AnyStateNode, event: string, transition: Open): Watched {
    const { guard, target } = transition;
    const [type, params] =
      guard === undefined || typeof guard === 'function'
        ? [null, undefined]
        : typeof guard === 'string'
          ? [guard, undefined]
          : [guard.type, guard.params];
    if (typeof guard === 'function') throw new Error(`a guard without a name at ${node.id} on ${event}`);
    const shown = type === null ? null : [type, ...Object.values(params ?? {})].join(' ');
    const to = target?.map(shortId).join(', ');
    const name = `${shortId(node)} on ${event}${shown ? ` if ${shown}` : ''}${to ? ` -> ${to}` : ''}`;
    transition.actions = [...transition.actions, { type: takenType, params: { name } }];
    let held = false;
    let failed = false;
    if (type !== null) {
      const decide = this.machine.implementations.guards[
        type as keyof typeof this.machine.implementations.guards
      ] as ((args: object, params?: unknown) => boolean) | undefined;
      if (!decide) throw new Error(`${type} is no guard`);
      // The deadlines that a state waits for are read off its guards' params.
      transition.guard = Object.assign(
        (args: object): boolean => {
          const decided = decide(args, params);
          if (decided) held = true;
          else failed = true;
          return decided;
        },
        { params },
      );
    }
    return { name, guard: shown, hasHeld: () => held, hasFailed: () => failed };
  }
}
