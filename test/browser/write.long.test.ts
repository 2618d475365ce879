/** Writing a routine: from answers, from another one, from a file; with faults and without; kept, chosen, erased. */
import type { Page, Route } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromLibrary } from '../../machines/routine/library.ts';
import { parseRoutine } from '../../machines/routine/parse.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { writeWords } from '../../machines/text/write.ts';
import { axeFinds, tooSmall } from '../support/axe.ts';
import { keepPicture, look, placeOnScreen, resized, settled, stilled, textOf } from '../support/browser.ts';
import type { Controller } from '../support/controller.ts';
import { openLive } from '../support/opened.ts';

const words = writeWords;

let controller: Controller;
let page: Page;
let complaints: string[];
let newPage: () => Promise<Page>;

beforeAll(async () => {
  const live = await openLive(['--routine', 'first-touch'], {
    at: '#write',
    ...stilled,
    viewport: { width: 1440, height: 1000 },
    acceptDownloads: true,
  });
  ({ controller, page, complaints, newPage } = live);
  page.setDefaultTimeout(10_000);
  await page.locator('begin-form').waitFor();
  return live.close;
});

const state = () => page.locator('[data-state]').textContent();
const phaseLine = (index: number) => page.locator(`[data-phase="${index}"] .line`);
const field = (index: number, name: string) => page.locator(`#f-phases-${index}-${name}`);
const save = () => page.locator('[data-save]').click();
const focusedId = () =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id;
  });
const titles = () => page.locator('[data-phase] .line b').allTextContents();
const kept = async (id: string) => await fetch(`${controller.address}routines/${id}`);
const fileNamed = (name: string, text: string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});
const opens = (name: string, text: string) =>
  page.locator('begin-form input[type=file]').setInputFiles(fileNamed(name, text));

describe('from a few answers', () => {
  test('only places that hands may work can be named, and for oneself only those within reach', async () => {
    expect(await axeFinds(page)).toEqual([]);
    const places = () =>
      page.locator('[data-place]').evaluateAll(boxes => boxes.map(box => box.dataset.place ?? ''));
    expect(await places()).toEqual(Object.keys(catalogue.zones));
    await page.getByLabel(catalogue.users.self).check();
    expect(await places()).toEqual(['thighFront', 'thighOuter', 'calf']);
    await page.getByLabel(catalogue.users.self).uncheck();
  });

  test('what makes no routine is said in words', async () => {
    await page.locator('[data-compose]').click();
    expect(await page.locator('[data-why]').textContent()).toBe(words.noPlaces);
    await page.getByLabel(catalogue.zones.calf).check();
    await page.getByLabel(words.minutes).fill('80');
    await page.locator('[data-compose]').click();
    expect(await page.locator('[data-why]').textContent()).toMatch(/^these places fill at most \d+ minutes/i);
    expect(await axeFinds(page)).toEqual([]);
  });

  test('comes a draft that is right, and is saved among one’s own without beginning anything', async () => {
    await page.getByLabel(words.name).fill('Calves before bed');
    await page.getByLabel(words.minutes).fill('15');
    await page.locator('[data-compose]').click();
    await page.locator('[data-right]').waitFor();
    expect(await state()).toBe(words.notSaved);
    await save();
    await page.getByText(fill(words.savedAt, { where: catalogue.routines.where.controller })).waitFor();
    expect(await state()).toBe(words.saved);
    expect((await kept('calves-before-bed')).status).toBe(200);
    await look(page, 'session');
    expect(await page.locator('[data-begin]').textContent()).toContain('First touch');
  });
});

