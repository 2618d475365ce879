/**
 * Where the figures of one run stand in a checkout: a page with all of them, the chart, and a block of the front page.
 * Beside the tests: among the sources, each new run would want a new build.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figureWords } from '../../../machines/text/figures.ts';
import { fill } from '../../../machines/text/text.ts';
import { Exit } from '../exit.ts';
import { chartSvg } from './chart.ts';
import { machineLine } from './machine.ts';
import type { Report } from './report.ts';
import { lasted } from './rows/drift.ts';
import { tableMarkdown } from './table.ts';

const { page: words, table } = figureWords;

const pagePath = 'test/bench/FIGURES.md';
const chartPath = 'test/bench/figures.svg';
const begin = '<!-- bench: written by npm run -s tactus -- bench --readme -->';
const end = '<!-- bench end -->';

/** The page with every row. */
export const figuresPage = (report: Report): string =>
  `${[
    words.title,
    words.made,
    fill(words.how, { over: lasted(report.beatsS) }),
    `${machineLine(report.machine)}; ${fill(table.took, { seconds: Math.round(report.tookS) })}.`,
    tableMarkdown(report),
    `${words.chart}: ![${table.chartTitle}](figures.svg)`,
  ].join('\n\n')}\n`;

/** The front page with its block written anew. Throws Exit where the marks are not there. */
export function withBlock(readme: string, report: Report): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Exit('content', `README.md lacks "${begin}" … "${end}"`);
  const block = [
    `![${table.chartTitle}](${chartPath})`,
    '',
    `${fill(words.caption, { machine: machineLine(report.machine) })}. ${fill(words.all, { page: pagePath })}`,
  ].join('\n');
  return `${readme.slice(0, from)}${begin}\n${block}\n${readme.slice(to)}`;
}

/** Looks before hours are spent, and not after, whether there is a front page to write to. Throws Exit where not. */
export function readmeIn(root: string): string {
  const path = join(root, 'README.md');
  if (!existsSync(join(root, 'vite.config.ts')) || !existsSync(path))
    throw new Exit(
      'usage',
      'bench --readme writes to the README of a checkout; this is an installed package',
    );
  return path;
}

/** Writes all three. */
export function writePages(root: string, report: Report): readonly string[] {
  const readme = readmeIn(root);
  const text = withBlock(readFileSync(readme, 'utf8'), report);
  writeFileSync(join(root, chartPath), chartSvg(report));
  writeFileSync(join(root, pagePath), figuresPage(report));
  writeFileSync(readme, text);
  return ['README.md', pagePath, chartPath];
}
