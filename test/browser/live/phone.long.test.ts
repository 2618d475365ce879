/**
 * A phone as a second client over the network: it scans what the panel shows, pairs, watches, stops; it is locked,
 * rung and left, and nothing ends by that. The board is one with buttons of its own, and its pins are listened to.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../../machines/text/text.ts';
import type { DutyEvent } from '../../../simulator/avr/scope.ts';
import { axeFinds, beyondScreen, tooSmall } from '../../support/axe.ts';
import {
  begin,
  framesPass,
  keepMoving,
  keepPicture,
  look,
  passPreparation,
  passScreening,
  resized,
  sessionPasses,
  whileMoving,
} from '../../support/browser.ts';
import type { Controller } from '../../support/controller.ts';
import { lanAddress } from '../../support/lan.ts';
import { type Live, openLive } from '../../support/opened.ts';
import { readPicture } from '../../support/qr.ts';
import { type PluggedBoard, plugBoard } from '../../support/serial-board.ts';
import { repeatedIfStarved } from '../../support/starved.ts';
import { astray } from '../../support/stop-in-sight.ts';

let board: PluggedBoard;
let controller: Controller;
let live: Live;
let page: Page;
let complaints: string[];
/** Each phone has cookies of its own. */
let remote: Page;
let receiver: Page;
let hasBegun = false;

beforeAll(async () => {
  board = await plugBoard();
  live = await openLive(
    ['--routine', 'first-touch', '--board', board.path, '--lan', '--host', lanAddress()],
    { viewport: { width: 1280, height: 900 } },
  );
  ({ controller, page, complaints } = live);
  return async () => {
    await live.close();
    board.unplug();
  };
});

/** A phone that has been told to go on with a certificate that it does not know. */
const newPhone = (): Promise<BrowserContext> =>
  live.browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    ignoreHTTPSErrors: true,
  });

/** What a camera before this part of the screen reads. */
const scanned = async (selector: string): Promise<string | null> =>
  readPicture(await page.locator(selector).screenshot());

/** Has the panel show another code than the one that is open; what a camera reads of it. */
async function newCode(): Promise<string> {
  const digits = async (): Promise<string> =>
    (await page.locator('phone-panel .digits').allInnerTexts()).join('');
  const before = await digits();
  await page.getByRole('button', { name: /^Show (another|a) code$/ }).click();
  await expect.poll(digits).not.toBe(before);
  await page.locator('phone-panel .qr').waitFor();
  return (await scanned('phone-panel .qr')) ?? '';
}

/** Controls smaller than a finger, and how far the page reaches beyond its screen. */
const misfits = async (of: Page) => ({
  small: (await tooSmall(of, 'button, nav a, label:has(input), input:not([type=radio])')).small,
  over: await beyondScreen(of),
});

/** As the browser has it by itself. */
const plain = (of: Page) => of.emulateMedia({ colorScheme: null, forcedColors: null });

const stateOf = (of: Page): Promise<string | null> =>
  of.locator('[data-state]').first().getAttribute('data-state');

/** The motor pins' changes of duty since then, as the pins themselves tell. */
const duties = (since = 0): DutyEvent[] =>
  board.events
    .slice(since)
    .flatMap(event => (event.type === 'scope' && event.event.type === 'duty' ? [event.event] : []));

/** Pins that are driven now. */
const drivenPins = (): number[] =>
  [5, 6].filter(pin => (duties().findLast(event => event.pin === pin)?.duty ?? 0) > 0);

/** The session stands as each test finds it: hands move, or can. */
async function again(): Promise<void> {
  const slipped = page.getByRole('button', { name: catalogue.afterStop.slip.word });
  if (await slipped.isVisible()) await slipped.click();
  if (hasBegun) await keepMoving(page);
}

/** The phone runs and is within reach, whatever was done to it. */
async function reachable(): Promise<void> {
  const debuggers = await remote.context().newCDPSession(remote);
  await remote.context().setOffline(false);
  await debuggers.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await debuggers.send('Page.setWebLifecycleState', { state: 'active' });
  await debuggers.detach();
}

/** What the phone is asked to vibrate, from now on. */
async function recordVibration(phone: Page): Promise<() => Promise<unknown[]>> {
  await phone.evaluate(() => {
    const told: unknown[] = [];
    (globalThis as unknown as { told: unknown[] }).told = told;
    navigator.vibrate = pattern => told.push(pattern) > 0;
  });
  return () => phone.evaluate(() => (globalThis as unknown as { told: unknown[] }).told);
}