describe('a draft', () => {
  beforeAll(async () => {
    await look(page, 'write');
    await page.locator('[data-close]').click();
    await page.getByLabel(words.which).selectOption('evening-legs');
    await page.locator('[data-copy-routine]').click();
    await phaseLine(1).click();
  });

  test('is axe-clean with a phase open, and drawn along its time', async () => {
    expect(await axeFinds(page)).toEqual([]);
    expect(await page.locator('write-view time-bars [role=img]').getAttribute('aria-label')).toBe(
      'Warm-up 3:00, Strokes 8:00, Pressure ramp 6:00, Cooldown 3:00',
    );
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    await field(1, 'strokeCm').scrollIntoViewIfNeeded();
    await keepPicture(page, 'write');
  });

  test('tells each fault beside its field as one types, and links to it', async () => {
    await field(1, 'strokeCm').fill('95');
    const fault = page.locator('#f-phases-1-strokeCm-fault');
    expect(await fault.textContent()).toBe('95 does not work: must be 5 to 90 cm.');
    expect(await field(1, 'strokeCm').getAttribute('aria-invalid')).toBe('true');
    expect(await field(1, 'strokeCm').getAttribute('aria-describedby')).toContain(
      'f-phases-1-strokeCm-fault',
    );
    await field(1, 'returnMs').fill('0,2');
    expect(await page.locator('#f-phases-1-returnMs-fault').textContent()).toBe(
      '0.2 does not work: must be 0.5 to 10 s.',
    );
    await phaseLine(1).click();
    await save();
    const links = page.locator('[data-faults] a');
    expect(await links.count()).toBe(2);
    expect(await page.locator('[data-said]').textContent()).toContain(words.notYet);
    expect(await axeFinds(page)).toEqual([]);
    // The phase is folded: the link opens it and leads to the field.
    await links.first().click();
    await expect.poll(focusedId).toMatch(/^f-phases-1-(strokeCm|returnMs)$/);
    expect(await page.evaluate(() => location.hash)).toBe('#write');
    await field(1, 'strokeCm').fill('35.5');
    await field(1, 'returnMs').fill('2.5');
    await page.locator('[data-right]').waitFor();
    expect(await field(1, 'strokeCm').inputValue()).toBe('35.5');
  });

  test('tells what may stand so and is worth a word, and leads there; it can be saved all the same', async () => {
    await phaseLine(3).click();
    const time = field(3, 'durationS');
    const before = await time.inputValue();
    await time.fill('180');
    const caution = page.locator('#f-phases-3-pressureMax-caution');
    expect(await caution.textContent()).toMatch(/The rise to 2 can hardly be reached/);
    expect(await field(3, 'pressureMax').getAttribute('aria-describedby')).toContain('-caution');
    expect(await field(3, 'pressureMax').getAttribute('aria-invalid')).toBe('false');
    expect(await page.locator('[data-right]').textContent()).toBe(
      fill(words.rightWithCautions, { count: 1 }),
    );
    expect(await axeFinds(page)).toEqual([]);
    await phaseLine(3).click();
    await page.locator('[data-cautions] a').click();
    await expect.poll(focusedId).toBe('f-phases-3-pressureMax');
    await time.fill(before);
    await page.locator('[data-cautions]').waitFor({ state: 'detached' });
    await phaseLine(1).click();
  });

  test('lives while one looks elsewhere, and asks before the page is left', async () => {
    await look(page, 'session');
    await look(page, 'write');
    expect(await field(1, 'strokeCm').inputValue()).toBe('35.5');
    const asked = page.waitForEvent('dialog').then(async dialog => {
      const type = dialog.type();
      await dialog.dismiss();
      return type;
    });
    // Whoever has touched nothing is not asked: a click stands for that.
    await page.locator('h2').first().click();
    await page.evaluate(() => {
      location.reload();
    });
    expect(await asked).toBe('beforeunload');
    expect(await field(1, 'strokeCm').inputValue()).toBe('35.5');
  });

  test('grows, shrinks and changes its order by buttons', async () => {
    const before = await titles();
    await page.locator('[data-down]').click();
    expect(await titles()).toEqual([before[0], before[2], before[1], ...before.slice(3)]);
    expect(await page.locator('[data-said]').textContent()).toContain('is now phase 3 of 5');
    await page.locator('[data-up]').click();
    expect(await titles()).toEqual(before);
    await page.locator('[data-copy]').click();
    expect(await titles()).toHaveLength(6);
    await page.locator('[data-remove]').click();
    expect(await titles()).toEqual(before);
    await page.locator('[data-put-back]').click();
    expect(await titles()).toHaveLength(6);
    await phaseLine(2).click();
    await page.locator('[data-remove]').click();
    await page.locator('[data-add-last]').click();
    expect((await titles()).indexOf(words.newPhase)).toBe(4);
    expect(await page.locator('#f-phases-4-instruction-fault').textContent()).toBe(words.missing);
    await field(4, 'instruction').fill('Slowly, with flat hands.');
    await field(4, 'title').fill('Once more');
    await page.locator('[data-phase="4"] [data-more]').click();
    expect(await field(4, 'durationS').inputValue()).toBe('150');
  });

  test('a phase is put back into what stands now: what was typed since stays', async () => {
    const title = page.locator('#f-title');
    const before = await title.inputValue();
    const all = await titles();
    await phaseLine(2).click();
    await page.locator('[data-remove]').click();
    await title.fill('Changed since');
    await page.locator('[data-put-back]').click();
    expect(await title.inputValue()).toBe('Changed since');
    expect(await titles()).toEqual(all);
    await title.fill(before);
    await phaseLine(4).click();
  });

  test('tells what spans several fields, in words', async () => {
    await field(4, 'stage').selectOption('warmUp');
    expect(await page.locator('#f-phases-4-stage-fault').textContent()).toBe(
      '“Warm-up” does not work: “Warm-up” must not follow “Pressure ramp”.',
    );
    await page.locator('[data-phase="4"] [data-up]').click();
    await field(3, 'stage').selectOption('strokes');
    await page.locator('[data-right]').waitFor();
  });

  test('is saved as what it says, and chosen as one’s own', async () => {
    await page.locator('#f-title').fill('Evening, longer');
    await save();
    await page.locator('[data-choose-it]').waitFor();
    const answer = (await (await kept('evening-longer')).json()) as { phases: { title: string }[] };
    expect(answer.phases.map(({ title }) => title)).toEqual(await titles());
    await page.locator('[data-choose-it]').click();
    await page.locator('[data-routine=evening-longer]:checked').waitFor();
    await page.locator('[data-choose]').click();
    await page.locator('.chosen b').getByText('Evening, longer').waitFor();
  });

  test('is on file the same, and a file opens as a draft', async () => {
    await look(page, 'write');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('[data-save-file]').click(),
    ]);
    expect(download.suggestedFilename()).toBe('evening-longer.json');
    const text = await textOf(download);
    expect(parseRoutine(text)).toMatchObject({ ok: true });
    await page.locator('[data-close]').click();
    await opens('evening-longer.json', text);
    await page.locator('[data-right]').waitFor();
    // One's own of that name stands already: nothing is written over unasked.
    await save();
    await page.getByText(words.replaceAsk).waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await page.locator('[data-beside]').click();
    await page.locator('[data-choose-it]').waitFor();
    expect((await kept('evening-longer-2')).status).toBe(200);
  });
});

