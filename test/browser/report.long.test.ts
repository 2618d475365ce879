/** Reports in a real Chromium: without a network, on paper, and for whoever cannot see them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromLibrary } from '../../machines/routine/library.ts';
import { chartOf } from '../../src/history/chart.ts';
import { htmlReport } from '../../src/history/report.ts';
import { listedSession } from '../../src/history/tables.ts';
import { htmlTrends } from '../../src/history/trends.ts';
import { axeFinds } from '../support/axe.ts';
import { keepPicture, resized } from '../support/browser.ts';
import { eventful, keptOf } from '../support/kept.ts';
import { type Opened, openPages } from '../support/opened.ts';

let folder: string;
let opened: Opened;
let page: Page;
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
  writeFileSync(join(folder, 'trends.html'), htmlTrends([listedSession(evening), listedSession(long)]));
  writeFileSync(join(folder, 'empty.html'), htmlTrends([]));
  writeFileSync(join(folder, 'chart.svg'), chartOf(evening, { alone: true }));
  opened = await openPages();
  page = await opened.newPage({ viewport: { width: 1100, height: 1400 }, offline: true });
  page.on('request', request => asked.push(request.url()));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await opened?.close();
});

const names = ['evening.html', 'long.html', 'trends.html', 'empty.html'] as const;

describe.each(names)('%s', name => {
  test('asks for nothing but itself and complains of nothing, with the network cut', async () => {
    asked.length = 0;
    await page.goto(addressOf(name));
    expect(asked).toEqual([addressOf(name)]);
    expect(opened.complaints).toEqual([]);
    if (name === 'long.html') await keepPicture(page, 'report');
  });

  test.each([
    ['light', 'none'],
    ['dark', 'none'],
    ['dark', 'active'],
  ] as const)('axe finds nothing in %s, forced colours %s', async (colorScheme, forcedColors) => {
    await page.goto(addressOf(name));
    expect(await axeFinds(page, [{ colorScheme, forcedColors }])).toEqual([]);
  });

  test('fits a narrow phone: only the drawing and the tables scroll sideways, by themselves', async () => {
    await resized(page, 360, 740);
    await page.goto(addressOf(name));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await resized(page, 1100, 1400);
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
    await resized(page, 680, 1000);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(680);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    await resized(page, 1100, 1400);
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
  expect([name, title]).toEqual(['svg', 'Evening legs, How it went']);
  expect(ground).not.toBe('rgba(0, 0, 0, 0)');
  expect(asked).toHaveLength(1);
});
