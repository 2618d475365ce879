/**
 * Calibration on the page, against the firmware in the emulated board: from end to end by keyboard alone in virtual
 * time, where the page runs with no server; and what ends it in the midst of a pulse, against the live controller.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calibrationSteps } from '../../../machines/calibration.ts';
import { motorLimits } from '../../../machines/limits.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { axeFinds, beyondScreen, stopIsFree, tooSmall } from '../../support/axe.ts';
import {
  begin,
  framesPass,
  keepPicture,
  look,
  passPreparation,
  passScreening,
  recordDuty,
  resized,
  settled,
} from '../../support/browser.ts';
import { focused, tabTo } from '../../support/by-keyboard.ts';
import { type Alone, boardIsUp, type Live, openDemo, openLive } from '../../support/opened.ts';

let live: Live;
let alone: Alone;
let page: Page;

beforeAll(async () => {
  alone = await openDemo({ viewport: { width: 1440, height: 1000 } });
  ({ page } = alone);
  return alone.close;
});

/** Whole walks live in ten times real time; what is looked at pulse by pulse, in real time. */
async function inTime(rate: 1 | 10): Promise<void> {
  await look(page, 'bench');
  await page.locator(`[data-rate="${rate}"]`).click();
  await page.locator(`[data-rate="${rate}"][aria-pressed=true]`).waitFor();
}

afterAll(async () => {
  await live?.close();
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
    if ((await walk().getAttribute('data-stage')) === 'asked') await press(/^Play( again)?$/);
    await page
      .locator('[data-stage=felt], [data-stage=asked]:has([role=alert])')
      .waitFor({ timeout: 20_000 });
    if ((await walk().getAttribute('data-stage')) === 'felt') return;
    problems.push((await page.locator('calibrate-view [role=alert]').textContent()) ?? '');
  }
  throw new Error(`it could not be played: ${problems.join(' ')}`);
}
/** Begins, and answers for whoever holds it. */
async function beginWalk(): Promise<void> {
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
  await page.getByText(catalogue.calibration.known.nothing).waitFor();
  expect(await axeFinds(page)).toEqual([]);
});

