/**
 * The groups of tests, by what they need of the machine: the files of each, and how many of its files run at once.
 *
 * A file named `*.long.test.ts` is left to `npm run test:all`; all others are what `npm test` runs. The files of a
 * worker share what they import, so none of them mocks a module: support/replaced.ts puts back what it has replaced.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';

export type Length = 'quick' | 'long';

export type Group = Readonly<{
  name: string;
  /** Below test/, without the ending. */
  files: readonly string[];
  /** Files of `npm test` that the long run plays again in full, without the ending: see support/length.ts. */
  inFull?: readonly string[];
  /** Groups of one order run side by side; those of a higher one wait for them. */
  order: number;
  /** Files at once on two processors, the same for all groups of one order: see `filesAtOnce`. */
  atOnce: 2 | 3;
  /** ... in a run of all the long files, where that is another number. */
  atOnceLong?: 2 | 3;
  /** Longest that one test may take, in ms. A hang is a failure; a busy machine is none. */
  timeoutMs: number;
  wantsChromium?: true;
  /** It lives by the real clock: see support/alone-again.ts. */
  realTime?: true;
}>;

/** Beyond that many processors files would wait for the disk, and for the one Chromium of them all. */
const mostProcessors = 4;
/** What a file may take, with its controller and its page, at its worst. */
const fileBytes = 1.5 * 2 ** 30;

/**
 * How many processors a container may use up, as Linux has it (cgroup v2, cpu.max: µs in each period of so many µs, or
 * "max"). Node 20 does not look at it.
 */
export function quotaOf(cpuMax: string): number {
  const [most, period] = cpuMax.trim().split(' ').map(Number);
  return most && period ? most / period : Number.POSITIVE_INFINITY;
}

function quotaHere(): number {
  try {
    return quotaOf(readFileSync('/sys/fs/cgroup/cpu.max', 'utf8'));
  } catch {
    // Not Linux, not a container, or an older kind of groups.
    return Number.POSITIVE_INFINITY;
  }
}

/** Files at once on this machine, where on two processors it is so many; never fewer than there. */
export function filesAtOnce(
  onTwo: number,
  processors: number = Math.min(availableParallelism(), quotaHere()),
  memoryBytes: number = totalmem(),
): number {
  const byProcessors = Math.floor((onTwo * Math.min(processors, mostProcessors)) / 2);
  return Math.max(onTwo, Math.min(byProcessors, Math.floor(memoryBytes / fileBytes)));
}

