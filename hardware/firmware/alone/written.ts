/** What is written by hand for the chart of the board alone, held against what the chart names. */
import { boardChart, namedByChart, wholeChart } from './tables.ts';

/** Functions that stand in `namespace guard` or `namespace action` of a source, by a simple look at its lines. */
function definedIn(text: string, space: string): readonly string[] {
  const blocks = text.matchAll(
    new RegExp(`^namespace ${space} \\{$(.*?)^\\}  // namespace ${space}$`, 'gms'),
  );
  return [...blocks].flatMap(([, body = '']) =>
    [...body.matchAll(/^(?:bool|void) (\w+)\([^;]*?\) \{/gm)].map(([, name = '']) => name),
  );
}

/** Guards and actions that somebody has written and nothing in the chart names. One that is missing does not link. */
export function unwanted(sources: readonly string[]): readonly string[] {
  const { guards, actions } = namedByChart();
  const beyond = (space: string, named: ReadonlySet<string>): readonly string[] =>
    sources.flatMap(text =>
      definedIn(text, space).flatMap(name => (named.has(name) ? [] : [`${space}::${name}`])),
    );
  return [...beyond('guard', guards), ...beyond('action', actions)];
}

/** How much of the session's chart the board has, in one line. */
export function chartLine(): string {
  const whole = wholeChart();
  const { chart, leftOut } = boardChart();
  const { guards, actions } = namedByChart();
  const steps = (states: typeof chart.states): number =>
    states.reduce(
      (sum, { always, on }) =>
        sum + always.length + [...on.values()].reduce((all, list) => all + list.length, 0),
      0,
    );
  return (
    `The chart of the board alone: ${chart.states.length} of ${whole.states.length} states, ` +
    `${steps(chart.states)} transitions, ${guards.size} guards, ${actions.size} actions; left out: ${leftOut.length}.`
  );
}
