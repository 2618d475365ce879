/** One run of `bench`: measures, tells what it is doing, and writes what it was asked for. */
import * as v from 'valibot';
import { figureWords } from '../../../machines/text/figures.ts';
import { fill } from '../../../machines/text/text.ts';
import { packageRoot } from '../../installed.ts';
import { Exit, shown } from '../exit.ts';
import { readText, writer } from '../files.ts';
import type { Surroundings } from '../surroundings.ts';
import { chartSvg } from './chart.ts';
import { Children } from './children.ts';
import { type Family, measured, type TellProgress } from './families.ts';
import { thisMachineNow } from './machine.ts';
import { readmeIn, writePages } from './pages.ts';
import { figuresOf, type Report, reportSchema } from './report.ts';
import { type RowId, rowIds } from './rows.ts';
import { tableMarkdown, tableText } from './table.ts';
import { worldOf } from './world.ts';

const { table: words } = figureWords;

export type BenchRun = Readonly<{
  /** How long beats are compared; without it as long as the rest leaves of ten minutes. */
  seconds?: number | undefined;
  only?: readonly RowId[];
  /** Without a file the figures alone, as they have always been; into a file, or `-`, the whole report. */
  json?: true | string;
  svg?: string;
  markdown?: true;
  readme?: true;
  /** Nothing is measured: an earlier run's report is shown anew. */
  from?: string;
}>;

/** As shells have it: 128 and the number of the signal. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** A person who ends it wants none of its processes left: at once, and before anything else. */
function endingBy(children: Children, { leave }: Pick<Surroundings, 'leave'>): () => void {
  const all = Object.entries(signals).map(([name, code]) => {
    const heard = (): void => {
      children.killAll();
      leave(code);
    };
    process.on(name, heard);
    return () => process.removeListener(name, heard);
  });
  return () => {
    for (const forget of all) forget();
  };
}

const tell = (text: string): void => void process.stderr.write(`${text}\n`);

/** More than any run writes: beats of an hour in four ways are a tenth of it. */
const mostReportBytes = 16 * 1024 * 1024;

/** The report that an earlier run wrote by `--json FILE`. Throws Exit where the file is none. */
export function reportFrom(path: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(readText(path, mostReportBytes, { whole: true }));
  } catch (error) {
    if (error instanceof Exit) throw error;
    throw new Exit('content', `${shown(path)}: is no JSON; bench --json FILE writes what is wanted here`);
  }
  const parsed = v.safeParse(reportSchema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Exit(
    'content',
    `${shown(path)}: is no report of bench --json FILE (${v.getDotPath(issue) ?? 'the whole'}: ${issue.message})`,
  );
}

/** Says what is being measured. With `--json` alone nothing is said but the figures, as ever. */
function progressOf({ json }: BenchRun): TellProgress {
  if (json === true) return () => {};
  return (nth, all, { rows }: Family, aboutS) =>
    tell(
      fill(words.progress, {
        nth,
        all,
        what: rows.map(([id]) => id).join(', '),
        seconds: Math.round(aboutS),
      }),
    );
}

async function reportOf(asked: BenchRun, around: Pick<Surroundings, 'leave'>): Promise<Report> {
  const machine = thisMachineNow();
  const children = new Children();
  const forget = endingBy(children, around);
  const began = performance.now();
  try {
    const wanted = new Set(asked.only ?? rowIds);
    const world = worldOf(children, asked.seconds ?? null);
    const rows = await measured(world, wanted, progressOf(asked));
    return {
      machine,
      beatsS: world.beatsS(),
      tookS: Math.round((performance.now() - began) / 100) / 10,
      rows,
    };
  } finally {
    forget();
    await children.close();
  }
}

function write(path: string, text: string): void {
  const file = writer(path);
  file.write(text);
  file.close();
}

export async function runBench(asked: BenchRun, around: Pick<Surroundings, 'leave'>): Promise<void> {
  // Said before minutes are spent on what then cannot be written.
  if (asked.readme) readmeIn(packageRoot);
  const report = asked.from === undefined ? await reportOf(asked, around) : reportFrom(asked.from);
  const { json, svg } = asked;
  if (json === true) write('-', `${JSON.stringify(figuresOf(report.rows))}\n`);
  else if (json !== undefined) write(json, `${JSON.stringify(report)}\n`);
  if (svg !== undefined) write(svg, chartSvg(report));
  if (asked.markdown) write('-', `${tableMarkdown(report)}\n`);
  // Where something else goes to standard output, that is all that does.
  const isTaken = json === true || json === '-' || svg === '-' || asked.markdown;
  if (!isTaken) write('-', tableText(report));
  if (json !== true) tell(fill(words.took, { seconds: Math.round(report.tookS) }));
  if (asked.readme) for (const path of writePages(packageRoot, report)) tell(path);
}
