/** One run of vitest, and a second one of those files that a crowd may have made fail: see alone-again.ts. */
import { startVitest, type TestModule } from 'vitest/node';
import { dueAlone, type FailedFile, toldAgain, withAgain } from './alone-again.ts';
import { Crowding, lookEveryMs } from './crowded.ts';
import { repeatsIn } from './repeats.ts';
import { byProject, countOf, failedIn, type Seen, type SeenByProject, seenIn } from './seen.ts';

export type Asked = Readonly<{
  /** Of files; none: all. */
  names: readonly string[];
  projects: readonly string[];
  /** So many red tests are an answer: the rest is not waited for. */
  mostFailures?: number;
}>;

export type Ran = Readonly<{
  seen: Seen;
  byProject: SeenByProject;
  /** Errors outside of any test, each a failure. */
  outside: number;
  /** What was repeated, single tests and whole files, a line each. */
  repeats: readonly string[];
}>;

type Once = Readonly<{ modules: readonly TestModule[]; outside: number; crowding: Crowding }>;

async function once({ names, projects, mostFailures }: Asked): Promise<Once> {
  const crowding = new Crowding();
  const looks = setInterval(() => crowding.look(), lookEveryMs);
  const vitest = await startVitest('test', [...names], {
    run: true,
    watch: false,
    reporters: ['default', crowding],
    ...(mostFailures !== undefined && { bail: mostFailures }),
    // By name: of two names that are left out vitest leaves out neither.
    project: [...projects],
  });
  const modules = vitest.state.getTestModules();
  const outside = vitest.state.getUnhandledErrors().length;
  await vitest.close();
  clearInterval(looks);
  return { modules, outside, crowding };
}

const failedFiles = ({ modules, crowding }: Once): readonly FailedFile[] =>
  modules
    .filter(module => failedIn(module).length > 0)
    .map(module => ({
      moduleId: module.moduleId,
      project: module.project.name,
      share: crowding.share(module.moduleId),
      wasLate: repeatsIn([module]).length > 0,
    }));

export async function runAgainAlone(asked: Asked): Promise<Ran> {
  const first = await once(asked);
  const seen = seenIn(first.modules);
  const repeats = repeatsIn(first.modules);
  const isOver = countOf(seen, 'failed') + first.outside >= (asked.mostFailures ?? Number.POSITIVE_INFINITY);
  const due = isOver ? [] : dueAlone(failedFiles(first));
  if (due.length === 0)
    return {
      seen,
      byProject: byProject(seen, first.modules, asked.projects),
      outside: first.outside,
      repeats,
    };
  const files = due.map(({ moduleId }) => moduleId);
  process.stdout.write(
    `\nOn a crowded machine these failed, and are run again, alone:\n${files.join('\n')}\n`,
  );
  process.env.TACTUS_ALONE = '1';
  const again = await once({ names: files, projects: [...new Set(due.map(({ project }) => project))] });
  const failedBefore = (id: string): readonly string[] =>
    first.modules.filter(({ moduleId }) => moduleId === id).flatMap(failedIn);
  const inAll = withAgain(seen, seenIn(again.modules), due);
  return {
    seen: inAll,
    byProject: byProject(inAll, first.modules, asked.projects),
    outside: first.outside + again.outside,
    repeats: [
      ...repeats,
      ...due.map(file => toldAgain(file, failedBefore(file.moduleId))),
      ...repeatsIn(again.modules),
    ],
  };
}
