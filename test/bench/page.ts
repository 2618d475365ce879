/**
 * The page's figures, on this machine: what the first view weighs, when something can be read, when it is live, and
 * how much the bench asks of the main thread while the firmware runs. `npm run bench:page`.
 */
import { gzipSync } from 'node:zlib';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { catalogue } from '../../machines/text/text.ts';
import { endWithRunner } from '../../src/app/gone-parent.ts';
import {
  framesPass,
  handsMove,
  look,
  passPreparation,
  passScreening,
  phoneOptions,
} from '../support/browser.ts';
import setup from '../support/build.ts';
import { chromiumSwitches, installedChromium } from '../support/chromium.ts';
import { startController } from '../support/controller.ts';
import { serveDemo } from '../support/demo.ts';
import { hundredStops } from '../support/hundred-stops.ts';
import { Touches } from '../support/touches.ts';

endWithRunner('test/bench/page.ts');

type Figure = Readonly<{ name: string; value: number; unit: string; most: number }>;

const loads = 7;
const watchedMs = 10_000;
const mostFrames = 600;

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[
    Math.min(values.length - 1, Math.floor(share * values.length))
  ] ?? Number.NaN;

/** Scripts that come before anyone has asked for more than the first view, gzipped. */
async function weight(browser: Browser, address: string): Promise<number> {
  const page = await browser.newPage();
  let bytes = 0;
  const bodies: Promise<void>[] = [];
  page.on('response', response => {
    if (!response.url().endsWith('.js')) return;
    bodies.push(
      response.body().then(body => {
        bytes += gzipSync(body).length;
      }),
    );
  });
  await page.goto(address);
  await page.getByText(catalogue.page.device.links.emulated).waitFor();
  await Promise.all(bodies);
  await page.close();
  return bytes / 1000;
}

/** First contentful paint, and the first frame that shows the live device, in ms from navigation. */
async function speed(browser: Browser, address: string): Promise<readonly [number, number]> {
  const page = await browser.newPage();
  // As text: what a loader adds to a function's name is not known in the page.
  await page.addInitScript(`
    (function look() {
      const device = document.querySelector('tactus-page')?.shadowRoot?.querySelector('device-view[live]');
      if (device?.shadowRoot?.querySelector('[data-motor=left][data-duty="0"]')) globalThis.liveAt = performance.now();
      else requestAnimationFrame(look);
    })();
  `);
  await page.goto(address);
  // A paint is told a little after it was seen, which may be after the page has come alive.
  const isThere = await page.evaluate(async frames => {
    for (let frame = 0; frame < frames; frame++) {
      if ('liveAt' in globalThis && performance.getEntriesByName('first-contentful-paint').length > 0)
        return true;
      await new Promise(requestAnimationFrame);
    }
    return false;
  }, mostFrames);
  if (!isThere) throw new Error('the page did not come alive');
  const found = await page.evaluate(() => [
    performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    (globalThis as unknown as { liveAt: number }).liveAt,
  ]);
  await page.close();
  return [found[0] ?? Number.NaN, found[1] ?? Number.NaN];
}

type TraceEvent = Readonly<{
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: Readonly<{ name?: string }>;
}>;

async function traced(cdp: CDPSession, forMs: number): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const done = new Promise<void>(resolve => cdp.once('Tracing.tracingComplete', () => resolve()));
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
    },
  });
  await new Promise(resolve => setTimeout(resolve, forMs));
  await cdp.send('Tracing.end');
  await done;
  return events;
}

