/** Before any browser test: one Chromium for all of them. Each file joins it, with pages and cookies of its own. */
import { type BrowserServer, chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { chromiumSwitches, installedChromium, optimisingLate } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser of this run is to be joined; null where there is none. */
    chromium: string | null;
  }
}

/** Several projects of one run set up one after the other, each from a copy of this module: they share one browser. */
const shared = globalThis as { tactusChromium?: { server: BrowserServer; users: number } };

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const executablePath = installedChromium();
  if (!executablePath) {
    project.provide('chromium', null);
    return undefined;
  }
  shared.tactusChromium ??= {
    server: await chromium.launchServer({
      executablePath,
      args: [...chromiumSwitches, optimisingLate],
      host: '127.0.0.1',
    }),
    users: 0,
  };
  const one = shared.tactusChromium;
  one.users += 1;
  project.provide('chromium', one.server.wsEndpoint());
  return async () => {
    one.users -= 1;
    if (one.users > 0) return;
    delete shared.tactusChromium;
    await one.server.close();
  };
}
