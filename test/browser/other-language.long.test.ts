/** The page in another language, longer and read from right to left: nothing stays English, nothing is cut. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { writtenRecord } from '../../src/history/records.ts';
import { packageRoot } from '../../src/installed.ts';
import { look, passWelcome, resized, stilled } from '../support/browser.ts';
import { scratch } from '../support/cli.ts';
import { serveDemo } from '../support/demo.ts';
import { foreignFinds } from '../support/foreign.ts';
import { eventful, headerOf, keptOf } from '../support/kept.ts';
import { misfits } from '../support/misfits.ts';
import { openLive, openPages } from '../support/opened.ts';
import { pseudo } from '../support/pseudo.ts';

const files = scratch();
let page: Page;

/** Builds one of the two pages; the folder where it stands. */
function built(mode: 'demo' | 'page'): string {
  const folder = files.path(mode);
  const script = join(packageRoot, 'test', 'support', 'pseudo-build.ts');
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, mode, folder], {
    cwd: packageRoot,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return folder;
}

beforeAll(async () => {
  const folder = built('demo');
  const [demo, opened] = await Promise.all([serveDemo({ folder }), openPages({ mayComplain: /404/ })]);
  page = await opened.newPage({ ...stilled, viewport: { width: 1440, height: 900 } });
  await page.goto(demo.address);
  await page.locator('device-view[live] [data-motor=left][data-duty="0"]').waitFor({ timeout: 20_000 });
  return async () => {
    demo.close();
    await opened.close();
  };
  // Its page is built first, in a process of its own.
}, 120_000);

const sizes = [
  [1440, 900],
  [768, 1024],
  [360, 740],
] as const;

type Look = Parameters<typeof look>[1];

/** What is found in these looks, on each screen. */
async function finds(...names: readonly Look[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    await look(page, name);
    for (const [width, height] of sizes) {
      await resized(page, width, height);
      for (const one of [...(await foreignFinds(page)), ...(await misfits(page))])
        found.push(`${name} ${width}: ${one}`);
    }
  }
  await resized(page, 1440, 900);
  return found;
}

/** Time runs a hundred times as fast until it is asked how it is; then as usual, in the very frame, or nobody answered. */
async function slowAtCheckIn(): Promise<void> {
  await look(page, 'bench');
  await page.evaluate(async frames => {
    const root = document.querySelector('tactus-page')?.shadowRoot;
    const bench = root?.querySelector('bench-view')?.shadowRoot?.querySelector('bench-time')?.shadowRoot;
    const rate = (value: number): void =>
      bench?.querySelector<HTMLElement>(`[data-rate="${value}"]`)?.click();
    const asked = (): boolean => root?.querySelector('[data-strip$=".checkIn"]') !== null;
    rate(100);
    for (let frame = 0; frame < frames && !asked(); frame++) await new Promise(requestAnimationFrame);
    rate(1);
  }, 2000);
  await strip('$=".checkIn"');
}
const strip = (state: string) => page.locator(`[data-strip${state}]`).waitFor({ timeout: 30_000 });

test('it is that language, from right to left', async () => {
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
    'en-XB',
    'rtl',
  ]);
});

test('while questions are asked, in every look', async () => {
  expect(
    await finds(
      'session',
      'routines',
      'write',
      'far',
      'bench',
      'alone',
      'history',
      'calibrate',
      'receiver',
      'phone',
    ),
  ).toEqual([]);
});

test('the sheet of looks and sounds', async () => {
  await look(page, 'bench');
  const settings = page.locator('header button[aria-expanded]');
  await settings.click();
  await page.locator('settings-panel').waitFor();
  const found = await finds('bench');
  await settings.click();
  expect(found).toEqual([]);
});

test('a routine that is written, with something to mend', async () => {
  await look(page, 'write');
  await page.locator('[data-copy-routine]').click();
  await page.locator('[data-phase="0"] button').first().click();
  const found = await finds('write');
  await page.locator('write-view input[autocomplete=off]').first().fill('');
  found.push(...(await finds('write')));
  expect(found).toEqual([]);
});

