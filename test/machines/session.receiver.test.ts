/** The receiver's voice: a squeeze, a second stop in series, or a page of their own, tried before the start. */
import { describe, expect, it } from 'vitest';
import type { ReceiverMeans } from '../../machines/session.lists.ts';
import { cooldown, phaseFields, routine, warmUp } from '../support/routines.ts';
import { inputOf, noCaps, TestSession } from '../support/session.ts';

const squeeze = { type: 'session.less', byReceiver: true } as const;

/** Screened, with all but the receiver's try confirmed. */
function beforeTry(receiver: ReceiverMeans | null, pressure = 1): TestSession {
  const phases = [warmUp, phaseFields, cooldown].map(phase =>
    phase({ pressureStart: pressure, pressureMax: 2 }),
  );
  const session = new TestSession(
    inputOf(pressure === 1 ? routine() : routine(phases), receiver ? { receiver } : {}),
  );
  session.send({ type: 'screening.cleared', caps: noCaps });
  session.send({ type: 'session.confirm', step: 'position' });
  session.send({ type: 'session.confirm', step: 'baseline' });
  return session;
}
const startedWith = (receiver: ReceiverMeans, pressure = 1): TestSession => {
  const session = beforeTry(receiver, pressure);
  if (receiver === 'switch') {
    session.send({ type: 'session.stop' });
    session.send({ type: 'session.afterStop', why: 'slip' });
  } else session.send(squeeze);
  session.send({ type: 'session.start' });
  expect(session.state).toBe('warmUp');
  return session;
};

describe('before the start', () => {
  it('nothing has to be tried where nothing is fitted', () => {
    const session = beforeTry(null);
    expect(session.context.steps).toEqual([]);
    session.send({ type: 'session.start' });
    expect(session.state).toBe('warmUp');
  });

  it.each(['squeeze', 'switch', 'page'] as const)('a %s has to be tried: nobody can confirm it', receiver => {
    const session = beforeTry(receiver);
    expect(session.context.steps).toEqual(['receiver']);
    for (const wish of [
      { type: 'session.confirm', step: 'receiver' },
      { type: 'session.go', felt: true },
      { type: 'session.start' },
      { type: 'session.less' },
    ] as const) {
      const told = session.send(wish);
      expect(told).toContainEqual(expect.objectContaining({ type: 'refusal' }));
      expect(session.context.steps).toEqual(['receiver']);
    }
    expect(session.state).toBe('preparation');
    expect(session.send({ type: 'session.start' })).toContainEqual(
      expect.objectContaining({ limit: 'receiver', next: { key: 'tryReceiver' } }),
    );
  });

  it.each(['squeeze', 'page'] as const)(
    'one less from the %s is the try, and the start follows',
    receiver => {
      const session = startedWith(receiver);
      expect(session.context.receiver).toBe(receiver);
    },
  );

  it('a press of the second stop is the try; it stops like any other, and was a slip', () => {
    const session = beforeTry('switch');
    session.send({ type: 'session.stop' });
    expect(session.state).toBe('stopped');
    session.send({ type: 'session.afterStop', why: 'slip' });
    expect([session.state, session.context.steps]).toEqual(['preparation', []]);
  });

  it('a page that comes has to be tried, and one that goes is asked for no more', () => {
    const session = beforeTry(null);
    session.send({ type: 'session.receiverHere' });
    expect([session.context.receiver, session.context.steps]).toEqual(['page', ['receiver']]);
    session.send({ type: 'session.receiverGone' });
    expect([session.context.receiver, session.context.steps]).toEqual([null, []]);
  });

  it('a page that was there in screening is tried in preparation', () => {
    const session = new TestSession(inputOf(routine()));
    session.send({ type: 'session.receiverHere' });
    session.send({ type: 'screening.cleared', caps: noCaps });
    expect(session.context.steps).toContain('receiver');
  });

  it('a page that comes or goes under way changes nothing', () => {
    const session = startedWith('squeeze').for(1000);
    const { value } = session.snapshot;
    expect(session.send({ type: 'session.receiverHere' })).toEqual([]);
    expect(session.send({ type: 'session.receiverGone' })).toEqual([]);
    expect([session.snapshot.value, session.context.receiver]).toEqual([value, 'squeeze']);
  });
});

describe('under way', () => {
  it('their less is less, at once, answered by EASE', () => {
    const session = startedWith('squeeze', 2).for(1000);
    expect(session.send(squeeze)).toContainEqual(
      expect.objectContaining({ type: 'play', cue: 'EASE', answer: true }),
    );
    expect(session.state).toBe('eased');
  });

  it('after a stop nothing goes on without their squeeze, and with it only by a person', () => {
    const session = startedWith('squeeze').for(5000);
    session.send({ type: 'session.stop' });
    session.send({ type: 'session.afterStop', why: 'slip' });
    expect(session.state).toBe('paused');
    for (const wish of [{ type: 'session.go', felt: true }, { type: 'session.resume' }] as const) {
      expect(session.send(wish)).toEqual([
        expect.objectContaining({ type: 'refusal', limit: 'receiver', next: { key: 'askThem' } }),
      ]);
      expect(session.state).toBe('paused');
    }
    session.send(squeeze);
    expect([session.state, session.context.askThem]).toEqual(['paused', false]);
    session.send({ type: 'session.resume' });
    expect(session.state).toBe('warmUp');
  });

  it('after a stop the cooldown that is offered waits for their squeeze as well', () => {
    const session = startedWith('squeeze').for(5000);
    session.send({ type: 'session.stop' });
    session.send({ type: 'session.afterStop', why: 'enough' });
    for (const wish of [{ type: 'session.go', felt: true }, { type: 'session.resume' }] as const) {
      expect(session.send(wish)).toEqual([
        expect.objectContaining({ type: 'refusal', limit: 'receiver', next: { key: 'askThem' } }),
      ]);
      expect(session.engaged).toBe(false);
    }
    session.send({ type: 'session.less' });
    expect(session.context.askThem).toBe(true);
    session.send(squeeze);
    session.send({ type: 'session.go', felt: true });
    expect([session.state, session.context.askThem]).toEqual(['cooldown', false]);
  });

  it('a pause that was no stop needs no squeeze', () => {
    const session = startedWith('squeeze').for(5000);
    session.send({ type: 'session.pause' });
    session.send({ type: 'session.resume' });
    expect(session.state).toBe('warmUp');
  });

  it('their squeeze alone moves nothing', () => {
    const session = startedWith('squeeze').for(5000);
    session.send({ type: 'session.stop' });
    session.send({ type: 'session.afterStop', why: 'slip' });
    session.send(squeeze);
    session.send(squeeze);
    expect([session.state, session.engaged]).toEqual(['paused', false]);
  });
});