/** Work of the page's main thread between one frame's beginning and the next, in ms of its own processor time. */
function workPerFrame(events: readonly TraceEvent[]): readonly number[] {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const busiest = mains
    .map(({ pid, tid }) => events.filter(event => event.pid === pid && event.tid === tid))
    .toSorted((one, other) => other.length - one.length)[0];
  const own = (busiest ?? []).filter(({ ph }) => ph === 'X').toSorted((one, other) => one.ts - other.ts);
  const begins = own.filter(({ name }) => name === 'FireAnimationFrame').map(({ ts }) => ts);
  const frames: number[] = [];
  const tasks = own.filter(({ name }) => name === 'RunTask' || name === 'ThreadControllerImpl::RunTask');
  const outer = tasks.filter((task, index) => {
    const before = tasks[index - 1];
    return !before || task.ts >= before.ts + (before.dur ?? 0);
  });
  let last = Number.NEGATIVE_INFINITY;
  let task = 0;
  for (const begin of begins) {
    // Several callbacks of one frame come within a millisecond or two.
    if (begin - last < 4000) continue;
    last = begin;
    let work = 0;
    for (; (outer[task]?.ts ?? Number.POSITIVE_INFINITY) < begin; task++)
      work += (outer[task]?.tdur ?? outer[task]?.dur ?? 0) / 1000;
    frames.push(work);
  }
  return frames.slice(1);
}

async function benchWork(page: Page, address: string): Promise<readonly number[]> {
  await page.goto(address);
  await passScreening(page);
  await passPreparation(page);
  await page.locator('[data-start]').click();
  await page.locator('[data-state=warmUp]').waitFor();
  await look(page, 'bench');
  // What is drawn only once is drawn: from here on each frame is like the next.
  await framesPass(page, 120);
  return workPerFrame(await traced(await page.context().newCDPSession(page), watchedMs));
}

/** A hundred presses on a phone whose page runs the firmware itself, in ms. Throws where one was missed. */
async function stops(browser: Browser): Promise<readonly number[]> {
  const demo = await serveDemo();
  const page = await browser.newPage(phoneOptions);
  await page.goto(demo.address);
  await page.getByText(catalogue.page.device.links.emulated).waitFor();
  const touches = await Touches.on(page);
  await handsMove(page);
  const { missed, said } = await hundredStops(page, touches);
  await page.close();
  demo.close();
  if (missed.length > 0) throw new Error(`STOP was not heard: ${missed.length} of 100`);
  return said.map(one => one.lateMs);
}

async function run(): Promise<void> {
  setup();
  const controller = await startController('--routine', 'first-touch');
  const executablePath = installedChromium();
  if (!executablePath) throw new Error('no Chromium: npm test gets one');
  const browser = await chromium.launch({ executablePath, args: [...chromiumSwitches] });
  try {
    const kilobytes = await weight(browser, controller.address);
    const times: (readonly [number, number])[] = [];
    for (let load = 0; load < loads; load++) times.push(await speed(browser, controller.address));
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const frames = await benchWork(page, controller.address);
    const lateMs = await stops(browser);
    const figures: readonly Figure[] = [
      { name: 'JavaScript of the first view, gzipped', value: kilobytes, unit: 'kB', most: 60 },
      {
        name: 'first contentful paint, median',
        value: median(times.map(([paint]) => paint)),
        unit: 'ms',
        most: 300,
      },
      {
        name: 'first live frame, median',
        value: median(times.map(([, live]) => live)),
        unit: 'ms',
        most: 600,
      },
      {
        name: `main thread per frame in the bench, p50 of ${frames.length}`,
        value: quantile(frames, 0.5),
        unit: 'ms',
        most: 8,
      },
      { name: 'main thread per frame in the bench, p99', value: quantile(frames, 0.99), unit: 'ms', most: 8 },
      {
        name: `STOP from contact to what is sent, p50 of ${lateMs.length}`,
        value: median(lateMs),
        unit: 'ms',
        most: 50,
      },
      { name: 'STOP from contact to what is sent, worst', value: Math.max(...lateMs), unit: 'ms', most: 50 },
    ];
    for (const { name, value, unit, most } of figures)
      process.stdout.write(
        `${name.padEnd(52)} ${value.toFixed(1).padStart(8)} ${unit}   at most ${most} ${unit}\n`,
      );
    if (figures.some(({ value, most }) => !(value <= most))) process.exitCode = 1;
  } finally {
    await browser.close();
    await controller.stop();
  }
}

await run();
