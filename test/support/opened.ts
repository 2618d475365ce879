/** The one fixture of the browser tests: the run's Chromium, a page each, what it is a page of, and one watch over all. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { catalogue } from '../../machines/text/text.ts';
import { type Controller, startController, startControllerIn } from './controller.ts';
import { type Demo, serveDemo } from './demo.ts';

/** Joins the Chromium that all files share. What is opened here is gone when the connection is closed. */
export async function joinChromium(): Promise<Browser> {
  const endpoint = inject('chromium');
  if (endpoint === null) throw new Error('no Chromium: npm test gets one');
  return await chromium.connect(endpoint);
}

/** Puts into a list whatever the page complains of: errors, blocked scripts, refused styles. */
export function watchComplaints(page: Page, complaints: string[] = []): string[] {
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return complaints;
}

export type Opened = Readonly<{
  browser: Browser;
  /** What all pages that were opened here have complained of; a test may look at it and empty it. */
  complaints: string[];
  /** Another page with cookies of its own, watched like the first. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** Ends all of it. Throws where a page has complained of what it may not. */
  close(): Promise<void>;
}>;

type Options = BrowserContextOptions & {
  /** What the pages may complain of, where the test itself breaks something. */
  mayComplain?: RegExp;
};

/** Pages of nothing yet. For `beforeAll(async () => { …; return opened.close; })`. */
export async function openPages({ mayComplain }: Pick<Options, 'mayComplain'> = {}): Promise<Opened> {
  const browser = await joinChromium();
  const complaints: string[] = [];
  return {
    browser,
    complaints,
    newPage: async options => {
      const page = await browser.newPage(options);
      watchComplaints(page, complaints);
      return page;
    },
    close: async () => {
      await browser.close();
      const unexpected = complaints.filter(text => !mayComplain?.test(text));
      if (unexpected.length > 0) throw new Error(`pages complained: ${unexpected.join('\n')}`);
    },
  };
}

export type Live = Opened & Readonly<{ controller: Controller; page: Page }>;

type LiveOptions = Options & {
  /** What comes after the controller's address. */
  at?: string;
  /** Its state folder; otherwise one of its own. */
  state?: string;
  /** What has to be done with the page before it goes anywhere. */
  prepare?: (page: Page) => void;
};

/** A controller of its own for this file, and a page that shows it. */
export async function openLive(
  words: readonly string[],
  { mayComplain, at = '', state, prepare, ...options }: LiveOptions = {},
): Promise<Live> {
  const [opened, controller] = await Promise.all([
    openPages({ ...(mayComplain && { mayComplain }) }),
    state === undefined ? startController(...words) : startControllerIn(state, ...words),
  ]);
  const page = await opened.newPage(options);
  prepare?.(page);
  await page.goto(new URL(at, controller.address).href);
  return {
    ...opened,
    controller,
    page,
    close: async () => {
      // A controller that a test has left standing still could not end.
      controller.child.kill('SIGCONT');
      await Promise.all([opened.close(), controller.stop()]);
    },
  };
}

export type Alone = Opened & Readonly<{ demo: Demo; page: Page }>;

/** The page that runs with no server, whose time can be steered, up and running. */
export async function openDemo({
  mayComplain,
  at = '',
  ...options
}: Options & { at?: string } = {}): Promise<Alone> {
  const [opened, demo] = await Promise.all([openPages({ ...(mayComplain && { mayComplain }) }), serveDemo()]);
  const page = await opened.newPage(options);
  await page.goto(new URL(at, demo.address).href);
  await boardIsUp(page);
  return {
    ...opened,
    demo,
    page,
    close: async () => {
      demo.close();
      await opened.close();
    },
  };
}

/** The emulated board answers. */
export const boardIsUp = (page: Page): Promise<void> =>
  page.getByText(catalogue.page.device.links.emulated).waitFor({ timeout: 20_000 });
