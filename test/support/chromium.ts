/** Finds a Chromium for the browser tests, or gets one; and how it is started. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Of several lists of features Chromium takes the last: what Playwright 1.65 switches off has to stand in this one. */
const featuresThatPlaywrightSwitchesOff = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
] as const;

/**
 * The address bar's list of suggestions is itself a page, twice in each window, and costs as much as the page under
 * test. Each page of a test has a window of its own, and nobody types an address there.
 */
const suggestionPages = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'] as const;

/**
 * How the page's scripts are run. A page of a test lives for seconds, and over a quarter of what it cost to open one went
 * into optimising code that was hardly called again. Code that is called very often is optimised still: that of an emulated
 * board. Measured with Chromium 156 on a page without a server: 1.9 s of a processor in its own process without, 1.4 with.
 */
const forShortPages = [
  '--invocation-count-for-maglev=10000',
  '--invocation-count-for-maglev-osr=10000',
  '--invocation-count-for-turbofan=100000',
] as const;

/** For pages of tests; not for those of `npm run bench:page`. A Chromium that has no such switch leaves it out. */
export const optimisingLate = `--js-flags=${forShortPages.join(' ')}`;

/** No sandbox: tests run as root in containers. The rest keeps Chromium from looking for its maker. */
export const chromiumSwitches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[...featuresThatPlaywrightSwitchesOff, ...suggestionPages].join(',')}`,
] as const;

/** Path of an installed Chromium, or undefined. `CHROMIUM_PATH` goes before all. */
export function installedChromium(): string | undefined {
  const asked = process.env.CHROMIUM_PATH;
  return [...(asked ? [asked] : []), ...usual, chromium.executablePath()].find(path => existsSync(path));
}

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Runs a command for at most ten minutes; whether it worked. */
const works = (command: string, words: readonly string[]): boolean =>
  spawnSync(command, words, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 }).status === 0;

/** An installed Chromium, else Playwright's, else Debian's; undefined, with the reason said, where none can be had. */
export function ensureChromium(): string | undefined {
  const installed = installedChromium();
  if (installed) return installed;
  say('No Chromium found: downloading one for the browser tests …');
  const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  if (works(process.execPath, [join(playwright, 'cli.js'), 'install', '--with-deps', 'chromium'])) {
    const downloaded = installedChromium();
    if (downloaded) return downloaded;
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say("That did not work: installing Debian's chromium …");
    works('apt-get', ['update', '-qq']);
    works('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  return installedChromium();
}
