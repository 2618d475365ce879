/**
 * `npm run test:faults [-- --report]`: whatever dies, the motors go off.
 *
 * Without a word a sample of every measurement; with `--report` all of it, and the figures printed and kept.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import type { Figure } from './figures.ts';

const report = process.argv.includes('--report');
const names = process.argv.slice(2).filter(word => !word.startsWith('--'));
const folder = mkdtempSync(join(tmpdir(), 'tactus-figures-'));
const file = join(folder, 'figures.jsonl');
process.env.TACTUS_FIGURES = file;
if (report) process.env.TACTUS_FAULTS = 'full';

const vitest = await startVitest('test', names, { run: true, watch: false, project: ['faults'] });
const modules = vitest.state.getTestModules();
const tests = modules.flatMap(one => [...one.children.allTests()]);
const failed =
  tests.filter(test => test.result().state === 'failed').length +
  modules.filter(one => one.errors().length > 0).length +
  vitest.state.getUnhandledErrors().length;
const passed = tests.filter(test => test.result().state === 'passed').length;
const skipped = tests.filter(test => test.result().state === 'skipped');
await vitest.close();

const figures: Figure[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Figure)
  : [];
rmSync(folder, { recursive: true });
const written = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));
for (const { what, value, unit, bound, of } of figures)
  process.stdout.write(
    `${what}: ${written(value)} ${unit}${bound === undefined ? '' : ` (at most ${written(bound)})`}${of ? `, ${of}` : ''}\n`,
  );
if (report && names.length === 0 && failed === 0) {
  const kept = Object.fromEntries(
    figures.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map(({ id, ...rest }) => [id, rest]),
  );
  writeFileSync(join(import.meta.dirname, 'figures.json'), `${JSON.stringify(kept, null, 2)}\n`);
}
for (const test of skipped) process.stdout.write(`not run: ${test.fullName}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
