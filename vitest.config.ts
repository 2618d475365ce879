import { defineConfig } from 'vitest/config';

/** Test groups by what they need: nothing, the emulated board, a process of their own, a browser. */
const group = (name: string, include: string[], settings: object = {}) => ({
  extends: true as const,
  test: { name, include, ...settings },
});

/** What only counts: side by side. */
const counting = { sequence: { groupOrder: 0 }, maxWorkers: 2 };
/** What lives in real time: one after the other, so that no test stalls another's session. */
const living = (order: number) => ({ sequence: { groupOrder: order }, maxWorkers: 1 });

/** Whole commands that live in real time; the others of their folder run in virtual time. */
const live = [
  'bringup',
  'calibrate',
  'headless',
  'hung-up',
  'lan',
  'live-script',
  'other-board',
  'page-gone',
  'second-start',
  'sessions',
  'start',
].map(name => `test/whole/${name}.test.ts`);

/** All browser files share one Chromium, and those of one worker what they import. */
const inChromium = {
  globalSetup: ['test/support/one-chromium.ts'],
  testTimeout: 120_000,
  isolate: false,
};

/** One walk through the page and what matters most on it, for the quick run. */
const walk = ['test/browser/quick/**/*.test.ts'];

/** Pages whose time is virtual, or in which no session moves: two at once stall nobody. */
const patient = [
  'card',
  'declined',
  'demo',
  'history',
  'in-sight',
  'keyboard',
  'report',
  'routines',
  'web-serial',
  'write',
].map(name => `test/browser/${name}.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/properties.ts'],
    // A hang is a failure; a busy machine is none.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      group('machines', ['test/machines/**/*.test.ts', 'test/model/**/*.test.ts'], counting),
      group('src', ['test/src/**/*.test.ts', 'test/house/**/*.test.ts'], counting),
      group('firmware', ['test/firmware/**/*.test.ts', 'test/simulator/**/*.test.ts'], counting),
      group('whole', ['test/whole/**/*.test.ts'], { exclude: live, testTimeout: 180_000, ...counting }),
      group('hardware', ['test/hardware/**/*.test.ts'], living(1)),
      group('live', live, { testTimeout: 180_000, ...living(2) }),
      group('page-quick', walk, { ...inChromium, ...living(3) }),
      group('page', patient, {
        ...inChromium,
        sequence: { groupOrder: 4 },
        maxWorkers: 2,
      }),
      group('browser', ['test/browser/**/*.test.ts'], {
        ...inChromium,
        exclude: [...patient, ...walk],
        ...living(5),
      }),
      group('faults', ['test/faults/**/*.test.ts'], {
        testTimeout: 1_800_000,
        execArgv: ['--expose-gc'],
        ...living(6),
      }),
    ],
    coverage: {
      provider: 'v8',
      include: [
        'machines/**/*.ts',
        'src/*clock.ts',
        'src/frame.ts',
        'src/conductor.ts',
        'src/planned-cues.ts',
        'src/journal.ts',
      ],
      thresholds: { lines: 95 },
      reporter: ['text-summary', 'text'],
    },
  },
});
