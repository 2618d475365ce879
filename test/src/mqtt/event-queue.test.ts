/** Events that wait: in order, each once, over a restart, bounded, and through whatever becomes of their file. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventQueue, queueLimits } from '../../../src/mqtt/event-queue.ts';
import type { DeviceEvent } from '../../../src/mqtt/messages.ts';
import type { FileNotice } from '../../../src/storage/notices.ts';

const at = '2026-11-30T12:00:00.000Z';
const event = (id: string): DeviceEvent => ({ v: 1, id, at, type: 'began' });

let folder = '';
let path = '';
let notices: FileNotice[] = [];
let stamps = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tactus-queue-'));
  path = join(folder, 'mqtt-events.jsonl');
  notices = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const queue = (limits: Readonly<{ events: number; bytes: number }> = queueLimits, where: string = path) =>
  new EventQueue({
    path: where,
    say: notice => notices.push(notice),
    stamp: () => {
      stamps += 1;
      return { id: `dropped-${stamps}`, at };
    },
    limits,
  });

/** Sends all there is, as a broker that takes everything. */
function sent(from: EventQueue): readonly string[] {
  const ids: string[] = [];
  for (let next = from.first(); next !== null; next = from.first()) {
    ids.push(next.type === 'dropped' ? `dropped ${next.count}` : next.id);
    from.done(next.id);
  }
  return ids;
}

it('gives what waits in its order, the same until it is done', () => {
  const one = queue();
  for (const id of ['a', 'b', 'c']) one.add(event(id));
  expect([one.first()?.id, one.first()?.id]).toEqual(['a', 'a']);
  // Something else than what was handed out cannot be done.
  one.done('b');
  expect(sent(one)).toEqual(['a', 'b', 'c']);
  expect(one.first()).toBeNull();
});

it('is a file of nobody else’s, and empty once nothing waits', () => {
  const one = queue();
  one.add(event('a'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toContain('"a"');
  sent(one);
  expect(statSync(path).size).toBe(0);
});

it('leaves out what waits already', () => {
  const one = queue();
  for (const id of ['a', 'a', 'b']) one.add(event(id));
  expect(sent(one)).toEqual(['a', 'b']);
});

it('has what waited after the process has begun anew, without what was done', () => {
  const one = queue();
  for (const id of ['a', 'b', 'c', 'd']) one.add(event(id));
  one.first();
  one.done('a');
  // It was killed: nothing was closed.
  const other = queue();
  other.add(event('e'));
  expect(sent(other)).toEqual(['b', 'c', 'd', 'e']);
  expect(sent(queue())).toEqual([]);
  expect(notices).toEqual([]);
});

describe('with too many', () => {
  it('pushes out the oldest and tells how many, first of all', () => {
    const one = queue({ events: 3, bytes: 10_000 });
    const dropped = ['a', 'b', 'c', 'd', 'e'].map(id => one.add(event(id)));
    expect(dropped).toEqual([0, 0, 0, 1, 1]);
    expect(sent(one)).toEqual(['dropped 2', 'c', 'd', 'e']);
  });

  it('counts the same after a restart', () => {
    const one = queue({ events: 3, bytes: 10_000 });
    for (const id of ['a', 'b', 'c', 'd', 'e']) one.add(event(id));
    const other = queue({ events: 3, bytes: 10_000 });
    other.add(event('f'));
    expect(sent(other)).toEqual(['dropped 3', 'd', 'e', 'f']);
  });

  it('tells the count under one name however often it is sent', () => {
    const one = queue({ events: 2, bytes: 10_000 });
    for (const id of ['a', 'b', 'c']) one.add(event(id));
    const told = one.first();
    expect(told).toMatchObject({ type: 'dropped', count: 1 });
    expect(queue({ events: 4, bytes: 10_000 }).first()).toEqual(told);
  });

  it('never pushes out the one that is on its way', () => {
    const one = queue({ events: 2, bytes: 10_000 });
    one.add(event('a'));
    one.first();
    for (const id of ['b', 'c', 'd']) one.add(event(id));
    one.done('a');
    expect(sent(one)).toEqual(['dropped 2', 'd']);
  });

  it('counts bytes as well as events', () => {
    const one = queue({ events: 1000, bytes: 400 });
    for (let count = 0; count < 50; count++) one.add(event(`event-${count}`));
    expect(one.count).toBeLessThan(8);
    const all = sent(one);
    expect(all[0]).toBe(`dropped ${50 - (all.length - 1)}`);
    expect(all.at(-1)).toBe('event-49');
  });

  it('adds what was dropped before it came here', () => {
    const one = queue();
    one.addDropped(7);
    one.add(event('a'));
    expect(sent(queue())).toEqual(['dropped 7', 'a']);
    one.close();
  });

  it('its file stays bounded, however long the broker is away', () => {
    const limits = { events: 10, bytes: 2000 };
    const one = queue(limits);
    for (let count = 0; count < 300; count++) {
      one.add(event(`event-${count}`));
      expect(statSync(path).size).toBeLessThanOrEqual(4 * limits.bytes);
    }
    expect(sent(queue(limits))).toEqual([
      'dropped 290',
      ...Array.from({ length: 10 }, (_, index) => `event-${290 + index}`),
    ]);
  });
});

describe('a file that is damaged', () => {
  const aside = (): readonly string[] => readdirSync(folder).filter(name => name.includes('aside'));

  it.each([
    ['cut off in its last line', (whole: string) => whole.slice(0, -7), ['a']],
    ['torn in its middle', (whole: string) => `${whole.slice(0, 20)}\n${whole}`, ['a', 'b']],
    ['with something else in it', (whole: string) => `hello\n${whole}`, ['a', 'b']],
    [
      'with an event that may not be',
      (whole: string) => whole.replace('"began"', '"began","name":"x"'),
      ['b'],
    ],
    ['of zeros', () => '\u0000'.repeat(4096), []],
  ])('%s: what can be understood is sent, the rest is set aside and said', (_, damage, left) => {
    const one = queue();
    for (const id of ['a', 'b']) one.add(event(id));
    one.close();
    const damaged = damage(readFileSync(path, 'utf8'));
    writeFileSync(path, damaged);
    const other = queue();
    expect(aside()).toHaveLength(1);
    expect(readFileSync(join(folder, aside()[0] ?? ''), 'utf8')).toBe(damaged);
    expect(notices).toHaveLength(1);
    expect(sent(other)).toEqual(left);
    // It is said once: the file is whole again.
    queue();
    expect(notices).toHaveLength(1);
  });

  it('larger than any of ours is set aside and said', () => {
    writeFileSync(path, 'x'.repeat(3_000_000));
    const one = queue();
    one.add(event('a'));
    expect(sent(one)).toEqual(['a']);
    expect([aside().length, notices.length]).toEqual([1, 1]);
  });

  it('that is no file is left alone and said, and all goes on in memory', () => {
    mkdirSync(path);
    const one = queue();
    one.add(event('a'));
    expect(sent(one)).toEqual(['a']);
    expect(notices).toHaveLength(1);
    expect(statSync(path).isDirectory()).toBe(true);
  });
});

it('where nothing can be written all goes on in memory, said once', () => {
  const one = queue(queueLimits, join(folder, 'gone', 'mqtt-events.jsonl'));
  for (const id of ['a', 'b']) one.add(event(id));
  expect(sent(one)).toEqual(['a', 'b']);
  expect(notices.map(({ what }) => what)).toEqual([expect.stringContaining('ENOENT')]);
});
