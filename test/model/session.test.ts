import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { leaseLimits } from '../../machines/limits.ts';
import type { SessionEvent } from '../../machines/session.events.ts';
import { stateNames } from '../../machines/session.states.ts';
import { type Deadline, deadlines } from '../../machines/session.time.ts';
import { sessionMachine } from '../../machines/session.ts';
import type { Emitted } from '../../machines/session.types.ts';
import { nextDue, type SessionSnapshot, stateName } from '../../machines/session.view.ts';
import { faults, finalFaults } from '../../machines/vocabulary.ts';
import { type Edge, type Explored, explore, latest } from '../support/explored.ts';
import { isLong } from '../support/length.ts';
import { step } from '../support/session.ts';

let explored: Explored;
/** What looks at each edge while they are explored. */
const looks: ((edge: Edge) => void)[] = [];

beforeAll(() => {
  // The long run tells more states apart.
  explored = explore(edge => {
    for (const look of looks) look(edge);
  }, isLong);
}, 600_000);

/** How many pairs of transitions of the chart were taken one after the other, within a step or from one to the next. */
function pairsOf({ states, ways }: Explored): number {
  // First what is taken into each state and out of it, once each: the same few, on hundreds of edges.
  const into = states.map((): Set<number> => new Set());
  const outOf = states.map((): Set<number> => new Set());
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
  // A pair as one number: there are far fewer names than this.
  const mostNames = 2 ** 20;
  const pairs = new Set<number>();
  for (const { fromId, toId, taken } of ways) {
    const names = taken.map(numberOf);
    const [first] = names;
    const last = names.at(-1);
    if (first === undefined || last === undefined) continue;
    outOf[fromId]?.add(first);
    into[toId]?.add(last);
    for (let index = 1; index < names.length; index++)
      pairs.add((names[index - 1] ?? 0) * mostNames + (names[index] ?? 0));
  }
  for (const [id, firsts] of into.entries())
    for (const second of outOf[id] ?? []) for (const first of firsts) pairs.add(first * mostNames + second);
  return pairs.size;
}

const engaged = (snapshot: SessionSnapshot): boolean =>
  snapshot.status === 'active' && snapshot.hasTag('engaged');
const active = (): readonly SessionSnapshot[] => explored.states.filter(({ status }) => status === 'active');
/** Edges of one kind: how many there are, and each of them once as text, so that a failure says which. */
type Kind = { count: number; readonly shown: Set<string> };

/** Those that this holds of; asked for before any is explored. */
function edges(is: (edge: Edge) => boolean): Kind {
  const kind: Kind = { count: 0, shown: new Set() };
  looks.push(edge => {
    if (!is(edge)) return;
    kind.count += 1;
    kind.shown.add(`${stateName(edge.from)} -- ${edge.event.type} -> ${stateName(edge.to)}`);
  });
  return kind;
}
const none = new Set<string>();
/** Names of these states, once each: so that a failure says which. */
const named = (states: readonly SessionSnapshot[]): string[] => [...new Set(states.map(stateName))];
/** In the same place, and all that it holds the same. */
const isAsBefore = (from: SessionSnapshot, to: SessionSnapshot): boolean =>
  (to.value === from.value && to.context === from.context) ||
  isDeepStrictEqual([to.value, to.context], [from.value, from.context]);
const orders = (emitted: readonly Emitted[], type: Emitted['type']): boolean =>
  emitted.some(one => one.type === type);

/** A person's word that hands go on; so is a pause that was the first of two buttons, taken back by the other one. */
const wakes = ({ type }: SessionEvent): boolean =>
  ['session.start', 'session.go', 'session.resume', 'session.takeBack'].includes(type);
/** What is as it was before a press is no rise. */
const isBack = ({ type }: SessionEvent): boolean => type === 'session.undo' || type === 'session.takeBack';