test('the panel shows a code to scan, with what is left of it; axe finds nothing there in any colours', async () => {
  await page.getByRole('button', { name: catalogue.page.settings }).click();
  await page.getByRole('link', { name: 'Use a phone' }).click();
  await page.getByRole('button', { name: catalogue.page.settings }).click();
  await page.locator('phone-panel .qr').waitFor();
  const digits = (await page.locator('phone-panel .digits').innerText()).replace(' ', '');
  expect(digits).toMatch(/^\d{6}$/);
  expect(await scanned('phone-panel .qr')).toBe(
    `https://${lanAddress()}:${new URL(controller.address).port}/#pair=${digits}`,
  );
  await page.getByText(/^\d+ s to go, for one phone$/).waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await plain(page);
  expect(await misfits(page)).toEqual({ small: [], over: 0 });
  await keepPicture(page, 'phone-panel');
});

test('forced colours leave the picture dark on light', async () => {
  await page.getByRole('button', { name: 'Show another code' }).click();
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  // The new code comes in its own time: digits and picture have to agree once it has.
  const agree = async (): Promise<boolean> => {
    const digits = (await page.locator('phone-panel .digits').innerText()).replace(' ', '');
    return (await scanned('phone-panel .qr'))?.includes(`#pair=${digits}`) ?? false;
  };
  await expect.poll(agree, { timeout: 10_000 }).toBe(true);
  await plain(page);
});

test('a phone that is not paired gets a form and nothing of the session; what is wrong is said', async () => {
  const context = await newPhone();
  remote = await context.newPage();
  await remote.goto(`https://${lanAddress()}:${new URL(controller.address).port}/`);
  await remote.getByRole('heading', { name: 'Pair this phone' }).waitFor();
  expect(await remote.locator('tactus-page').evaluate(element => element.shadowRoot)).toBeNull();
  expect(await axeFinds(remote)).toEqual([]);
  await plain(remote);
  expect(await misfits(remote)).toEqual({ small: [], over: 0 });
  await keepPicture(remote, 'pairing');
  await remote.getByRole('button', { name: 'Pair' }).tap();
  await remote.getByText(catalogue.phone.pairing.sixDigits).waitFor();
  await remote.getByRole('textbox', { name: 'Code' }).fill('000 000');
  await remote.getByRole('button', { name: 'Pair' }).tap();
  await remote.getByText(catalogue.phone.pairing.wrong).waitFor();
  expect(await axeFinds(remote)).toEqual([]);
  await plain(remote);
});

