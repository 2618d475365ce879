/** The page without a server in a tab out of sight: its session keeps its time, and stands still where it was frozen. */
import { beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../machines/text/text.ts';
import { stoodStillMs } from '../../simulator/demo/session/standstill.ts';
import { type Demo, serveDemo } from '../support/demo.ts';
import { openTab, type Tab } from '../support/tab-out-of-sight.ts';

let demo: Demo;
let tab: Tab;

beforeAll(async () => {
  demo = await serveDemo();
  tab = await openTab(`${demo.address}#bench`);
  return async () => {
    await tab.close();
    demo.close();
  };
});

const page = "document.querySelector('tactus-page')";
/** Of an element, however deep it stands in the page; null where there is none. */
const first = (selector: string, of: string): string => `(function find(root) {
  for (const element of root.querySelectorAll('*')) {
    const found = element.matches(${JSON.stringify(selector)}) ? element : element.shadowRoot && find(element.shadowRoot);
    if (found) return found;
  }
  return null;
})(document)${of}`;
const state = () => tab.evaluate(first('[data-strip]', "?.getAttribute('data-strip')"));
const soon = { timeout: 30_000 };

/**
 * Whether the page hears of its session for three turns of its own, each a second apart out of sight: what has not been
 * heard of for a second is not live. A worker that were slowed as the page is would be heard of too seldom.
 */
const isHeardOf = () =>
  tab.evaluate(`(async () => {
    let turns = 0;
    for (; turns < 3 && ${first('device-view', "?.hasAttribute('live')")}; turns++)
      await new Promise(resolve => setTimeout(resolve, 100));
    return turns === 3 && document.visibilityState === 'hidden';
  })()`);

test('hidden, its session goes on and is heard of all the while', async () => {
  await expect.poll(() => tab.evaluate(first('option[value=steady]', '?.value')), soon).toBe('steady');
  await tab.evaluate(`{
    const phases = ${first('option[value=steady]', '.parentElement')};
    phases.value = 'steady';
    phases.dispatchEvent(new Event('change', { bubbles: true }));
  }`);
  await expect.poll(state, soon).toBe('strokes');
  await tab.evaluate("location.hash = ''");
  await tab.hide();
  await expect.poll(() => tab.evaluate('document.visibilityState'), soon).toBe('hidden');
  const before = Number(await tab.evaluate(`${page}.sessionTime`));
  await expect.poll(isHeardOf, soon).toBe(true);
  expect(await state()).toBe('strokes');
  expect(Number(await tab.evaluate(`${page}.sessionTime`))).toBeGreaterThan(before);
});

test('frozen, it stands still; back again it says so, and hands wait for a person', async () => {
  await tab.freezeFor(2 * stoodStillMs);
  await expect.poll(state, soon).toBe('faulted');
  const said = first('session-guide', '?.shadowRoot.textContent');
  await expect.poll(() => tab.evaluate(said), soon).toContain(catalogue.faults.loopStalled);
});
