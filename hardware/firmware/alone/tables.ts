/**
 * Writes the session's chart as C++: its tables for flash, and the list of guards and actions that it wants. A guard or an
 * action that nobody has written does not link; one that the chart does not name is found by `unwanted`.
 */
import { initialTransition, type StateValue } from 'xstate';
import { library } from '../../../machines/routine/library.ts';
import { stateNames } from '../../../machines/session.states.ts';
import { deadlines } from '../../../machines/session.time.ts';
import { sessionMachine } from '../../../machines/session.ts';
import { stateName } from '../../../machines/session.view.ts';
import { outcomes } from '../../../machines/vocabulary.ts';
import { type Chart, type ChartStep, chartFrom, type Named, type State } from './chart.ts';
import { encodeChart, type Labels, type Numbering } from './encode.ts';
import { boardEvents, identifier, origins } from './names.ts';
import { type Pruned, prune } from './prune.ts';

const everyStep = (state: State): readonly ChartStep[] => [...state.always, ...[...state.on.values()].flat()];

const namedIn = (chart: Chart) => ({
  guards: chart.states.flatMap(state => everyStep(state).flatMap(({ guard }) => (guard ? [guard] : []))),
  actions: chart.states.flatMap(state => [
    ...state.entry,
    ...state.exit,
    ...everyStep(state).flatMap(({ actions }) => actions),
  ]),
});

const plainOf = (named: readonly Named[]): readonly string[] => [
  ...new Set(named.flatMap(({ name, param }) => (param === null ? [name] : []))),
];

/** The session's chart, of what a board can be told. */
export const wholeChart = (): Chart => chartFrom(sessionMachine.root, boardEvents);

/** The session as a board by itself has it, and what was left out of it. */
export const boardChart = (): Pruned => prune(wholeChart());

/** Guards and actions that have to be written. */
export function namedByChart(): Readonly<Record<'guards' | 'actions', ReadonlySet<string>>> {
  const { guards, actions } = namedIn(boardChart().chart);
  return {
    guards: new Set(guards.map(({ name }) => name)),
    actions: new Set(actions.map(({ name }) => name)),
  };
}

/** In the order of `deadlines`, those that the chart waits for. */
const deadlinesOf = (chart: Chart): readonly string[] => {
  const used = new Set(
    namedIn(chart).guards.flatMap(({ name, param }) => (name === 'reached' ? [param] : [])),
  );
  return Object.keys(deadlines).filter(name => used.has(name));
};

const numberings = (chart: Chart): Readonly<{ guards: Numbering; actions: Numbering }> => {
  const { guards, actions } = namedIn(chart);
  return {
    guards: { plain: plainOf(guards), withParam: { reached: deadlinesOf(chart), took: origins } },
    actions: { plain: plainOf(actions), withParam: { remember: origins } },
  };
};

const paramTypes: Readonly<Record<string, string>> = {
  reached: 'Deadline',
  took: 'Origin',
  remember: 'Origin',
};

const top = (purpose: string, includes: readonly string[]): string =>
  [
    `// ${purpose}`,
    '// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.',
    ...includes,
    '',
  ].join('\n');

const inAlone = (lines: readonly string[]): string =>
  ['namespace alone {', '', ...lines, '', '}  // namespace alone', ''].join('\n');

const stateWord = ({ path }: State): string => (path === '' ? 'session' : identifier(path));

const numberedEnum = (name: string, { plain, withParam }: Numbering): string => {
  const ranges = Object.entries(withParam);
  const words = ranges.map(([of], index) => {
    const before = ranges[index - 1];
    return before ? `${of} = ${before[0]} + ${before[1].length}` : of;
  });
  return `enum class ${name} : uint8_t { ${[...plain, ...words].join(', ')} };`;
};

/** The whole text of `tables.h`. */
export function tablesHeader(): string {
  const { chart } = boardChart();
  const { guards, actions } = numberings(chart);
  const used = deadlinesOf(chart);
  return [
    top("The session's chart by name. A param is added to the number of the guard or action that has it.", [
      '#pragma once',
      '#include <stdint.h>',
    ]),
    inAlone([
      `enum class State : uint8_t { ${chart.states.map(stateWord).join(', ')} };`,
      `constexpr uint8_t stateCount = ${chart.states.length};`,
      '',
      `enum class Deadline : uint8_t { ${used.join(', ')} };`,
      `constexpr uint8_t deadlineCount = ${used.length};`,
      '',
      numberedEnum('GuardId', guards),
      '',
      numberedEnum('ActionId', actions),
    ]),
  ].join('\n');
}

