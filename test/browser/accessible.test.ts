/** What axe finds on the page, step by step, in both colour schemes and in forced colours. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, look, passPreparation } from '../support/browser.ts';
import { type Controller, startController } from '../support/controller.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let controller: Controller;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  controller = await startController('--routine', 'first-touch');
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(controller.address);
  await page.getByText('Connected, emulated').waitFor();
  // Over the debugger, not as a script of the page: its policy would rightly refuse that.
  await page.evaluate(axe);
});

afterAll(async () => {
  await browser?.close();
  await controller?.stop();
});

type Looks = Readonly<{ colorScheme: 'dark' | 'light'; forcedColors: 'none' | 'active' }>;
const looks: readonly Looks[] = [
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'active' },
];

async function violations(): Promise<string[]> {
  const found: string[] = [];
  for (const look of looks) {
    await page.emulateMedia(look);
    const ids = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    found.push(...ids.map(id => `${look.colorScheme} ${look.forcedColors}: ${id}`));
  }
  return found;
}

test('axe finds nothing on the opening question', async () => {
  expect(await violations()).toEqual([]);
});

test('axe finds nothing on a screening card', async () => {
  await page.getByRole('button', { name: 'Yes', exact: true }).click();
  await page.getByRole('img', { name: 'Card 1 of 6' }).waitFor();
  expect(await violations()).toEqual([]);
  await page.reload();
  await page.evaluate(axe);
});

test('a reload in mid-screening finds its place, and axe finds nothing in preparation', async () => {
  await page.getByRole('img', { name: 'Card 1 of 6' }).waitFor();
  for (let card = 1; card <= 6; card++) {
    await page.getByRole('img', { name: `Card ${card} of 6` }).waitFor();
    await page.getByRole('button', { name: 'None of these' }).click();
  }
  await page.getByRole('heading', { name: 'Getting ready' }).waitFor();
  expect(await violations()).toEqual([]);
});

test('axe finds nothing while the hands move', async () => {
  await passPreparation(page);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.locator('[data-state=warmUp]').waitFor();
  expect(await violations()).toEqual([]);
});

test.each(['far', 'bench', 'receiver'] as const)('axe finds nothing in the %s view', async name => {
  await look(page, name);
  if (name === 'bench') await page.getByLabel('Messages on the line').getByText('LEASE').first().waitFor();
  expect(await violations()).toEqual([]);
  await look(page, 'session');
});

test('axe finds nothing in the sheet of looks and sounds, and a scheme that is chosen holds after a reload', async () => {
  await page.getByRole('button', { name: 'Looks and sounds' }).click();
  await page.locator('settings-panel').waitFor();
  expect(await violations()).toEqual([]);
  await page.getByRole('checkbox', { name: /^Letters/ }).uncheck();
  await page.keyboard.press('f');
  expect(await page.evaluate(() => location.hash)).toBe('');
  await page.getByRole('checkbox', { name: /^Letters/ }).check();
  await page.getByText('Light', { exact: true }).click();
  await page.reload();
  await page.evaluate(axe);
  expect(await page.evaluate(() => document.documentElement.dataset.scheme)).toBe('light');
  await page.getByRole('button', { name: 'Looks and sounds' }).click();
  await page.getByText('As the system', { exact: true }).click();
  await page.getByRole('button', { name: 'Looks and sounds' }).click();
});

test('at 200 % zoom on a small screen nothing is cut off sideways, and every control is 44 px or more', async () => {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  for (const name of ['session', 'bench'] as const) {
    await look(page, name);
    await page.waitForTimeout(200);
    const found = await page.evaluate(() => {
      const main = document.querySelector('tactus-page')?.shadowRoot?.querySelector('main');
      const small: string[] = [];
      const visit = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          if (element.shadowRoot) visit(element.shadowRoot);
          if (!element.matches('button, select, summary, nav a, label:has(input)')) continue;
          const { width, height } = element.getBoundingClientRect();
          if (width > 0 && (height < 43.5 || width < 43.5))
            small.push(`${element.textContent?.trim()} ${width}×${height}`);
        }
      };
      visit(document);
      return { small, over: (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0) };
    });
    expect(found).toEqual({ small: [], over: 0 });
  }
  await look(page, 'session');
  if (before) await page.setViewportSize(before);
});

test('axe finds nothing in a pause, after a stop and at the end', async () => {
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.locator('[data-state=paused]').waitFor();
  expect(await violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('[data-state=stopped]').waitFor();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: /It hurt/ }).click();
  await page.locator('[data-outcome=stopped]').waitFor();
  expect(await violations()).toEqual([]);
});