test('a walk through what the motors feel like', async () => {
  await look(page, 'calibrate');
  await page.locator('[data-deed=begin]').click();
  await page.locator('calibrate-view .walk').waitFor();
  const found = await finds('calibrate');
  await page.locator('calibrate-view .walk button').last().click();
  await page.locator('[data-deed=begin]').waitFor();
  expect(found).toEqual([]);
});

test('the cards, and what is made ready', async () => {
  await look(page, 'session');
  await passWelcome(page);
  await page.locator('screening-form button.main').first().click();
  const found: string[] = [];
  for (let card = 1; card <= 6; card++) {
    await page.locator('screening-form [role=img]').waitFor();
    found.push(...(await finds('session')));
    const before = await page.locator('screening-form [role=img]').getAttribute('aria-label');
    await page.locator('screening-form button.main[aria-disabled=false]').click();
    if (card < 6)
      await expect
        .poll(() => page.locator('screening-form [role=img]').getAttribute('aria-label'))
        .not.toBe(before);
  }
  await page.locator('preparation-form').waitFor();
  found.push(...(await finds('session', 'receiver')));
  expect(found).toEqual([]);
});

test('while hands move, asked how it is, paused, stopped, and at the end', async () => {
  await look(page, 'bench');
  const phase = page.locator('bench-time select');
  await phase.selectOption({ index: 2 });
  await page.locator('footer.moves').waitFor({ timeout: 30_000 });
  const found = await finds('session', 'far', 'bench', 'receiver');
  await slowAtCheckIn();
  found.push(...(await finds('session', 'far', 'receiver')));
  await look(page, 'session');
  await page.locator('footer [data-intent=pause]').click();
  await strip('=paused');
  found.push(...(await finds('session', 'far', 'receiver')));
  await page.locator('[data-stop]').click();
  await strip('=stopped');
  found.push(...(await finds('session', 'far', 'receiver', 'bench')));
  await look(page, 'session');
  await page.locator('[data-why=pain]').click();
  await page.locator('[data-outcome=stopped]').waitFor();
  found.push(...(await finds('session', 'far', 'receiver')));
  expect(found).toEqual([]);
});

test('sessions that are over, of a controller whose own words are English', async () => {
  const folder = built('page');
  const state = files.path('state');
  mkdirSync(join(state, 'history'), { recursive: true, mode: 0o700 });
  const evening = await keptOf({ steps: eventful });
  for (const day of [10, 20])
    writeFileSync(
      join(state, 'history', `202611${day}-180000-abcd.jsonl`),
      [
        headerOf({
          id: `202611${day}-180000-abcd`,
          startedAt: `2026-11-${day}T18:00:00.000Z`,
          routine: { id: 'evening-legs', title: pseudo('Evening legs'), plannedMs: 1_200_000 },
          client: day === 10 ? null : 'B',
          keeps: 'scores',
        }),
        ...evening.records,
      ]
        .map(writtenRecord)
        .join(''),
      { mode: 0o600 },
    );
  const live = await openLive([], {
    state,
    prepare: other => {
      // What is put in the place of an answer came from no address, and would be kept from this machine's own sockets.
      void other.context().grantPermissions(['local-network-access']);
      void other.route(/\/(assets\/[^/]+)?$/, route => {
        const { pathname } = new URL(route.request().url());
        return route.fulfill({ path: join(folder, pathname === '/' ? 'index.html' : pathname) });
      });
    },
  });
  onTestFinished(live.close);
  await look(live.page, 'history');
  await live.page.locator('[data-session]').nth(1).waitFor();
  const found: string[] = [];
  for (const [width, height] of sizes) {
    await resized(live.page, width, height);
    found.push(...(await foreignFinds(live.page, 'history-view')), ...(await misfits(live.page)));
  }
  expect(found).toEqual([]);
});
