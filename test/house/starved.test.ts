/** What a live test does on a machine that has no processor to give it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { latestMs, latestSince, measured, repeatedIfStarved, retryIfStarved } from '../support/starved.ts';

/** A test that fails so many times on a machine that is so late; what it left, and how often it was run. */
async function run(failures: number, lateMs: number) {
  const order: string[] = [];
  const task = { name: 'a test', meta: {} as { starved?: number; starvedMs?: number } };
  const told = process.stderr.write;
  const said: string[] = [];
  process.stderr.write = text => said.push(String(text)) > 0;
  try {
    const body = repeatedIfStarved(
      async () => {
        order.push('body');
        if (order.filter(one => one === 'body').length <= failures)
          throw new Error(`failure ${order.length}`);
      },
      async () => {
        order.push('again');
      },
      () => () => lateMs,
    );
    const error = await body({ task }).then(
      () => null,
      (thrown: Error) => thrown.message,
    );
    return { error, order, meta: task.meta, said: said.join('') };
  } finally {
    process.stderr.write = told;
  }
}

test('a live test that passes is run once, however late the machine is', async () => {
  expect(await run(0, 10 * latestMs)).toEqual({ error: null, order: ['body'], meta: {}, said: '' });
});

test('a failure on a machine that is not late stands at once', async () => {
  expect(await run(1, latestMs)).toEqual({ error: 'failure 1', order: ['body'], meta: {}, said: '' });
});

test('a failure on a starved machine is told, counted, and repeated once', async () => {
  const { said, ...rest } = await run(1, latestMs + 1);
  expect(rest).toEqual({
    error: null,
    order: ['body', 'again', 'body'],
    meta: { starved: 1, starvedMs: latestMs + 1 },
  });
  expect(said).toContain('a test');
  expect(said).toContain('failure 1');
});

test('a second failure stands, starved or not', async () => {
  const { error, order } = await run(2, latestMs + 1);
  expect([error, order]).toEqual(['failure 3', ['body', 'again', 'body']]);
});

test.each([
  ['a test in a browser that fails on a machine that is not late has failed', latestMs, false, {}],
  [
    'one that fails on a starved machine is tried again, and counted',
    latestMs + 1,
    true,
    { starved: 1, starvedMs: latestMs + 1 },
  ],
])('%s', (_, lateMs, again, meta) => {
  const task = { name: 'a test', meta: {} };
  const retry = retryIfStarved(task, () => () => lateMs);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => void vi.restoreAllMocks());
  expect([retry.count, retry.condition(new Error('failure')), task.meta]).toEqual([1, again, meta]);
});

test('a machine that gives no processor is measured as late', async () => {
  const lateness = measured();
  // Neither thread of this process is run for a while: that is what a starved machine is like.
  const starving = spawn('sh', ['-c', `kill -STOP ${process.pid}; sleep 0.2; kill -CONT ${process.pid}`]);
  await once(starving, 'exit');
  await expect.poll(lateness).toBeGreaterThan(latestMs);
});

test('what came before a measure was begun does not count, nor what the ring holds no more', () => {
  const naps = Int32Array.of(3, 90, 1, 2, 0);
  expect([latestSince(naps, 0), latestSince(naps, 1), latestSince(naps, 3)]).toEqual([90, 2, 0]);
  // Of six in a ring of four the first two are written over.
  const round = Int32Array.of(6, 5, 60, 3, 4);
  expect([latestSince(round, 2), latestSince(round, 4), latestSince(round, 5)]).toEqual([60, 60, 60]);
});
