/** Calibration on the page: by keyboard alone, against the real controller and the firmware in the emulated board. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibrationSteps } from '../../machines/calibration.ts';
import { motorLimits } from '../../machines/limits.ts';
import { complaintsOf, keepPicture, launchChromium, look, recordDuty } from '../support/browser.ts';
import { axeFinds, focused, tabTo } from '../support/by-keyboard.ts';
import { type Controller, startController } from '../support/controller.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let controller: Controller;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  controller = await startController('--routine', 'first-touch');
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  complaints = complaintsOf(page);
  await page.goto(controller.address);
  await page.getByText('Connected, emulated').waitFor();
  // Over the debugger, not as a script of the page: its policy would rightly refuse that.
  await page.evaluate(axe);
});

afterAll(async () => {
  await browser?.close();
  await controller?.stop();
});

const problems: string[] = [];

const walk = () => page.locator('calibrate-view [data-step]');
const step = async (): Promise<string | null> =>
  (await walk().count()) === 0 ? null : await walk().getAttribute('data-step');
/** Both motors as the firmware reports them. */
const duty = () =>
  page.evaluate(() =>
    ['left', 'right'].map(
      name =>
        document
          .querySelector('tactus-page')
          ?.shadowRoot?.querySelector('device-view')
          ?.shadowRoot?.querySelector(`[data-motor=${name}]`)
          ?.getAttribute('data-duty') ?? null,
    ),
  );
const off = () => expect.poll(duty, { timeout: 5000 }).toEqual(['0', '0']);

async function press(wanted: RegExp): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}
/** Plays it until it was played to its end: on a busy machine one may be cut short, and the page says so. */
async function played(): Promise<void> {
  for (let times = 0; times < 5; times++) {
    if ((await walk().getAttribute('data-stage')) === 'asked') await press(/^(Play|Once more)$/);
    await page
      .locator('[data-stage=felt], [data-stage=asked]:has([role=alert])')
      .waitFor({ timeout: 20_000 });
    if ((await walk().getAttribute('data-stage')) === 'felt') return;
    problems.push((await page.locator('calibrate-view [role=alert]').textContent()) ?? '');
  }
  throw new Error(`it could not be played: ${problems.join(' ')}`);
}
/** Begins, and answers for whoever holds it. */
async function begin(): Promise<void> {
  await page.locator('[data-deed=begin][aria-disabled=false]').click();
  for (const asked of ['implant', 'hands']) {
    await page.locator(`[data-step=${asked}]`).waitFor();
    await page.locator('[data-felt=no]').click();
  }
  await page.locator('[data-step=left]').waitFor();
}

test('the device leads there, and says what is known: nothing yet', async () => {
  await page.getByRole('link', { name: 'Calibrate the motors' }).click();
  await page.getByRole('heading', { name: 'Calibrate the motors' }).waitFor();
  await page.getByText('Nothing yet: the usual numbers hold.').waitFor();
  expect(await axeFinds(page)).toEqual([]);
});

