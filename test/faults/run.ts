/**
 * `npm run test:faults [-- --report]`: whatever dies, the motors go off.
 *
 * Without a word a sample of every measurement; with `--report` all of it, and the figures printed and kept. Then the
 * hazard table is held against all tests: those of this run and those that the other test commands saw last. With `--table`
 * that is all that is done, and it is a failure where one of them has not been played.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithRunner } from '../../src/app/gone-parent.ts';
import { packageRoot } from '../../src/installed.ts';
import { allProjects, faultProjects, groupProjects } from '../groups.ts';
import { hasMosquitto } from '../support/mosquitto.ts';
import { runAgainAlone } from '../support/run-again.ts';
import { countOf, keepSeen, keptSeen, type Seen } from '../support/seen.ts';
import { pagesWithFigures, withFigures } from './figure-table.ts';
import type { Figure } from './figures.ts';
import { figureText, hazardPage, type KeptFigures, notGreen } from './hazard-page.ts';
import { brokerChart, brokerPage, chartFile } from './support/broker-page.ts';

endWithRunner('test/faults/run.ts');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What has to be run to see what these play. */
function commandsOf(projects: readonly string[]): string {
  const ofFaults = new Set<string>(faultProjects);
  return [
    ...(projects.some(project => !ofFaults.has(project)) ? ['npm run test:all, with a Chromium'] : []),
    ...(projects.some(project => ofFaults.has(project)) ? ['npm run test:faults'] : []),
  ].join(', then ');
}

/** What was seen of all these; null, and why, where one of them has not been played. */
function allSeen(projects: readonly string[]): Seen | null {
  const { seen, missing } = keptSeen(projects);
  if (missing.length === 0) return seen;
  say(`not run: the hazard table lacks what ${missing.join(', ')} play (${commandsOf(missing)})`);
  return null;
}

/** Says what does not hold of the hazard table; how much that is. Null where not all tests have been played. */
function judgeTable(): number | null {
  const seen = allSeen(allProjects);
  if (!seen) return null;
  const wrong = notGreen(seen);
  for (const one of wrong) say(`hazard table: ${one}`);
  return wrong.length;
}

if (process.argv.includes('--table')) {
  const wrong = judgeTable();
  if (wrong === 0) say('hazard table: each row has its tests, and they are green');
  process.exit(wrong === 0 ? 0 : 1);
}

const report = process.argv.includes('--report');
const names = process.argv.slice(2).filter(word => !word.startsWith('--'));
const whole = names.length === 0;
// A report that could not be kept in the end is not worth half an hour.
if (report && whole && !allSeen(groupProjects)) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'tactus-figures-'));
const file = join(folder, 'figures.jsonl');
process.env.TACTUS_FIGURES = file;
if (report) process.env.TACTUS_FAULTS = 'full';

const { seen, byProject, outside, repeats } = await runAgainAlone({ names, projects: faultProjects });

const figures: Figure[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Figure)
  : [];
rmSync(folder, { recursive: true });
for (const figure of figures) say(figureText(figure));

if (whole) keepSeen(byProject);
const wrong = whole ? judgeTable() : null;

const failed = countOf(seen, 'failed') + outside;
const passed = countOf(seen, 'passed');
if (report && failed === 0 && wrong === 0) {
  const kept: KeptFigures = Object.fromEntries(
    figures.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map(({ id, ...rest }) => [id, rest]),
  );
  writeFileSync(join(import.meta.dirname, 'figures.json'), `${JSON.stringify(kept, null, 2)}\n`);
  writeFileSync(join(import.meta.dirname, 'HAZARDS.md'), hazardPage(kept));
  // Where there is no mosquitto nothing was measured of it: what stands there stays.
  if (hasMosquitto) {
    writeFileSync(join(import.meta.dirname, 'BROKERS.md'), brokerPage(kept));
    writeFileSync(join(import.meta.dirname, chartFile), brokerChart(kept));
  }
  for (const page of pagesWithFigures) {
    const path = join(packageRoot, page);
    writeFileSync(path, withFigures(page, readFileSync(path, 'utf8'), kept));
  }
}
for (const [name, state] of seen) if (state === 'skipped') say(`not run: ${name}`);
for (const line of repeats) say(`repeated once: ${line}`);
const allFailed = failed + (wrong ?? 0);
say(`${passed} passed, ${allFailed} failed`);
process.exit(allFailed > 0 || passed === 0 ? 1 : 0);