test('one scan pairs it: the code is gone from its address, and it watches', async () => {
  const address = await newCode();
  await remote.goto('about:blank');
  await remote.goto(address);
  await remote.getByText(catalogue.page.notices.watching).waitFor();
  expect(remote.url()).toBe(address.replace(/#.*/, ''));
  expect(await remote.evaluate(() => document.cookie)).toBe('');
  expect(await remote.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
    'pair',
  );
  await remote.getByText('Is there a pain or complaint today?').waitFor();
  expect(await misfits(remote)).toEqual({ small: [], over: 0 });
  await page.getByText('here now').waitFor();
  await page.getByText(catalogue.phone.panel.over).waitFor();
});

test('the settings say what this phone can and cannot do', async () => {
  await remote.getByRole('button', { name: catalogue.page.settings }).tap();
  await remote.getByText('The screen stays on while hands move.').waitFor();
  await remote.getByText('Vibrate with strokes and other cues').tap();
  await remote.getByRole('button', { name: catalogue.page.settings }).tap();
});

test('a remote is shown what it may use, and nothing else', async () => {
  expect(await remote.getByRole('navigation').getByRole('link').allTextContents()).toEqual(
    (['session', 'routines', 'far', 'bench'] as const).map(name => catalogue.page.looks[name]),
  );
  await look(remote, 'routines');
  await remote.locator('routine-plan').waitFor();
  expect(await remote.locator('[data-write], [data-mine], .likes').count()).toBe(0);
  await remote.evaluate(() => {
    location.hash = '#history';
  });
  await remote.locator('main.session').waitFor();
  expect(complaints.filter(text => text.includes('403'))).toEqual([]);
});

test("another phone becomes the receiver's: less and stop, whatever stands in its address", async () => {
  await page.getByText("Receiver's stop", { exact: true }).click();
  const address = await newCode();
  await page.locator('.code[data-role=receiver]').waitFor();
  // The code is as large as a camera needs it: STOP stays in sight below it.
  for (const [width, height] of [
    [320, 256],
    [360, 740],
    [740, 360],
  ] as const) {
    await resized(page, width, height);
    expect([width, height, await astray(page, { frames: 2, alsoScrolled: true })]).toEqual([
      width,
      height,
      [],
    ]);
  }
  await resized(page, 1280, 900);
  receiver = await (await newPhone()).newPage();
  await receiver.goto(address);
  await receiver.locator('receiver-view button').waitFor();
  expect(await receiver.getByRole('button').count()).toBe(2);
  await receiver.evaluate(async () => {
    const turned = new Promise(resolve => addEventListener('hashchange', resolve, { once: true }));
    location.hash = '#bench';
    await turned;
  });
  // What the page would have made of it has had its frames to come.
  await framesPass(receiver, 20);
  await receiver.locator('receiver-view button').waitFor();
  expect(await receiver.getByRole('button').count()).toBe(2);
  expect(await axeFinds(receiver)).toEqual([]);
  await plain(receiver);
});

test(
  "a remote vibrates with the cues; the receiver's stop stops: both motor pins are off, and stay so",
  repeatedIfStarved(async () => {
    if (!hasBegun) {
      await look(page, 'session');
      await passScreening(page);
      // It is tried before anything begins.
      await receiver.getByRole('button', { name: /^Less/ }).tap();
      await receiver.getByText(catalogue.receiver.tried).waitFor();
      await page.locator('[data-step=receiver].done').waitFor();
      await passPreparation(page);
      await begin(page);
      hasBegun = true;
    }
    const told = await recordVibration(remote);
    await whileMoving(page, async () => JSON.stringify(await told()).includes('[311]'));
    await whileMoving(page, () => drivenPins().length > 0);
    await receiver.locator('[data-stop]').tap();
    await page.locator('[data-state=stopped]').waitFor();
    await receiver
      .getByText('motors off, confirmed')
      .or(receiver.locator('[data-state=stopped]'))
      .first()
      .waitFor();
    expect(drivenPins()).toEqual([]);
    const changes = board.events.length;
    // On the board's own clock: whatever the machine does, so much of its time has to pass.
    const since = board.uno.nowMs;
    await expect.poll(() => board.uno.nowMs, { timeout: 20_000 }).toBeGreaterThan(since + 1500);
    expect(duties(changes).filter(({ duty }) => duty > 0)).toEqual([]);
  }, again),
);

test(
  'a phone that is locked, or out of reach, ends nothing; what it shows is grey, and live again when it is back',
  repeatedIfStarved(
    async () => {
      await again();
      const debuggers = await remote.context().newCDPSession(remote);
      await remote.locator('session-guide[live]').waitFor();
      // Out of reach.
      await remote.context().setOffline(true);
      await debuggers.send('Network.emulateNetworkConditions', {
        offline: true,
        latency: 0,
        downloadThroughput: 0,
        uploadThroughput: 0,
      });
      await remote.locator('session-guide:not([live])').waitFor({ timeout: 5000 });
      expect(await remote.locator('.lost[role=alert]').innerText()).toMatch(/What you see is old\./);
      expect(await page.locator('[data-outcome]').count()).toBe(0);
      await keepMoving(page);
      await remote.context().setOffline(false);
      await debuggers.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: -1,
      });
      await remote.locator('session-guide[live]').waitFor({ timeout: 5000 });
      // Locked: nothing of the page runs.
      await debuggers.send('Page.setWebLifecycleState', { state: 'frozen' });
      await sessionPasses(page, 3000);
      expect(await page.locator('[data-outcome]').count()).toBe(0);
      await keepMoving(page);
      await debuggers.send('Page.setWebLifecycleState', { state: 'active' });
      await remote.locator('session-guide[live]').waitFor({ timeout: 5000 });
      expect(await stateOf(remote)).toBe(await stateOf(page));
    },
    async () => {
      await reachable();
      await again();
    },
  ),
);

test(
  'a phone that is left and taken up again finds its place without another code',
  repeatedIfStarved(async () => {
    const { href } = new URL(remote.url());
    await remote.goto('about:blank');
    await sessionPasses(page, 1000);
    expect(await page.locator('[data-outcome]').count()).toBe(0);
    await remote.goto(href);
    await remote.locator('session-guide[live]').waitFor();
    expect(await stateOf(remote)).toBe(await stateOf(page));
    await keepPicture(remote, 'phone');
  }, again),
);

test(
  'a browser that opens no socket under this certificate has a line all the same, and its stop stops',
  repeatedIfStarved(async () => {
    await keepMoving(page);
    const other = await remote.context().newPage();
    await other.addInitScript(() => {
      globalThis.WebSocket = class extends EventTarget {
        readonly readyState = 0;
        constructor() {
          super();
          setTimeout(() => this.dispatchEvent(new Event('close')), 5);
        }
        send(): void {}
        close(): void {}
      } as unknown as typeof WebSocket;
    });
    await other.goto(remote.url());
    await other.locator('session-guide[live]').waitFor();
    expect(await stateOf(other)).toBe(await stateOf(page));
    await other.locator('[data-stop]').tap();
    await page.locator('[data-state=stopped]').waitFor();
    await other.locator('[data-state=stopped]').waitFor();
    await other.close();
  }, again),
);

test('taken back at the panel, the phone is told so and shows nothing any more', async () => {
  await look(page, 'phone');
  await page.locator('[data-guest="1"]').getByRole('button').click();
  await remote.getByText(catalogue.phone.pairing.ended).waitFor();
  expect(await remote.locator('session-guide').count()).toBe(0);
  await page.locator('[data-guest="1"]').waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});
