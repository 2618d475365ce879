/**
 * The session of the board alone beside the machine that it comes from, on every edge of the explored, pruned model: from
 * the same memory the same event leads to the same state, memory, deadline and orders. On the way every transition of
 * the board's chart is taken, and every guard is seen to hold and to fail wherever it stands.
 *
 * `npm test` has a sample, a few edges of each kind in one of the scenes: of that no coverage is asked.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { boardChart } from '../../../hardware/firmware/alone/tables.ts';
import { stateName } from '../../../machines/session.view.ts';
import type { Explored } from '../../support/explored.ts';
import { isLong, isReport } from '../../support/length.ts';
import type { WatchedChart } from '../../support/watched-chart.ts';
import { hasSanitizers } from '../host/build.ts';
import { memoryDifferences } from './context-text.ts';
import { askedOf, exploreBoard, type Step, stories } from './explored-board.ts';
import { answersOf, buildAlone, sessionParts } from './program.ts';
import { orderText, standingText } from './session-text.ts';

/**
 * What of the board's chart no session can come to, by its name, each with the proof. A gap that does not stand here is a
 * failure, and so is one that stands here and was come to.
 */
const unreachable: Readonly<Record<string, string>> = {};

const whole = isLong || isReport;
/** Of one process: their text is held whole. */
const atOnce = 2000;

/** What of the board's chart nothing has come to: transitions never taken, guards that decided in one way only. */
function gaps({ transitions, neverTaken }: WatchedChart) {
  const steps = new Map(
    boardChart().chart.states.flatMap(({ always, on }) =>
      [...always, ...[...on.values()].flat()].map(step => [step.name, step] as const),
    ),
  );
  const guarded = transitions.filter(({ name }) => steps.get(name)?.guard);
  const oneSided = guarded.flatMap(({ name, hasHeld, hasFailed }) => [
    ...(hasHeld() ? [] : [`${name}: never held`]),
    ...(hasFailed() ? [] : [`${name}: never failed`]),
  ]);
  return {
    transitions: steps.size,
    outcomes: guarded.length * 2,
    untaken: neverTaken.filter(name => steps.has(name)),
    oneSided,
    unknown: [...steps.keys()].filter(step => !transitions.some(({ name }) => name === step)),
  };
}

const shown = ({ from, event }: Step): string => `${stateName(from)}: ${JSON.stringify(event)}`;

/** Where the compiled session has made something else of a step, a line for each. */
function differences({ to, emitted }: Step, lines: readonly (string | undefined)[]): readonly string[] {
  const [standing = '', memory = '', orders = ''] = lines.map(line => line?.trim());
  return [
    ...(standing === standingText(to) ? [] : [`stands ${standing} instead of ${standingText(to)}`]),
    ...(orders === orderText(emitted) ? [] : [`orders ${orders} instead of ${orderText(emitted)}`]),
    ...memoryDifferences(to.context, memory),
  ];
}

/** Whether it is one of the first of those that lead from the same state to the same, by the same event, with the same orders. */
function fewOfEachKind(): (step: Step) => boolean {
  const counts = new Map<string, number>();
  return ({ from, event, to, emitted }) => {
    const orders = emitted.map(({ type }) => type);
    const kind = [stateName(from), event.type, stateName(to), ...orders].join(' ');
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return count < 2;
  };
}

/** Asks the compiled session for so many steps at once, and forgets them: all of them would fill the memory. */
class Comparison {
  readonly #program: string;
  readonly #asked = askedOf();
  #waiting: Step[] = [];
  told = 0;
  /** Of the first step that leads elsewhere. */
  found: readonly string[] = [];

  constructor(program: string) {
    this.#program = program;
  }

  add(step: Step): void {
    this.told += 1;
    if (this.#waiting.push(step) === atOnce) this.finish();
  }

  finish(): void {
    const steps = this.#waiting;
    this.#waiting = [];
    if (this.found.length > 0 || steps.length === 0) return;
    const printed = answersOf(this.#program, steps.map(this.#asked));
    // Three lines of how it stands before the event, three of how it stands after it.
    if (printed.length !== steps.length * 6)
      throw new Error(`${printed.length} lines for ${steps.length} steps`);
    for (const [index, step] of steps.entries()) {
      const found = differences(step, printed.slice(index * 6 + 3, index * 6 + 6));
      if (found.length === 0) continue;
      this.found = [shown(step), ...found];
      return;
    }
  }
}

describe.skipIf(!hasSanitizers)('each edge of the explored session, on the board alone', () => {
  let compared: Comparison;
  let explored: Explored;
  beforeAll(() => {
    compared = new Comparison(buildAlone(['session.cpp'], sessionParts));
    const isOfFew = fewOfEachKind();
    explored = exploreBoard(whole ? 'all' : 'sample', isReport, step => {
      if (whole || isOfFew(step)) compared.add(step);
    });
    for (const step of stories(explored)) compared.add(step);
    compared.finish();
  }, 3_600_000);

  it('leads where the machine leads', () => {
    expect(compared.told).toBeGreaterThan(1000);
    expect(compared.found.join('\n  ')).toBe('');
  });

  it('has been told so that every transition is taken and each guard seen to hold and to fail', () => {
    const { transitions, outcomes, untaken, oneSided, unknown } = gaps(explored.chart);
    console.info(
      `${explored.states.length} states and ${compared.told} edges of the board's session, the same compiled: ` +
        `${transitions - untaken.length} of ${transitions} transitions of its chart taken, ` +
        `${outcomes - oneSided.length} of ${outcomes} outcomes of its guards seen`,
    );
    expect(unknown).toEqual([]);
    if (whole) expect([...untaken, ...oneSided].toSorted()).toEqual(Object.keys(unreachable).toSorted());
  });
});
