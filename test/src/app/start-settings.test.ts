import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { minutesOf } from '../../../machines/routine/time.ts';
import type { StartOptions } from '../../../src/app/start-options.ts';
import { StartSettings } from '../../../src/app/start-settings.ts';
import { headerOf } from '../../support/kept.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'tactus-remembered-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const started = (options: Partial<StartOptions> = {}): StartSettings =>
  new StartSettings(state, { board: 'emulated', http: 0, ...options });

describe('the next start', () => {
  it('begins with the default where nothing was ever begun', () => {
    expect(started().routine).toEqual(fromLibrary('evening-legs'));
    expect(started().offers.again()).toBeNull();
  });

  it('begins with what was begun last, in the same minutes, for the same hands', async () => {
    const last = started({
      routine: 'lower-back',
      minutes: 20,
      for: 'partner',
      quiet: 'phases',
      firstSide: 'right',
    });
    await last.begun(last.routine);
    const next = started();
    expect([next.routine.id, minutesOf(next.routine), next.user]).toEqual(['lower-back', 20, 'partner']);
    expect(next.settings()).toEqual({ easierSide: 'right', strokeCues: false, turned: false });
    expect(next.offers.again()).toEqual({ routine: 'lower-back', title: 'Lower back', minutes: 20 });
    const again = next.offers.repeat();
    expect(again.ok && minutesOf(again.routine)).toBe(20);
  });

  it('does as it is told this time, whatever it remembers', async () => {
    const last = started({ routine: 'lower-back', minutes: 20 });
    await last.begun(last.routine);
    expect(minutesOf(started({ routine: 'evening-legs' }).routine)).toBe(20);
    expect(started({ routine: 'evening-legs' }).routine).toEqual(fromLibrary('evening-legs'));
  });

  it('ends no session where nothing can be remembered', async () => {
    const last = started({ routine: 'lower-back' });
    mkdirSync(join(state, 'preferences.json'));
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await last.begun(last.routine);
    expect(said.mock.calls.join()).toMatch(/will not be remembered \(E.*\); the session goes on/);
    said.mockRestore();
  });

  it('remembers no file that is nowhere kept, whatever its id', async () => {
    const path = join(state, 'mine.json');
    for (const id of ['lower-back', 'kept', 'not-kept']) {
      writeFileSync(path, JSON.stringify({ ...fromLibrary('first-touch'), id }));
      const last = started({ routine: path });
      if (id === 'kept') expect(last.own.keep({ ...last.routine, title: 'Another one' })).toBe(true);
      await last.begun(last.routine);
      expect([id, started().routine.id]).toEqual([id, 'evening-legs']);
    }
    // What a page chooses then is known again.
    const last = started({ routine: path });
    const chosen = last.offers.choose({
      routine: 'lower-back',
      minutes: undefined,
      drop: false,
      for: undefined,
    });
    if (!chosen.ok) throw new Error(chosen.why);
    chosen.begun?.();
    await last.begun(chosen.routine);
    expect(started().routine.id).toBe('lower-back');
  });

  it('remembers nothing that was only chosen and never begun', () => {
    started({ routine: 'lower-back' });
    expect(started().routine.id).toBe('evening-legs');
  });
});

describe('an end that somebody waits for', () => {
  it('is told to every session until it is past', () => {
    const inAnHour = new Date(Date.now() + 3_600_000);
    const endAt = `${inAnHour.getHours()}:${String(inAnHour.getMinutes()).padStart(2, '0')}`;
    const { endsAt = 0 } = started({ endAt }).settings();
    expect(endsAt).toBeGreaterThan(55 * 60_000);
    expect(endsAt).toBeLessThanOrEqual(60 * 60_000);
  });
});

describe('an end that has just been missed', () => {
  it('is tomorrow, and that is said', () => {
    const missed = new Date(Date.now() - 2 * 60_000);
    const endAt = `${missed.getHours()}:${String(missed.getMinutes()).padStart(2, '0')}`;
    expect(started({ endAt }).said).toMatch(
      new RegExp(`^${endAt} is 2[345] h away, so the routine keeps its full length\\.$`),
    );
    const soon = new Date(Date.now() + 100 * 60_000);
    expect(
      started({ endAt: `${soon.getHours()}:${String(soon.getMinutes()).padStart(2, '0')}` }).said,
    ).toBeNull();
  });
});

describe('the rest between two sessions of one receiver', () => {
  const before = (client: string | null, hoursAgo: number) => ({
    header: headerOf({ client, startedAt: new Date(Date.now() - hoursAgo * 3_600_000).toISOString() }),
    records: [],
    tailDropped: false,
  });

  it('is told by letter, as advice, and never by the device alone', () => {
    const told = (options: Partial<StartOptions>, client: string | null, hours: number): string | null =>
      started(options).restAdvice({ begunSince: () => [before(client, hours)] });
    expect(told({ client: 'A' }, 'A', 6)).toBe(
      'The last session was 6 h ago. This routine suggests 24 h between two sessions of one person.',
    );
    expect(told({ client: 'A' }, 'A', 30)).toBeNull();
    expect(told({ client: 'B' }, 'A', 6)).toBeNull();
    expect(told({}, null, 6)).toBeNull();
    expect(told({ client: 'A' }, 'A', -6)).toBeNull();
    expect(told({ client: 'A', routine: 'first-touch' }, 'A', 1)).toBeNull();
  });
});
