/** The page with nothing behind it: controller and firmware in the browser, the network cut, time in one's hands. */
import { writeFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TraceLine } from '../../src/trace.ts';
import {
  complaintsOf,
  launchChromium,
  look,
  passPreparation,
  passScreening,
  saved,
} from '../support/browser.ts';
import { parsedTrace, scratch, tactus } from '../support/cli.ts';
import { type Demo, serveDemo } from '../support/demo.ts';

let demo: Demo;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
const files = scratch();

beforeAll(async () => {
  demo = await serveDemo();
  browser = await launchChromium();
}, 90_000);

afterAll(async () => {
  await browser?.close();
  demo?.close();
});

async function open(): Promise<void> {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, acceptDownloads: true });
  page = await context.newPage();
  complaints = complaintsOf(page);
  await page.goto(demo.address);
  await page.getByText('Connected, emulated').waitFor({ timeout: 20_000 });
}

const active = () => page.locator('state-chart svg').getAttribute('data-active');
const inChart = (path: string) =>
  page.locator(`state-chart svg[data-active="${path}"]`).waitFor({ timeout: 15_000 });
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
    await page.getByRole('button', { name: 'Start', exact: true }).click();
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
    await page.waitForTimeout(100);
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

  test('it stands still, and goes from event to event', async () => {
    const now = () => page.evaluate(() => document.querySelector('tactus-page')?.sessionTime ?? 0);
    await page.locator('[data-time=pause]').click();
    await page.getByText('stands still', { exact: true }).waitFor();
    await page.waitForTimeout(300);
    const before = await now();
    await page.waitForTimeout(500);
    expect(await now()).toBe(before);
    await page.locator('[data-time=step]').click();
    await expect.poll(now).toBeGreaterThan(before);
    // The way to the next event may take a few slices; then time stands again.
    let last = await now();
    const rests = async () => {
      const then = last;
      await page.waitForTimeout(300);
      last = await now();
      return last === then;
    };
    await expect.poll(rests).toBe(true);
    expect(await rests()).toBe(true);
  });

  test('it goes slower and faster than real time, and says how fast it really goes', async () => {
    const reached = async () =>
      Number.parseFloat((await page.locator('[data-reached]').textContent())?.slice(5) ?? '');
    await rate(0.1);
    await page.waitForTimeout(1200);
    await expect.poll(reached, { timeout: 8000 }).toBeLessThan(0.2);
    await rate(1000);
    await expect.poll(reached, { timeout: 8000 }).toBeGreaterThan(3);
  });

  test('left alone at any speed a question that nobody answers pauses the session', async () => {
    await inChart('paused');
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
    await page.getByText(/changed\.jsonl: This is no whole journal: record \d+/).waitFor();
  });
});

describe('every fault button', () => {
  beforeEach(async () => {
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
    await look(page, 'session');
    await page.getByRole('button', { name: 'Understood' }).click();
    await page.getByText('Connected, emulated').waitFor();
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await page.locator('[data-state=strokes]').waitFor();
  });

  test('lost bytes disturb nothing for long', async () => {
    await fault('loseBytes');
    await page.waitForTimeout(1000);
    expect(await active()).toBe('underway.strokes.stroking');
  });

  test('a stalled loop lets go of the motors and keeps the place', async () => {
    await fault('stall');
    await inChart('faulted.unacknowledged');
  });

  test('a stop button that gets stuck stops, and nothing begins before it is free', async () => {
    await fault('stuck-stop');
    await inChart('stopped.asking');
    await look(page, 'session');
    await page.getByRole('button', { name: /Slipped/ }).click();
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await page.getByText('Release the stop button first.').waitFor();
    await page.locator('[data-state=paused]').waitFor();
  });

  test.each(['boardReset', 'brownOut'])('%s ends the session with its motors off', async name => {
    await fault(name);
    await inChart('endedByFault');
    expect(await page.locator('[data-motor=left]').getAttribute('data-duty')).toBe('0');
  });
});
