/**
 * `npm run test:random -- [--seconds N] [--seed S]`: every property, with fresh seeds, for as long as one likes.
 *
 * Rounds go on until the seconds (60 unless told) are over; the one under way is finished. With a seed there is one
 * round, of that seed. Each seed is printed before its round. A failure is shrunk and printed with the one line that
 * pins its example in the property's own parameters; it ends the run with exit 1.
 */
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { endWithRunner } from '../src/app/gone-parent.ts';
import { packageRoot } from '../src/installed.ts';
import { groups, projectName } from './groups.ts';
import { countOf, seenIn } from './support/seen.ts';

endWithRunner('test/random.ts');
const seedsBelow = 2 ** 31;

function wholeNumber(word: string | undefined, name: string, most: number): number | undefined {
  if (word === undefined) return undefined;
  const value = Number(word);
  if (/^\d+$/.test(word) && value <= most) return value;
  process.stderr.write(`--${name} ${word}: wants a whole number from 0 to ${most}\n`);
  process.exit(64);
}

const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
const seconds = wholeNumber(values.seconds, 'seconds', 86_400) ?? 60;
const onlySeed = wholeNumber(values.seed, 'seed', seedsBelow - 1);

const files = readdirSync(join(packageRoot, 'test'), { recursive: true, encoding: 'utf8' })
  .map(file => join('test', file))
  .filter(
    file => file.endsWith('.test.ts') && readFileSync(join(packageRoot, file), 'utf8').includes('fc.assert('),
  );

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** One round of every property; the failures, as they are to be read. */
async function round(seed: number): Promise<readonly string[]> {
  process.env.TACTUS_SEED = String(seed);
  const vitest = await startVitest('test', [...files], {
    run: true,
    watch: false,
    reporters: [{}],
    project: groups
      .filter(({ wantsChromium }) => !wantsChromium)
      .flatMap(group => [projectName(group, 'quick'), projectName(group, 'long')]),
  });
  const modules = vitest.state.getTestModules();
  const passed = countOf(seenIn(modules), 'passed');
  const failures = modules.flatMap(module => [
    ...module.errors().map(error => `${relative(packageRoot, module.moduleId)}\n${error.message}`),
    ...[...module.children.allTests('failed')].map(
      test =>
        `${relative(packageRoot, module.moduleId)} > ${test.fullName}\n${test.result().errors?.[0]?.message ?? 'no reason was given'}`,
    ),
  ]);
  await vitest.close();
  if (passed + failures.length === 0) throw new Error('no property was found');
  say(`seed ${seed}: ${passed} passed, ${failures.length} failed`);
  return failures;
}

const endsAt = performance.now() + seconds * 1000;
do {
  const seed = onlySeed ?? randomInt(seedsBelow);
  say(`seed ${seed} …`);
  const failures = await round(seed);
  for (const failure of failures) say(`\n${failure}\n`);
  if (failures.length > 0) {
    say(`again: npm run test:random -- --seed ${seed}`);
    process.exit(1);
  }
} while (onlySeed === undefined && performance.now() < endsAt);
process.exit(0);
