import { describe, expect, it, vi } from 'vitest';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { SessionRecorder } from '../../../src/history/recorder.ts';
import { type KeptSession, recordsOf } from '../../../src/history/records.ts';
import { summaryOf } from '../../../src/history/summary.ts';
import { noteToPaste } from '../../../src/history/words.ts';
import { file } from '../../support/hands-on.ts';
import { eventful, keptOf } from '../../support/kept.ts';
import { cooldown, ramp, routine, warmUp } from '../../support/routines.ts';
import { TestRun } from '../../support/run.ts';
import { playedWhole } from '../../support/sampled.ts';
import { begun, type RawStep } from '../../support/simulated.ts';

// Whole sessions and many cases: a busy machine takes its time over them.
vi.setConfig({ testTimeout: 60_000 });

const text = (kept: KeptSession): string => JSON.stringify(kept.records);

describe('what is kept of a session', () => {
  it('is phases, minutes, pressure and how it ended; no answer, unless somebody chose that', async () => {
    const kept = await keptOf({ steps: eventful, keeps: 'plain' });
    expect(recordsOf(kept, 'phase')).toHaveLength(9);
    expect(recordsOf(kept, 'outcome')).toMatchObject([{ outcome: 'completed', reason: 'routineDone' }]);
    expect(text(kept)).not.toMatch(/"answer"|"baseline"|"local"|"leg"|"here"/);
  });

  it('is bands where bands were chosen, without a number', async () => {
    const kept = await keptOf({ steps: eventful, keeps: 'bands' });
    expect(recordsOf(kept, 'answer').length).toBeGreaterThan(3);
    expect(text(kept)).not.toMatch(/"local"|"down"|"baseline"/);
  });

  it('is the numbers where those were chosen', async () => {
    const kept = await keptOf({ steps: eventful, keeps: 'scores' });
    expect(recordsOf(kept, 'baseline')).toEqual([{ type: 'baseline', at: 0, local: 2, leg: 1 }]);
    expect(recordsOf(kept, 'answer')[0]).toMatchObject({ here: 'light', leg: 'same', local: 2, down: 1 });
  });

  it('tells no reason that would say how somebody felt, unless that was chosen', async () => {
    const steps: readonly RawStep[] = [...begun, { at: 5000, intent: 'symptom', id: 'numbness' }];
    const routine = fromLibrary('first-touch');
    const [plain, scores] = [
      await keptOf({ ...(routine && { routine }), steps, keeps: 'plain' }),
      await keptOf({ ...(routine && { routine }), steps, keeps: 'scores' }),
    ];
    expect(recordsOf(plain, 'outcome')).toMatchObject([{ outcome: 'stopped', reason: null }]);
    expect(text(plain)).not.toContain('numbness');
    expect(recordsOf(scores, 'outcome')).toMatchObject([{ reason: 'numbness' }]);
  });

  it('is nothing at all before hands begin to move', async () => {
    const routine = fromLibrary('first-touch');
    const declined = await keptOf({
      ...(routine && { routine }),
      steps: [{ at: 0, intent: 'screen', complaint: true, answers: { S1: 'yes' } }],
    });
    expect(declined.records).toEqual([]);
  });

  it('has bands for answers by touch: GO is easy and the same, LESS is strong', () => {
    const routine = fromLibrary('first-touch');
    if (!routine) throw new Error('the library has lost first-touch');
    const run = new TestRun({ routine });
    const kept: unknown[] = [];
    new SessionRecorder(run.run, {
      keeps: 'bands',
      begun: () => {},
      keep: record => kept.push(record),
      over: () => {},
    });
    run.start();
    while (!run.run.state.endsWith('.checkIn') && run.at < 200_000) run.for(500);
    run.for(2000).press('go').for(2000);
    run.press('less').for(500);
    expect(kept.filter(one => (one as { type: string }).type === 'answer')).toMatchObject([
      { here: 'easy' },
      { leg: 'more' },
    ]);
    expect(kept).toContainEqual(expect.objectContaining({ type: 'deed', deed: 'ease' }));
  });
});

