/**
 * Runs the browser tests of the long run, which live in a real browser for minutes: one that fails while the machine
 * was starved is tried again, once, and counted; one that fails on a machine that was not late has failed.
 */
import { TestRunner } from 'vitest';
import { retryIfStarved } from './starved.ts';

type Task = Parameters<TestRunner['onBeforeRunTask']>[0];

export default class BrowserRunner extends TestRunner {
  override async onBeforeRunTask(task: Task): Promise<void> {
    await super.onBeforeRunTask(task);
    if (task.type === 'test') task.retry = retryIfStarved(task);
  }
}
