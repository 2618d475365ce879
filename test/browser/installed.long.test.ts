/**
 * The page without a server as something to keep: installed at the first visit, opened with no network, a session played
 * there, and a new version taken between sessions and never in one.
 */
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { installedWords as words } from '../../machines/text/installed.ts';
import { catalogue } from '../../machines/text/text.ts';
import { axeFinds, stopIsFree, tooSmall } from '../support/axe.ts';
import { begin, everyLook, keepMoving, look, passPreparation, passScreening } from '../support/browser.ts';
import { chromiumSwitches, installedChromium, optimisingLate } from '../support/chromium.ts';
import { scratch } from '../support/cli.ts';
import { type Demo, serveDemo } from '../support/demo.ts';
import { builtPaths, nextVersion } from '../support/next-version.ts';
import { boardIsUp, watchComplaints } from '../support/opened.ts';

/** As a host may have it: blanks, letters beyond ASCII, marks that mean something elsewhere. */
const base = "/T%C3%A4glich%20(v1)/it's+here/";
const files = scratch();
let versionTwo: string;

let demo: Demo;
/** A browser of its own, for others show pages as private windows do, in which nothing can be installed. */
let context: BrowserContext;
let page: Page;
let other: Page;
const complaints: string[] = [];

beforeAll(async () => {
  const executablePath = installedChromium();
  if (!executablePath) throw new Error('no Chromium: npm test gets one');
  versionTwo = files.path('version-two');
  nextVersion(versionTwo);
  [demo, context] = await Promise.all([
    serveDemo({ base, isInstallable: true }),
    chromium.launchPersistentContext('', {
      executablePath,
      args: [...chromiumSwitches, optimisingLate],
      viewport: { width: 1440, height: 1000 },
      colorScheme: 'dark',
    }),
  ]);
  context.on('page', one => watchComplaints(one, complaints));
  page = await context.newPage();
  return async () => {
    await context.close();
    demo.close();
  };
});

const isKept = (one: Page): Promise<void> =>
  one.waitForFunction(() => navigator.serviceWorker.controller !== null).then(() => {});

/** Paths below the base of all that the browser keeps of the page, without their revisions. */
const keptPaths = (): Promise<string[]> =>
  page.evaluate(async () => {
    const paths: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        paths.push(new URL(url).pathname.slice(location.pathname.length));
    return paths.toSorted();
  });

/** Which version of the page a tab shows. */
const served = (one: Page): Promise<string> =>
  one.evaluate(() => document.documentElement.dataset.version ?? 'one');

const take = (one: Page) => one.locator('[data-take]');

async function stopForPain(one: Page): Promise<void> {
  await one.keyboard.press('Escape');
  await one.getByRole('button', { name: /It hurt/ }).click();
  await one.locator('[data-outcome=stopped]').waitFor();
}

const toldOfVersion = (one: Page) => one.locator('[data-update]');

/** Answers what is asked until the session is over, as fast as the emulated board goes. */
async function playToTheEnd(one: Page): Promise<void> {
  await look(one, 'bench');
  await one.locator('[data-rate="100"]').click();
  await look(one, 'session');
  await one.locator('check-in-form').waitFor({ timeout: 60_000 });
  for (const question of ['Where the hands are', 'Down the leg'])
    await one.getByRole('group', { name: question }).getByText('1', { exact: true }).click();
  await one.locator('check-in-form .main').click();
  await one.getByRole('button', { name: catalogue.page.controls.noticed }).click({ timeout: 60_000 });
  await one.locator('[data-outcome=completed]').waitFor();
}

test('the first visit has the browser keep all of it, and Chromium finds nothing that would hinder an installation', async () => {
  await page.goto(demo.address);
  await boardIsUp(page);
  await isKept(page);
  const debug = await context.newCDPSession(page);
  const { errors, url } = await debug.send('Page.getAppManifest');
  expect([errors, url]).toEqual([[], `${demo.address}manifest.webmanifest`]);
  expect(await debug.send('Page.getInstallabilityErrors')).toEqual({ installabilityErrors: [] });
  expect((await keptPaths()).length).toBeGreaterThan(20);
  await expect(toldOfVersion(page).count()).resolves.toBe(0);
});

test('the sheet of looks and sounds says that it is kept, and offers the installation that the browser offers', async () => {
  await page.evaluate(() => {
    const offered = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
      prompt: async () => {
        document.documentElement.dataset.prompted = 'yes';
      },
    });
    dispatchEvent(offered);
  });
  await page.getByRole('button', { name: catalogue.page.settings }).click();
  await page.getByText(words.keep.kept).waitFor();
  const install = page.locator('[data-install]');
  await install.waitFor();
  expect(await axeFinds(page)).toEqual([]);
  expect((await tooSmall(page)).small).toEqual([]);
  await install.click();
  // Chromium may offer its own from here on, too.
  await page.locator('html[data-prompted=yes]').waitFor();
});

test('with its host gone it opens, and a whole session is played', async () => {
  demo.close();
  await page.close();
  page = await context.newPage();
  await page.goto(`${demo.address}?from=elsewhere`);
  await boardIsUp(page);
  await passScreening(page, 'No');
  await passPreparation(page);
  await begin(page);
  await playToTheEnd(page);
});

test('a new version is told once no session is under way, and not taken while one is under way in another tab', async () => {
  await demo.reopen(versionTwo);
  other = await context.newPage();
  // The version that is kept; coming here has the browser look for a new one.
  await other.goto(demo.address);
  await boardIsUp(other);
  await toldOfVersion(page).getByText(words.update.waiting).waitFor();
  await look(other, 'bench');
  await other.getByLabel('Jump to a phase').selectOption('steady');
  await look(other, 'session');
  await keepMoving(other);
  await toldOfVersion(other).waitFor({ state: 'detached' });
  await take(page).click();
  await toldOfVersion(page).getByText(words.update.elsewhere).waitFor();
  expect(await axeFinds(page)).toEqual([]);
  expect([(await tooSmall(page)).small, await stopIsFree(page)]).toEqual([[], true]);
  expect([await served(page), await served(other)]).toEqual(['one', 'one']);
});

test('once that session is over the version is taken; what only the version before had is erased', async () => {
  await stopForPain(other);
  await take(page).click();
  await page.locator('html[data-version=two]').waitFor({ state: 'attached' });
  await boardIsUp(page);
  await expect.poll(keptPaths).toEqual(builtPaths(versionTwo));
  expect(await toldOfVersion(page).count()).toBe(0);
});

test('the other tab goes on as the version before, in a session too, though nobody has its files any more', async () => {
  await toldOfVersion(other).getByText(words.update.replaced).waitFor();
  await other.getByRole('button', { name: /^Again/ }).click();
  await passScreening(other, 'No');
  await passPreparation(other);
  await begin(other);
  for (const name of everyLook.filter(one => one !== 'receiver' && one !== 'alone')) await look(other, name);
  await look(other, 'session');
  await keepMoving(other);
  expect([await toldOfVersion(other).count(), await served(other)]).toEqual([0, 'one']);
  await stopForPain(other);
  await take(other).click();
  await other.locator('html[data-version=two]').waitFor({ state: 'attached' });
  await boardIsUp(other);
  expect(complaints).toEqual([]);
});