describe('to its end by keyboard alone, as the modelled motors are felt', () => {
  const shown: string[] = [];
  let seen: Awaited<ReturnType<typeof recordDuty>>;

  test('every question is read out, asked with nothing found by axe, and answered', async () => {
    seen = await recordDuty(page);
    await press(/^Begin$/);
    let glided = false;
    let matched = false;
    const looked = new Set<string>();
    for (let count = 0; count < 60; count++) {
      await page.waitForTimeout(30);
      const now = await step();
      if (now === null) break;
      if (shown.at(-1) !== now) {
        shown.push(now);
        // Whoever cannot see it is taken to each new question.
        await expect.poll(() => focused(page)).toMatch(/\?$/);
      }
      if (now === 'implant' || now === 'hands') {
        if (!looked.has(now)) expect(await axeFinds(page)).toEqual([]);
        looked.add(now);
        await page.locator(`[data-step=${now}][data-stage=felt]`).waitFor();
        await press(/^No$/);
        await expect.poll(step).not.toBe(now);
        continue;
      }
      const question = await walk().getAttribute('data-question');
      await played();
      if (!looked.has(now)) {
        expect(await axeFinds(page)).toEqual([]);
        await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'none' });
        if (now === 'match') await keepPicture(page, 'calibrate-question');
      }
      looked.add(now);
      if (now === 'left' || now === 'right') {
        const felt = await page.locator(`[data-modelled=${now}]`).getAttribute('data-felt');
        await press(felt === 'true' ? /^Yes$/ : /^No$/);
      } else if (now === 'match') {
        await press(matched ? /^No difference$/ : /^The first$/);
        matched = true;
      } else if (now === 'onset') await press(/^No difference$/);
      else if (now === 'glide') {
        await press(glided ? /^Something that moves$/ : /^One long buzz$/);
        glided = true;
      } else await press(/^The first$/);
      await expect
        .poll(async () =>
          (await walk().count()) === 0 ? 'over' : await walk().getAttribute('data-question'),
        )
        .not.toBe(question);
    }
    expect(shown).toEqual([...calibrationSteps]);
  }, 240_000);

  test('what was found is shown, motor by motor, and kept for now', async () => {
    await page.getByText('Kept until Tactus is closed. The next session uses it.').waitFor();
    await off();
    const numbers = (await page.locator('[data-known=left] td').allTextContents()).map(text =>
      Number.parseInt(text, 10),
    );
    // The modelled motor turns from duty 107 on, 42 % of the supply: found within twelve above.
    const least = Math.round((100 * 107) / 255);
    expect(numbers[0]).toBeGreaterThanOrEqual(least);
    expect(numbers[0]).toBeLessThanOrEqual(least + 5);
    expect(numbers[1]).toBe(Math.round((100 * 138) / 255));
    expect(await page.locator('motor-numbers').getByText('119 ms').count()).toBe(1);
    expect(await axeFinds(page)).toEqual([]);
  });

  test('no motor was ever driven beyond its ceiling', async () => {
    const { left, right } = await seen();
    expect(Math.max(...left)).toBeGreaterThan(100);
    expect(Math.max(...right)).toBeGreaterThan(100);
    expect(Math.max(...left, ...right)).toBeLessThanOrEqual(motorLimits.kickDuty);
  });

  test('the next session is driven by it, without a restart', async () => {
    await look(page, 'session');
    const duties = await recordDuty(page);
    await page.getByRole('button', { name: 'No', exact: true }).click();
    for (let card = 1; card <= 6; card++) {
      if (await page.getByRole('heading', { name: 'Getting ready' }).isVisible()) break;
      await page.getByRole('button', { name: 'None of these' }).click();
      await page.waitForTimeout(150);
    }
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page
      .getByRole('group', { name: 'Where the hands will be' })
      .getByText('1', { exact: true })
      .click();
    await page.getByRole('group', { name: 'Down the leg' }).getByText('0', { exact: true }).click();
    await page.getByRole('button', { name: 'That is how it is' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.locator('[data-state=warmUp]').waitFor();
    // Cues are played at 0.8: of a full strength of 153 that is 122, of one of 138 it is 110 or what turns the motor.
    const running = async () => {
      const { left, right } = await duties();
      const runs = (all: readonly number[]) => all.filter(one => one > 0 && one < motorLimits.kickDuty);
      return { left: runs(left), right: runs(right) };
    };
    await expect.poll(async () => (await running()).right, { timeout: 20_000 }).toContain(122);
    await expect.poll(async () => (await running()).left.length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(Math.max(...(await running()).left)).toBeLessThan(122);
  });

  test('while it is under way there is no calibrating, and the page says why', async () => {
    await look(page, 'calibrate');
    await page.getByText('A session is under way. Calibrate before one begins, or after its end.').waitFor();
    expect(await page.locator('[data-deed=begin]').getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('calibrate-view erase-step').getAttribute('inert')).not.toBeNull();
  });

  test('after its end the usual numbers can be had again, in two steps', async () => {
    await page.keyboard.press('Escape');
    await look(page, 'session');
    await page.getByRole('button', { name: /It hurt/ }).click();
    await page.locator('[data-outcome=stopped]').waitFor();
    await look(page, 'calibrate');
    await page.getByRole('button', { name: 'Back to the usual numbers' }).click();
    await page.getByText('Forget what was found out about these motors?').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await page.getByRole('button', { name: 'No, keep it' }).click();
    await page.getByText('Found out on').waitFor();
    await page.getByRole('button', { name: 'Back to the usual numbers' }).click();
    await page.getByRole('button', { name: 'Yes, forget it' }).click();
    await page.getByText('The usual numbers hold again.').waitFor();
    await page.getByText('Nothing yet: the usual numbers hold.').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('in the middle of a pulse', () => {
  /** Plays until the firmware reports motor A as driven: a busy machine may miss one. */
  async function driven(): Promise<void> {
    for (let times = 0; times < 5; times++) {
      await page.locator('[data-stage=asked], [data-stage=felt]').waitFor();
      await page.locator('[data-deed=play]').click();
      for (let looks = 0; looks < 150; looks++) {
        if (!['0', null].includes((await duty())[0] ?? null)) return;
        if ((await walk().getAttribute('data-stage')) !== 'playing' && looks > 20) break;
        await page.waitForTimeout(10);
      }
    }
    throw new Error('motor A was never seen to be driven');
  }

  test('Escape ends it at once', async () => {
    await begin();
    await driven();
    await page.keyboard.press('Escape');
    await page.getByText('Stopped. The motors are off, and nothing was kept.').waitFor();
    await off();
  });

  test('so does another page’s STOP', async () => {
    const other = await browser.newPage();
    await other.goto(`${controller.address}#calibrate`);
    await begin();
    await other.getByText('Somebody else is calibrating.').waitFor();
    expect(await other.locator('[data-deed=play]').getAttribute('aria-disabled')).toBe('true');
    await driven();
    await other.locator('[data-stop]').click();
    await page.getByText('Stopped. The motors are off, and nothing was kept.').waitFor();
    await other.close();
    await off();
  });

  test('so does turning to another look', async () => {
    await begin();
    await driven();
    await look(page, 'session');
    await off();
    await look(page, 'calibrate');
    await page.getByText('Left. The motors are off, and nothing was kept.').waitFor();
  });

  test('and so does the page’s going away: the firmware is off, as another page sees', async () => {
    await begin();
    const other = await browser.newPage();
    await other.goto(`${controller.address}#calibrate`);
    const duties = await recordDuty(other);
    await driven();
    await page.close();
    await other
      .getByText('The page that calibrated has gone. The motors are off, and nothing was kept.')
      .waitFor();
    await other.waitForTimeout(600);
    expect((await duties()).left.at(-1)).toBe(0);
    page = other;
    await page.evaluate(axe);
  });
});

test.each([360, 320, 768])(
  'at %i px nothing is cut off sideways, STOP is free, every control is 44 px',
  async width => {
    await page.setViewportSize({ width, height: 640 });
    await begin();
    for (const stage of ['asked', 'rest']) {
      if (stage === 'rest') await page.locator('[data-deed=leave]').click();
      await page.waitForTimeout(200);
      const found = await page.evaluate(() => {
        const root = document.querySelector('tactus-page')?.shadowRoot;
        const main = root?.querySelector('main');
        const stop = root?.querySelector('[data-stop]')?.getBoundingClientRect();
        const small: string[] = [];
        const visit = (parent: ParentNode): void => {
          for (const element of parent.querySelectorAll('*')) {
            if (element.shadowRoot) visit(element.shadowRoot);
            if (!element.matches('button, select, summary, nav a, label:has(input), a.way')) continue;
            const { width, height } = element.getBoundingClientRect();
            if (width > 0 && (height < 43.5 || width < 43.5))
              small.push(`${element.textContent?.trim()} ${width}×${height}`);
          }
        };
        visit(document);
        const top = stop
          ? document
              .querySelector('tactus-page')
              ?.shadowRoot?.elementFromPoint(stop.x + stop.width / 2, stop.y + 20)
          : null;
        return {
          small,
          over: (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0),
          page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          stopIsFree: Boolean(top?.closest('[data-stop]')),
        };
      });
      expect(found).toEqual({ small: [], over: 0, page: 0, stopIsFree: true });
    }
  },
);