export const groups: readonly Group[] = [
  // In virtual time, or of no time at all. One group, so that a worker reads each module once and its hot loops (the
  // statechart, the emulated chip) are compiled once: apart, the same files took a third longer.
  {
    name: 'virtual',
    files: [
      'machines/**/*',
      'model/**/*',
      'src/**/*',
      'house/**/*',
      'library/**/*',
      'firmware/**/*',
      'simulator/**/*',
      'whole/**/*',
      'hardware/**/*',
    ],
    inFull: [
      'machines/calibration',
      'machines/causes',
      'machines/cues/arbitration',
      'machines/cues/frame',
      'machines/routine/compose',
      'machines/routine/parse.fuzz',
      'machines/routine/scale',
      'machines/screening',
      'machines/screening.caps',
      'machines/session',
      'machines/session.checkin',
      'machines/session.inching',
      'machines/session.interruptions',
      'machines/session.lighter',
      'machines/session.paused',
      'machines/session.place',
      'machines/session.pressure',
      'machines/session.shortened',
      'machines/session.strokes',
      'machines/session.undo',
      'machines/session.unfelt',
      'machines/session.unfinished',
      'model/people',
      'model/promises',
      'model/session',
      'src/app/lean',
      'src/cli/routine-schema',
      'src/history/recorder',
      'src/history/tables',
      'src/journal/journal',
      'src/mqtt/nothing-private',
      'src/server/lan/lan',
      'src/server/server',
      'src/server/viewers',
      'src/session/hands-on-cues',
      'src/session/run',
      'src/simulation/script-by-touch',
      'src/simulation/script-player',
      'src/simulation/simulate',
      'src/storage/kept-files',
      'src/storage/two-writers',
      'firmware/alone/chart',
      'firmware/alone/edges',
      'firmware/arming',
      'firmware/bounds',
      'firmware/build',
      'firmware/corners',
      'firmware/host',
      'firmware/lease',
      'firmware/mega',
      'firmware/noise',
      'firmware/stop',
      'firmware/stop-pin',
      'firmware/watchdog',
      'simulator/avr/instructions',
      'simulator/demo/board/bringup-talk',
      'whole/response',
      'whole/scaled',
      'whole/boards',
      'whole/plugged-in-again',
      'whole/alone',
      'whole/loaded-mega',
      'whole/hands-swept',
      'whole/untold',
      'whole/arming-at-any-moment',
      'whole/simulate',
      'whole/sessions',
      'whole/answered',
      'whole/screening',
      'whole/confirmed',
      'whole/chance',
    ],
    order: 0,
    atOnce: 2,
    // Some of the long ones wait, for a compiler, a process or a socket: with two, a tenth of two processors stood idle.
    atOnceLong: 3,
    timeoutMs: 180_000,
  },
  // About real time itself, a process, a signal, a port or a pseudo-terminal. They wait for much of their time: three at
  // once keep two processors busy and starve nobody.
  { name: 'live', files: ['live/**/*'], order: 1, atOnce: 3, timeoutMs: 180_000, realTime: true },
  // Pages whose time is virtual, or in which no session moves.
  {
    name: 'pages',
    files: ['browser/*'],
    order: 1,
    atOnce: 3,
    timeoutMs: 300_000,
    wantsChromium: true,
    realTime: true,
  },
  // Sessions in real time in a browser: they wait as the live ones do, and run among them.
  {
    name: 'live-pages',
    files: ['browser/live/*'],
    order: 1,
    atOnce: 3,
    timeoutMs: 300_000,
    wantsChromium: true,
    realTime: true,
  },
];

/** Name of the project that runs the files of one length. */
export const projectName = ({ name }: Group, length: Length): string =>
  length === 'quick' ? name : `${name}-long`;

/** What `npm run test:all` plays: the quick ones, then the long ones. */
export const groupProjects: readonly string[] = (['quick', 'long'] as const).flatMap(length =>
  groups.map(group => projectName(group, length)),
);

/** What `npm run test:faults` plays: in virtual time, some at once, and each by itself. */
export const faultProjects = ['faults', 'faults-timed', 'faults-alone'] as const;

export const allProjects: readonly string[] = [...groupProjects, ...faultProjects];

/** Files that take longest of their order, the longest first, below test/ and without their endings. */
export const longest: readonly string[] = [
  'browser/stop-in-sight',
  'browser/live/calibrate',
  'browser/alone',
  'browser/late',
  'browser/live/response',
  'browser/other-language',
  'browser/live/phone',
  'browser/demo',
  'live/bench',
  'browser/installed',
  'browser/live/accessible-states',
  'browser/live/bench',
  'browser/stop-press',
  'browser/write',
  'browser/in-sight',
  'browser/stop-hundred',
  'browser/routines',
  'browser/history',
  'live/installed',
  'browser/first-minute',
  'browser/otherwise',
  'live/streams',
  'browser/keyboard',
  'browser/live/session',
  'browser/bringup',
  'browser/live/people',
  'browser/alone-whole',
  'browser/live/person',
  'firmware/alone/edges',
  'firmware/mega-alone',
  'firmware/build',
  'model/session',
  'src/storage/kept-files',
  'whole/alone',
  'whole/response',
  'firmware/alone/whole-board',
  'src/server/lan/lan',
  'firmware/host',
];