describe('a file', () => {
  test('with faults opens to be mended', async () => {
    await page.locator('[data-close]').click();
    const { phases, ...rest } = fromLibrary('evening-legs') ?? { phases: [] };
    const faulty = { ...rest, id: 'from-file', phases: phases.map(phase => ({ ...phase, speedCmPerS: 40 })) };
    await opens('faulty.json', JSON.stringify(faulty));
    await page.locator('[data-show-faults]').click();
    expect(await page.locator('[data-faults] a').first().textContent()).toBe(
      'Phase 1, Speed of the hands: 40 does not work: must be 1 to 15 cm/s.',
    );
    await page.locator('[data-close]').click();
    await page.locator('[data-close-no]').click();
    expect(await page.locator('[data-phase]').count()).toBe(5);
    await page.locator('[data-close]').click();
    await page.locator('[data-close-yes]').click();
    await page.locator('begin-form').waitFor();
  });

  test.each([
    ['no.json', 'nothing of the kind', /^no\.json was not opened\. Line 1: is not JSON/],
    ['list.json', '[]', /^list\.json was not opened\./],
    ['large.json', `{"title":"${'x'.repeat(256 * 1024)}"}`, /It is larger than 256 KB\.$/],
  ])('that is none is refused in words: %s', async (name, text, why) => {
    await opens(name, text);
    await expect
      .poll(async () => (await page.locator('begin-form [role=alert]').textContent()) ?? '')
      .toMatch(why);
  });
});

