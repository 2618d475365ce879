/** Somebody without a screen at the board by itself of a page, both of them in a time that takes as long as they are work. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import type { Button, CueId, Motor, Ms } from '../../machines/vocabulary.ts';
import { packageRoot } from '../../src/installed.ts';
import type { HeldInPage } from './held-in-page.ts';

/** Runs in the worker before all else that stands in its file: its time goes on when it is told to. */
const steeredTime = `{
  let now = 0;
  let isSeen = false;
  let count = 0;
  let due = [];
  performance.now = () => now;
  globalThis.setTimeout = (run, ms = 0) => {
    count += 1;
    due.push({ at: now + ms, count, run });
    return count;
  };
  globalThis.clearTimeout = timer => {
    due = due.filter(one => one.count !== timer);
  };
  const post = globalThis.postMessage.bind(globalThis);
  globalThis.postMessage = message => {
    isSeen = true;
    post(message);
  };
  globalThis.addEventListener('message', event => {
    const { until } = event.data;
    if (until === undefined) return;
    event.stopImmediatePropagation();
    for (isSeen = false; !isSeen; ) {
      const [next] = due.toSorted((one, other) => one.at - other.at || one.count - other.count);
      if (next === undefined || next.at > until) break;
      due = due.filter(one => one !== next);
      now = Math.max(now, next.at);
      next.run();
    }
    if (!isSeen) now = Math.max(now, until);
    post({ reached: now });
  });
}
`;

/** What runs in the page, as one script. */
async function heldInPage(): Promise<string> {
  const built = await build({
    configFile: false,
    root: packageRoot,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: {
        entry: join(packageRoot, 'test/support/held-in-page.ts'),
        formats: ['iife'],
        name: 'heldInPage',
      },
    },
  });
  const [one] = Array.isArray(built) ? built : [built];
  const chunk = one && 'output' in one ? one.output[0] : null;
  if (!chunk) throw new Error('nothing was built');
  return chunk.code;
}

/** Before the page is opened; `move` moves a finger on what is drawn. */
export async function steerBoard(
  page: Page,
  move: (button: Button, down: boolean) => Promise<void>,
): Promise<SteeredPerson> {
  await page.route(/\/board-worker-[^/]*\.js$/, async route => {
    const response = await route.fetch();
    await route.fulfill({ response, body: steeredTime + (await response.text()) });
  });
  await page.exposeFunction('moveFinger', move);
  await page.addInitScript(await heldInPage());
  return new SteeredPerson(page);
}

/** The person in the page, as a test has them do something. */
export class SteeredPerson {
  /** Whether the light was on when they had done it. */
  lit = false;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async feel(mostMs: Ms): Promise<Readonly<{ cue: CueId; from: Motor }> | null> {
    return await this.#does('feel', [mostMs]);
  }
  async wait(ms: Ms): Promise<void> {
    await this.#does('wait', [ms]);
  }
  async press(button: Button): Promise<void> {
    await this.#does('press', [button]);
  }
  async pressTogether(buttons: readonly Button[], forMs: Ms): Promise<void> {
    await this.#does('pressTogether', [buttons, forMs]);
  }
  async holdUntilLit(buttons: readonly Button[], mostMs: Ms): Promise<void> {
    await this.#does('holdUntilLit', [buttons, mostMs]);
  }
  async react(): Promise<void> {
    await this.#does('react', []);
  }

  async #does<Name extends Parameters<HeldInPage['does']>[0]>(
    name: Name,
    given: Parameters<HeldInPage['does']>[1],
  ) {
    const { result, lit } = await this.#page.evaluate(
      ([deed, all]) => {
        const { held } = globalThis as unknown as { held: HeldInPage };
        return held.does(deed, all as never);
      },
      [name, given] as const,
    );
    this.lit = lit;
    return result as Awaited<ReturnType<HeldInPage['does']>>['result'] as never;
  }
}
