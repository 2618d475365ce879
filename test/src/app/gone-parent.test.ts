import { expect, it } from 'vitest';
import { type Process, parsedStat, watchRunner } from '../../../src/app/gone-parent.ts';

/** Processes as a test has them; `look` is the next look that was asked for. */
class World {
  ppid: number;
  readonly table: Map<number, Process>;
  count = 0;
  #next: (() => void) | null = null;

  constructor(ppid: number, table: Readonly<Record<number, Process>>) {
    this.ppid = ppid;
    this.table = new Map(Object.entries(table).map(([pid, one]) => [Number(pid), one]));
  }

  watch(env: Record<string, string>): this {
    const processes = {
      parent: () => this.ppid,
      isAlive: (pid: number) => this.table.has(pid),
      of: (pid: number) => this.table.get(pid) ?? null,
      later: (run: () => void) => {
        this.#next = run;
      },
    };
    watchRunner('tactus', env, processes, () => {
      this.count += 1;
    });
    return this;
  }

  get isWatched(): boolean {
    return this.#next !== null;
  }

  look(): number {
    const next = this.#next;
    this.#next = null;
    next?.();
    return this.count;
  }
}

const byNpm = { npm_lifecycle_event: 'start', npm_lifecycle_script: 'node src/tactus.js start' };
/** npm (20) in a terminal's shell (10), its own shell (30) above us. */
const usual = (): World =>
  new World(30, {
    1: { name: 'systemd', parent: 0 },
    10: { name: 'bash', parent: 1 },
    20: { name: 'npm start', parent: 10 },
    30: { name: 'sh', parent: 20 },
  });

it('goes on for as long as its script runner and the shell between them are there', () => {
  const world = usual().watch(byNpm);
  for (let count = 0; count < 100; count++) expect(world.look()).toBe(0);
});

it('ends once, where the shell was ended and it has another parent', () => {
  const world = usual().watch(byNpm);
  world.look();
  world.table.delete(30);
  world.ppid = 1;
  expect([world.look(), world.look()]).toEqual([1, 1]);
  expect(world.isWatched).toBe(false);
});

it('ends where npm was killed and the shell is left, with another parent of its own', () => {
  const world = usual().watch(byNpm);
  world.look();
  world.table.delete(20);
  world.table.set(30, { name: 'sh', parent: 1 });
  expect(world.look()).toBe(1);
});

it('ends where its parent has gone and keeps its number, as on Windows, which shows no other process', () => {
  const world = new World(30, { 30: { name: '', parent: 0 } });
  world.watch(byNpm);
  expect(world.look()).toBe(0);
  world.table.delete(30);
  expect(world.look()).toBe(1);
});

it('ends at once where its runner had gone before the first look', () => {
  for (const [ppid, table] of [
    [1, { 1: { name: 'systemd', parent: 0 } }],
    [1, { 1: { name: 'tini', parent: 0 } }],
    [700, { 700: { name: 'systemd', parent: 1 } }],
    [30, { 30: { name: 'dash', parent: 1 }, 1: { name: 'init', parent: 0 } }],
  ] as const)
    expect(new World(ppid, table).watch(byNpm).count).toBe(1);
});

it('stays where the terminal is closed from which npm was begun, for npm is still there', () => {
  const world = usual().watch(byNpm);
  world.table.delete(10);
  world.table.set(20, { name: 'npm start', parent: 1 });
  expect(world.look()).toBe(0);
});

it('stays in a container whose first process is the runner, with and without a shell between', () => {
  for (const name of ['npm start', 'node', 'MainThread', 'yarn', 'pnpm start', 'bun']) {
    const direct = new World(1, { 1: { name, parent: 0 } }).watch(byNpm);
    const through = new World(7, { 1: { name, parent: 0 }, 7: { name: 'sh', parent: 1 } }).watch(byNpm);
    expect([direct.look(), through.look()]).toEqual([0, 0]);
  }
});

it('stays where its runner is outside of what it can see', () => {
  expect(new World(0, { 0: { name: '', parent: 0 } }).watch(byNpm).look()).toBe(0);
});

it.each([
  ['by hand', {}],
  ['by a script that puts it aside', { ...byNpm, npm_lifecycle_script: 'setsid tactus start &' }],
  ['by a script of several commands', { ...byNpm, npm_lifecycle_script: 'a; tactus start' }],
  [
    'from a shell that npm has opened',
    { ...byNpm, npm_lifecycle_event: 'npx', npm_lifecycle_script: 'bash' },
  ],
  ['by the tests that npm runs', { ...byNpm, npm_lifecycle_script: 'node --import tsx test/run.ts' }],
])('watches nobody where it was started %s', (_how, env: Record<string, string>) => {
  expect(usual().watch(env).isWatched).toBe(false);
});

it.each([
  ['npm', byNpm],
  ['npx', { npm_lifecycle_event: 'npx', npm_lifecycle_script: 'tactus' }],
  ['Yarn, which does not tell the script', { npm_lifecycle_event: 'start' }],
])('watches where it was started by %s', (_who, env: Record<string, string>) => {
  expect(usual().watch(env).isWatched).toBe(true);
});

it('reads name and parent from what Linux tells, whatever the name holds', () => {
  expect(parsedStat('30 (sh) S 20 30 10 0 -1')).toEqual({ name: 'sh', parent: 20 });
  expect(parsedStat('20 (npm start) x) (y) R 10 20 10 0 -1')).toEqual({
    name: 'npm start) x) (y',
    parent: 10,
  });
  expect(parsedStat('')).toBeNull();
});
