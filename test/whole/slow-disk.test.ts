/** A disk that takes two seconds until it has something makes no moment of a session late. */
import fs, { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskHere } from '../../src/app/disk.ts';
import type { Surroundings } from '../../src/app/surroundings.ts';
import { type KeptSession, readSession, recordsOf } from '../../src/history/records.ts';
import { PreferencesFile } from '../../src/storage/preferences.ts';
import { replaced } from '../support/replaced.ts';
import { SlowDisk, SlowHistory } from '../support/slow-disk.ts';
import { slow, slowed } from '../support/slow-fs.ts';
import { World } from '../support/world.ts';

replaced(fs, slowed);

const steps = [
  { at: 0, intent: 'screen', complaint: false, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 500, intent: 'start' },
  { at: 5000, intent: 'stop' },
  { at: 5500, intent: 'afterStop', why: 'pain' },
];

let world: World;
let state: string;
let script: string;

beforeEach(() => {
  world = new World();
  state = mkdtempSync(join(tmpdir(), 'tactus-slow-'));
  script = join(state, 'script.json');
  writeFileSync(script, JSON.stringify(steps));
  new PreferencesFile(state).change({ keepDays: 30, routine: 'evening-legs' });
  slow.clock = world.clock;
  slow.waits = [];
});

afterEach(() => {
  slow.clock = null;
  world.close();
});

const words = (): string[] => [
  ...['start', '--http', '0', '--routine', 'first-touch', '--first-side', 'right', '--script', script],
  ...['--journal', join(state, 'asked.jsonl')],
];

/** From its start on, for so long; where the loop has waited from its being ready on. */
async function played(disk: Surroundings['disk'], forMs: number): Promise<readonly string[]> {
  const { clock } = world;
  const history: Surroundings['history'] = (folder, say) => new SlowHistory(clock, folder, say);
  const running = world.run(words(), { state, around: { disk, history } });
  await running.until(/ready \S+/);
  slow.waits = [];
  await world.pass(forMs);
  running.signal('SIGTERM');
  expect(await running.ended()).toBe(143);
  return slow.waits;
}

/** What was kept of the session. */
function keptNow(): KeptSession {
  const [name = ''] = readdirSync(join(state, 'history'));
  const kept = readSession(readFileSync(join(state, 'history', name), 'utf8'));
  if (!kept) throw new Error('nothing was kept');
  return kept;
}

const lateMs = (kept: KeptSession): number =>
  Math.max(
    ...recordsOf(kept, 'stroke').map(({ lateMs }) => lateMs),
    recordsOf(kept, 'timing').at(-1)?.worstMs ?? Number.NaN,
  );

describe('a disk that takes two seconds until it has something', () => {
  it('makes no moment late, and has everything in the end', async () => {
    expect(await played(say => new SlowDisk(world.clock, say), 14_000)).toEqual([]);
    const kept = keptNow();
    expect(recordsOf(kept, 'outcome').map(({ outcome }) => outcome)).toEqual(['stopped']);
    expect(recordsOf(kept, 'fault')).toEqual([]);
    expect(recordsOf(kept, 'stroke').length).toBeGreaterThan(0);
    expect(lateMs(kept)).toBe(0);
    expect(new PreferencesFile(state).read()).toMatchObject({ routine: 'first-touch', firstSide: 'right' });
    // The journal that nobody asked for is gone, and the other one is there.
    expect(readdirSync(state).filter(name => name.endsWith('.jsonl'))).toEqual(['asked.jsonl']);
  }, 300_000);

  it('is waited for where nothing else does it: the same harness finds that', async () => {
    expect(await played(say => new DiskHere(say), 1000)).not.toEqual([]);
  }, 300_000);
});
