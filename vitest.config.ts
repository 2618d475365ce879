import { defineConfig } from 'vitest/config';

/** Test groups by what they need: nothing, the emulated board, a process of their own, a browser. */
const group = (name: string, include: string[], settings: object = {}) => ({
  extends: true as const,
  test: { name, include, ...settings },
});

export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts'],
    projects: [
      group('machines', ['test/machines/**/*.test.ts', 'test/model/**/*.test.ts']),
      group('src', ['test/src/**/*.test.ts', 'test/house/**/*.test.ts']),
      group('hardware', ['test/hardware/**/*.test.ts']),
      group('firmware', ['test/firmware/**/*.test.ts', 'test/simulator/**/*.test.ts'], {
        testTimeout: 60_000,
      }),
      group('whole', ['test/whole/**/*.test.ts'], { testTimeout: 180_000 }),
      group('faults', ['test/faults/**/*.test.ts'], { testTimeout: 1_800_000, hookTimeout: 60_000 }),
      group('browser', ['test/browser/**/*.test.ts'], { testTimeout: 120_000, hookTimeout: 60_000 }),
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
