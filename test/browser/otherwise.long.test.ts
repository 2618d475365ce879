/** The page for whoever hears it, enlarges its letters, wants more contrast, no movement, or paper. */
import type { CDPSession, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { settingsWords } from '../../machines/text/settings.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { axeFinds } from '../support/axe.ts';
import {
  begin,
  everyLook,
  look,
  passPreparation,
  passScreening,
  resized,
  settled,
  stilled,
} from '../support/browser.ts';
import { misfits } from '../support/misfits.ts';
import { namesOf, runTogether } from '../support/names.ts';
import { openDemo } from '../support/opened.ts';

let page: Page;
let tools: CDPSession;

beforeAll(async () => {
  const demo = await openDemo({
    ...stilled,
    viewport: { width: 1440, height: 900 },
    // A static host knows of no phones, and the browser says so.
    mayComplain: /404/,
  });
  ({ page } = demo);
  tools = await page.context().newCDPSession(page);
  return demo.close;
});

const { titles } = catalogue.page;
const titled = (now: string): string => fill(titles.page, { now });

/** What the live regions of the page say now. */
const told = () =>
  page.evaluate(() => {
    const root = document.querySelector('tactus-page')?.shadowRoot;
    const said = (how: string) =>
      [...(root?.querySelectorAll(`[aria-live=${how}]`) ?? [])].map(one => one.textContent ?? '').join('');
    const alerts = [...(root?.querySelectorAll('[role=alert], [role=status]') ?? [])].map(
      one => one.textContent,
    );
    return { polite: said('polite'), alarm: said('assertive'), alerts };
  });

/** Contrast of the edge of every control with what it stands on; those below 3:1. */
const faintEdges = () =>
  page.evaluate(() => {
    const faint = new Set<string>();
    const numbers = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = numbers(colour).map(part => {
        const share = part / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one: string, other: string): number => {
      const [less = 0, more = 0] = [light(one), light(other)].toSorted((a, b) => a - b);
      return (more + 0.05) / (less + 0.05);
    };
    const isClear = (colour: string): boolean => numbers(colour)[3] === 0;
    const groundOf = (element: Element | null): string => {
      for (let at = element; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null) {
        const { backgroundColor } = getComputedStyle(at);
        if (!isClear(backgroundColor)) return backgroundColor;
      }
      return 'rgb(255, 255, 255)';
    };
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (!element.matches('button, a.button, select, textarea, .choices, input:not([type])')) continue;
        if (!element.checkVisibility() || element.matches('[disabled], .plain')) continue;
        const style = getComputedStyle(element);
        if (style.borderTopStyle === 'none' || style.borderTopWidth === '0px') continue;
        const ground = groundOf(element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null);
        // A filled control is told from what it stands on by its filling.
        const best = Math.max(
          contrast(style.borderTopColor, ground),
          contrast(style.backgroundColor, ground),
        );
        if (best < 3)
          faint.add(
            `${element.localName}.${element.classList} ${best.toFixed(2)}: ${element.textContent?.trim().slice(0, 40)}`,
          );
      }
    };
    visit(document);
    return [...faint];
  });

test('the title of the tab says what happens', async () => {
  await expect.poll(() => page.title()).toBe(titled(titles.states.screening));
});

test('edges of controls have 3:1 in every look, in both schemes, and more where more is asked for', async () => {
  const found: string[] = [];
  for (const name of everyLook) {
    await look(page, name);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const one of await faintEdges()) found.push(`${name} ${colorScheme}: ${one}`);
    }
  }
  await look(page, 'session');
  await page.emulateMedia({ colorScheme: 'dark', contrast: 'more' });
  const soft = () =>
    page
      .locator('.soft')
      .first()
      .evaluate(one => getComputedStyle(one).color);
  expect(await soft()).toBe('rgb(255, 255, 255)');
  expect(await axeFinds(page)).toEqual([]);
  await page.emulateMedia({ contrast: 'no-preference' });
  expect(found).toEqual([]);
});