describe('what was eased', () => {
  /** How often it was counted, and taken back, of presses of LESS in the warm-up of a file that begins at 2. */
  const counted = (press: (test: TestRun) => unknown): readonly [number, number] => {
    const test = new TestRun({ routine: file });
    const kept: KeptSession['records'][number][] = [];
    new SessionRecorder(test.run, {
      keeps: 'bands',
      begun: () => {},
      keep: record => kept.push(record),
      over: () => {},
    });
    press(test.start().for(5000));
    const of = (deed: string): number =>
      kept.filter(record => record.type === 'deed' && record.deed === deed).length;
    return [of('ease'), of('easeUndone')];
  };

  it('is counted once for each step, and not where the pressure was the lightest already', () => {
    expect(counted(test => test.press('less').for(1000))).toEqual([1, 0]);
    expect(counted(test => test.press('less').for(1000).press('less').for(1000))).toEqual([1, 0]);
  });

  it('is told to have been taken back, by undo and by a second button', () => {
    expect(counted(test => test.press('less').for(1000).intend({ intent: 'undo' }).for(1000))).toEqual([
      1, 1,
    ]);
    const grip = (test: TestRun): void => {
      test.driver.press('less', true);
      test.for(100).driver.press('go', true);
      test.for(1000).driver.press('less', false);
      test.driver.press('go', false);
      test.for(1000);
    };
    expect(counted(grip)).toEqual([1, 1]);
  });
});

describe('a change of technique', () => {
  it('is kept however it came: by hand, taken where it was offered, taken by LESS once more', () => {
    const glide = {
      technique: 'effleurage',
      instruction: 'Slide.',
      strokeCm: 30,
      speedCmPerS: 5,
      returnMs: 1000,
    };
    const kneads = { technique: 'kneading', otherTechnique: glide, durationS: 120 };
    const test = new TestRun({ routine: routine([warmUp(), ramp(kneads), cooldown()]) });
    const kept: KeptSession['records'][number][] = [];
    new SessionRecorder(test.run, {
      keeps: 'bands',
      begun: () => {},
      keep: record => kept.push(record),
      over: () => {},
    });
    const changes = (): number =>
      kept.filter(record => record.type === 'deed' && record.deed === 'switchTechnique').length;
    const tooMuch = { intent: 'checkIn', local: 4, leg: 0, firmer: false } as const;
    test.start().intend({ intent: 'next' }).for(5000).intend({ intent: 'tryLighter' });
    expect(changes()).toBe(0);
    test.intend(tooMuch, { intent: 'tryLighter' }).for(1000);
    expect(changes()).toBe(1);
    test.intend({ intent: 'switchTechnique' }).for(1000);
    expect(changes()).toBe(2);
    test.intend(tooMuch).for(3000).press('less').for(1000);
    expect(changes()).toBe(3);
  });
});

describe('a summary', () => {
  it('counts what moved without pauses and turns, phase by phase', async () => {
    const summary = summaryOf(await keptOf({ steps: eventful }));
    expect(summary.movedMs).toBe(20 * 60_000);
    expect(summary.lastedMs).toBeGreaterThan(summary.movedMs + 90_000);
    expect([summary.pauses, summary.extended, summary.eased]).toEqual([1, 1, 1]);
    expect(summary.stretches.find(({ phase, side }) => phase === 'thighs' && side === 'left')?.movedMs).toBe(
      180_000,
    );
    expect(summary.stretches.reduce((sum, { strokes }) => sum + strokes, 0)).toBe(summary.strokes);
  });

  it.each(playedWhole.map(one => [one.id, one] as const))(
    '%s gives every zone its time on both sides',
    async (_, routine) => {
      const summary = summaryOf(await keptOf({ routine }));
      expect(summary.outcome?.outcome).toBe('completed');
      for (const { zone, leftMs, rightMs } of summary.zones) expect([zone, leftMs]).toEqual([zone, rightMs]);
    },
  );

  it('of a session that broke off has no outcome', async () => {
    const kept = await keptOf();
    const half = { ...kept, records: kept.records.slice(0, 60) };
    expect(summaryOf(half).outcome).toBeNull();
    expect(noteToPaste(half)).toContain('Broke off');
  });
});

describe('the note to paste', () => {
  it('has places and sides with their minutes, what eased and what was added, and a letter for a name', async () => {
    const note = noteToPaste(
      await keptOf({ steps: eventful, header: { client: 'B', intakeAttested: true } }),
    );
    expect(note).toMatch(/· Client B · Evening legs · 20 min · Completed$/m);
    expect(note).toMatch(/^Back of the thigh: left 3:00 min, right 3:00 min, pressure 1, 1 min added$/m);
    expect(note).toMatch(/eased 1×/);
    expect(note).toMatch(/as stated by the therapist/);
  });
});
