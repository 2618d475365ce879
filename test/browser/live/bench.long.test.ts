/** The bench of a live controller: what it shows is what there is, and faults on the emulated board are met. */

import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { aloneWords } from '../../../machines/text/alone.ts';
import { benchWords } from '../../../machines/text/bench.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { type BenchBatch, type FromServer, wireVersion } from '../../../src/server/messages.ts';
import {
  keepMoving,
  keepPicture,
  look,
  passPreparation,
  passScreening,
  whileMoving,
} from '../../support/browser.ts';
import { boardIsUp, type Live, openLive } from '../../support/opened.ts';
import { pageAhead } from '../../support/page-clock.ts';
import { repeatedIfStarved } from '../../support/starved.ts';

let live: Live;
let page: Page;
/** What came over the socket, and when, in ms of this process's `performance.now()`. */
const heard: { heardMs: number; message: FromServer }[] = [];

beforeAll(async () => {
  live = await openLive(['--routine', 'first-touch'], {
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    prepare: listened =>
      listened.on('websocket', socket =>
        socket.on('framereceived', ({ payload }) =>
          heard.push({ heardMs: performance.now(), message: JSON.parse(String(payload)) as FromServer }),
        ),
      ),
  });
  ({ page } = live);
  await passScreening(page);
  await passPreparation(page);
  await look(page, 'bench');
  return live.close;
});

const batches = (): readonly BenchBatch[] =>
  heard.flatMap(({ message }) => (message.type === 'bench' ? [message.batch] : []));

/** Frames in which a motor is driven, to compare with what was reported. */
const enoughFrames = 10;

/** `pageMs` is the page's own `performance.now()`. */
type Seen = Readonly<{ pageMs: number; at: number; duty: string; stroke: number | null }>;

/** What the page shows, frame by frame, for so long. */
function sampled(forMs: number): Promise<readonly Seen[]> {
  return page.evaluate(async lastsMs => {
    const root = document.querySelector('tactus-page')?.shadowRoot;
    const seen: { pageMs: number; at: number; duty: string; stroke: number | null }[] = [];
    const ends = performance.now() + lastsMs;
    while (performance.now() < ends) {
      await new Promise(requestAnimationFrame);
      const device = root?.querySelector('device-view')?.shadowRoot;
      const shown = (motor: string) =>
        device?.querySelector(`[data-motor=${motor}]`)?.getAttribute('data-duty');
      const body = root?.querySelector('session-guide')?.shadowRoot?.querySelector('body-guide')?.shadowRoot;
      const way = body?.querySelector<SVGPathElement>('.way');
      const disc = body?.querySelector('.disc');
      const height = Number(/translate\(\S+ (\S+)\)/.exec(disc?.getAttribute('transform') ?? '')?.[1]);
      let stroke: number | null = null;
      if (way && disc && Number(disc.getAttribute('opacity')) === 1) {
        // The way runs upwards without turning: where the disc is tells how far it has come.
        const length = way.getTotalLength();
        let [low, high] = [0, length];
        for (let halving = 0; halving < 30; halving++) {
          const middle = (low + high) / 2;
          if (way.getPointAtLength(middle).y > height) low = middle;
          else high = middle;
        }
        stroke = low / length;
      }
      seen.push({
        pageMs: performance.now(),
        at: document.querySelector('tactus-page')?.sessionTime ?? 0,
        duty: `${shown('left')} ${shown('right')}`,
        stroke,
      });
    }
    return seen;
  }, forMs);
}

test('chart, statechart, journal, line and timing show a session as it begins', async () => {
  await page.locator('state-chart svg[data-active=preparation]').waitFor();
  await page.keyboard.press('b');
  await page.locator('[data-start]').click();
  await page.keyboard.press('b');
  await page.locator('state-chart svg[data-active="underway.warmUp"]').waitFor();
  await page.locator('scope-chart canvas').waitFor();
  await page.getByLabel('Messages on the line').getByText('LEASE').first().waitFor();
  await page
    .getByLabel('Messages on the line')
    .getByText(/^leased · A \d+ · B \d+/)
    .first()
    .waitFor();
  await page.getByLabel('Journal', { exact: true }).getByText('start', { exact: true }).last().waitFor();
  await page.getByRole('img', { name: /Deadlines by how late they ran/ }).waitFor();
});

test(
  'in every frame the duty shown is one that the firmware has just reported',
  repeatedIfStarved(async () => {
    // A slow machine draws fewer frames in a second: it is looked at until there are enough of them.
    const driven = (frames: readonly Seen[]): number =>
      frames.filter(({ duty }) => /[1-9]/.test(duty)).length;
    let seen = await sampled(6000);
    for (let again = 0; again < 5 && driven(seen) <= enoughFrames; again++) {
      if (driven(seen) === 0) {
        await look(page, 'session');
        await keepMoving(page);
        await look(page, 'bench');
      }
      seen = [...seen, ...(await sampled(6000))];
    }
    const reported = batches().flatMap(batch => batch.reported);
    expect(driven(seen)).toBeGreaterThan(enoughFrames);
    const strange = seen.filter(
      ({ at, duty }) =>
        !reported.some(
          status => `${status.left} ${status.right}` === duty && at - status.at < 1000 && status.at - at < 50,
        ),
    );
    expect(strange).toEqual([]);
    await keepPicture(page, 'bench');
  }),
);