describe('the session machine, explored', () => {
  it('has taken every transition of its chart, in thousands of pairs', () => {
    const { chart, ways, states } = explored;
    const taken = chart.transitions.length - chart.neverTaken.length;
    const pairs = pairsOf(explored);
    console.info(
      `the session explored: ${states.length} states, ${ways.length} edges; ` +
        `${taken} of ${chart.transitions.length} transitions of the chart, ${pairs} pairs of them one after the other`,
    );
    expect(chart.neverTaken).toEqual([]);
    expect(pairs).toBeGreaterThan(2000);
  });

  it('has seen each guard of its chart hold and fail, wherever it stands', () => {
    const { guards, transitions } = explored.chart;
    const lines = [...guards].map(
      ([name, { places, held, failed }]) =>
        `  ${name}: held in ${held} of ${places} places, failed in ${failed}`,
    );
    console.info(`both outcomes of ${guards.size} guards:\n${lines.join('\n')}`);
    const oneSided = transitions.flatMap(({ name, guard, hasHeld, hasFailed }) =>
      guard === null || (hasHeld() && hasFailed())
        ? []
        : [`${name}: ${hasHeld() ? 'never failed' : 'never held'}`],
    );
    expect(oneSided).toEqual([]);
  });

  it('has been in every state that it names, thousands of ways', () => {
    expect(explored.states.length).toBeGreaterThan(2000);
    expect(new Set(explored.states.map(stateName))).toEqual(new Set(stateNames));
  });

  it('reaches each of them by some shortest way', () => {
    const way = new Map<number, number>(explored.roots.map(root => [root, 0]));
    for (let grown = true; grown; ) {
      grown = false;
      for (const { fromId, toId } of explored.ways) {
        const steps = way.get(fromId);
        if (steps === undefined || (way.get(toId) ?? Number.POSITIVE_INFINITY) <= steps + 1) continue;
        way.set(toId, steps + 1);
        grown = true;
      }
    }
    expect(way.size).toBe(explored.states.length);
    expect(Math.max(...way.values())).toBeLessThan(40);
  });

  it('accepts stop everywhere, at once silent and disengaged', () => {
    const wrong = active().filter(from => {
      const [to, emitted] = step(from, { type: 'session.stop', at: latest(from) });
      return stateName(to) !== 'stopped' || engaged(to) || !orders(emitted, 'hush');
    });
    expect(named(wrong)).toEqual([]);
  });

  it('never guards stop', () => {
    const guarded: string[] = [];
    const visit = (node: typeof sessionMachine.root): void => {
      for (const transition of node.transitions.get('session.stop') ?? [])
        if (transition.guard) guarded.push(node.id);
      for (const child of Object.values(node.states)) visit(child as typeof sessionMachine.root);
    };
    visit(sessionMachine.root);
    expect(guarded).toEqual([]);
  });

  it.each(faults)('stands still or ends at once on %s, wherever it comes', fault => {
    const wrong = active().filter(from => {
      const [to, emitted] = step(from, { type: 'session.fault', fault, at: latest(from) });
      if (engaged(to)) return true;
      if (engaged(from) && !orders(emitted, 'hush')) return true;
      return finalFaults.has(fault) && from.context.startedAt !== null && to.status !== 'done';
    });
    expect(named(wrong)).toEqual([]);
  });

  describe('comes to move', () => {
    const startsMoving = ({ from, to }: Edge) => !engaged(from) && engaged(to);
    const moved = edges(startsMoving);
    const movedUnasked = edges(edge => startsMoving(edge) && !wakes(edge.event));
    const movedUnarmed = edges(edge => startsMoving(edge) && !orders(edge.emitted, 'arm'));
    const armedWrongly = edges(
      ({ from: { context }, event, to, emitted }) =>
        orders(emitted, 'arm') &&
        !(
          wakes(event) &&
          engaged(to) &&
          context.boardReady &&
          context.caps !== null &&
          context.steps.length === 0
        ),
    );

    it('only by a person’s start, go or resume, and arms for that alone', () => {
      expect(moved.count).toBeGreaterThan(100);
      expect(movedUnasked.shown).toEqual(none);
      expect(movedUnarmed.shown).toEqual(none);
      expect(armedWrongly.shown).toEqual(none);
    });
  });

  describe('finds no way from a fault back to moving', () => {
    const movesAgain = ({ from, to }: Edge) => from.context.fault !== null && engaged(to);
    const back = edges(movesAgain);
    const unacknowledged = edges(edge => movesAgain(edge) && !edge.from.matches({ faulted: 'acknowledged' }));
    const acknowledging = new Set<string>();
    edges(({ from, event, to }) => {
      const isAcknowledged =
        to.matches({ faulted: 'acknowledged' }) &&
        !from.matches({ faulted: 'acknowledged' }) &&
        !isBack(event);
      if (isAcknowledged) acknowledging.add(event.type);
      return isAcknowledged;
    });

    it('but an acknowledgement and a person after it', () => {
      expect(back.count).toBeGreaterThan(0);
      expect(unacknowledged.shown).toEqual(none);
      expect(acknowledging).toEqual(new Set(['session.acknowledge', 'session.go']));
    });
  });

  describe('raises pressure', () => {
    /** By one, in a check-in, by the answer that asks for it. */
    const isAskedFor = ({ from, event }: Edge, by: number): boolean =>
      stateName(from).endsWith('.checkIn') &&
      by === 1 &&
      (event.type === 'session.checkIn'
        ? event.here === 'light' && event.leg === 'same' && event.firmer
        : event.type === 'session.go' && from.context.question === 'firmer');
    const unasked = edges(edge =>
      (['left', 'right'] as const).some(side => {
        const before = edge.from.context.pressure[side];
        const after = edge.to.context.pressure[side];
        if (before === null) return after !== null && after !== 1 && after !== 2;
        return after !== null && after > before && !isBack(edge.event) && !isAskedFor(edge, after - before);
      }),
    );

    it('only by an answer to a question that was asked, by one', () => {
      expect(unasked.shown).toEqual(none);
    });
  });

  describe('never lets a lowered ceiling rise', () => {
    const sides = ['left', 'right'] as const;
    const risen = edges(
      ({ from, event, to }) =>
        !isBack(event) &&
        sides.some(
          side =>
            to.context.ceiling[side] > from.context.ceiling[side] ||
            (to.context.pressure[side] ?? 0) > to.context.ceiling[side],
        ),
    );
    const lowest = edges(({ to }) => to.context.ceiling.left === 1);

    it('nor a pressure above it', () => {
      expect(risen.shown).toEqual(none);
      expect(lowest.count).toBeGreaterThan(0);
    });
  });

  it('waits for a moment of its own wherever it is engaged, no further off than the lease', () => {
    const wrong = active()
      .filter(engaged)
      .filter(snapshot => {
        const due = nextDue(snapshot);
        return !Number.isInteger(due) || (due ?? 0) - latest(snapshot) > leaseLimits.engageAheadMs;
      });
    expect(named(wrong)).toEqual([]);
  });

  it('waits for no moment but a whole millisecond', () => {
    const dues = active().map(nextDue);
    expect(dues.filter(due => due !== null && !Number.isSafeInteger(due))).toEqual([]);
  });

  it('goes on whenever it is called at its time: no moment comes twice', () => {
    for (const from of active()) {
      let snapshot = from;
      const due = nextDue(from);
      if (due === null) continue;
      const at = Math.max(due, latest(from));
      for (let count = 0; nextDue(snapshot) !== null && (nextDue(snapshot) ?? 0) <= at; count++) {
        // A jump of two minutes leaves as many strokes to catch up with, one at a time.
        if (count >= 40) throw new Error(`no end of what is due at once in ${stateName(from)}`);
        [snapshot] = step(snapshot, { type: 'due', at });
      }
    }
  });

  it('does nothing when it is called before its time', () => {
    const wrong = active().filter(from => {
      const due = nextDue(from);
      const early = due === null ? latest(from) : Math.min(due - 1, latest(from));
      const [to, emitted] = step(from, { type: 'due', at: early });
      return emitted.length > 0 || !isAsBefore(from, to);
    });
    expect(named(wrong)).toEqual([]);
  });

  describe('lets time alone', () => {
    const woken = edges(({ from, event, to }) => event.type === 'due' && !engaged(from) && engaged(to));
    const stirred = edges(
      ({ from, event, to }) => event.type.startsWith('board.') && engaged(from) !== engaged(to),
    );

    it('arm nothing and wake nothing that stands still', () => {
      expect(woken.shown).toEqual(none);
      expect(stirred.shown).toEqual(none);
    });
  });

  it('has no dead end: from every state some way leads to an outcome, and one to the whole routine done', () => {
    for (const goal of [
      (snapshot: SessionSnapshot) => snapshot.status === 'done',
      (snapshot: SessionSnapshot) => snapshot.output?.outcome === 'completed',
    ]) {
      const before = explored.states.map((): Set<number> => new Set());
      for (const { fromId, toId } of explored.ways) before[toId]?.add(fromId);
      const reaching = new Set(
        [...explored.states.keys()].filter(id => explored.states.slice(id, id + 1).some(goal)),
      );
      for (const id of reaching) for (const one of before[id] ?? []) reaching.add(one);
      expect(
        explored.states.filter(({ status }, id) => status === 'active' && !reaching.has(id)).map(stateName),
      ).toEqual([]);
    }
  });

  describe('ends', () => {
    const isEnd = ({ from, to }: Edge) => from.status === 'active' && to.status === 'done';
    const outcomes = new Set<string | undefined>();
    const loud = edges(edge => {
      if (!isEnd(edge)) return false;
      outcomes.add(edge.to.output?.outcome);
      return !orders(edge.emitted, 'hush');
    });
    const unreasoned = edges(edge => isEnd(edge) && typeof edge.to.output?.reason !== 'string');

    it('in silence, whatever the outcome', () => {
      expect(outcomes).toEqual(new Set(['completed', 'stopped', 'faulted', 'declined', 'interrupted']));
      expect(loud.shown).toEqual(none);
      expect(unreasoned.shown).toEqual(none);
    });
  });

  describe('says silence', () => {
    const lastOrder = (emitted: readonly Emitted[]): string | undefined =>
      emitted.findLast(({ type }) => ['hush', 'engage', 'arm'].includes(type))?.type;
    const loud = edges(
      ({ from, to, emitted }) => engaged(from) && !engaged(to) && lastOrder(emitted) !== 'hush',
    );

    it('whenever it lets go', () => {
      expect(loud.shown).toEqual(none);
    });
  });

  describe('engages', () => {
    const ahead = new Set<number>();
    const misplaced = edges(({ event, to, emitted }) => {
      const engages = emitted.filter(one => one.type === 'engage');
      for (const { until } of engages) ahead.add(until - event.at);
      return engages.length > 0 && !engaged(to);
    });

    it('at most a second ahead, and only where it is engaged', () => {
      expect(ahead).toEqual(new Set([1000]));
      expect(misplaced.shown).toEqual(none);
    });
  });

  it('changes nothing and says nothing on an event that it does not know', () => {
    const wrong = active().filter(from =>
      ['foo', 'screening.other', 'board.lit', '', 'constructor'].some(type => {
        const [to, emitted] = step(from, { type, at: latest(from) } as unknown as SessionEvent);
        return emitted.length > 0 || !isAsBefore(from, to);
      }),
    );
    expect(named(wrong)).toEqual([]);
  });

  it('refuses a wish that it does not know, and changes nothing', () => {
    const faster = (at: number) => ({ type: 'session.faster', at }) as unknown as SessionEvent;
    const wrong = active().filter(from => {
      const [to, emitted] = step(from, faster(latest(from)));
      const [said, ...more] = emitted;
      const isRefused = said?.type === 'refusal' && said.asked === 'faster' && said.limit === 'notNow';
      return !isRefused || more.length > 0 || !isAsBefore(from, to);
    });
    expect(named(wrong)).toEqual([]);
  });

  it('moves the hands exactly where it is tagged so', () => {
    const wrong = active().filter(snapshot => {
      const isMoving = snapshot.hasTag('moving');
      if (isMoving !== (snapshot.context.movingSince !== null)) return true;
      return isMoving === snapshot.hasTag('still') || (isMoving && !snapshot.hasTag('engaged'));
    });
    expect(named(wrong)).toEqual([]);
  });

  it('has a guard somewhere for every deadline there is', () => {
    const heard = new Set<string>();
    const visit = (node: typeof sessionMachine.root): void => {
      for (const { guard } of node.transitions.get('due') ?? []) {
        const { deadline } = (guard as { params?: { deadline?: Deadline } } | undefined)?.params ?? {};
        if (deadline) heard.add(deadline);
      }
      for (const child of Object.values(node.states)) visit(child as typeof sessionMachine.root);
    };
    visit(sessionMachine.root);
    expect([...heard].toSorted()).toEqual(Object.keys(deadlines).toSorted());
  });
});
