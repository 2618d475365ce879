/** A real Chromium on a controller's page, and the steps that many tests take on it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { packageRoot } from '../../src/installed.ts';
import { installedChromium } from './chromium.ts';

/** No sandbox: tests run as root in containers. The rest keeps Chromium from looking for its maker. */
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchChromium(): Promise<Browser> {
  const executablePath = installedChromium();
  if (!executablePath) throw new Error('no Chromium: npm test gets one');
  return await chromium.launch({ executablePath, args: switches });
}

/** Collects whatever the page complains about: errors, blocked scripts, refused styles. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return complaints;
}

/** Answers every screening card with "none of these", the person having a complaint. */
export async function passScreening(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Yes', exact: true }).click();
  for (let card = 1; card <= 6; card++) {
    await page.getByRole('img', { name: `Card ${card} of 6` }).waitFor();
    await page.getByRole('button', { name: 'None of these' }).click();
  }
  await page.getByRole('heading', { name: 'Getting ready' }).waitFor();
}

/** Confirms what `first-touch` asks for: the position, and 1 and 0 to begin with. */
export async function passPreparation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByRole('group', { name: 'Where the hands will be' }).getByText('1', { exact: true }).click();
  await page.getByRole('group', { name: 'Down the leg' }).getByText('0', { exact: true }).click();
  await page.getByRole('button', { name: 'That is how it is' }).click();
}

/** What the page shows of both motors, every time it changes, from now on. */
export async function recordDuty(page: Page): Promise<() => Promise<{ left: number[]; right: number[] }>> {
  await page.evaluate(() => {
    const seen: { left: number[]; right: number[] } = { left: [], right: [] };
    (globalThis as unknown as { seen: typeof seen }).seen = seen;
    const look = (): void => {
      const device = document.querySelector('tactus-page')?.shadowRoot?.querySelector('device-view');
      for (const motor of ['left', 'right'] as const) {
        const shown = device?.shadowRoot?.querySelector(`[data-motor=${motor}]`)?.getAttribute('data-duty');
        const duty = Number(shown);
        if (shown !== undefined && Number.isFinite(duty) && seen[motor].at(-1) !== duty)
          seen[motor].push(duty);
      }
      requestAnimationFrame(look);
    };
    look();
  });
  return () =>
    page.evaluate(() => (globalThis as unknown as { seen: { left: number[]; right: number[] } }).seen);
}

/** Keeps a picture of the page for the README where `npm run pictures` asks for them; a test run changes no file. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (process.env.TACTUS_PICTURES !== undefined)
    await page.screenshot({ path: join(packageRoot, 'test', 'browser', 'pictures', `${name}.png`) });
}

type LookName =
  | 'session'
  | 'routines'
  | 'write'
  | 'far'
  | 'bench'
  | 'receiver'
  | 'history'
  | 'calibrate'
  | 'phone';

/** Turns to another look of the page. */
export async function look(page: Page, name: LookName): Promise<void> {
  await page.evaluate(
    hash => {
      location.hash = hash;
    },
    name === 'session' ? '' : name,
  );
  if (name !== 'session') await page.locator(name === 'phone' ? 'phone-panel' : `${name}-view`).waitFor();
}

/** Saves what a button of the bench offers; its text. */
export async function saved(page: Page, what: 'script' | 'journal'): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(`[data-save=${what}]`).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

/**
 * Has the hands move, in the session view. A machine that stalls for a moment stands still, as it should, and waits
 * for a person: here is one, so that no test depends on how busy the machine is.
 */
export async function keepMoving(page: Page): Promise<void> {
  const moving = page.locator('body-guide .disc, body-guide .step').first();
  for (let times = 0; times < 5; times++) {
    const state = await page.locator('session-guide [data-state]').getAttribute('data-state');
    if (state !== 'faulted' && state !== 'paused') break;
    if (state === 'faulted') {
      const understood = page.getByRole('button', { name: 'Understood' });
      if (await understood.isVisible()) await understood.click();
    }
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await page.waitForTimeout(300);
  }
  await moving.waitFor({ state: 'attached' });
}
