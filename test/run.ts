/**
 * The test command: every group whose tools can be had, and one line over everything at the end.
 *
 * A group that cannot run is said by name; it never counts as passed.
 */
import { startVitest } from 'vitest/node';
import { someChromium } from './support/chromium.ts';

const chromium = someChromium();
if (chromium) process.env.CHROMIUM_PATH = chromium;

const names = process.argv.slice(2);
const vitest = await startVitest('test', names, {
  run: true,
  watch: false,
  // The long fault tests have a command of their own.
  project: ['!faults', ...(chromium ? [] : ['!browser'])],
});
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const file of vitest.state.getTestModules()) {
  if (file.errors().length > 0) counts.failed += 1;
  for (const test of file.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') counts.passed += 1;
    else if (state === 'failed') counts.failed += 1;
    else counts.skipped += 1;
  }
}
const unhandled = vitest.state.getUnhandledErrors().length;
await vitest.close();
if (!chromium) process.stdout.write('not run: browser tests (no Chromium could be had)\n');
if (unhandled > 0) process.stdout.write(`${unhandled} errors outside of any test\n`);
if (counts.skipped > 0) process.stdout.write(`${counts.skipped} not run\n`);
process.stdout.write(`${counts.passed} passed, ${counts.failed + unhandled} failed\n`);
process.exit(counts.failed + unhandled > 0 || counts.passed === 0 ? 1 : 0);
