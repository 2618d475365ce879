import { describe, expect, it } from 'vitest';
import type { GestureKind } from '../../machines/gesture.ts';
import type { Intent } from '../../machines/intent.ts';
import type { Scores } from '../../machines/response.ts';
import { stateNames } from '../../machines/session.view.ts';
import type { Button } from '../../machines/vocabulary.ts';
import { stamped, wishesOf, wishesOfChord, wishesOfGesture } from '../../src/router.ts';
import { routine } from '../support/routines.ts';

const remembered = (baseline: Scores | null = null) => ({ routine: routine(), baseline });
type Spoken = Exclude<Intent, { intent: 'screen' | 'after' }>;

describe('an intent', () => {
  it.each([
    'start',
    'pause',
    'resume',
    'less',
    'next',
    'extend',
    'skip',
    'switchTechnique',
    'stop',
    'acknowledge',
  ] as const)('%s is the event of its name', intent => {
    expect(wishesOf({ intent }, remembered())).toEqual([{ type: `session.${intent}` }]);
  });

  it.each<[string, Spoken, object]>([
    ['go is not felt: it came from no button', { intent: 'go' }, { type: 'session.go', felt: false }],
    ['end leaves', { intent: 'end' }, { type: 'session.end', reason: 'left' }],
    ['confirm names its step', { intent: 'confirm', step: 'oil' }, { type: 'session.confirm', step: 'oil' }],
    [
      'baseline confirms, and its scores go no further',
      { intent: 'baseline', local: 3, leg: 2 },
      { type: 'session.confirm', step: 'baseline' },
    ],
    ['symptom', { intent: 'symptom', id: 'numbness' }, { type: 'session.symptom', id: 'numbness' }],
    ['afterStop', { intent: 'afterStop', why: 'slip' }, { type: 'session.afterStop', why: 'slip' }],
  ])('%s', (_, intent, wish) => {
    expect(wishesOf(intent, remembered())).toEqual([wish]);
  });

  it('checkIn becomes bands against the baseline, never scores', () => {
    const intent = { intent: 'checkIn', local: 2, leg: 3, firmer: true } as const;
    expect(wishesOf(intent, remembered({ local: 0, leg: 3 }))).toEqual([
      { type: 'session.checkIn', here: 'light', leg: 'same', firmer: true },
    ]);
    expect(wishesOf(intent, remembered())).toEqual([
      { type: 'session.checkIn', here: 'light', leg: 'worse', firmer: true },
    ]);
  });
});

it('stamps an event with its time', () => {
  expect(stamped({ type: 'session.go', felt: true }, 1234)).toEqual({
    type: 'session.go',
    felt: true,
    at: 1234,
  });
});

