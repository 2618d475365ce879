/** A history of many sessions, as years leave it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writtenRecord } from '../../src/history/records.ts';
import { keptOf } from './kept.ts';

const apartMs = 5 * 60_000;

/** Keeps so many whole evenings in a state folder, one each five minutes; their ids, the newest first. */
export async function keepMany(state: string, count: number): Promise<readonly string[]> {
  const { header, records } = await keptOf();
  const body = records.map(writtenRecord).join('');
  const folder = join(state, 'history');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return Array.from({ length: count }, (_, index) => {
    const startedAt = new Date(Date.now() - (index + 1) * apartMs).toISOString();
    const [day = '', time = ''] = startedAt.split('T');
    const name = `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
    const id = `${name}-${(index % 0x1_0000).toString(16).padStart(4, '0')}`;
    writeFileSync(join(folder, `${id}.jsonl`), `${writtenRecord({ ...header, id, startedAt })}${body}`);
    return id;
  });
}
