/** What a browser gives late or not at all: each time a sentence and a way on, and the session goes on. */
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { benchWords } from '../../machines/text/bench.ts';
import { boardWords } from '../../machines/text/board.ts';
import { settingsWords } from '../../machines/text/settings.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { writeWords } from '../../machines/text/write.ts';
import { framesPass, look, stilled } from '../support/browser.ts';
import { type Demo, serveDemo } from '../support/demo.ts';
import { boardIsUp, type Opened, openPages } from '../support/opened.ts';

const { notices } = catalogue.page;
const { serial, trouble } = boardWords;
let demo: Demo;
let opened: Opened;
let page: Page;

beforeAll(async () => {
  demo = await serveDemo();
  opened = await openPages({ mayComplain: /AudioContext was not allowed|navigator.vibrate|404/ });
  return async () => {
    demo.close();
    await opened.close();
  };
});
afterEach(async () => {
  await page?.context().close();
});

/** What the fakes of a page have noted, in order. */
const noted = () => page.evaluate(() => (globalThis as unknown as { noted: string[] }).noted);

/** A page with these settings kept, on which `fake` has run before anything else. */
async function open(settings: object, fake: string): Promise<void> {
  page = await opened.newPage({ ...stilled, viewport: { width: 1280, height: 900 } });
  await page.addInitScript(`globalThis.noted = []; ${fake}`);
  await page.addInitScript(kept => {
    if (location.protocol !== 'about:' && localStorage.getItem('tactus.settings') === null)
      localStorage.setItem('tactus.settings', kept);
  }, JSON.stringify(settings));
  await page.goto(demo.address);
  await boardIsUp(page);
}

/** Hands that move, at a time of their own. */
async function move(): Promise<void> {
  await look(page, 'bench');
  await page.locator('bench-time select').selectOption({ index: 2 });
  await page.locator('footer.moves').waitFor({ timeout: 30_000 });
}
const openSettings = () => page.getByRole('button', { name: catalogue.page.settings }).click();
const says = (sentence: string) => page.getByText(sentence).first().waitFor({ timeout: 10_000 });

const voices = `
  const heard = new EventTarget();
  let list = [];
  let mayAt = true;
  Object.defineProperty(globalThis, 'speechSynthesis', { value: {
    getVoices: () => list,
    addEventListener: (...of) => heard.addEventListener(...of),
    removeEventListener: (...of) => heard.removeEventListener(...of),
    cancel: () => {},
    speak: utterance => {
      if (mayAt) noted.push(utterance.text);
      else utterance.dispatchEvent(Object.assign(new Event('error'), { error: 'not-allowed' }));
    },
  } });
  globalThis.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
  globalThis.come = () => { list = [{ localService: true, lang: 'en-GB' }]; heard.dispatchEvent(new Event('voiceschanged')); };
  globalThis.forbid = () => { mayAt = false; };
  globalThis.allow = () => { mayAt = true; };
`;
const call = (name: 'come' | 'forbid' | 'allow' | 'refuse') =>
  page.evaluate(of => (globalThis as unknown as Record<string, () => void>)[of]?.(), name);

describe('voices', () => {
  test('that come after the first question are there, and the first sentence is said then', async () => {
    await open({ speech: true }, voices);
    await openSettings();
    await says(settingsWords.noVoice);
    expect(await noted()).toEqual([]);
    await call('come');
    await expect.poll(noted).toEqual([catalogue.states.screening]);
    await page.getByRole('checkbox', { name: settingsWords.speech, checked: true }).waitFor();
    expect(await page.getByText(settingsWords.noVoice).count()).toBe(0);
  });

  test('that may say nothing before a press say so, and speak at the next', async () => {
    await open({ speech: true }, `${voices} forbid();`);
    await call('come');
    await says(notices.speechWaits);
    await call('allow');
    await page.mouse.click(5, 300);
    await expect.poll(noted).toEqual([catalogue.states.screening]);
  });
});

const wakeLock = (how: 'slow' | 'refused') => `
  const answers = [];
  globalThis.answer = () => answers.splice(0).forEach(run => run());
  let held = 0;
  Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => {
    noted.push('asked');
    ${how === 'refused' ? "throw new DOMException('low battery', 'NotAllowedError');" : 'await new Promise(run => answers.push(run));'}
    held += 1;
    noted.push('held ' + held);
    const lock = { released: false, release: async () => { lock.released = true; held -= 1; noted.push('held ' + held); } };
    return lock;
  } } });
`;

describe('the screen', () => {
  test('is asked for once, and let go of where it comes after hands have come to rest', async () => {
    await open({}, wakeLock('slow'));
    await move();
    // In sight again, while the browser has not answered yet.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await framesPass(page, 3);
    expect(await noted()).toEqual(['asked']);
    await page.locator('footer [data-intent=pause]').click();
    await page.locator('[data-strip=paused]').waitFor();
    await page.evaluate(() => (globalThis as unknown as { answer(): void }).answer());
    await expect.poll(noted).toEqual(['asked', 'held 1', 'held 0']);
  });

  test('that is refused is told with what to do, and the session goes on', async () => {
    await open({}, wakeLock('refused'));
    await move();
    await says(notices.mayDarken);
    expect(await noted()).toEqual(['asked']);
    await page.locator('footer.moves').waitFor();
  });
});

test('a phone that may not vibrate says so once, and why, and beside it what else is refused', async () => {
  await open(
    { vibration: true },
    `${wakeLock('refused')} navigator.vibrate = pattern => { noted.push('asked'); return false; };`,
  );
  await move();
  await says(notices.vibrationBlocked);
  await says(notices.mayDarken);
});

