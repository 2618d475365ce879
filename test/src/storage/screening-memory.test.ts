import { beforeEach, describe, expect, it } from 'vitest';
import { noCaution } from '../../../machines/screening.caps.ts';
import type { Screened } from '../../../machines/screening.ts';
import { rememberedDays, ScreeningMemory } from '../../../src/storage/screening-memory.ts';

const day = 24 * 3_600_000;
const clear: Screened = { cleared: true, caps: noCaution, cautions: [], by: 'full' };

let kept: string | null;
let now: number;
let version: string;

const memory = (): ScreeningMemory =>
  new ScreeningMemory({
    store: {
      read: () => kept,
      write: text => {
        kept = text;
      },
      erase: () => {
        kept = null;
      },
    },
    screeningVersion: version,
    now: () => now,
  });

beforeEach(() => {
  kept = null;
  now = Date.UTC(2026, 2, 1, 20);
  version = '2';
});

describe('what is remembered', () => {
  it('is nothing unless a person agrees', () => {
    memory().screened(clear);
    expect([kept, memory().isKept]).toEqual([null, false]);
  });

  it('is that it was clear, the day and the version, and no more', () => {
    memory().agree();
    expect(JSON.parse(kept ?? '')).toEqual({ memory: 1, screeningVersion: '2', clearOn: '2026-03-01' });
    expect(memory().until).toBe('2026-03-15');
  });

  it('counts for fourteen days', () => {
    memory().agree();
    now += rememberedDays * day;
    expect(memory().isKept).toBe(true);
    now += day;
    expect(memory().isKept).toBe(false);
  });

  it('counts for nothing with other questions, with a clock set back, or where the file is not ours', () => {
    memory().agree();
    version = '3';
    expect(memory().isKept).toBe(false);
    version = '2';
    now -= 2 * day;
    expect(memory().isKept).toBe(false);
    for (const text of [
      '',
      'x',
      '{}',
      '[]',
      'null',
      '{"memory":1,"screeningVersion":"2","clearOn":"soon"}',
    ]) {
      kept = text;
      expect([text, memory().isKept]).toEqual([text, false]);
    }
  });

  it('is not believed while a card is open again, whoever asks, until all is clear anew', () => {
    memory().agree();
    now += 5 * day;
    const one = memory();
    one.reopened();
    expect([one.isKept, memory().isKept, kept]).toEqual([false, false, null]);
    one.screened(clear);
    expect(memory().until).toBe('2026-03-20');
  });

  it('does not come back where the card that was opened again asks for caution, or nobody answers it in full', () => {
    for (const answered of [
      { ...clear, cautions: ['K4'] },
      { ...clear, by: 'urgent' },
    ] satisfies readonly Screened[]) {
      memory().agree();
      const one = memory();
      one.reopened();
      one.screened(answered);
      one.screened(clear);
      expect([answered.by, kept]).toEqual([answered.by, null]);
    }
  });

  it('does not come back after a card was opened again where nothing was remembered, or a person has forgotten it', () => {
    const one = memory();
    one.reopened();
    one.screened(clear);
    expect(kept).toBeNull();
    one.agree();
    one.reopened();
    one.forget();
    one.screened(clear);
    expect(kept).toBeNull();
  });

  it('does not come back once its days are over', () => {
    const one = memory();
    one.agree();
    one.reopened();
    now += (rememberedDays + 1) * day;
    one.screened(clear);
    expect(kept).toBeNull();
  });

  it('is renewed by a clear screening, forgotten by a caution or a lock-out', () => {
    memory().agree();
    now += 5 * day;
    memory().screened({ ...clear, by: 'returning' });
    expect(memory().until).toBe('2026-03-20');
    memory().screened({ ...clear, cautions: ['K4'] });
    expect(kept).toBeNull();
    memory().agree();
    memory().screened({ cleared: false, question: 'S1', weight: 'urgent' });
    expect(kept).toBeNull();
  });

  it('is neither renewed nor forgotten by stop questions alone or by touch', () => {
    memory().agree();
    now += 5 * day;
    for (const by of ['urgent', 'touch'] as const) memory().screened({ ...clear, by });
    expect(memory().until).toBe('2026-03-15');
  });

  it('is forgotten when a person says so', () => {
    memory().agree();
    memory().forget();
    expect([kept, memory().isKept]).toEqual([null, false]);
  });
});

describe('a disk that takes its time', () => {
  /** What the disk was asked for, in order; each is done once it is let. */
  let asked: (() => void)[];
  let changes: number;
  const slow = (): ScreeningMemory =>
    new ScreeningMemory({
      store: {
        read: () => kept,
        write: text => later(text),
        erase: () => later(null),
      },
      screeningVersion: version,
      now: () => now,
      changed: () => {
        changes += 1;
      },
    });
  const later = (text: string | null): Promise<boolean> =>
    new Promise(resolve => {
      asked.push(() => {
        kept = text;
        resolve(true);
      });
    });
  const done = async (): Promise<void> => {
    asked.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
  };

  beforeEach(() => {
    asked = [];
    changes = 0;
  });

  it('has what was agreed to once it has it, and that is told', async () => {
    const remembered = slow();
    remembered.agree();
    expect(remembered.isKept).toBe(false);
    await done();
    expect([remembered.isKept, changes]).toEqual([true, 1]);
  });

  it('holds up no forgetting, whatever was agreed to just before', async () => {
    memory().agree();
    const remembered = slow();
    remembered.agree();
    remembered.forget();
    expect(remembered.isKept).toBe(false);
    await done();
    expect(remembered.isKept).toBe(false);
    await done();
    expect([remembered.isKept, kept]).toEqual([false, null]);
    remembered.agree();
    await done();
    expect(remembered.isKept).toBe(true);
  });
});