describe('to its end by keyboard alone, as the modelled motors are felt', () => {
  const shown: string[] = [];
  let seen: Awaited<ReturnType<typeof recordDuty>>;
  /** The modelled motor turns from this duty on, 42 % of the supply. */
  const turnsFrom = 107;

  /** What this motor ran at, after its kick, since it was seen to do so many things. */
  const runSince = async (motor: 'left' | 'right', before: number): Promise<number | undefined> =>
    (await seen())[motor].slice(before).findLast(duty => duty > 0 && duty < motorLimits.kickDuty);

  /**
   * Whether this motor turns in what was played. In ten times real time a busy page may draw no frame of it: then it
   * is played once more, as a person would have it.
   */
  async function turns(motor: 'left' | 'right', before: number): Promise<boolean> {
    for (let times = 0; times < 8; times++) {
      const ran = await runSince(motor, before);
      if (ran !== undefined) return ran >= turnsFrom;
      await press(/^Play again$/);
      const ends = performance.now() + 3000;
      while ((await runSince(motor, before)) === undefined && performance.now() < ends)
        await framesPass(page, 5);
      await page.locator('[data-stage=felt]').waitFor({ timeout: 20_000 });
    }
    throw new Error(`motor ${motor} was never seen to run`);
  }

  test('every question is read out, asked with nothing found by axe, and answered', async () => {
    await inTime(10);
    await look(page, 'calibrate');
    seen = await recordDuty(page);
    await press(/^Begin$/);
    await walk().waitFor();
    // Not that the motors stay off, as a session's questions have it.
    expect(await page.locator('.strip p').textContent()).toBe(catalogue.page.strip.calibrating);
    let glided = false;
    let matched = false;
    const looked = new Set<string>();
    for (let count = 0; count < 60; count++) {
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
      const before = now === 'left' || now === 'right' ? (await seen())[now].length : 0;
      await played();
      if (!looked.has(now)) {
        expect(await axeFinds(page)).toEqual([]);
        if (now === 'match') await keepPicture(page, 'calibrate-question');
      }
      looked.add(now);
      if (now === 'left' || now === 'right') {
        await press((await turns(now, before)) ? /^Yes$/ : /^No$/);
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
    // Found within twelve above.
    const least = Math.round((100 * turnsFrom) / 255);
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
    await inTime(1);
    await look(page, 'session');
    const duties = await recordDuty(page);
    await passScreening(page, 'No');
    await passPreparation(page);
    await begin(page);
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
    await page.getByText(catalogue.calibration.hindrances.session).waitFor();
    expect(await page.locator('[data-deed=begin]').getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('calibrate-view erase-step').getAttribute('inert')).not.toBeNull();
  });

  test('after its end the usual numbers can be had again, in two steps', async () => {
    await page.keyboard.press('Escape');
    await look(page, 'session');
    await page.getByRole('button', { name: /It hurt/ }).click();
    await page.locator('[data-outcome=stopped]').waitFor();
    await look(page, 'calibrate');
    await page.getByRole('button', { name: catalogue.calibration.known.undo }).click();
    await page.getByText(catalogue.calibration.known.undoSure).waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await page.getByRole('button', { name: 'No, keep it' }).click();
    await page.getByText('Measured on').waitFor();
    await page.getByRole('button', { name: catalogue.calibration.known.undo }).click();
    await page.getByRole('button', { name: 'Yes, forget it' }).click();
    await page.getByText(catalogue.calibration.ended.undone).waitFor();
    await page.getByText(catalogue.calibration.known.nothing).waitFor();
    expect(alone.complaints).toEqual([]);
  });
});

describe('in the middle of a pulse', () => {
  beforeAll(async () => {
    live = await openLive(['--routine', 'first-touch'], {
      at: '#calibrate',
      viewport: { width: 1440, height: 1000 },
    });
    ({ page } = live);
    await boardIsUp(page);
  });

  /** Plays until the firmware reports motor A as driven: a busy machine may miss one. */
  async function driven(): Promise<void> {
    for (let times = 0; times < 5; times++) {
      await page.locator('[data-stage=asked], [data-stage=felt]').waitFor();
      await page.locator('[data-deed=play]').click();
      const isDriven = await page.evaluate(async frames => {
        const root = document.querySelector('tactus-page')?.shadowRoot;
        for (let frame = 0; frame < frames; frame++) {
          await new Promise(requestAnimationFrame);
          const motor = root?.querySelector('device-view')?.shadowRoot?.querySelector('[data-motor=left]');
          if (Number(motor?.getAttribute('data-duty')) > 0) return true;
          const walk = root?.querySelector('calibrate-view')?.shadowRoot?.querySelector('[data-step]');
          if (frame > 20 && walk?.getAttribute('data-stage') !== 'playing') return false;
        }
        return false;
      }, 300);
      if (isDriven) return;
    }
    throw new Error('motor A was never seen to be driven');
  }

  test('Escape ends it at once', async () => {
    await beginWalk();
    await driven();
    await page.keyboard.press('Escape');
    await page.getByText('Stopped. The motors are off, and nothing was kept.').waitFor();
    await off();
  });

  test('so does another page’s STOP', async () => {
    const other = await live.newPage();
    await other.goto(`${live.controller.address}#calibrate`);
    await beginWalk();
    await other.getByText(catalogue.calibration.watching).waitFor();
    expect(await other.locator('[data-deed=play]').getAttribute('aria-disabled')).toBe('true');
    await driven();
    await other.locator('[data-stop]').click();
    await page.getByText('Stopped. The motors are off, and nothing was kept.').waitFor();
    await other.close();
    await off();
  });

  test('so does turning to another look', async () => {
    await beginWalk();
    await driven();
    await look(page, 'session');
    await off();
    await look(page, 'calibrate');
    await page.getByText(catalogue.calibration.ended.left).waitFor();
  });

  test('and so does the page’s going away: the firmware is off, as another page sees', async () => {
    await beginWalk();
    const other = await live.newPage();
    await other.goto(`${live.controller.address}#calibrate`);
    const duties = await recordDuty(other);
    await driven();
    await page.close();
    await other.getByText(catalogue.calibration.ended.gone).waitFor();
    await expect.poll(async () => (await duties()).left.at(-1)).toBe(0);
    // And stays so: the firmware's reports come in far fewer frames than these.
    await framesPass(other, 40);
    expect((await duties()).left.at(-1)).toBe(0);
    page = other;
  });
});

test.each([360, 320, 768])(
  'at %i px nothing is cut off sideways, STOP is free, every control is 44 px',
  async width => {
    await resized(page, width, 640);
    await beginWalk();
    for (const stage of ['asked', 'rest']) {
      if (stage === 'rest') await page.locator('[data-deed=leave]').click();
      await settled(page);
      expect({
        ...(await tooSmall(page, 'button, select, summary, nav a, label:has(input), a.button')),
        page: await beyondScreen(page),
        stopIsFree: await stopIsFree(page),
      }).toEqual({ small: [], over: 0, page: 0, stopIsFree: true });
    }
  },
);
