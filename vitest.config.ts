import { defineConfig } from 'vitest/config';
import { filesAtOnce, type Group, groups, type Length, projectName } from './test/groups.ts';
import { LongestFirst } from './test/support/longest-first.ts';

const filesOf = ({ files, inFull = [] }: Group, length: Length): readonly string[] =>
  length === 'long' ? [...files.map(file => `${file}.long`), ...inFull] : files;

/** What a run of both lengths need not play as a sample too. */
const playedInFull = ({ inFull = [] }: Group): readonly string[] =>
  process.env.TACTUS_RUN === 'all' ? inFull.map(file => `test/${file}.test.ts`) : [];

/**
 * How V8 runs what plays sessions in virtual time. They make short-lived snapshots by the million: with room for the young
 * few of them are copied. A file lives for seconds, and in Node 20 its optimising compiler took a fifth of all the time, the
 * most of it for code that was hardly called again: here it waits longer, and simpler code comes sooner. Measured on the
 * group `virtual`: 108 s without, 78 s with. Later Nodes have a compiler between the two, and no such switch.
 */
const forSessions: readonly string[] = [
  '--max-semi-space-size=128',
  ...(process.versions.node.startsWith('20.') ? ['--always-sparkplug', '--interrupt-budget=700000'] : []),
];

/** All projects of one order have the same number: where the long files are played the quick ones have theirs. */
const atOnceOf = ({ atOnce, atOnceLong = atOnce }: Group): number =>
  filesAtOnce(process.env.TACTUS_RUN === undefined ? atOnce : atOnceLong);

/** One project of one group: what it needs stands in test/groups.ts. */
const project = (group: Group, length: Length) => ({
  extends: true as const,
  test: {
    name: projectName(group, length),
    include: filesOf(group, length).map(files => `test/${files}.test.ts`),
    exclude: length === 'long' ? [] : ['**/*.long.test.ts', ...playedInFull(group)],
    isolate: false,
    env: { TACTUS_LENGTH: length },
    sequence: { groupOrder: group.order },
    // A file that is run again because of the crowd it was in has nobody beside it.
    maxWorkers: process.env.TACTUS_ALONE ? 1 : atOnceOf(group),
    testTimeout: group.timeoutMs,
    execArgv: group.realTime ? [] : [...forSessions],
    ...(group.wantsChromium && { globalSetup: ['test/support/one-chromium.ts'] }),
    ...(group.wantsChromium && length === 'long' && { runner: 'test/support/browser-runner.ts' }),
  },
});

const isReport = process.env.TACTUS_FAULTS === 'full';
/** A report plays all of what is compared of the board alone, too. */
const allFaults = [
  'test/faults/**/*.test.ts',
  ...(isReport
    ? [
        'test/firmware/alone/**/*.test.ts',
        'test/firmware/mega-alone.long.test.ts',
        'test/whole/alone.test.ts',
      ]
    : []),
];
const faultsNamed = (...names: readonly string[]): readonly string[] =>
  names.map(name => `test/faults/${name}.test.ts`);
/** They wait for most of their time. Two at once leave each other room; a report measures them one by one. */
const waitingFaults = faultsNamed('ends', 'kill', 'replug', 'stop-latency');
/** They keep the whole machine busy, or measure memory, or lateness to some ms: a neighbour's work would be measured with it. */
const aloneFaults = faultsNamed('brokers', 'busy', 'many-devices', 'soak');

type Faults = Readonly<{
  include: readonly string[];
  exclude: readonly string[];
  order: number;
  atOnce: number;
}>;

/** What `npm run test:faults` runs. */
const faults = (name: string, { include, exclude, order, atOnce }: Faults) => ({
  extends: true as const,
  test: {
    name,
    include: [...include],
    exclude: [...exclude],
    testTimeout: 1_800_000,
    execArgv: ['--expose-gc', ...(name === 'faults' ? forSessions : [])],
    sequence: { groupOrder: order },
    maxWorkers: process.env.TACTUS_ALONE ? 1 : atOnce,
  },
});

export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/properties.ts'],
    hookTimeout: 60_000,
    // Eight projects read the same modules: each is compiled once, by its content, and not once a project.
    experimental: { fsModuleCache: true },
    sequence: { sequencer: LongestFirst },
    projects: [
      ...groups.flatMap(group => [project(group, 'quick'), project(group, 'long')]),
      // In virtual time: as many at once as the machine has processors.
      faults('faults', {
        include: allFaults,
        exclude: [...waitingFaults, ...aloneFaults],
        order: 2,
        atOnce: filesAtOnce(2),
      }),
      // They measure time or memory, by the real clock.
      faults('faults-timed', { include: waitingFaults, exclude: [], order: 3, atOnce: isReport ? 1 : 2 }),
      faults('faults-alone', { include: aloneFaults, exclude: [], order: 4, atOnce: 1 }),
    ],
    coverage: {
      provider: 'v8',
      include: ['machines/**/*.ts', 'src/*clock.ts', 'src/motors/conductor.ts', 'src/journal/journal.ts'],
      thresholds: { lines: 95 },
      reporter: ['text-summary', 'text'],
    },
  },
});