test('letters of twice the size fit everywhere', async () => {
  const found: string[] = [];
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '34px';
  });
  for (const name of everyLook) {
    await look(page, name);
    for (const [width, height] of [
      [1440, 900],
      [768, 1024],
      [360, 740],
    ] as const) {
      await resized(page, width, height);
      for (const one of await misfits(page)) found.push(`${name} ${width}: ${one}`);
    }
  }
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
  await resized(page, 1440, 900);
  expect(found).toEqual([]);
});

test('no two words of a name run together, and every look has its heading and its landmark', async () => {
  const found: string[] = [];
  for (const name of everyLook) {
    await look(page, name);
    for (const one of await runTogether(page)) found.push(`${name}: ${one}`);
    const names = await namesOf(page);
    if (
      !names.some(({ role, name: word }) => role === 'heading' && word !== '' && word !== catalogue.page.name)
    )
      found.push(`${name} has no heading`);
  }
  await look(page, 'far');
  const names = await namesOf(page);
  if (!names.some(({ role, name }) => role === 'region' && name === catalogue.page.looks.far))
    found.push('far is no region');
  expect(found).toEqual([]);
});

test('beside a notch nothing of what is written lies under it, whichever side it is on', async () => {
  const found: string[] = [];
  for (const name of ['session', 'routines', 'far', 'bench', 'receiver'] as const) {
    await look(page, name);
    for (const side of ['left', 'right', 'top', 'bottom'] as const) {
      const insets = { top: 0, left: 0, bottom: 0, right: 0, [side]: 59 };
      await tools.send('Emulation.setSafeAreaInsetsOverride', { insets });
      await resized(page, 740, 400);
      const least = await page.evaluate(of => {
        const root = document.querySelector('tactus-page')?.shadowRoot;
        const parts = [...(root?.querySelectorAll('header > *, main > *, footer > *') ?? [])]
          .map(part => part.getBoundingClientRect())
          .filter(({ width }) => width > 2);
        // What scrolls passes below the head and above the foot; only they touch these edges.
        const all = {
          left: () => Math.min(...parts.map(({ left }) => left)),
          right: () => Math.min(...parts.map(({ right }) => innerWidth - right)),
          top: () =>
            Math.min(
              ...[...(root?.querySelectorAll('header > *') ?? [])]
                .map(part => part.getBoundingClientRect())
                .filter(({ width }) => width > 2)
                .map(({ top }) => top),
            ),
          bottom: () =>
            innerHeight -
            Math.max(
              ...[...(root?.querySelectorAll('footer > *') ?? [])].map(
                part => part.getBoundingClientRect().bottom,
              ),
            ),
        };
        return all[of]();
      }, side);
      if (least < 58.5) found.push(`${name} ${side}: ${least} px`);
    }
  }
  await tools.send('Emulation.setSafeAreaInsetsOverride', { insets: {} });
  await resized(page, 1440, 900);
  expect(found).toEqual([]);
});

test('on paper letters are dark on light, whatever is chosen, and all of it comes', async () => {
  await look(page, 'session');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.evaluate(() => {
    document.documentElement.dataset.scheme = 'dark';
  });
  expect(
    await page.evaluate(() => {
      const host = document.querySelector('tactus-page');
      const main = host?.shadowRoot?.querySelector('main');
      if (!host || !main) throw new Error('no page');
      return [
        getComputedStyle(host).color,
        getComputedStyle(main).overflow,
        getComputedStyle(document.documentElement).overflow,
      ];
    }),
  ).toEqual(['rgb(42, 31, 24)', 'visible', 'visible']);
  await page.evaluate(() => {
    delete document.documentElement.dataset.scheme;
  });
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
});

