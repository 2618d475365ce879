import { describe, expect, it } from 'vitest';
import type { GestureKind } from '../../../machines/gesture.ts';
import type { StateName } from '../../../machines/session.states.ts';
import { deedsOfChord, deedsOfGesture, type Situation } from '../../../machines/touch/meaning.ts';
import type { Button } from '../../../machines/vocabulary.ts';

const standing = (state: StateName, more: Partial<Situation> = {}): Situation => ({
  state,
  question: state.endsWith('.checkIn') ? 'here' : null,
  isFelt: state.endsWith('.checkIn'),
  isOver: state === 'completed',
  isUntouched: true,
  ...more,
});

describe('a gesture', () => {
  const moving: readonly StateName[] = [
    'warmUp',
    'strokes',
    'pressureRamp',
    'cooldown',
    'eased',
    'transition',
  ];
  const still: readonly StateName[] = ['paused', 'pausing'];
  const asking: readonly StateName[] = ['strokes.checkIn', 'pressureRamp.checkIn'];
  const elsewhere: readonly StateName[] = [
    'screening',
    'preparation',
    'stopped',
    'faulted',
    'finishing',
    'completed',
  ];
  const all = [...moving, ...still, ...asking, ...elsewhere];

  const spoken = (button: Button, kind: GestureKind, now: StateName, atPress = now): string =>
    deedsOfGesture({ button, kind }, standing(now), standing(atPress))
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

  it.each<StateName>(['preparation', 'stopped', 'faulted', 'finishing', 'screening'])(
    'GO held in %s begins or acknowledges with its press, and skips nothing by being held',
    state => {
      for (const now of [...moving, ...still, state]) expect(spoken('go', 'hold', now, state)).toBe('');
    },
  );

  it('GO twice outside of a session is two presses', () => {
    for (const state of ['preparation', 'faulted', 'finishing'] as const)
      expect(spoken('go', 'double', state)).toBe('go felt true');
  });

  it.each(asking)('GO twice or held in %s is no second answer: haste is never consent', state => {
    for (const [kind, wish] of [
      ['double', 'hasty'],
      ['hold', ''],
    ] as const) {
      expect(spoken('go', kind, state)).toBe(wish);
      expect(spoken('go', kind, 'strokes', state)).toBe(wish);
      expect(spoken('go', kind, state, 'strokes')).toBe(wish);
    }
  });

  const goAgain = (now: StateName, sinceGoMs: number) =>
    deedsOfGesture({ button: 'go', kind: 'press' }, standing(now), standing(now), sinceGoMs).map(
      ({ type }) => type,
    );

  it.each(asking)('GO pressed in haste in %s is no answer', state => {
    expect([goAgain(state, 899), goAgain(state, 900)]).toEqual([['session.hasty'], ['session.go']]);
  });

  it.each<StateName>(['preparation', 'faulted'])(
    'GO again within a second confirms and starts nothing in %s',
    state => {
      expect([goAgain(state, 999), goAgain(state, 1000)]).toEqual([['session.hasty'], ['session.go']]);
    },
  );

  it('GO pressed in haste is what it always is everywhere else', () => {
    for (const other of all.filter(name => ![...asking, 'preparation', 'faulted'].includes(name)))
      expect([other, goAgain(other, 20)]).toEqual([other, ['session.go']]);
  });

  it.each(moving)('LESS held in %s leaves the zone for today', state => {
    expect(spoken('less', 'hold', 'eased', state)).toBe('skip');
  });

  it.each(asking)('LESS held in %s is an answer of six or more: it stops', state => {
    expect(spoken('less', 'hold', 'eased', state)).toBe('checkIn tooMuch');
    expect(spoken('less', 'hold', state, state)).toBe('checkIn tooMuch');
  });

  it.each(asking)(
    'LESS held in %s before the question can have been felt is no answer: it leaves the place',
    state => {
      const wishes = deedsOfGesture(
        { button: 'less', kind: 'hold' },
        standing('eased'),
        standing(state, { isFelt: false }),
      );
      expect(wishes).toEqual([{ type: 'session.skip' }]);
    },
  );

  it.each<StateName>([...still, 'faulted'])(
    'LESS held in %s leaves the place, though nothing moves',
    state => {
      expect(spoken('less', 'hold', state)).toBe('skip');
    },
  );

  it('LESS held where hands are not at work is nothing more', () => {
    for (const state of elsewhere.filter(name => name !== 'faulted'))
      expect([state, spoken('less', 'hold', state)]).toEqual([state, '']);
  });

  it('LESS tapped is another routine, before anything at all has been answered', () => {
    expect(spoken('less', 'tap', 'screening')).toBe('favourite.next');
    const answered = standing('screening', { isUntouched: false });
    expect(deedsOfGesture({ button: 'less', kind: 'tap' }, answered, answered)).toEqual([]);
    for (const state of all.filter(name => name !== 'screening'))
      expect([state, spoken('less', 'tap', state)]).toEqual([state, '']);
  });
});

describe('GO and LESS together', () => {
  const types = (kind: 'joined' | 'together' | 'lessLong', now: StateName, first = now): string[] =>
    deedsOfChord(kind, standing(now), standing(first)).map(({ type }) => type);

  it.each<[StateName, string]>([
    ['screening', 'card.none'],
    ['preparation', 'session.start'],
    ['stopped', 'session.afterStop'],
    ['completed', 'session.again'],
  ])('in %s mean %s once they have been held, and nothing before', (state, deed) => {
    expect([types('joined', state), types('together', state)]).toEqual([[], [deed]]);
  });

  it.each<StateName>([
    'warmUp',
    'strokes',
    'strokes.checkIn',
    'eased',
    'transition',
    'pausing',
    'halting',
    'paused',
    'faulted',
  ])('in %s mean nothing, and that is said at once', state => {
    expect([types('joined', state), types('together', state)]).toEqual([['session.meaningless'], []]);
  });

  it('count only where the first of them came down in the same state', () => {
    expect(types('together', 'stopped', 'warmUp')).toEqual([]);
    expect(types('together', 'completed', 'finishing')).toEqual([]);
    expect(types('together', 'preparation', 'screening')).toEqual([]);
  });

  it('LESS alone for long is a caution on the card, and nothing anywhere else', () => {
    expect(types('lessLong', 'screening')).toEqual(['card.caution']);
    for (const state of ['preparation', 'strokes', 'stopped', 'paused', 'completed'] as const)
      expect([state, types('lessLong', state)]).toEqual([state, []]);
  });
});

it('LESS held against the question about the leg says that it is worse there', () => {
  for (const [question, answer] of [
    ['leg', { here: 'light', leg: 'worse' }],
    ['here', { here: 'tooMuch', leg: 'same' }],
    ['firmer', { here: 'tooMuch', leg: 'same' }],
  ] as const) {
    const asked = standing('strokes.checkIn', { question });
    expect(deedsOfGesture({ button: 'less', kind: 'hold' }, asked, asked)).toEqual([
      { type: 'session.checkIn', ...answer, firmer: false },
    ]);
  }
});
