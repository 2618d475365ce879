/** A board on the browser's own serial port: here the emulated one, at the other end of a port that the page is given. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../machines/text/text.ts';
import { Paced } from '../../simulator/avr/paced.ts';
import { triedUno } from '../../simulator/avr/tried.ts';
import { firmwareHex } from '../../src/installed.ts';
import { serveDemo } from '../support/demo.ts';
import { boardIsUp, openPages } from '../support/opened.ts';

let page: Page;
let complaints: string[];
let board: Paced;

beforeAll(async () => {
  const demo = await serveDemo();
  const opened = await openPages();
  ({ complaints } = opened);
  page = await opened.newPage();
  board = new Paced(triedUno(firmwareHex()), {
    now: () => performance.now(),
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    post: event => {
      if (event.type === 'bytes')
        page
          .evaluate(
            bytes => (globalThis as unknown as { arrived(bytes: number[]): void }).arrived(bytes),
            [...event.bytes],
          )
          .catch(() => {});
    },
  });
  board.start();
  await page.exposeFunction('toBoard', (bytes: number[]) => board.write(Uint8Array.from(bytes)));
  await page.addInitScript(() => {
    const toBoard = (globalThis as unknown as { toBoard(bytes: number[]): void }).toBoard;
    const readable = new ReadableStream<Uint8Array>({
      start: controller => {
        Object.assign(globalThis, {
          arrived: (bytes: number[]) => controller.enqueue(Uint8Array.from(bytes)),
          pullOut: () => controller.close(),
        });
      },
    });
    const writable = new WritableStream<Uint8Array>({ write: bytes => toBoard([...bytes]) });
    const port = { open: async () => {}, close: async () => {}, readable, writable };
    Object.defineProperty(navigator, 'serial', { value: { requestPort: async () => port } });
  });
  await page.goto(demo.address);
  await boardIsUp(page);
  return async () => {
    board.stop();
    demo.close();
    await opened.close();
  };
});

test('the page asks for a port and runs on the board behind it, with no drawn buttons and no faults on demand', async () => {
  await page.getByRole('button', { name: catalogue.page.settings }).click();
  await page.locator('[data-serial]').click();
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: 20_000 });
  expect(await page.locator('[data-button]').count()).toBe(0);
  await page.locator('[data-motor=left][data-duty="0"]').waitFor();
});

test('a button of the board is heard: STOP stops', async () => {
  board.press('stop');
  await page.locator('[data-state=stopped]').waitFor();
  board.release('stop');
});

test('an unplugged board is told as one', async () => {
  await page.evaluate(() => (globalThis as unknown as { pullOut(): void }).pullOut());
  await page.getByText('The device is not answering. It stops by itself.').first().waitFor();
  expect(await page.locator('[data-motor=left]').getAttribute('data-duty')).toBe('unknown');
  expect(complaints).toEqual([]);
});
