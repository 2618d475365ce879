/**
 * `npm run test:faults [-- --report]`: whatever dies, the motors go off.
 *
 * Without a word a sample of every measurement; with `--report` all of it, and the figures printed and kept. Then the
 * hazard table is held against all tests: those of this run and those that `npm test` saw last.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithRunner } from '../../src/app/gone-parent.ts';
import { packageRoot } from '../../src/installed.ts';
import { hasMosquitto } from '../support/mosquitto.ts';
import { runAgainAlone } from '../support/run-again.ts';
import { countOf, keptSeen } from '../support/seen.ts';
import { pagesWithFigures, withFigures } from './figure-table.ts';
import type { Figure } from './figures.ts';
import { figureText, hazardPage, type KeptFigures, notGreen } from './hazard-page.ts';
import { brokerChart, brokerPage, chartFile } from './support/broker-page.ts';

endWithRunner('test/faults/run.ts');
const report = process.argv.includes('--report');
const names = process.argv.slice(2).filter(word => !word.startsWith('--'));
const folder = mkdtempSync(join(tmpdir(), 'tactus-figures-'));
const file = join(folder, 'figures.jsonl');
process.env.TACTUS_FIGURES = file;
if (report) process.env.TACTUS_FAULTS = 'full';

const { seen, outside, repeats } = await runAgainAlone({
  names,
  projects: ['faults', 'faults-timed', 'faults-alone'],
});

const figures: Figure[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Figure)
  : [];
rmSync(folder, { recursive: true });
for (const figure of figures) process.stdout.write(`${figureText(figure)}\n`);

const whole = names.length === 0;
const others = keptSeen();
const faults = whole && others ? notGreen(new Map([...others, ...seen])) : [];
if (whole && !others) process.stdout.write('not run: the hazard table wants npm test first\n');
for (const fault of faults) process.stdout.write(`hazard table: ${fault}\n`);

const failed = countOf(seen, 'failed') + outside;
const passed = countOf(seen, 'passed');
if (report && whole && failed === 0 && faults.length === 0) {
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
for (const [name, state] of seen) if (state === 'skipped') process.stdout.write(`not run: ${name}\n`);
for (const line of repeats) process.stdout.write(`repeated once: ${line}\n`);
process.stdout.write(`${passed} passed, ${failed + faults.length} failed\n`);
process.exit(failed + faults.length > 0 || passed === 0 ? 1 : 0);
