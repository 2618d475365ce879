/** The page with nothing behind it: controller and firmware in the browser, the network cut, time in one's hands. */
import { writeFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catalogue, fill } from '../../machines/text/text.ts';
import { writeWords } from '../../machines/text/write.ts';
import type { TraceLine } from '../../src/session/trace.ts';
import {
  framesPass,
  look,
  passPreparation,
  passScreening,
  saved,
  sessionPasses,
  stilled,
  timeStands,
} from '../support/browser.ts';
import { parsedTrace, scratch, tactus } from '../support/cli.ts';
import { type Demo, serveDemo } from '../support/demo.ts';
import { boardIsUp, type Opened, openPages } from '../support/opened.ts';

let demo: Demo;
let opened: Opened;
let context: BrowserContext;
let page: Page;
let hasPage = false;
let complaints: string[];
/** Requests that are under way. */
let fetching = 0;
const files = scratch();

beforeAll(async () => {
  demo = await serveDemo();
  // The browser itself asks for the tab's icon anew with each look, with the network cut too.
  opened = await openPages({ mayComplain: /ERR_INTERNET_DISCONNECTED/ });
  ({ complaints } = opened);
  return async () => {
    demo.close();
    await opened.close();
  };
});

/** A visit of its own, with nothing kept of the one before: in the window that is there, which is half of the work. */
async function open(): Promise<void> {
  if (!hasPage) {
    hasPage = true;
    page = await opened.newPage({
      ...stilled,
      viewport: { width: 1440, height: 1000 },
      acceptDownloads: true,
    });
    context = page.context();
    page.on('request', () => {
      fetching += 1;
    });
    page.on('requestfinished', () => {
      fetching -= 1;
    });
  } else {
    await context.setOffline(false);
    await page.evaluate(() => localStorage.clear());
    // Only another address is another visit.
    await page.goto('about:blank');
  }
  fetching = 0;
  await page.goto(demo.address);
  await boardIsUp(page);
}