test('by keyboard alone a routine becomes one’s own, with a fault mended on the way', async () => {
  await look(page, 'routines');
  await page.locator('[data-routine=first-touch]').focus();
  await page.keyboard.press('Space');
  await page.locator('routine-plan section[aria-label="First touch"]').waitFor();
  await page.locator('[data-mine]').focus();
  await page.keyboard.press('Enter');
  await page.locator('#f-title').focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Brief');
  await page.locator('[data-phase="0"] .line').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-phase="0"] .line[aria-expanded=true]').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Delete');
  expect(await page.locator('#f-phases-0-title-fault').textContent()).toBe(words.missing);
  // Letters that turn to another look are text here.
  await page.keyboard.type('before');
  expect(await page.evaluate(() => location.hash)).toBe('#write');
  await page.locator('[data-save]').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-choose-it]').waitFor();
  expect(await (await kept('brief')).json()).toMatchObject({
    title: 'Brief',
    phases: [{ title: 'before' }, {}, {}, {}],
  });
});

test('one’s own is erased in a second step only, and kept by the first answer', async () => {
  const erase = page.locator('[data-erase]');
  await erase.click();
  await page.getByText(fill(catalogue.routines.eraseAsk, { title: 'Brief' })).waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await erase.waitFor();
  expect((await kept('brief')).status).toBe(200);
  await erase.click();
  await page.locator('[data-erase-now]').click();
  await page.getByText(fill(catalogue.routines.erased, { title: 'Brief' })).waitFor();
  expect((await kept('brief')).status).toBe(404);
  // And the same from among the cards.
  await look(page, 'routines');
  await page.locator('[data-routine=calves-before-bed]').check();
  const other = await newPage();
  await other.goto(`${controller.address}#routines`);
  await other.locator('[data-routine=calves-before-bed]').waitFor();
  // However late the list is that is asked for anew: what is said to be erased is not shown any more.
  const late: Route[] = [];
  let isLate = true;
  await page.route('**/routines', route => (isLate ? void late.push(route) : route.continue()));
  await page.locator('[data-erase]').click();
  await page.locator('[data-erase-now]').click();
  await page.getByText(fill(catalogue.routines.erased, { title: 'Calves before bed' })).waitFor();
  expect(await page.locator('[data-routine=calves-before-bed]').count()).toBe(0);
  isLate = false;
  for (const route of late) await route.continue();
  await page.locator('[data-routine]').first().waitFor();
  expect(await page.locator('[data-routine=calves-before-bed]').count()).toBe(0);
  await page.unroute('**/routines');
  // What this page has erased is gone from the other one by itself.
  await expect.poll(() => other.locator('[data-routine=calves-before-bed]').count()).toBe(0);
  await other.close();
});

test('another one is opened over unsaved changes only where that is said', async () => {
  await page.evaluate(() => {
    location.hash = 'write/evening-longer';
  });
  await page.locator('#f-title').fill('Evening, changed');
  await phaseLine(1).click();
  await page.locator('[data-remove]').click();
  await page.evaluate(() => {
    location.hash = 'write/lower-back';
  });
  await page.locator('[data-go-on]').click();
  expect(await page.locator('#f-title').inputValue()).toBe('Evening, changed');
  await page.evaluate(() => {
    location.hash = 'write/lower-back';
  });
  await page.locator('[data-other-yes]').click();
  await expect.poll(() => page.locator('#f-title').inputValue()).toBe('Lower back, mine');
  // What was taken out of the other one is not to be put into this one.
  expect(await page.locator('[data-put-back]').count()).toBe(0);
});

test('at 200 % zoom on a small screen nothing is cut off, every control is 44 px or more, and stop is whole', async () => {
  await resized(page, 320, 640);
  await phaseLine(2).click();
  await page.locator('write-view summary').first().click();
  await settled(page);
  expect(await tooSmall(page)).toEqual({ small: [], over: 0 });
  const stop = await placeOnScreen(page.locator('[data-stop]'));
  expect(stop.bottom).toBeLessThanOrEqual(640);
  expect((await placeOnScreen(page.locator('div.bar'))).bottom).toBeLessThanOrEqual(stop.top + 1);
  await resized(page, 1440, 1000);
});

test('nothing is blocked by the content security policy and nothing fails on the page', () => {
  expect(complaints).toEqual([]);
});
