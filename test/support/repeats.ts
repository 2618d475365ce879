/** Tests that were repeated: because the machine had no processor to give (see starved.ts). */
import { relative } from 'node:path';
import type { TestModule } from 'vitest/node';
import { packageRoot } from '../../src/installed.ts';

/** One line each: the file and the test, and how late the machine was. */
export const repeatsIn = (modules: readonly TestModule[]): readonly string[] =>
  modules.flatMap(module =>
    [...module.children.allTests()].flatMap(test => {
      const { starved, starvedMs } = test.meta();
      const file = relative(packageRoot, module.moduleId);
      if (!starved) return [];
      return [`${file} > ${test.fullName} (the machine was ${starvedMs ?? '?'} ms late)`];
    }),
  );
