import { describe, expect, it, vi } from 'vitest';
import { fromLibrary } from '../../machines/routine/library.ts';
import { timeline, totalMs } from '../../machines/routine/timeline.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { inputOf, started, TestSession } from '../support/session.ts';

// Whole sessions and many cases: a busy machine takes its time over them.
vi.setConfig({ testTimeout: 60_000 });

const evening = fromLibrary('evening-legs');
if (!evening) throw new Error('the library has lost evening-legs');

const endingAt = (endsAt: Ms): TestSession => new TestSession(inputOf(evening, { endsAt }));

describe('where somebody waits for the end', () => {
  it('the phases share the time that is left when it begins, both sides alike, and it ends by then', () => {
    const session = endingAt(20 * 60_000)
      .until(180_000)
      .start();
    const { passes } = session.context;
    expect(totalMs(passes)).toBeLessThan(17 * 60_000 - 30_000);
    for (const { phase, durationMs } of passes)
      expect(passes.filter(other => other.phase === phase).map(other => other.durationMs)).toEqual(
        passes.filter(other => other.phase === phase).map(() => durationMs),
      );
    expect(passes.at(-1)?.durationMs).toBe(180_000);
    session.attended(({ outcome, state }) => outcome !== null || state === 'finishing');
    expect(session.at).toBeLessThanOrEqual(20 * 60_000);
    expect(session.at).toBeGreaterThan(17 * 60_000);
  });

  it('with time enough nothing is shorter', () => {
    const session = endingAt(60 * 60_000).start();
    expect(totalMs(session.context.passes)).toBe(totalMs(timeline(evening)));
  });

  it('with too little even for the least of all phases the cooldown still comes in time', () => {
    const session = endingAt(8 * 60_000).start();
    session.attended(({ state }) => state === 'finishing');
    expect(session.at).toBeLessThanOrEqual(8 * 60_000);
    expect(session.states.map(({ state }) => state)).toContain('cooldown');
  });
});

describe('quiet, with cues for the phases only', () => {
  it('no stroke is told, and everything else is', () => {
    const session = new TestSession(inputOf(evening, { strokeCues: false })).start();
    session.attended(({ state }) => state === 'finishing');
    session.send({ type: 'session.acknowledge' });
    const whys = new Set(session.all('play').map(({ why }) => why));
    expect([...whys].filter(why => ['strokeBegins', 'strokeEnds', 'lastStrokes'].includes(why))).toEqual([]);
    expect([...whys]).toEqual(expect.arrayContaining(['otherSide', 'howIsItHere', 'finished']));
    // The page still knows every stroke.
    expect(session.all('stroke').length).toBe(
      started(evening)
        .attended(({ state }) => state === 'finishing')
        .all('stroke').length,
    );
  });
});