const prototypes = (
  space: string,
  result: string,
  memory: string,
  { plain, withParam }: Numbering,
): readonly string[] => [
  `namespace ${space} {`,
  ...plain.map(name => `${result} ${name}(${memory}, const Event& event);`),
  ...Object.keys(withParam).map(name => {
    const type = paramTypes[name];
    return `${result} ${name}(${memory}, const Event& event, ${type} ${type?.toLowerCase()});`;
  }),
  `}  // namespace ${space}`,
];

const includes = ['#pragma once', '#include "context.h"', '#include "tables.h"'];

/** The whole text of `guards.h`. */
export const guardsHeader = (): string =>
  [
    top('The guards that the chart names: `machines/session.guards.ts`.', includes),
    inAlone(prototypes('guard', 'bool', 'const Memory& memory', numberings(boardChart().chart).guards)),
  ].join('\n');

/** The whole text of `actions.h`. */
export const actionsHeader = (): string =>
  [
    top(
      'The actions that the chart names: `machines/session.actions.ts`, `session.reasons.ts`, `session.refusals.ts`.',
      includes,
    ),
    inAlone(prototypes('action', 'void', 'Memory& memory', numberings(boardChart().chart).actions)),
  ].join('\n');

const isTransient = ({ always }: State): boolean => always.some(({ guard }) => guard === null);

/** The value that XState has for a path: `{ underway: { strokes: 'checkIn' } }`. */
const stateValue = (path: string): StateValue =>
  path
    .split('.')
    .reduceRight<StateValue | null>((inner, key) => (inner === null ? key : { [key]: inner }), null) ?? '';

/** What the trace calls a state: asked of the very function that the trace asks. */
function nameNumber(path: string): number {
  const [routine] = library();
  if (routine === undefined) throw new Error('the library is empty');
  const [{ context }] = initialTransition(sessionMachine, { routine, easierSide: 'left', boardReady: true });
  return stateNames.indexOf(stateName(sessionMachine.resolveState({ value: stateValue(path), context })));
}

function outcomeNumber({ path, output }: State): number {
  const ended: unknown =
    typeof output === 'object' && output !== null && 'outcome' in output ? output.outcome : null;
  for (const [number, outcome] of outcomes.entries()) if (outcome === ended) return number;
  throw new Error(`${path} is an end without an outcome`);
}

// A state that it only passes through has no name, and nobody asks for it.
const labels: Labels = {
  name: state => (state.initial === null && !isTransient(state) ? nameNumber(state.path) : 0),
  outcome: outcomeNumber,
};

/** The whole text of `tables.cpp`. */
export function tablesSource(): string {
  const { chart } = boardChart();
  const { guards, actions } = numberings(chart);
  const { rows, blocks } = encodeChart(chart, guards, actions, labels);
  const pathOf = (place: number): string => chart.states[place]?.path || 'session';
  return [
    top("The session's chart, for flash, and what its numbers call.", [
      '#include "actions.h"',
      '#include "chart.h"',
      '#include "guards.h"',
      '#include "session.h"',
    ]),
    inAlone([
      'namespace {',
      '',
      'const StateRow states[] PROGMEM = {',
      ...rows.map((row, place) => `    {${row.join(', ')}},  // ${pathOf(place)}`),
      '};',
      '',
      'const uint8_t bytes[] PROGMEM = {',
      ...blocks.map((block, place) => `    ${block.join(', ')},  // ${pathOf(place)}`),
      '};',
      '',
      'using Guard = bool (*)(const Memory&, const Event&);',
      'const Guard guards[] PROGMEM = {',
      ...guards.plain.map(name => `    guard::${name},`),
      '};',
      '',
      'using Action = void (*)(Memory&, const Event&);',
      'const Action actions[] PROGMEM = {',
      ...actions.plain.map(name => `    action::${name},`),
      '};',
      '',
      '}  // namespace',
      '',
      'const Chart chart = {states, bytes};',
      '',
      'bool holds(uint8_t guard, const Event& event) {',
      '  constexpr uint8_t reached = static_cast<uint8_t>(GuardId::reached);',
      '  constexpr uint8_t took = static_cast<uint8_t>(GuardId::took);',
      '  if (guard >= took) return guard::took(memory, event, static_cast<Origin>(guard - took));',
      '  if (guard >= reached) return guard::reached(memory, event, static_cast<Deadline>(guard - reached));',
      '  return fromFlash(&guards[guard])(memory, event);',
      '}',
      '',
      'void act(uint8_t action, const Event& event) {',
      '  constexpr uint8_t remember = static_cast<uint8_t>(ActionId::remember);',
      '  if (action >= remember)',
      '    action::remember(memory, event, static_cast<Origin>(action - remember));',
      '  else',
      '    fromFlash(&actions[action])(memory, event);',
      '}',
    ]),
  ].join('\n');
}
