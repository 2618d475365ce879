import { describe, expect, it } from 'vitest';
import { cooldown, phaseFields, routine, warmUp } from '../support/routines.ts';
import { started, type TestSession } from '../support/session.ts';

const sides = routine([
  warmUp(),
  phaseFields({ side: 'both', durationS: 80 }),
  phaseFields({ id: 'onBack', durationS: 40, position: 'supine' }),
  cooldown({ position: 'supine' }),
]);
const waiting = (): TestSession => started(sides).untilState('transition');
const cuesOf = (session: TestSession, from = 0): string[] =>
  session
    .all('play')
    .slice(from)
    .map(({ cue, why, times, told }) => `${told} ${cue}${times > 1 ? ` x${times}` : ''} ${why}`);

describe('a change of side', () => {
  it('waits for a person, engaged and still, and none of it counts for any phase', () => {
    const session = waiting();
    expect([session.state, session.engaged, session.at]).toEqual(['transition', true, 40_000]);
    const { movedMs } = session.context;
    const strokes = session.all('stroke').length;
    session.for(59_000);
    expect(session.context.movedMs).toBe(movedMs);
    expect(session.all('stroke').length).toBe(strokes);
    session.send({ type: 'session.go', felt: true });
    expect(session.at).toBe(99_000);
    expect(session.until(99_000 + 39_999).state).toBe('strokes');
    expect(session.until(99_000 + 40_000).state).toBe('transition');
  });

  it('is told by NEXT twice, a turn of the body by NEXT once', () => {
    const session = waiting();
    expect(cuesOf(session).at(-1)).toBe('40000 NEXT x2 otherSide');
    session.send({ type: 'session.go', felt: true });
    session.untilState('transition').send({ type: 'session.go', felt: true });
    session.untilState('transition');
    // From the right side to both with a turn: the hands change too.
    expect(cuesOf(session).at(-1)).toMatch(/NEXT x2 otherSide$/);
    const turn = started(routine([warmUp(), phaseFields({ position: 'supine' }), cooldown()])).untilState(
      'transition',
    );
    expect(cuesOf(turn).at(-1)).toBe('40000 NEXT turn');
  });

  it('asks after 60 s and 120 s, and after 180 s becomes a pause that STOP tells of', () => {
    const session = waiting();
    const from = session.all('play').length;
    session.until(40_000 + 179_999);
    expect(cuesOf(session, from)).toEqual(['100000 ASK goWhenReady', '160000 ASK goWhenReady']);
    expect(session.state).toBe('transition');
    expect(session.until(40_000 + 180_000).state).toBe('halting');
    expect(cuesOf(session).at(-1)).toBe('220000 STOP byItself');
    expect(session.until(40_000 + 182_000).state).toBe('paused');
    session.send({ type: 'session.resume' });
    expect(session.context.passes[session.context.passIndex]?.side).toBe('left');
  });

  it.each(['go', 'resume', 'start'])('ends by %s', what => {
    const session = waiting().for(1234);
    session.send(
      what === 'go' ? { type: 'session.go', felt: false } : { type: `session.${what as 'resume' | 'start'}` },
    );
    expect(session.state).toBe('strokes');
    expect(session.context.gridAt).toBe(41_234);
  });

  it('has the pressure of what follows told before the hands begin', () => {
    const session = started(
      routine([warmUp({ side: 'left' }), phaseFields({ side: 'right' }), cooldown()]),
    ).untilState('transition');
    expect(session.all('pressure').map(({ side, pressure, why }) => [side, pressure, why])).toEqual([
      ['left', 1, 'start'],
      ['right', 1, 'start'],
    ]);
  });

  it('may be paused, stopped, passed over or left', () => {
    const paused = waiting();
    paused.send({ type: 'session.pause' });
    expect(paused.state).toBe('paused');
    const next = waiting();
    next.send({ type: 'session.next' });
    expect([next.state, next.context.passes[next.context.passIndex]?.side]).toEqual(['transition', 'right']);
    const skipped = waiting();
    skipped.send({ type: 'session.skip' });
    // It was the only place of all: nothing is left of it.
    expect(skipped.context.passes.map(({ phase }) => phase)).toEqual(['warmUp', 'steady']);
  });

  it('keeps the lease alive for as long as it waits', () => {
    const session = waiting();
    let until = 0;
    for (const { until: to, told } of session.all('engage')) {
      if (told > 0) expect(told).toBeLessThanOrEqual(until);
      until = to;
    }
    session.until(40_000 + 179_999);
    const renewals = session.all('engage').filter(({ told }) => told >= 40_000);
    expect(renewals).toHaveLength(360);
    for (const { told, until: to } of renewals) expect(to - told).toBe(1000);
  });
});

describe('the end', () => {
  const ending = (): TestSession => started(routine()).untilState('finishing');

  it('is told by NEXT three times, three times at most, ten seconds apart', () => {
    const session = ending();
    const { at } = session;
    const from = session.all('play').findIndex(({ why }) => why === 'finished');
    session.untilState('completed');
    expect(session.at - at).toBe(30_000);
    expect(cuesOf(session, from)).toEqual([0, 10_000, 20_000].map(ms => `${at + ms} NEXT x3 finished`));
    expect([session.outcome, session.reason]).toEqual(['completed', 'routineDone']);
    expect(session.told.at(-1)).toMatchObject({ type: 'hush' });
  });

  it.each(['acknowledge', 'go', 'pause', 'less', 'end'])('is over with %s', what => {
    const session = ending().for(2500);
    session.send(
      what === 'go'
        ? { type: 'session.go', felt: true }
        : what === 'end'
          ? { type: 'session.end', reason: 'left' }
          : { type: `session.${what as 'acknowledge' | 'pause' | 'less'}` },
    );
    expect([session.outcome, session.engaged]).toEqual(['completed', false]);
  });
});
