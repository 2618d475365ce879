/** Writes the hazard table as a page, and finds what its tests say. */
import type { Figure } from './figures.ts';
import { type Hazard, hazards, type TestName } from './hazards.ts';
import { type FaultRow, faultRows } from './matrix.ts';

/** What a test command saw: full names below test/, and whether each passed. */
export type Seen = ReadonlyMap<string, 'passed' | 'failed' | 'skipped'>;

type Kept = Omit<Figure, 'id'>;
export type KeptFigures = Readonly<Record<string, Kept>>;

const cell = (text: string): string => text.replaceAll('|', '\\|');
const number = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));

export const figureText = ({ what, value, simavr, unit, bound, of }: Kept): string =>
  `${what}: ${number(value)} ${unit}${simavr === undefined ? '' : ` | in simavr ${number(simavr)} ${unit}`}${bound === undefined ? '' : ` (at most ${number(bound)})`}${of ? `, ${of}` : ''}`;

/** Names that a row's reference stands for. */
export const matching = (name: TestName, seen: Seen): readonly string[] => {
  const [file = '', part = ''] = name.split(/ > (.*)/s);
  return [...seen.keys()].filter(
    full => full.startsWith(`${file} > `) && full.slice(file.length).includes(part.trim()),
  );
};

/** Rows whose tests are missing or not green, each with the reason. */
export function notGreen(seen: Seen): readonly string[] {
  const rows = [...hazards, ...faultRows.map(row => ({ ...row, id: `fault ${row.id}` }))];
  return rows.flatMap(row =>
    'because' in row
      ? []
      : row.tests.flatMap(name => {
          const found = matching(name, seen);
          if (found.length === 0) return [`${row.id}: no test "${name}"`];
          // What was not run holds nothing.
          if (found.every(full => seen.get(full) === 'skipped')) return [`${row.id}: "${name}" was not run`];
          if (!found.some(full => seen.get(full) === 'passed')) return [`${row.id}: "${name}" is not green`];
          return found
            .filter(full => seen.get(full) === 'failed')
            .map(full => `${row.id}: "${full}" is not green`);
        }),
  );
}

const named = (tests: readonly TestName[]): string[] => tests.map(name => `\`${name.replace(/ > $/, '')}\``);

function faultRow(row: FaultRow): string {
  const proof = 'because' in row ? `does not apply: ${row.because}` : named(row.tests).join('<br>');
  return `| ${[String(row.id), row.fault, row.follows, proof].map(cell).join(' | ')} |`;
}

function row(hazard: Hazard, figures: KeptFigures): string {
  const { id, firmware, controller, page } = hazard;
  const proof =
    'because' in hazard
      ? `does not apply: ${hazard.because}`
      : [
          ...named(hazard.tests),
          ...(hazard.figures ?? []).flatMap(id => {
            const figure = figures[id];
            return figure ? [`**${figureText(figure)}**`] : [];
          }),
        ].join('<br>');
  return `| ${[id, hazard.hazard, firmware, controller, page, proof].map(cell).join(' | ')} |`;
}

export const hazardPage = (figures: KeptFigures): string =>
  [
    '# Hazards',
    '',
    'Written by `npm run test:faults -- --report` from `hazards.ts` and the figures of that run; `.ci/run` fails where a',
    'test named here is missing or not green. Engineered against, certified for nothing.',
    '',
    '| | hazard | firmware | controller | page | held by |',
    '|---|---|---|---|---|---|',
    ...hazards.map(hazard => row(hazard, figures)),
    '',
    '## Faults',
    '',
    '“Off”: both motors silent within 300 ms on the board’s own clock, whatever else follows.',
    '',
    '| | fault | what follows | held by |',
    '|---|---|---|---|',
    ...faultRows.map(faultRow),
    '',
    '## Figures',
    '',
    ...Object.values(figures).map(figure => `- ${figureText(figure)}`),
    '',
  ].join('\n');
