import { defineConfig } from 'vitest/config';
import { type Group, groups, type Length, projectName } from './test/groups.ts';

const filesOf = ({ files, inFull = [] }: Group, length: Length): readonly string[] =>
  length === 'long' ? [...files.map(file => `${file}.long`), ...inFull] : files;

/** One project of one group: what it needs stands in test/groups.ts. */
const project = (group: Group, length: Length) => ({
  extends: true as const,
  test: {
    name: projectName(group, length),
    include: filesOf(group, length).map(files => `test/${files}.test.ts`),
    exclude: [
      ...(length === 'long' ? [] : ['**/*.long.test.ts']),
      ...(group.ownModules ? [] : ['**/*.mocked.test.ts']),
    ],
    isolate: group.ownModules ?? false,
    env: { TACTUS_LENGTH: length },
    sequence: { groupOrder: group.order },
    maxWorkers: group.atOnce,
    testTimeout: group.timeoutMs,
    ...(group.wantsChromium && { globalSetup: ['test/support/one-chromium.ts'] }),
    ...(group.wantsChromium && length === 'long' && { runner: 'test/support/browser-runner.ts' }),
  },
});

export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/properties.ts'],
    hookTimeout: 60_000,
    projects: [
      ...groups.flatMap(group => [project(group, 'quick'), project(group, 'long')]),
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          testTimeout: 1_800_000,
          execArgv: ['--expose-gc'],
          // They measure time: one after the other, after all others.
          sequence: { groupOrder: 9 },
          maxWorkers: 1,
        },
      },
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
