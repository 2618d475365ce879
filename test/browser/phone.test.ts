/**
 * A phone as a second client over the network: it scans what the panel shows, pairs, watches, stops; it is locked,
 * rung and left, and nothing ends by that. The board is one with buttons of its own, and its pins are listened to.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DutyEvent } from '../../simulator/avr/scope.ts';
import {
  complaintsOf,
  keepMoving,
  keepPicture,
  launchChromium,
  look,
  passPreparation,
  passScreening,
} from '../support/browser.ts';
import { type Controller, startController } from '../support/controller.ts';
import { lanAddress } from '../support/lan.ts';
import { readPixels } from '../support/qr.ts';
import { type PluggedBoard, plugBoard } from '../support/serial-board.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const colours = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const;

let board: PluggedBoard;
let controller: Controller;
let browser: Browser;
let page: Page;
let complaints: string[];
/** Each phone has cookies of its own. */
let remote: Page;
let receiver: Page;

beforeAll(async () => {
  board = await plugBoard();
  const host = lanAddress();
  controller = await startController(
    '--routine',
    'first-touch',
    '--board',
    board.path,
    '--lan',
    '--host',
    host,
  );
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  complaints = complaintsOf(page);
  await page.goto(controller.address);
});

afterAll(async () => {
  await browser?.close();
  await controller?.stop();
  board?.unplug();
});

/** A phone that has been told to go on with a certificate that it does not know. */
const newPhone = (): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    ignoreHTTPSErrors: true,
  });

/** What a camera before this part of the screen reads. */
async function scanned(selector: string): Promise<string | null> {
  const picture = (await page.locator(selector).screenshot()).toString('base64');
  const camera = await browser.newPage();
  const { pixels, width, height } = await camera.evaluate(async png => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const { data, width, height } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? {
      data: [],
      width: 0,
      height: 0,
    };
    return { pixels: [...data], width, height };
  }, picture);
  await camera.close();
  return readPixels(new Uint8ClampedArray(pixels), width, height);
}

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

async function violations(of: Page): Promise<string[]> {
  const found: string[] = [];
  await of.evaluate(axe);
  for (const scheme of colours) {
    await of.emulateMedia(scheme);
    const ids = await of.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    found.push(...ids.map(id => `${scheme.colorScheme} ${scheme.forcedColors}: ${id}`));
  }
  await of.emulateMedia({ colorScheme: null, forcedColors: null });
  return found;
}

/** Controls smaller than a finger, and how far the page reaches beyond its screen. */
const misfits = (of: Page) =>
  of.evaluate(() => {
    const small: string[] = [];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (!element.matches('button, nav a, label:has(input), input:not([type=radio])')) continue;
        const { width, height } = element.getBoundingClientRect();
        if (width > 0 && (height < 43.5 || width < 43.5))
          small.push(`${element.textContent?.trim()} ${width}×${height}`);
      }
    };
    visit(document);
    const { scrollWidth, clientWidth } = document.documentElement;
    return { small, over: scrollWidth - clientWidth };
  });

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

/**
 * Waits for something that happens only while hands move; a machine that stalls stands still, and somebody has it go on.
 */
async function whileMoving(happens: () => boolean | Promise<boolean>): Promise<void> {
  for (let times = 0; times < 6; times++) {
    const ready = page.getByRole('button', { name: 'Ready, go on' });
    if (await ready.isVisible()) await ready.click();
    await keepMoving(page);
    for (let looks = 0; looks < 800; looks++) {
      if (await happens()) return;
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }
  throw new Error('it did not happen while hands moved');
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
  await page.getByRole('button', { name: 'Looks and sounds' }).click();
  await page.getByRole('link', { name: 'Use a phone' }).click();
  await page.getByRole('button', { name: 'Looks and sounds' }).click();
  await page.locator('phone-panel .qr').waitFor();
  const digits = (await page.locator('phone-panel .digits').innerText()).replace(' ', '');
  expect(digits).toMatch(/^\d{6}$/);
  expect(await scanned('phone-panel .qr')).toBe(
    `https://${lanAddress()}:${new URL(controller.address).port}/#pair=${digits}`,
  );
  await page.getByText(/^\d+ s left, for one phone$/).waitFor();
  expect(await violations(page)).toEqual([]);
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
  await page.emulateMedia({ forcedColors: null, colorScheme: null });
});

test('a phone that is not paired gets a form and nothing of the session; what is wrong is said', async () => {
  const context = await newPhone();
  remote = await context.newPage();
  await remote.goto(`https://${lanAddress()}:${new URL(controller.address).port}/`);
  await remote.getByRole('heading', { name: 'Pair this phone' }).waitFor();
  expect(await remote.locator('tactus-page').evaluate(element => element.shadowRoot)).toBeNull();
  expect(await violations(remote)).toEqual([]);
  expect(await misfits(remote)).toEqual({ small: [], over: 0 });
  await keepPicture(remote, 'pairing');
  await remote.getByRole('button', { name: 'Pair' }).tap();
  await remote.getByText('It has six digits.').waitFor();
  await remote.getByRole('textbox', { name: 'Code' }).fill('000 000');
  await remote.getByRole('button', { name: 'Pair' }).tap();
  await remote.getByText(/^Not this code, or not any more\./).waitFor();
  expect(await violations(remote)).toEqual([]);
});

