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

/** What lives in real time because it is about that, or about a process, a signal, a port or a pseudo-terminal. */
const real = ['test/whole/npm-start.test.ts', 'test/hardware/port.test.ts'];

/** The same, for the long run: each starts controllers, flashes over a line, or waits for a person's seconds. */
const slow = [
  ...[
    'bench',
    'bringup-terminal',
    'killed',
    'lan',
    'other-board',
    'output',
    'played',
    'second-start',
    'start',
  ].map(name => `test/whole/${name}.test.ts`),
  ...['avrdude', 'conformance', 'normally-open', 'reopening', 'service'].map(
    name => `test/hardware/${name}.test.ts`,
  ),
];

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
      group('whole', ['test/whole/**/*.test.ts'], {
        exclude: [...real, ...slow],
        testTimeout: 180_000,
        ...counting,
      }),
      group('hardware', ['test/hardware/**/*.test.ts'], { exclude: [...real, ...slow], ...counting }),
      group('live', real, living(1)),
      group('slow', slow, { testTimeout: 180_000, ...living(2) }),
      group('page', patient, {
        testTimeout: 120_000,
        sequence: { groupOrder: 3 },
        maxWorkers: 2,
      }),
      group('browser', ['test/browser/**/*.test.ts'], {
        exclude: patient,
        testTimeout: 120_000,
        ...living(4),
      }),
      group('faults', ['test/faults/**/*.test.ts'], {
        testTimeout: 1_800_000,
        execArgv: ['--expose-gc'],
        ...living(5),
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
