/** The steps that many tests take on a page, and what they wait for there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Download, errors, type Locator, type Page } from 'playwright-core';
import { benchWords } from '../../machines/text/bench.ts';
import { catalogue } from '../../machines/text/text.ts';
import { packageRoot } from '../../src/installed.ts';
import { smaller } from './smaller-picture.ts';

/** Begins, where this page has not begun yet. */
export async function passWelcome(page: Page): Promise<void> {
  const begin = page.locator('[data-begin]');
  await begin.or(page.locator('screening-form')).first().waitFor();
  if (await begin.isVisible()) await begin.click();
}

/** Answers every screening card with "none of these"; the person has a complaint where nothing else is said. */
export async function passScreening(page: Page, complaint: 'Yes' | 'No' = 'Yes'): Promise<void> {
  await passWelcome(page);
  await page.getByRole('button', { name: complaint, exact: true }).click();
  const first = page.getByRole('img', { name: /^Card 1 of \d$/ });
  const count = Number((await first.getAttribute('aria-label'))?.at(-1));
  for (let card = 1; card <= count; card++) {
    await page.getByRole('img', { name: `Card ${card} of ${count}` }).waitFor();
    await page.getByRole('button', { name: 'None of these' }).click();
  }
  await page.getByRole('heading', { name: 'Getting ready' }).waitFor();
}

/** Says how it is to begin with, 1 and 0: nothing else is to be answered while one gets ready. */
export async function passPreparation(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Where the hands will be' }).getByText('1', { exact: true }).click();
  await page.getByRole('group', { name: 'Down the leg' }).getByText('0', { exact: true }).click();
  await page.locator('[data-start]:not([disabled])').waitFor();
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

/** Keeps a picture for the READMEs where `npm run pictures` asks for them; a test run changes no file. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (process.env.TACTUS_PICTURES !== undefined)
    writeFileSync(
      join(packageRoot, 'test', 'browser', 'pictures', `${name}.png`),
      smaller(await page.screenshot()),
    );
}

export const everyLook = [
  'session',
  'routines',
  'write',
  'far',
  'bench',
  'board',
  'alone',
  'history',
  'calibrate',
  'receiver',
  'phone',
] as const;
type LookName = (typeof everyLook)[number];
/** Looks whose element has another name than their address. */
const elementOf: Readonly<Partial<Record<LookName, string>>> = { far: 'distance-view', phone: 'phone-panel' };

/** Turns to another look of the page. */
export async function look(page: Page, name: LookName): Promise<void> {
  await page.evaluate(
    hash => {
      location.hash = hash;
    },
    name === 'session' ? '' : name,
  );
  if (name !== 'session') await page.locator(elementOf[name] ?? `${name}-view`).waitFor();
}

/** On the bench, time has been told to stand. Said in its own panel: the chart beside it has a state of the same word. */
export const timeStands = (page: Page): Promise<void> =>
  page.locator('[data-reached]').getByText(benchWords.time.stands, { exact: true }).waitFor();

/** The text of what was downloaded: the browser may be a long way off, so it has no path here. */
export async function textOf(download: Download): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

/** Saves what a button of the bench offers; its text. */
export async function saved(page: Page, what: 'script' | 'journal'): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(`[data-save=${what}]`).click(),
  ]);
  return await textOf(download);
}

