/** Choosing a routine: for whom, in which time, without what, how one likes it; and once more in one press. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { catalogue, fill } from '../../machines/text/text.ts';
import { axeFinds, tooSmall } from '../support/axe.ts';
import {
  begin,
  keepMoving,
  keepPicture,
  look,
  passPreparation,
  passScreening,
  placeOnScreen,
  resized,
  settled,
  stilled,
} from '../support/browser.ts';
import { boardIsUp, type Live, openLive } from '../support/opened.ts';
import { repeatedIfStarved } from '../support/starved.ts';

const words = catalogue.routines;

let live: Live;
let page: Page;

beforeAll(async () => {
  live = await openLive(['--routine', 'first-touch'], {
    ...stilled,
    viewport: { width: 1440, height: 1000 },
    // A request of the page is cut off.
    mayComplain: /ERR_FAILED/,
  });
  ({ page } = live);
  page.setDefaultTimeout(10_000);
  await boardIsUp(page);
  return live.close;
});

const card = (id: string) => page.locator(`[data-routine=${id}]`);
const shownCards = async () =>
  await page.locator('[data-routine]').evaluateAll(cards => cards.map(one => one.dataset.routine ?? ''));
const choose = () => page.locator('[data-choose]');
const minutes = () => page.getByLabel(words.minutesField);
/** What the session is of, as its look says. */
const isChosen = (what: string) => page.locator('.chosen b').getByText(what, { exact: true }).waitFor();
const stages = () => page.locator('routine-plan time-bars [role=img]').getAttribute('aria-label');

describe('what there is', () => {
  test('stands as cards, and the one that is chosen is picked', async () => {
    await page.getByRole('link', { name: catalogue.page.choice.choose }).click();
    await page.locator('routine-plan').waitFor();
    expect(await shownCards()).toHaveLength(8);
    expect(await card('first-touch').isChecked()).toBe(true);
    expect(await choose().textContent()).toContain('4 min');
    expect(await axeFinds(page)).toEqual([]);
  });

  test('is narrowed to whom it is for, and that is remembered', async () => {
    await page.getByText(words.self, { exact: true }).click();
    await expect.poll(shownCards).toEqual(['first-touch', 'knee-to-hip-alone']);
    await page.reload();
    await page.locator('routine-plan').waitFor();
    // What is remembered comes with the first word of the controller, a moment after the page.
    await expect.poll(shownCards).toEqual(['first-touch', 'knee-to-hip-alone']);
    await page.getByText(words.anyone, { exact: true }).click();
    await expect.poll(shownCards).toHaveLength(8);
  });
});

describe('the time there is', () => {
  beforeAll(async () => {
    await card('leg-and-back').check();
    await page.getByText(words.haveMinutes, { exact: true }).click();
  });

  test('shows what the plan would be before anything is chosen', async () => {
    await minutes().fill('50');
    await expect.poll(async () => await choose().textContent()).toContain('50 min');
    expect(await stages()).toMatch(/^Warm-up \d:\d\d, Strokes \d+:\d\d, Pressure ramp 15:00, Cooldown 5:00$/);
    expect(await page.locator('[data-drop]').count()).toBe(0);
  });

  test('is refused in words beside the field', async () => {
    await minutes().fill('91');
    const fault = page.locator('#time-fault');
    expect(await fault.textContent()).toBe('91 does not work. Use whole minutes from 3 to 90.');
    expect(await minutes().getAttribute('aria-describedby')).toContain('time-fault');
    expect(await minutes().getAttribute('aria-invalid')).toBe('true');
    expect(await axeFinds(page)).toEqual([]);
    expect(await choose().getAttribute('aria-disabled')).toBe('true');
    await choose().click({ force: true });
    expect(await page.locator('[data-refused]').textContent()).toContain('91 does not work');
  });

  test('says which phases would have to go, and goes on only where that is agreed to', async () => {
    await minutes().fill('40');
    await page.getByText(words.wouldGo).waitFor();
    expect(await page.locator('.go li').allTextContents()).toEqual([
      'Gentle shaking, thighs',
      'Gentle shaking, buttocks',
      'Deep in the buttock',
    ]);
    expect(await axeFinds(page)).toEqual([]);
    await page.mouse.move(0, 0);
    await keepPicture(page, 'routines');
    await choose().click();
    expect(await page.locator('[data-refused]').textContent()).toBe(words.dropFirst);
    await page.getByLabel(words.drop).check();
    await page.locator('details.phases summary').click();
    expect(await page.locator('.phases .gone b').allTextContents()).toEqual([
      'Gentle shaking, buttocks',
      'Gentle shaking, thighs',
      'Deep in the buttock',
    ]);
    await choose().click();
    await page.getByText('Is there a pain or complaint today?').waitFor();
    await isChosen('Leg and back, the whole routine, 40 min');
  });

  test('can be an end on the clock', async () => {
    await look(page, 'routines');
    await card('evening-legs').check();
    await page.getByText(words.endAt, { exact: true }).click();
    const end = page.getByLabel(words.endField);
    expect(await page.locator('#time-fault').textContent()).toBe(words.noTime);
    const clock = (inMin: number) =>
      page.evaluate(ahead => {
        const date = new Date(Date.now() + ahead * 60_000);
        return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
      }, inMin);
    await end.fill(await clock(2));
    expect(await page.locator('#time-fault').textContent()).toMatch(
      /^Until \d\d:\d\d there are about 0 min for hands/,
    );
    await end.fill(await clock(22));
    const said = (await page.getByText(/^Finished by about/).textContent()) ?? '';
    const given = Number(/: (\d+) min for hands/.exec(said)?.[1]);
    // Within the minute in which the clock was read: 22 less 6.5 for questions, turns and the end.
    expect([14, 15]).toContain(given);
    await choose().click();
    await page.getByText('Is there a pain or complaint today?').waitFor();
    await isChosen(`Evening legs, ${given} min`);
  });
});

