/** The tables of figures in Markdown pages: written from those that were kept, between two marks. */
import type { KeptFigures } from './hazard-page.ts';

type Row = readonly [id: string, what: string];

const rows: readonly Row[] = [
  ['kill-kill-9', 'controller killed (`kill -9`)'],
  ['kill-SIGSTOP', 'controller stopped in its tracks (`SIGSTOP`)'],
  ['kill-heap-death', 'controller out of memory'],
  ['kill-a-blocked-loop', 'controller’s loop blocked'],
  ['kill-a-closed-port', 'port closed under it'],
  ['end-SIGTERM', 'ended by a signal'],
  ['end-an-uncaught-exception', 'an exception that nobody caught'],
  ['main-loop-hang-worst', 'firmware hangs in its main loop'],
  ['cli-hang-worst', 'firmware hangs with interrupts off'],
  ['stop-pin-worst', 'stop switch, by the firmware alone'],
  ['stop-in-process', 'STOP from the controller, in one process'],
  ['stop-over-pty', 'STOP from the controller, over a pseudo-terminal'],
  ['ff-worst', '`FF`, whatever was queued before it'],
];

/** The front page has those that tell most. */
const fewIds = ['kill-kill-9', 'cli-hang-worst', 'stop-pin-worst', 'stop-over-pty'];

/** Each page that has such a table, by its path from the top, with its rows. */
const pages: Readonly<Record<string, readonly Row[]>> = {
  'README.md': rows.filter(([id]) => fewIds.includes(id)),
  'test/faults/README.md': rows,
};
export const pagesWithFigures: readonly string[] = Object.keys(pages);

const begin = '<!-- figures: written by npm run test:faults -- --report -->';
const end = '<!-- figures end -->';

/** Upwards: what was the worst is not told as less. */
const ms = (value: number): string =>
  Number.isInteger(value) ? String(value) : (Math.ceil(value * 10) / 10).toFixed(1);

function table(own: readonly Row[], figures: KeptFigures): string {
  const lines = own.map(([id, what]) => {
    const figure = figures[id];
    if (!figure) throw new Error(`a table names the figure ${id}, which was not measured`);
    const share = figure.what.includes('p99') ? ' (99 of 100)' : '';
    return `| ${what} | ${ms(figure.value)}${share} | ${ms(figure.bound ?? Number.NaN)} | ${figure.of ?? ''} |`;
  });
  return [
    '| until both motor pins are low | worst, ms | bound, ms | measured |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** A page's text with its table written anew. Throws where the marks are not there. */
export function withFigures(page: string, text: string, figures: KeptFigures): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} lacks "${begin}" … "${end}"`);
  return `${text.slice(0, from)}${begin}\n${table(pages[page] ?? [], figures)}\n${text.slice(to)}`;
}
