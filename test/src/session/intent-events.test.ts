import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../machines/intent.ts';
import type { Scores } from '../../../machines/response.ts';
import { stamped, wishesOf } from '../../../src/session/intent-events.ts';
import { routine } from '../../support/routines.ts';

const remembered = (baseline: Scores | null = null) => ({ routine: routine(), baseline });
type Spoken = Exclude<Intent, { intent: 'screen' | 'reopen' | 'after' }>;

describe('an intent', () => {
  it.each([
    'start',
    'pause',
    'resume',
    'less',
    'undo',
    'next',
    'extend',
    'skip',
    'switchTechnique',
    'tryLighter',
    'stop',
    'acknowledge',
  ] as const)('%s is the event of its name', intent => {
    expect(wishesOf({ intent }, remembered())).toEqual([{ type: `session.${intent}` }]);
  });

  it.each<[string, Spoken, object]>([
    ['go is not felt: it came from no button', { intent: 'go' }, { type: 'session.go', felt: false }],
    ['end leaves', { intent: 'end' }, { type: 'session.end', reason: 'left' }],
    ['lie says how', { intent: 'lie', onSide: true }, { type: 'session.lie', onSide: true }],
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
