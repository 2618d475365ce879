/** More than one page: who is in control, who watches, who is being massaged; and what is old. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerWords } from '../../../machines/text/answers.ts';
import { catalogue } from '../../../machines/text/text.ts';
import {
  begin,
  keepMoving,
  keepPicture,
  passPreparation,
  passScreening,
  resized,
  sessionPasses,
  settled,
} from '../../support/browser.ts';
import { firmerTouchFile } from '../../support/firmer-touch.ts';
import { type Live, openLive } from '../../support/opened.ts';
import { repeatedIfStarved } from '../../support/starved.ts';

let live: Live;
let page: Page;
let phone: Page;

async function open(): Promise<void> {
  live = await openLive(['--routine', firmerTouchFile()]);
  ({ page } = live);
  await passScreening(page);
  await passPreparation(page);
  await begin(page);
}
beforeAll(open);
afterAll(async () => {
  await live?.close();
});

type Far = HTMLElement & {
  session: Readonly<{ now: Readonly<Record<'zone' | 'side' | 'direction', string>> }>;
  updateComplete: Promise<boolean>;
};
/** What is not whole, or not legible, from two metres: of each place, side and way that there are words for. */
const outOfPlace = (page: Page, width: number, foot: number): Promise<string[]> =>
  page.locator('distance-view').evaluate(
    async (element, asked) => {
      const view = element as Far;
      const wrong: string[] = [];
      for (const zone of asked.zones)
        for (const side of asked.sides)
          for (const direction of asked.directions) {
            view.session = { ...view.session, now: { ...view.session.now, zone, side, direction } };
            await view.updateComplete;
            const lines = [...(view.shadowRoot?.querySelectorAll('.line') ?? [])];
            const beside = lines.some(line => line.getBoundingClientRect().right > asked.width);
            const px = Number.parseFloat(getComputedStyle(lines[0] ?? view).fontSize);
            const figures = view.shadowRoot?.querySelector('.figures')?.getBoundingClientRect().bottom ?? 0;
            if (beside || px < 72 || figures > asked.foot)
              wrong.push(`${zone} ${side} ${direction}: ${px} px, figures end at ${figures}`);
          }
      return wrong;
    },
    {
      width,
      foot,
      zones: Object.keys(catalogue.zones),
      sides: Object.keys(catalogue.sides),
      directions: Object.keys(catalogue.directions),
    },
  );

/** A test that lives in real time finds hands that move; where it is repeated, those of another controller. */
const lively = (body: () => Promise<void>) =>
  repeatedIfStarved(body, async () => {
    await live.close();
    await open();
  });

test(
  'a second tab watches: it is told so, its buttons change nothing, its stop stops',
  lively(async () => {
    const second = await live.newPage();
    await second.goto(live.controller.address);
    await second.getByText(catalogue.page.notices.watching).waitFor();
    await keepMoving(page);
    await second.getByRole('button', { name: 'Next phase' }).click();
    await second.getByText(answerWords.otherInControl).waitFor();
    await page.getByText('Find the beat').first().waitFor({ state: 'attached' });
    await second.locator('[data-stop]').click();
    await page.locator('[data-state=stopped]').waitFor();
    await second.close();
    await page.getByRole('button', { name: catalogue.afterStop.slip.word }).click();
    await page.locator('[data-state=paused]').waitFor();
    await keepMoving(page);
  }),
);

test(
  "a phone becomes the receiver's: less and stop, and nothing else",
  lively(async () => {
    phone = await live.newPage({ viewport: { width: 360, height: 740 }, hasTouch: true });
    await phone.goto(`${live.controller.address}#receiver`);
    await phone.locator('receiver-view button').waitFor();
    expect(await phone.getByRole('button').count()).toBe(2);
    for (const name of [/^Less/, /STOP/]) {
      const box = await phone.getByRole('button', { name }).boundingBox();
      expect(box?.width).toBeGreaterThan(300);
      expect(box?.height).toBeGreaterThan(60);
    }
    await keepPicture(phone, 'receiver');
    await keepMoving(page);
    await phone.getByRole('button', { name: /^Less/ }).tap();
    await page.locator('[data-state=eased]').waitFor();
  }),
);

test(
  'a phone that goes away ends nothing',
  lively(async () => {
    await phone.close();
    await sessionPasses(page, 600);
    expect(await page.locator('[data-outcome]').count()).toBe(0);
    await keepMoving(page);
  }),
);

test(
  'a reload in mid-session finds its place and goes on showing it',
  lively(async () => {
    await page.reload();
    await page.locator('session-guide').waitFor();
    await keepMoving(page);
    await page.getByText('Front of the thigh, both sides').first().waitFor();
    await page.locator('body-guide .disc').first().waitFor({ state: 'attached' });
  }),
);

test(
  'a controller that hangs is told within a second and a half, in grey; when it is back so is the page',
  lively(async () => {
    live.controller.child.kill('SIGSTOP');
    const since = performance.now();
    await page.getByText(catalogue.page.notices.old).waitFor();
    expect(performance.now() - since).toBeLessThan(1900);
    expect(await page.locator('session-guide').evaluate(guide => guide.hasAttribute('live'))).toBe(false);
    expect(await page.locator('[data-motor=left]').getAttribute('data-duty')).toBe('unknown');
    live.controller.child.kill('SIGCONT');
    await page.getByText(catalogue.page.notices.old).waitFor({ state: 'detached' });
  }),
);

test(
  'the words are large enough: 40 px at a desk, 96 px from two metres, on a phone too',
  lively(async () => {
    await keepMoving(page);
    const sizes = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll(all => all.map(one => Number.parseFloat(getComputedStyle(one).fontSize)));
    await page.locator('session-guide .where').waitFor();
    for (const size of [...(await sizes('.where')), ...(await sizes('.which'))])
      expect(size).toBeGreaterThanOrEqual(40);
    await resized(page, 740, 360);
    await page.keyboard.press('f');
    await page.locator('distance-view .line').first().waitFor();
    await settled(page);
    for (const size of await sizes('distance-view .line')) expect(size).toBeGreaterThanOrEqual(96);
    // Whatever is written: on a phone upright nothing of it lies beside the screen or under the foot of the page.
    for (const [width, height] of [
      [320, 640],
      [375, 667],
      [360, 740],
    ] as const) {
      await resized(page, width, height);
      const foot = await page.locator('footer').evaluate(footer => footer.getBoundingClientRect().top);
      expect(await outOfPlace(page, width, foot)).toEqual([]);
    }
    await keepPicture(page, 'far');
  }),
);

test(
  'with reduced motion the stroke is a row of steps that fill',
  lively(async () => {
    await resized(page, 1280, 720);
    await page.keyboard.press('f');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await keepMoving(page);
    await page.locator('body-guide .step').first().waitFor({ state: 'attached' });
    expect(await page.locator('body-guide .disc').count()).toBe(0);
    const lit = () => page.locator('body-guide .step.on').count();
    await expect.poll(lit, { timeout: 10_000 }).toBeGreaterThan(3);
    await expect.poll(lit, { timeout: 10_000 }).toBe(0);
  }),
);
