/** A disk that is full in the middle of it: said once, and nothing of what waits is lost. */
import fs, { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EventQueue } from '../../../src/mqtt/event-queue.ts';
import type { DeviceEvent } from '../../../src/mqtt/messages.ts';
import type { FileNotice } from '../../../src/storage/notices.ts';
import { replaced } from '../../support/replaced.ts';

const disk = { isFull: false };

replaced(fs, ({ writeSync }) => ({
  writeSync: (...words: Parameters<typeof writeSync>) => {
    if (disk.isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
    return writeSync(...words);
  },
}));

const event = (id: string): DeviceEvent => ({ v: 1, id, at: '2026-11-30T12:00:00.000Z', type: 'began' });

it('goes on in memory, in order, and says so once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-queue-'));
  const path = join(folder, 'mqtt-events.jsonl');
  const notices: FileNotice[] = [];
  const ports = {
    path,
    say: (notice: FileNotice) => notices.push(notice),
    stamp: () => ({ id: 'x', at: '' }),
  };
  const queue = new EventQueue(ports);
  queue.add(event('a'));
  disk.isFull = true;
  for (const id of ['b', 'c']) queue.add(event(id));
  const ids: string[] = [];
  for (let next = queue.first(); next !== null; next = queue.first()) {
    ids.push(next.id);
    queue.done(next.id);
  }
  expect(ids).toEqual(['a', 'b', 'c']);
  expect(notices.map(({ what }) => what)).toEqual([expect.stringContaining('ENOSPC')]);
  disk.isFull = false;
  // What was on the disk before stays there: its reader drops what comes twice.
  expect(readFileSync(path, 'utf8')).toContain('"a"');
  rmSync(folder, { recursive: true });
});
