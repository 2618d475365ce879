/**
 * The test commands, and one line over everything at the end.
 *
 * `npm test` is the quick answer over the whole house; `npm run test:all` is every test, those of `*.long.test.ts`
 * included; with `--rest` only what `npm test` leaves out. A group or a test that cannot run is said by name; it never
 * counts as passed. What was repeated because the machine was too busy for a test in real time is counted, single tests and
 * whole files. After twenty red tests the rest is not waited for.
 */
import { endWithRunner } from '../src/app/gone-parent.ts';
import { groups, type Length, projectName } from './groups.ts';
import { ensureChromium } from './support/chromium.ts';
import { runAgainAlone } from './support/run-again.ts';
import { countOf, keepSeen } from './support/seen.ts';

endWithRunner('test/run.ts');
const words = process.argv.slice(2);
const isRest = words.includes('--rest');
const isAll = words.includes('--all');
const names = words.filter(word => !word.startsWith('--'));
const unknown = words.filter(word => word.startsWith('--') && word !== '--all' && word !== '--rest');
if (unknown.length > 0) {
  process.stderr.write(`${unknown.join(', ')}: there are --all and --rest\n`);
  process.exit(64);
}
const lengths: readonly Length[] = isRest ? ['long'] : isAll ? ['quick', 'long'] : ['quick'];

const chromium = ensureChromium();
if (chromium) process.env.CHROMIUM_PATH = chromium;
if (isAll || isRest) process.env.TACTUS_RUN = isRest ? 'rest' : 'all';
const runnable = groups.filter(({ wantsChromium }) => chromium || !wantsChromium);

/** So many red tests are an answer: what is broken everywhere is told at once, instead of waited for to the end. */
const mostFailures = 20;

const { seen, byProject, outside, repeats } = await runAgainAlone({
  names,
  projects: runnable.flatMap(group => lengths.map(length => projectName(group, length))),
  mostFailures,
});
if (names.length === 0) keepSeen(byProject, { isNew: !isRest });

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