test('a phase is told with place and way, a stop alone and at once', async () => {
  await look(page, 'session');
  await passScreening(page);
  await passPreparation(page);
  await begin(page);
  const { now, sentence } = await page.evaluate(() => {
    const guide = document.querySelector('tactus-page')?.shadowRoot?.querySelector('session-guide');
    const words = (name: string): string => guide?.shadowRoot?.querySelector(name)?.textContent?.trim() ?? '';
    return { now: [words('.where'), words('.which')], sentence: words('.state') };
  });
  const { polite, alarm } = await told();
  expect(polite).toMatch(new RegExp(`^[^.]+\\. ${now[0]}, ${now[1]}\\. ${sentence.replaceAll('.', '\\.')}$`));
  expect(alarm).toBe('');
  // On a phone on its side place and way are in sight; on a tablet both times share a line.
  const inGuide = (selector: string) =>
    page.locator('session-guide').evaluate((guide, wanted) => {
      const box = guide.shadowRoot?.querySelector(wanted)?.getBoundingClientRect();
      const foot = document.querySelector('tactus-page')?.shadowRoot?.querySelector('footer');
      return { top: box?.top ?? 0, above: (foot?.getBoundingClientRect().top ?? 0) - (box?.bottom ?? 0) };
    }, selector);
  await resized(page, 740, 360);
  await expect.poll(async () => (await inGuide('.which')).above).toBeGreaterThan(0);
  await resized(page, 768, 1024);
  expect((await inGuide('[data-figure=pass]')).top).toBe((await inGuide('[data-figure=routine]')).top);
  await resized(page, 1440, 900);
  await look(page, 'far');
  const far = () =>
    page.locator('distance-view').evaluate(view => {
      const words = view.shadowRoot?.querySelector('.words');
      const figures = view.shadowRoot?.querySelector('.figures');
      const foot = document.querySelector('tactus-page')?.shadowRoot?.querySelector('footer');
      if (!words || !figures || !foot) throw new Error('no words');
      const top = figures.getBoundingClientRect().top;
      const lines = [...words.querySelectorAll('.line')].map(
        line => line.getBoundingClientRect().bottom - top,
      );
      return {
        px: Number.parseFloat(getComputedStyle(words).fontSize),
        figuresPx: Number.parseFloat(getComputedStyle(figures).fontSize),
        over: Math.max(...lines, figures.getBoundingClientRect().bottom - foot.getBoundingClientRect().top),
      };
    });
  await settled(page);
  const usual = await far();
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '34px';
  });
  // From two metres too: as far as a line is still seen whole, and above what stands below it.
  await expect.poll(async () => (await far()).figuresPx).toBeGreaterThan(usual.figuresPx);
  await settled(page);
  expect((await far()).over).toBeLessThan(1);
  expect((await far()).px).toBeGreaterThanOrEqual(usual.px);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
  await look(page, 'session');
  await page.locator('[data-stop]').click();
  await page.locator('[data-strip=stopped]').waitFor();
  await resized(page, 740, 360);
  const stillPx = () =>
    page.locator('session-guide .still').evaluate(one => Number.parseFloat(getComputedStyle(one).fontSize));
  await expect.poll(stillPx).toBeLessThan(30);
  await resized(page, 1440, 900);
  await expect.poll(async () => (await told()).alarm).toMatch(/^Stopped\. Motors off, confirmed\./);
  expect(await told()).toMatchObject({ polite: '', alerts: [] });
  expect(await page.title()).toBe(titled(titles.states.stopped));
});

test('drawn movement is stilled by a switch of the page, and the session goes on', async () => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page
    .getByRole('button', { name: /It slipped|by mistake/i })
    .first()
    .click();
  await page.locator('[data-strip=paused]').waitFor();
  await page.getByRole('button', { name: catalogue.page.settings }).click();
  await page.getByRole('checkbox', { name: settingsWords.still }).check();
  await page.getByRole('button', { name: catalogue.page.settings }).click();
  await page.getByRole('button', { name: catalogue.page.controls.goOn, exact: true }).click();
  await page.locator('body-guide .step').first().waitFor();
  expect(await page.locator('body-guide .disc').count()).toBe(0);
  await page.reload();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.motion)).toBe('still');
});