test('sound that may not begin before a press says so, and begins at the next', async () => {
  await open(
    { ticks: true },
    `
    let state = 'suspended';
    let mayAt = false;
    globalThis.allow = () => { mayAt = true; };
    Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false } });
    globalThis.AudioContext = class {
      get state() { return state; }
      currentTime = 0;
      destination = {};
      resume() { if (mayAt) { state = 'running'; noted.push('sounds'); return Promise.resolve(); } return new Promise(() => {}); }
    };
    const node = { connect: to => to, start() {}, stop() {}, gain: { linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} } };
    globalThis.OscillatorNode = function () { noted.push('tick'); return node; };
    globalThis.GainNode = function () { return node; };
  `,
  );
  await move();
  await says(notices.soundWaits);
  expect(await noted()).toEqual([]);
  await call('allow');
  await page.mouse.click(5, 300);
  await expect.poll(noted, { timeout: 15_000 }).toEqual(expect.arrayContaining(['sounds', 'tick']));
});

describe('storage', () => {
  test.each([
    ['full', `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };`],
    [
      'forbidden',
      `Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });`,
    ],
  ])('that is %s: what is chosen holds for this visit, and that is said', async (_, fake) => {
    page = await opened.newPage(stilled);
    await page.addInitScript(fake);
    await page.goto(demo.address);
    await boardIsUp(page);
    await openSettings();
    await page.getByRole('radio', { name: settingsWords.schemes.dark }).check({ force: true });
    await says(notices.settingsNotKept);
    expect(await page.evaluate(() => document.documentElement.dataset.scheme)).toBe('dark');
  });
});

describe('a file', () => {
  /** A file that cannot be read, as a folder is one. */
  const drop = (selector: string) =>
    page.locator(selector).evaluate(element => {
      const folder = new File(['x'], 'folder');
      folder.text = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
      const transfer = new DataTransfer();
      const event = new DragEvent('drop', {
        bubbles: true,
        cancelable: true,
        composed: true,
        dataTransfer: transfer,
      });
      Object.defineProperty(event, 'dataTransfer', { value: { files: [folder], types: ['Files'] } });
      element.dispatchEvent(event);
    });

  test('that is a folder, or cannot be read, is told as such, on the bench and where one writes', async () => {
    await open({}, '');
    await look(page, 'bench');
    await drop('bench-view .bench');
    await says(fill(benchWords.journal.unreadable, { name: 'folder' }));
    await look(page, 'write');
    await drop('write-view > div');
    await says(fill(writeWords.unreadable, { name: 'folder' }));
  });

  test('can be picked once more, the same one', async () => {
    await open({}, '');
    await look(page, 'bench');
    const input = page.locator('bench-view input[type=file]');
    const broken = { name: 'journal.jsonl', mimeType: 'text/plain', buffer: Buffer.from('nothing') };
    for (let times = 0; times < 2; times++) {
      await input.setInputFiles(broken);
      await page.locator('bench-view [role=alert]').getByText('journal.jsonl').waitFor();
      await expect.poll(() => input.evaluate(one => (one as HTMLInputElement).value)).toBe('');
    }
  });
});

test('a serial port that is not chosen, refused or taken is told with what to do, and asked for again', async () => {
  await open(
    {},
    `
    const answers = {
      none: () => { throw new DOMException('No port selected by the user.', 'NotFoundError'); },
      refused: () => { throw new DOMException('policy', 'SecurityError'); },
      taken: () => ({ getInfo: () => ({}), open: async () => { throw new DOMException('Failed to open serial port.', 'NetworkError'); } }),
    };
    Object.defineProperty(navigator, 'serial', { value: { requestPort: async () => { noted.push(next); return answers[next](); } } });
  `,
  );
  await openSettings();
  await page.locator('[data-serial]').click();
  const asked: string[] = [];
  for (const how of ['none', 'refused', 'taken', 'none'] as const) {
    await page.evaluate(next => Object.assign(globalThis, { next }), how);
    await page.locator('[data-do=choose], [data-do=chooseOther]').click();
    await says(how === 'taken' ? trouble.taken : serial[how]);
    asked.push(how);
    expect(await noted()).toEqual(asked);
  }
  // The emulated board goes on as before.
  await look(page, 'session');
  await boardIsUp(page);
});

test('a tab that stood still for five minutes makes up for nothing, and is live again', async () => {
  page = await opened.newPage(stilled);
  await page.clock.install();
  await page.goto(demo.address);
  await boardIsUp(page);
  await move();
  await page.evaluate(() => {
    const noted: string[] = [];
    const live = () =>
      document.querySelector('tactus-page')?.shadowRoot?.querySelector('bench-view[live]') !== null;
    // What is told before there is news is told as old.
    const look = (): void => {
      noted.push(live() ? 'live' : 'old');
    };
    Object.assign(globalThis, { noted });
    const feed = document.querySelector('tactus-page')?.shadowRoot;
    new MutationObserver(look).observe(feed as Node, {
      subtree: true,
      attributes: true,
      attributeFilter: ['live'],
    });
  });
  await page.clock.fastForward(300_000);
  await expect.poll(noted).toContain('old');
  await expect.poll(async () => (await noted()).at(-1)).toBe('live');
  await page.locator('[data-stop]').click();
  await page.locator('[data-strip=stopped]').waitFor();
});

test('a page that comes back as it was left tells old from new, and is live again', async () => {
  await open({}, '');
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await page.locator('device-view[live]').waitFor();
  await page.goto('about:blank');
  await page.goBack();
  await boardIsUp(page);
  await page.locator('device-view[live] [data-motor=left][data-duty="0"]').waitFor();
});