/** Everything that can be turned to has come: from here on the network can go. */
async function allFetched(): Promise<void> {
  const missing = () =>
    page.evaluate(() => {
      const here = performance.getEntriesByType('resource').map(({ name }) => name);
      return ['alone', 'bench', 'distance', 'receiver', 'routines', 'settings-panel', 'write'].filter(
        part => !here.some(name => name.includes(`/${part}-`)),
      );
    });
  await expect.poll(missing, { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => fetching).toBe(0);
}

const active = () => page.locator('state-chart svg').getAttribute('data-active');
const inChart = (path: string) =>
  page.locator(`state-chart svg[data-active="${path}"]`).waitFor({ timeout: 60_000 });
const rate = (value: number) => page.locator(`[data-rate="${value}"]`).click();
const jumpTo = (phase: string) => page.getByLabel('Jump to a phase').selectOption(phase);
const fault = (name: string) => page.locator(`[data-fault=${name}]`).click();

describe('with the network cut', () => {
  beforeAll(async () => {
    await open();
    await context.setOffline(true);
  });

  test('a session begins and moves, driven by the very firmware', async () => {
    await passScreening(page);
    await passPreparation(page);
    await page.locator('[data-start]').click();
    await page.locator('[data-state=warmUp]').waitFor();
    await expect
      .poll(() => page.locator('[data-motor=left]').getAttribute('data-duty'), {
        timeout: 15_000,
        interval: 5,
      })
      .toMatch(/^[1-9]/);
  });

  test('STOP on the drawn device is confirmed by the firmware', async () => {
    await page.locator('[data-button=stop]').hover();
    await page.mouse.down();
    await page.locator('[data-state=stopped]').waitFor();
    await page.mouse.up();
    await page.getByText('Motors off, confirmed').first().waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('time', () => {
  beforeAll(async () => {
    await open();
    await look(page, 'bench');
  });

  test('a jump leads to the beginning of a phase ahead, answering what stands between', async () => {
    await jumpTo('steady');
    await inChart('underway.strokes.stroking');
    await page.getByText('strokes Keep the beat').waitFor();
  });

  test('the chart can be read and enlarged, and the state that is active stands within what is seen of it', async () => {
    /** Height of its letters as they are seen, in px, and whether the active box lies in the window onto it. */
    const seen = () =>
      page.locator('state-chart').evaluate(chart => {
        const window = chart.shadowRoot?.querySelector('.scroll')?.getBoundingClientRect();
        const box = chart.shadowRoot?.querySelector('.leaf.on')?.getBoundingClientRect();
        const svg = chart.shadowRoot?.querySelector('svg');
        if (!window || !box || !svg) throw new Error('no chart');
        const isWithin =
          box.left >= window.left - 1 &&
          box.right <= window.right + 1 &&
          box.top >= window.top - 1 &&
          box.bottom <= window.bottom + 1;
        return { letterPx: (14 * svg.getBoundingClientRect().width) / svg.viewBox.baseVal.width, isWithin };
      });
    const usual = await seen();
    expect([usual.letterPx >= 13, usual.isWithin]).toEqual([true, true]);
    await page.locator('[data-zoom=in]').click();
    await expect.poll(async () => (await seen()).letterPx).toBeGreaterThan(usual.letterPx * 1.2);
    await expect.poll(async () => (await seen()).isWithin).toBe(true);
    await page.locator('[data-zoom=all]').click();
    await expect.poll(async () => (await seen()).letterPx).toBeLessThan(usual.letterPx);
  });

  test('it stands still, and goes from event to event', async () => {
    const now = () => page.evaluate(() => document.querySelector('tactus-page')?.sessionTime ?? 0);
    await page.locator('[data-time=pause]').click();
    await timeStands(page);
    // What was on its way has arrived; then nothing moves, frame after frame.
    await framesPass(page, 20);
    const before = await now();
    await framesPass(page, 30);
    expect(await now()).toBe(before);
    await page.locator('[data-time=step]').click();
    await expect.poll(now).toBeGreaterThan(before);
    // The way to the next event may take a few slices; then time stands again.
    let last = await now();
    const rests = async () => {
      const then = last;
      await framesPass(page, 20);
      last = await now();
      return last === then;
    };
    await expect.poll(async () => (await rests()) && (await rests())).toBe(true);
  });

  test('it goes slower and faster than real time, and says how fast it really goes', async () => {
    const reached = async () =>
      Number.parseFloat((await page.locator('[data-reached]').textContent())?.slice(5) ?? '');
    await rate(0.1);
    await expect.poll(reached, { timeout: 20_000 }).toBeLessThan(0.2);
    await rate(1000);
    await expect.poll(reached, { timeout: 20_000 }).toBeGreaterThan(3);
  });

  test('it goes as in life while something is asked; hurried on, a question that nobody answers pauses the session', async () => {
    await page.locator('[data-rate="1"][aria-pressed=true]').waitFor({ timeout: 60_000 });
    await rate(1000);
    await inChart('paused');
  });
});

describe('a routine of one’s own, with no server', () => {
  const words = writeWords;
  const ownOnes = () => page.locator('[data-routine=calves-here]').count();

  async function write(): Promise<void> {
    await look(page, 'write');
    await page.getByLabel(words.name).fill('Calves here');
    await page.getByLabel(catalogue.zones.calf).check();
    await page.getByLabel(words.minutes).fill('15');
    await page.locator('[data-compose]').click();
    await page.getByText(words.saveHint.browser).waitFor();
    await page.locator('[data-save]').click();
  }

  test('is kept in the browser, which is said, and can be chosen and begun', async () => {
    await open();
    await allFetched();
    await context.setOffline(true);
    await write();
    await page.getByText(fill(words.savedAt, { where: catalogue.routines.where.browser })).waitFor();
    await page.locator('[data-choose-it]').click();
    await page.getByText(catalogue.routines.haveMinutes, { exact: true }).click();
    await page.getByLabel(catalogue.routines.minutesField).fill('12');
    await page.locator('[data-choose]').click();
    await page.locator('.chosen b').getByText('Calves here, 12 min').waitFor();
    await context.setOffline(false);
  });

  test('is there at the next visit, until it is erased', async () => {
    await page.goto(`${demo.address}#routines`);
    await page.reload();
    await page.locator('routine-plan').waitFor({ timeout: 20_000 });
    expect(await ownOnes()).toBe(1);
    await page.locator('[data-routine=calves-here]').check();
    await page.locator('[data-erase]').click();
    await page.locator('[data-erase-now]').click();
    await page.getByText(fill(catalogue.routines.erased, { title: 'Calves here' })).waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('calves');
    // The browser itself asks for the tab's icon anew with each look.
    expect(complaints.filter(text => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  });

  test('is passed on within its address, and opens in the check of the editor, kept nowhere', async () => {
    await open();
    await look(page, 'routines');
    await page.locator('[data-routine=evening-legs]').check();
    await page.locator('[data-share]').click();
    const address = await page.locator('[data-address]').inputValue();
    await page.locator('.qr').waitFor();
    const other = await opened.newPage();
    await other.goto(address);
    await other.getByRole('heading', { name: 'Evening legs', exact: true }).waitFor();
    await other.getByText(words.right).first().waitFor();
    expect(await other.evaluate(() => [location.hash, JSON.stringify({ ...localStorage })])).toEqual([
      '#write',
      '{}',
    ]);
    await other.goto('about:blank');
    await other.goto(address.slice(0, -40));
    await other.getByText(words.sharedDamaged).waitFor();
    await other.close();
  });
});

describe('what one does', () => {
  let script = '';
  let journal = '';

  beforeAll(async () => {
    await open();
    await look(page, 'bench');
    await jumpTo('steady');
    await inChart('underway.strokes.stroking');
    await page.keyboard.press('u');
    await inChart('faulted.unacknowledged');
    await page.keyboard.press('Escape');
    await inChart('stopped.asking');
    await look(page, 'session');
    await page.getByRole('button', { name: /It hurt/ }).click();
    await look(page, 'bench');
    await inChart('endedByStop');
  });

  test('can be saved as a script that simulate plays to the same states at the same times', async () => {
    script = await saved(page, 'script');
    journal = await saved(page, 'journal');
    const path = files.path('script.json');
    writeFileSync(path, script);
    const { code, out, err } = await tactus([
      'simulate',
      'first-touch',
      '--board',
      'firmware',
      '--script',
      path,
      '--trace',
      '-',
    ]);
    expect(`${code} ${code ? err : ''}`).toBe('0 ');
    const states = parsedTrace(out).filter(
      (line): line is TraceLine & { type: 'state' } => line.type === 'state',
    );
    const shown = states.map(({ state, phase }) => `${state} ${phase ?? ''}`.trim());
    expect(shown).toEqual([
      'screening',
      'preparation',
      'warmUp hello',
      'strokes steady',
      'faulted steady',
      'stopped steady',
    ]);
    // The page recorded when each event met the session; there, and not near it, it happens again.
    const events = journal
      .split('\n')
      .slice(1, -1)
      .map(line => JSON.parse(line) as { at: number; type: string });
    const at = (type: string) => events.find(event => event.type === type)?.at;
    const entered = (state: string) => states.find(line => line.state === state)?.at;
    expect([entered('warmUp'), entered('faulted'), entered('stopped')]).toEqual([
      at('session.start'),
      at('session.fault'),
      at('session.stop'),
    ]);
  });

  test('the journal folds to the same end with replay', async () => {
    const path = files.path('session.jsonl');
    writeFileSync(path, journal);
    const { code, out } = await tactus(['replay', path, '--json']);
    expect(code).toBe(0);
    expect(out).toContain('stopped');
  });

  test('a journal that is dropped on the bench can be scrubbed through', async () => {
    await page.locator('bench-view input[type=file]').setInputFiles({
      name: 'session.jsonl',
      mimeType: 'text/plain',
      buffer: Buffer.from(journal),
    });
    const slider = page.locator('journal-scrub input');
    await slider.focus();
    await page.keyboard.press('End');
    await page.locator('[data-scrub-state=stopped]').waitFor();
    await page.keyboard.press('Home');
    await page.locator('[data-scrub-state=screening]').waitFor();
    expect(await active()).toBe('screening');
  });

  test('a journal with a changed record is refused, naming the record', async () => {
    await page.locator('bench-view input[type=file]').setInputFiles({
      name: 'changed.jsonl',
      mimeType: 'text/plain',
      buffer: Buffer.from(journal.replace('"session.start"', '"session.go"')),
    });
    await page.getByText(/changed\.jsonl: this journal is damaged from record \d+ on/).waitFor();
  });
});

describe('every fault button', () => {
  const understood = async (): Promise<void> => {
    await look(page, 'session');
    await page.getByRole('button', { name: catalogue.page.controls.acknowledge }).click();
    await page.getByText(catalogue.page.device.links.emulated).waitFor();
    await page.getByRole('button', { name: catalogue.page.controls.goOn, exact: true }).click();
    await page.locator('[data-state=strokes]').waitFor();
  };

  // Hands that move: those that the last test has left moving, otherwise others.
  beforeEach(async () => {
    if (hasPage && (await page.locator('[data-strip=strokes]').count()) > 0) {
      await look(page, 'bench');
      if ((await active()) === 'underway.strokes.stroking') return;
    }
    await open();
    await look(page, 'bench');
    await jumpTo('steady');
    await inChart('underway.strokes.stroking');
  });

  test('an unplugged board keeps the place; plugged in again and acknowledged it goes on', async () => {
    await fault('unplug');
    await inChart('faulted.unacknowledged');
    expect(await page.locator('[data-motor=left]').getAttribute('data-duty')).toBe('unknown');
    await fault('replug');
    await understood();
  });

  test('lost bytes disturb nothing for long', async () => {
    await fault('loseBytes');
    await sessionPasses(page, 1000);
    expect(await active()).toBe('underway.strokes.stroking');
  });

  test('a stalled loop lets go of the motors and keeps the place', async () => {
    await fault('stall');
    await inChart('faulted.unacknowledged');
    await understood();
  });

  test('a stop button that gets stuck stops, and nothing begins before it is free', async () => {
    await fault('stuck-stop');
    await inChart('stopped.asking');
    await look(page, 'session');
    await page.getByRole('button', { name: catalogue.afterStop.slip.word }).click();
    await page.getByRole('button', { name: catalogue.page.controls.goOn, exact: true }).click();
    await page.getByText('Release the stop button first.').waitFor();
    await page.locator('[data-state=paused]').waitFor();
  });

  test.each(['boardReset', 'brownOut'])('%s ends the session with its motors off', async name => {
    await fault(name);
    await inChart('endedByFault');
    expect(await page.locator('[data-motor=left]').getAttribute('data-duty')).toBe('0');
  });
});
