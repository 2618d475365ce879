/**
 * The test commands, and one line over everything at the end.
 *
 * `npm test` is the quick answer over the whole house; `npm run test:all` is every test, those of `*.long.test.ts`
 * included; with `--rest` only what `npm test` leaves out. A group or a test that cannot run is said by name; it never
 * counts as passed. What was repeated because the machine was too busy for a test in real time is counted, single tests and
 * whole files. After twenty red tests the rest is not waited for.
 */
import { startVitest, type TestModule } from 'vitest/node';
import { endWithRunner } from '../src/app/gone-parent.ts';
import { groups, type Length, projectName } from './groups.ts';
import { dueAlone, type FailedFile, toldAgain, withAgain } from './support/alone-again.ts';
import { ensureChromium } from './support/chromium.ts';
import { Crowding } from './support/crowded.ts';
import { repeatsIn } from './support/repeats.ts';
import { countOf, failedIn, keepSeen, seenIn } from './support/seen.ts';

endWithRunner('test/run.ts');
const words = process.argv.slice(2);
const isRest = words.includes('--rest');
const isAll = words.includes('--all');
const names = words.filter(word => !word.startsWith('--'));
const lengths: readonly Length[] = isRest ? ['long'] : isAll ? ['quick', 'long'] : ['quick'];

const chromium = ensureChromium();
if (chromium) process.env.CHROMIUM_PATH = chromium;
if (isAll && !isRest) process.env.TACTUS_RUN = 'all';
const runnable = groups.filter(({ wantsChromium }) => chromium || !wantsChromium);

/** So many red tests are an answer: what is broken everywhere is told at once, instead of waited for to the end. */
const mostFailures = 20;

/** Errors outside of any test count as failures. */
type Ran = Readonly<{ modules: readonly TestModule[]; outside: number; crowding: Crowding }>;

async function run(files: readonly string[], projects: readonly string[]): Promise<Ran> {
  const crowding = new Crowding();
  const vitest = await startVitest('test', [...files], {
    run: true,
    bail: mostFailures,
    watch: false,
    reporters: ['default', crowding],
    // By name: of two names that are left out vitest leaves out neither.
    project: [...projects],
  });
  const modules = vitest.state.getTestModules();
  const outside = vitest.state.getUnhandledErrors().length;
  await vitest.close();
  return { modules, outside, crowding };
}

const first = await run(
  names,
  runnable.flatMap(group => lengths.map(length => projectName(group, length))),
);
let seen = seenIn(first.modules);
let { outside } = first;
const repeats = [...repeatsIn(first.modules)];

const failedFiles = first.modules.flatMap((module): readonly FailedFile[] =>
  failedIn(module).length === 0
    ? []
    : [
        {
          moduleId: module.moduleId,
          project: module.project.name,
          share: first.crowding.share(module.moduleId),
        },
      ],
);
const due = countOf(seen, 'failed') + outside < mostFailures ? dueAlone(failedFiles) : [];
if (due.length > 0) {
  const files = due.map(({ moduleId }) => moduleId);
  process.stdout.write(
    `\nOn a crowded machine these failed, and are run again, alone:\n${files.join('\n')}\n`,
  );
  process.env.TACTUS_ALONE = '1';
  const again = await run(files, [...new Set(due.map(({ project }) => project))]);
  seen = withAgain(seen, seenIn(again.modules), due);
  outside += again.outside;
  for (const file of due) {
    const before = first.modules.filter(({ moduleId }) => moduleId === file.moduleId).flatMap(failedIn);
    repeats.push(toldAgain(file, before));
  }
  repeats.push(...repeatsIn(again.modules));
}
if (names.length === 0) keepSeen(seen, { isAdded: isRest });

const failed = countOf(seen, 'failed') + outside;
const passed = countOf(seen, 'passed');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
if (!chromium) say('not run: browser tests (no Chromium could be had)');
const skipped = [...seen].flatMap(([name, state]) => (state === 'skipped' ? [name] : []));
if (failed < mostFailures) for (const name of skipped) say(`not run: ${name}`);
else say(`stopped at ${mostFailures} failures: the tests that had not begun by then were not run`);
for (const line of repeats) say(`repeated once: ${line}`);
if (outside > 0) say(`${outside} errors outside of any test`);
say(`${passed} passed, ${failed} failed`);
if (repeats.length > 0) say(`${passed} passed, ${failed} failed, ${repeats.length} repeated`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
