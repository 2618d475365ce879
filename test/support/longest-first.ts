/**
 * The order in which files are begun: those that take longest first, so that no processor waits for one at the end.
 * Which these are is said in test/groups.ts: a fresh clone has no times to go by.
 */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { longest } from '../groups.ts';

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const name = relative('test', moduleId).replace(/(\.long)?\.test\.ts$/, '');
      const index = longest.indexOf(name);
      return index < 0 ? longest.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