const mostOffMs = 50;

/** A page that shows the session hears nothing of the trace. Somebody else does, and puts it into `heard`. */
async function alsoAtBench(): Promise<WebSocket> {
  const { host, origin } = new URL(live.controller.address);
  const socket = new WebSocket(`ws://${host}/ws`, { origin });
  socket.on('message', text =>
    heard.push({ heardMs: performance.now(), message: JSON.parse(String(text)) as FromServer }),
  );
  await once(socket, 'open');
  socket.send(JSON.stringify({ v: wireVersion, id: 1, type: 'bench', on: true }));
  return socket;
}

test(
  'the stroke on the body is within 50 ms of the trace',
  repeatedIfStarved(async () => {
    await look(page, 'session');
    await page.locator('body-guide').waitFor();
    const before = batches().length;
    const since = () => batches().slice(before);
    const strokes = () => since().flatMap(({ trace }) => trace.filter(({ type }) => type === 'stroke'));
    const watching = await alsoAtBench();
    onTestFinished(() => watching.close());
    await whileMoving(page, () => strokes().length > 0);
    let seen = await sampled(5000);
    for (let again = 0; again < 3 && seen.filter(({ stroke }) => stroke !== null).length < 100; again++) {
      await keepMoving(page);
      seen = await sampled(5000);
    }
    // Session time on the page's clock: the message that came with the least delay tells.
    const offsets = heard.flatMap(({ heardMs, message }) =>
      (message.type === 'view' || message.type === 'change') && message.view.time
        ? [heardMs - message.view.time.at]
        : [],
    );
    const zero = Math.min(...offsets) + (await pageAhead(page));
    const lastMs = Math.max(...seen.map(({ pageMs }) => pageMs - zero));
    await expect.poll(() => since().at(-1)?.at ?? 0, { timeout: 5000 }).toBeGreaterThan(lastMs);
    // Each against its own: after a pause strokes do not go on in the beat of those before it.
    const strokeMs = 4000;
    const off = seen.flatMap(({ pageMs, stroke }) => {
      const sessionMs = pageMs - zero;
      const own = strokes().findLast(({ at }) => at <= sessionMs + mostOffMs);
      if (!own || stroke === null || stroke <= 0.02 || stroke >= 0.98) return [];
      return [Math.abs(sessionMs - stroke * strokeMs - own.at)];
    });
    expect(off.length).toBeGreaterThan(20);
    expect(Math.max(...off)).toBeLessThanOrEqual(mostOffMs);
  }),
);

test('an unplugged board is told in a plain sentence, and can be plugged in again', async () => {
  await look(page, 'bench');
  await page.locator('[data-fault=unplug]').waitFor();
  await page.keyboard.press('u');
  await page.locator('state-chart svg[data-active="faulted.unacknowledged"]').waitFor();
  await page.getByText('The device is not answering. It stops by itself.').first().waitFor();
  expect(await page.locator('[data-motor=left]').getAttribute('data-duty')).toBe('unknown');
  await page.locator('[data-fault=replug]').click();
  await page.getByText(catalogue.page.device.links.emulated).waitFor();
});

test('a real stall of the controller is shown as one: what is seen is old', async () => {
  await page.locator('[data-fault=stall]').click();
  await page.getByText(catalogue.page.notices.old).waitFor();
  await page.getByText(catalogue.page.notices.old).waitFor({ state: 'detached' });
});

test('nothing is blocked by the content security policy and nothing fails on the bench', () => {
  expect(live.complaints).toEqual([]);
});

test('a board that plays by itself is not here, and one step away', async () => {
  const other = await live.newPage();
  await other.goto(new URL('#alone', live.controller.address).href);
  await other.getByText(aloneWords.elsewhere).waitFor();
  await other.locator('alone-view [data-demo]').click();
  await other.waitForURL(/\/demo\/#alone$/);
  await other.locator('alone-view device-view[live]').waitFor({ timeout: 20_000 });
  await other.close();
});

test('a bench whose time can be steered is one step away, within the same rules for pages', async () => {
  await page.getByText(benchWords.time.real).waitFor();
  const other = await live.newPage();
  await other.goto(new URL('#bench', live.controller.address).href);
  await other.locator('[data-demo]').click();
  await other.waitForURL(/\/demo\/#bench$/);
  await boardIsUp(other);
  await other.locator('[data-rate="100"]').click();
  await other.getByText('Time runs 100 times as fast, from the bench.').waitFor();
  // A real board belongs to the controller here: this page may not ask for one.
  expect(
    await other.evaluate(() =>
      (
        document as unknown as { featurePolicy: { allowsFeature(name: string): boolean } }
      ).featurePolicy.allowsFeature('serial'),
    ),
  ).toBe(false);
  await other.getByRole('button', { name: catalogue.page.settings }).click();
  await other.locator('settings-panel').waitFor();
  expect(await other.locator('[data-serial]').count()).toBe(0);
  expect(live.complaints).toEqual([]);
  await other.close();
});
