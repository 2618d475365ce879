/** Reports in a real Chromium: without a network, on paper, and for whoever cannot see them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromLibrary } from '../../machines/routine/library.ts';
import { chartOf } from '../../src/history/chart.ts';
import { htmlReport } from '../../src/history/report.ts';
import { htmlTrends } from '../../src/history/trends.ts';
import { complaintsOf, keepPicture, launchChromium } from '../support/browser.ts';
import { eventful, keptOf } from '../support/kept.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let folder: string;
let browser: Browser;
let page: Page;
let complaints: string[];
const asked: string[] = [];

const addressOf = (name: string): string => pathToFileURL(join(folder, name)).href;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tactus-report-'));
  const evening = await keptOf({ steps: eventful, header: { client: 'B', intakeAttested: true } });
  const whole = fromLibrary('leg-and-back');
  const long = await keptOf({ ...(whole && { routine: whole }), keeps: 'bands' });
  const note = {
    type: 'note' as const,
    writtenAt: '2026-03-01T19:00:00.000Z',
    text: 'Left calf tight at first.',
  };
  writeFileSync(
    join(folder, 'evening.html'),
    htmlReport({ ...evening, records: [...evening.records, note] }),
  );
  writeFileSync(join(folder, 'long.html'), htmlReport(long));
  writeFileSync(join(folder, 'trends.html'), htmlTrends([evening, long]));
  writeFileSync(join(folder, 'empty.html'), htmlTrends([]));
  writeFileSync(join(folder, 'chart.svg'), chartOf(evening, { alone: true }));
  browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1100, height: 1400 } });
  await context.setOffline(true);
  page = await context.newPage();
  page.on('request', request => asked.push(request.url()));
  complaints = complaintsOf(page);
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const names = ['evening.html', 'long.html', 'trends.html', 'empty.html'] as const;

describe.each(names)('%s', name => {
  test('asks for nothing but itself and complains of nothing, with the network cut', async () => {
    asked.length = 0;
    await page.goto(addressOf(name));
    expect(asked).toEqual([addressOf(name)]);
    expect(complaints).toEqual([]);
    if (name === 'long.html') await keepPicture(page, 'report');
  });

  test.each([
    ['light', 'none'],
    ['dark', 'none'],
    ['dark', 'active'],
  ] as const)('axe finds nothing in %s, forced colours %s', async (colorScheme, forcedColors) => {
    await page.emulateMedia({ colorScheme, forcedColors });
    await page.goto(addressOf(name));
    // Over the debugger, not as a script of the page: its policy would rightly refuse that.
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(found).toEqual([]);
  });

  test('fits a narrow phone: only the drawing and the tables scroll sideways, by themselves', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(addressOf(name));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1100, height: 1400 });
  });

  test('prints on A4, with nothing cut off at the side', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark', forcedColors: 'none' });
    await page.goto(addressOf(name));
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(boxes.length).toBeGreaterThan(0);
    // 210 by 297 mm in points.
    for (const [, width, height] of boxes) {
      expect(Math.abs(Number(width) - 595.28)).toBeLessThan(1.5);
      expect(Math.abs(Number(height) - 841.89)).toBeLessThan(1.5);
    }
    expect(boxes.length).toBeLessThanOrEqual(name === 'long.html' ? 4 : 3);
    // 180 mm between the margins, at 96 dots an inch.
    await page.setViewportSize({ width: 680, height: 1000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(680);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    await page.setViewportSize({ width: 1100, height: 1400 });
    await page.emulateMedia({ media: 'screen' });
  });
});

test('a drawing by itself is well-formed and has a ground and a name of its own', async () => {
  asked.length = 0;
  await page.goto(addressOf('chart.svg'));
  const { name, title, ground } = await page.evaluate(() => ({
    name: document.documentElement.nodeName,
    title: document.querySelector('title')?.textContent,
    ground: getComputedStyle(document.documentElement).backgroundColor,
  }));
  expect([name, title]).toEqual(['svg', 'Evening legs, The way it went']);
  expect(ground).not.toBe('rgba(0, 0, 0, 0)');
  expect(asked).toHaveLength(1);
});
