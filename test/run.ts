/**
 * The test command: every group whose tools can be had, and one line over everything at the end.
 *
 * A group or a test that cannot run is said by name; it never counts as passed.
 */
import { startVitest } from 'vitest/node';
import { someChromium } from './support/chromium.ts';
import { countOf, keepSeen, seenIn } from './support/seen.ts';

const chromium = someChromium();
if (chromium) process.env.CHROMIUM_PATH = chromium;

const names = process.argv.slice(2);
const vitest = await startVitest('test', names, {
  run: true,
  watch: false,
  // The long fault tests have a command of their own. By name: of two names that are left out vitest leaves out neither.
  project: [
    'machines',
    'src',
    'firmware',
    'whole',
    'hardware',
    'live',
    ...(chromium ? ['page', 'browser'] : []),
  ],
});
const seen = seenIn(vitest.state.getTestModules());
const outside = vitest.state.getUnhandledErrors().length;
await vitest.close();
if (names.length === 0) keepSeen(seen);

const failed = countOf(seen, 'failed') + outside;
const passed = countOf(seen, 'passed');
if (!chromium) process.stdout.write('not run: browser tests (no Chromium could be had)\n');
for (const [name, state] of seen) if (state === 'skipped') process.stdout.write(`not run: ${name}\n`);
if (outside > 0) process.stdout.write(`${outside} errors outside of any test\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