/** Whether it is there within so long; an error that is not about time is one. */
export async function comesWithin(timeoutMs: number, what: Locator): Promise<boolean> {
  try {
    await what.first().waitFor({ state: 'attached', timeout: timeoutMs });
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}

/**
 * Has the hands move, in the session view. A machine that stalls for a moment stands still, as it should, and waits
 * for a person: here is one, so that no test depends on how busy the machine is.
 */
export async function keepMoving(page: Page): Promise<void> {
  const goesOn = page.locator('session-guide [data-state]:not([data-state=paused], [data-state=faulted])');
  const moving = page.locator('body-guide .disc, body-guide .step');
  for (let times = 0; times < 12; times++) {
    const state = await page.locator('session-guide [data-state]').getAttribute('data-state');
    if (state !== 'faulted' && state !== 'paused') {
      if (await comesWithin(3000, moving)) return;
      continue;
    }
    if (state === 'faulted') {
      const understood = page.getByRole('button', { name: catalogue.page.controls.acknowledge });
      if (await understood.isVisible()) await understood.click();
    }
    await page.getByRole('button', { name: catalogue.page.controls.goOn, exact: true }).click();
    await comesWithin(3000, goesOn);
  }
  throw new Error('the hands do not move');
}

/**
 * Waits for something that happens only while hands move; a machine that stalls stands still, and somebody has it go on.
 */
export async function whileMoving(page: Page, happens: () => boolean | Promise<boolean>): Promise<void> {
  for (let times = 0; times < 12; times++) {
    const ready = page.getByRole('button', { name: catalogue.page.controls.ready });
    if (await ready.isVisible()) await ready.click();
    await keepMoving(page);
    const ends = performance.now() + 8000;
    while (performance.now() < ends) {
      if (await happens()) return;
      await framesPass(page, 1);
    }
  }
  throw new Error('it did not happen while hands moved');
}

/** From a preparation that is over to hands that move. */
export async function begin(page: Page): Promise<void> {
  await page.locator('[data-start]').click();
  await page.locator('[data-state=warmUp], [data-state=faulted]').first().waitFor();
  await keepMoving(page);
}

/** So many frames that the page has drawn: a stretch that grows with the machine's want of time. */
export const framesPass = (page: Page, count: number): Promise<void> =>
  page.evaluate(async frames => {
    for (let frame = 0; frame < frames; frame++) await new Promise(requestAnimationFrame);
  }, count);

/** So much session time, as a page shows it that hears its controller all the while, or anew at the end. */
export const sessionPasses = (page: Page, ms: number): Promise<void> =>
  page.evaluate(async stretchMs => {
    const shown = document.querySelector('tactus-page');
    const ends = (shown?.sessionTime ?? 0) + stretchMs;
    const isThere = (): boolean =>
      (shown?.sessionTime ?? 0) >= ends &&
      shown?.shadowRoot?.querySelector('device-view')?.hasAttribute('live') === true;
    // A minute's worth of frames: whoever waits longer waits in vain.
    for (let frame = 0; frame < 3600 && !isThere(); frame++) await new Promise(requestAnimationFrame);
    if (!isThere()) throw new Error(`session time did not go on by ${stretchMs} ms`);
  }, ms);

/**
 * Until nothing comes, goes or takes another size on the page any more, for several frames in a row. Throws where something
 * still does after ten seconds' worth of frames, and names it.
 */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await document.fonts.ready;
    const drawn = (): readonly string[] => {
      const all: string[] = [];
      const visit = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          if (element.shadowRoot) visit(element.shadowRoot);
          // What moves with the hands does so within its drawing.
          if (element instanceof HTMLElement)
            all.push(
              `${element.localName}.${element.className} ${element.offsetWidth}×${element.offsetHeight}`,
            );
        }
      };
      visit(document);
      return all;
    };
    let last = drawn();
    let changed = '';
    for (let frame = 0, same = 0; same < 4; frame++) {
      if (frame >= 600) throw new Error(`it does not settle: ${changed}`);
      await new Promise(requestAnimationFrame);
      const now = drawn();
      const other =
        now.find((one, index) => one !== last[index]) ?? (now.length < last.length ? 'one less' : '');
      same = other === '' ? same + 1 : 0;
      if (other !== '') changed = other;
      last = now;
    }
  });

/** Where something lies on the screen, in px. Throws where it is not shown. */
export async function placeOnScreen(what: Locator): Promise<Readonly<{ top: number; bottom: number }>> {
  const box = await what.boundingBox();
  if (!box) throw new Error(`not shown: ${what}`);
  return { top: box.y, bottom: box.y + box.height };
}

/** Gives the page a screen of this size, in px. It is over when nothing moves any more: words are fitted frames later. */
export async function resized(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height });
  await settled(page);
}

/**
 * For pages that are not about what moves on the screen: drawn anew with each frame, hands that move are half of all that a
 * page costs. They move on, as for whoever has asked for less of that. Pictures show what most people see.
 */
export const stilled = {
  reducedMotion: process.env.TACTUS_PICTURES === undefined ? 'reduce' : 'no-preference',
} as const;

/** A phone held upright. */
export const phoneOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
} as const;

/** To hands that move, where time is steered: on the bench somebody is led to the beginning of this phase in no time. */
export async function jumpToHands(page: Page, phase: string): Promise<void> {
  await look(page, 'bench');
  await page.getByLabel(benchWords.time.jump).selectOption(phase);
  await page.locator('footer.moves').waitFor({ timeout: 30_000 });
  await look(page, 'session');
  await keepMoving(page);
}

/** Through all that is asked and made ready, to where hands move. */
export async function handsMove(page: Page): Promise<void> {
  await passScreening(page);
  await passPreparation(page);
  await begin(page);
}