describe('how one likes it', () => {
  test('is kept where the controller keeps it, and shown again', async () => {
    await look(page, 'routines');
    const open = () => page.locator('details.likes summary').click();
    await open();
    expect(await axeFinds(page)).toEqual([]);
    await page.getByRole('group', { name: words.firstSide }).getByText(words.right, { exact: true }).click();
    await page.getByRole('group', { name: words.cues }).getByText(words.quiet, { exact: true }).click();
    await page.getByRole('group', { name: words.worn }).getByText(words.turned, { exact: true }).click();
    await expect
      .poll(async () => await (await fetch(`${live.controller.address}preferences`)).json())
      .toMatchObject({ firstSide: 'right', quiet: 'phases', orientation: 'turned' });
    await page.reload();
    await page.locator('routine-plan').waitFor();
    await open();
    expect(await page.getByRole('radio', { name: words.right, exact: true }).isChecked()).toBe(true);
    // Now as it was, for the sessions to come.
    await page.getByRole('group', { name: words.cues }).getByText(words.full, { exact: true }).click();
  });
});

describe('while hands move', () => {
  beforeAll(async () => {
    await card('first-touch').check();
    await choose().click();
    await passScreening(page);
    await passPreparation(page);
    await begin(page);
    await look(page, 'routines');
    await page.locator('routine-plan').waitFor();
  });

  test(
    'choosing is refused in words, and changes nothing',
    repeatedIfStarved(
      async () => {
        expect(await page.locator('[data-refusal]').textContent()).toBe(words.underway);
        await card('evening-legs').check();
        await choose().click({ force: true });
        expect(await page.locator('[data-refused]').textContent()).toBe(words.underway);
        expect(await page.locator('[data-again]').count()).toBe(0);
        await look(page, 'session');
        await page
          .locator('[data-state=warmUp], [data-state=transition], [data-state=strokes]')
          .first()
          .waitFor();
      },
      async () => {
        await look(page, 'session');
        await keepMoving(page);
        await look(page, 'routines');
      },
    ),
  );

  test('the same again is one press after the end', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Enough/ }).click();
    await page.getByRole('button', { name: 'No, end here' }).click();
    await page.locator('[data-outcome=stopped]').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await page
      .getByRole('button', { name: fill(catalogue.page.choice.again, { title: 'First touch', minutes: 4 }) })
      .click();
    await page.getByText('Is there a pain or complaint today?').waitFor();
    await isChosen('First touch, 4 min');
  });
});

test('at 200 % zoom on a small screen nothing is cut off, and every control is 44 px or more', async () => {
  await resized(page, 320, 640);
  await look(page, 'routines');
  await card('leg-and-back').check();
  await page.getByText(words.haveMinutes, { exact: true }).click();
  await minutes().fill('40');
  await page.getByText(words.wouldGo).waitFor();
  for (const summary of await page.locator('routine-plan summary').all()) await summary.click();
  await settled(page);
  expect(await tooSmall(page)).toEqual({ small: [], over: 0 });
  // Stop is there all the same, whole.
  expect((await placeOnScreen(page.locator('[data-stop]'))).bottom).toBeLessThanOrEqual(640);
  await resized(page, 1440, 1000);
});

test('by keyboard alone: for whom, which one, how long, without what, and that one', async () => {
  await page.reload();
  await page.locator('routine-plan').waitFor();
  await page.locator('[name=for]:checked').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(async () => await page.getByRole('radio', { name: words.partner, exact: true }).isChecked())
    .toBe(true);
  await page.keyboard.press('Tab');
  for (let step = 0; step < 8 && !(await card('leg-and-back').isChecked()); step++)
    await page.keyboard.press('ArrowDown');
  await page.locator('routine-plan section[aria-label^="Leg and back"]').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('40');
  await page.getByText(words.wouldGo).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Is there a pain or complaint today?').waitFor();
  await isChosen('Leg and back, the whole routine, 40 min');
});

test('who only watches is told so, and chooses nothing', async () => {
  const second = await live.newPage();
  await second.goto(`${live.controller.address}#routines`);
  await second.locator('routine-plan').waitFor();
  await second.locator('[data-choose]').click({ force: true });
  expect(await second.locator('[data-refused]').textContent()).toBe(words.watching);
  await second.close();
});

test('a list that does not come is told, and asked for again', async () => {
  await page.route('**/routines', route => route.abort());
  await page.reload();
  await look(page, 'routines');
  await page.getByText(catalogue.page.notices.noAnswer).waitFor();
  await page.unroute('**/routines');
  await page.getByRole('button', { name: words.retry }).click();
  await page.locator('routine-plan').waitFor();
});

test('nothing fails on the page', () => {
  expect(live.complaints.filter(text => !text.includes('ERR_FAILED'))).toEqual([]);
});