describe('a gesture', () => {
  const moving = ['warmUp', 'strokes', 'pressureRamp', 'cooldown', 'eased', 'transition'];
  const still = ['paused', 'pausing'];
  const asking = ['strokes.checkIn', 'pressureRamp.checkIn'];
  const elsewhere = ['screening', 'preparation', 'stopped', 'faulted', 'finishing', 'completed'];
  const all = [...moving, ...still, ...asking, ...elsewhere];

  const spoken = (button: Button, kind: GestureKind, now: string, atPress = now): string =>
    wishesOfGesture({ button, kind }, now, atPress)
      .map(wish => {
        const more = 'felt' in wish ? ` felt ${wish.felt}` : 'here' in wish ? ` ${wish.here}` : '';
        return wish.type.replace('session.', '') + more;
      })
      .join(', ');
  const everywhere = (button: Button, kind: GestureKind, wish: string): void => {
    for (const state of all) expect([state, spoken(button, kind, state)]).toEqual([state, wish]);
  };

  it('STOP pressed stops, everywhere, and twice too', () => {
    everywhere('stop', 'press', 'stop');
    everywhere('stop', 'double', 'stop');
  });

  it('STOP held or pressed a third time is nothing more', () => {
    everywhere('stop', 'hold', '');
    everywhere('stop', 'triple', '');
  });

  it('LESS pressed is less, everywhere; a double is two presses', () => {
    everywhere('less', 'press', 'less');
    everywhere('less', 'double', 'less');
    everywhere('less', 'triple', '');
  });

  it("the receiver's squeeze is less; held or three in three seconds it is stop, everywhere", () => {
    everywhere('receiver', 'press', 'less');
    everywhere('receiver', 'double', 'less');
    everywhere('receiver', 'hold', 'stop');
    everywhere('receiver', 'triple', 'stop');
  });

  it('GO pressed is go, felt, everywhere', () => {
    everywhere('go', 'press', 'go felt true');
    everywhere('go', 'triple', '');
  });

  it.each(moving)('GO twice from %s undoes its own pause and asks for a minute more', state => {
    expect(spoken('go', 'double', 'pausing', state)).toBe('resume, extend');
    expect(spoken('go', 'double', 'paused', state)).toBe('resume, extend');
    expect(spoken('go', 'double', state, 'paused')).toBe('extend');
  });

  it.each(moving)('GO held from %s undoes its own pause and goes to the next phase', state => {
    expect(spoken('go', 'hold', 'paused', state)).toBe('resume, next');
    expect(spoken('go', 'hold', state, 'paused')).toBe('next');
  });

  it.each(['preparation', 'stopped', 'faulted', 'finishing', 'screening'])(
    'GO held in %s begins or acknowledges with its press, and skips nothing by being held',
    state => {
      for (const now of [...moving, ...still, state]) expect(spoken('go', 'hold', now, state)).toBe('');
    },
  );

  it('GO twice outside of a session is two presses', () => {
    for (const state of ['preparation', 'faulted', 'finishing'])
      expect(spoken('go', 'double', state)).toBe('go felt true');
  });

  it.each(asking)('GO twice or held in %s is no second answer: haste is never consent', state => {
    for (const kind of ['double', 'hold'] as const) {
      expect(spoken('go', kind, state)).toBe('');
      expect(spoken('go', kind, 'strokes', state)).toBe('');
      expect(spoken('go', kind, state, 'strokes')).toBe('');
    }
  });

  it.each(asking)('GO pressed in haste in %s is no answer, and elsewhere what it always is', state => {
    const hurried = (now: string) =>
      wishesOfGesture({ button: 'go', kind: 'press' }, now, now, 'leg', true).map(({ type }) => type);
    expect(hurried(state)).toEqual([]);
    for (const other of [...moving, ...still, ...elsewhere])
      expect([other, hurried(other)]).toEqual([other, ['session.go']]);
  });

  it.each(moving)('LESS held in %s leaves the zone for today', state => {
    expect(spoken('less', 'hold', 'eased', state)).toBe('skip');
  });

  it.each(asking)('LESS held in %s is an answer of six or more: it stops', state => {
    expect(spoken('less', 'hold', 'eased', state)).toBe('checkIn tooMuch');
    expect(spoken('less', 'hold', state, state)).toBe('checkIn tooMuch');
  });

  it('LESS held while nothing moves is nothing more', () => {
    for (const state of [...still, ...elsewhere]) expect(spoken('less', 'hold', state)).toBe('');
  });
});

describe('GO and LESS together', () => {
  it('begin in preparation and take a stop back, and mean nothing anywhere else', () => {
    for (const state of stateNames) {
      const meant =
        state === 'preparation'
          ? [{ type: 'session.start' }]
          : state === 'stopped'
            ? [{ type: 'session.afterStop', why: 'slip' }]
            : [];
      expect([state, wishesOfChord('together', state)]).toEqual([state, meant]);
      expect(wishesOfChord('lessLong', state)).toEqual([]);
    }
  });
});

it('LESS held against the question about the leg says that it is worse there', () => {
  const held = { button: 'less', kind: 'hold' } as const;
  expect(wishesOfGesture(held, 'strokes.checkIn', 'strokes.checkIn', 'leg')).toEqual([
    { type: 'session.checkIn', here: 'light', leg: 'worse', firmer: false },
  ]);
  for (const question of ['here', 'firmer'] as const)
    expect(wishesOfGesture(held, 'strokes.checkIn', 'strokes.checkIn', question)).toEqual([
      { type: 'session.checkIn', here: 'tooMuch', leg: 'same', firmer: false },
    ]);
});