test('one scan pairs it: the code is gone from its address, and it watches', async () => {
  const address = await newCode();
  await remote.goto('about:blank');
  await remote.goto(address);
  await remote.getByText('Someone else is in control. You are watching; stop works for you too.').waitFor();
  expect(remote.url()).toBe(address.replace(/#.*/, ''));
  expect(await remote.evaluate(() => document.cookie)).toBe('');
  expect(await remote.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
    'pair',
  );
  await remote.getByText('Is there a pain or complaint today?').waitFor();
  expect(await misfits(remote)).toEqual({ small: [], over: 0 });
  await page.getByText('here now').waitFor();
  await page.getByText('No code is open.').waitFor();
});

test('the settings say what this phone can and cannot do', async () => {
  await remote.getByRole('button', { name: 'Looks and sounds' }).tap();
  await remote.getByText('The screen stays on while hands move.').waitFor();
  await remote.getByText('Vibrate with strokes and other cues').tap();
  await remote.getByRole('button', { name: 'Looks and sounds' }).tap();
});

test("another phone becomes the receiver's: less and stop, whatever stands in its address", async () => {
  await page.getByText("Receiver's stop", { exact: true }).click();
  const address = await newCode();
  await page.locator('.code[data-role=receiver]').waitFor();
  receiver = await (await newPhone()).newPage();
  await receiver.goto(address);
  await receiver.locator('receiver-view button').waitFor();
  expect(await receiver.getByRole('button').count()).toBe(2);
  await receiver.evaluate(() => {
    location.hash = '#bench';
  });
  await receiver.waitForTimeout(300);
  await receiver.locator('receiver-view button').waitFor();
  expect(await receiver.getByRole('button').count()).toBe(2);
  expect(await violations(receiver)).toEqual([]);
});

test("a remote vibrates with the cues; the receiver's stop stops: both motor pins are off, and stay so", async () => {
  await look(page, 'session');
  await passScreening(page);
  // It is tried before anything begins.
  await receiver.getByRole('button', { name: /^Less/ }).tap();
  await passPreparation(page);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await keepMoving(page);
  const told = await recordVibration(remote);
  await whileMoving(async () => JSON.stringify(await told()).includes('[311]'));
  await whileMoving(() => drivenPins().length > 0);
  await receiver.locator('[data-stop]').tap();
  await page.locator('[data-state=stopped]').waitFor();
  await receiver
    .getByText('motors off, confirmed')
    .or(receiver.locator('[data-state=stopped]'))
    .first()
    .waitFor();
  expect(drivenPins()).toEqual([]);
  const changes = board.events.length;
  await page.waitForTimeout(1500);
  expect(duties(changes).filter(({ duty }) => duty > 0)).toEqual([]);
});

test('a phone that is locked, or out of reach, ends nothing; what it shows is grey, and live again when it is back', async () => {
  await page.getByRole('button', { name: /Slipped/ }).click();
  await page.locator('[data-state=paused]').waitFor();
  await keepMoving(page);
  const debuggers = await remote.context().newCDPSession(remote);
  await remote.getByText('Find the beat').first().waitFor({ state: 'attached' });
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
  await page.waitForTimeout(3000);
  expect(await page.locator('[data-outcome]').count()).toBe(0);
  await keepMoving(page);
  await debuggers.send('Page.setWebLifecycleState', { state: 'active' });
  await remote.locator('session-guide[live]').waitFor({ timeout: 5000 });
  expect(await stateOf(remote)).toBe(await stateOf(page));
});

test('a phone that is left and taken up again finds its place without another code', async () => {
  const { href } = new URL(remote.url());
  await remote.goto('about:blank');
  await page.waitForTimeout(1000);
  expect(await page.locator('[data-outcome]').count()).toBe(0);
  await remote.goto(href);
  await remote.locator('session-guide[live]').waitFor();
  expect(await stateOf(remote)).toBe(await stateOf(page));
  await keepPicture(remote, 'phone');
});

test('a browser that opens no socket under this certificate has a line all the same, and its stop stops', async () => {
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
});

test('taken back at the panel, the phone is told so and shows nothing any more', async () => {
  await look(page, 'phone');
  await page.locator('[data-guest="1"]').getByRole('button').click();
  await remote.getByText('This phone is not paired any more.').waitFor();
  expect(await remote.locator('session-guide').count()).toBe(0);
  await page.locator('[data-guest="1"]').waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});
