import { describe, expect, it } from 'vitest';
import { isUnderWay, type SeenPage } from '../../../../simulator/demo/install/under-way.ts';

type View = NonNullable<SeenPage['view']>;

/** A page that nobody has touched yet, whose controller tells this. */
const seen = (view: object = {}, around: Partial<SeenPage> = {}): SeenPage => ({
  view: {
    session: { state: 'screening', offer: null },
    screening: { complaint: null },
    outcome: null,
    calibration: null,
    ...view,
  } as unknown as View,
  isLive: true,
  hasBegun: false,
  failure: null,
  hasOwnBoard: false,
  ...around,
});
const outcome = { outcome: 'completed', reason: 'done', advice: '' };

describe('no session is under way', () => {
  it.each([
    ['before anything was said', seen()],
    [
      'after the outcome',
      seen({ session: { state: 'completed', offer: null }, outcome }, { hasBegun: true }),
    ],
    [
      'where the controller has failed, whatever it told last',
      seen({ session: { state: 'strokes', offer: null } }, { failure: 'no such file', isLive: false }),
    ],
    ['where the controller never came up', seen({}, { view: null, failure: 'no such file' })],
  ])('%s', (_, page) => {
    expect(isUnderWay(page)).toBe(false);
  });
});

describe('a session counts as under way', () => {
  it.each([
    ['once somebody has pressed Begin', seen({}, { hasBegun: true })],
    ['once the first question is answered', seen({ screening: { complaint: false } })],
    [
      'while an earlier one can be gone on with',
      seen({ session: { state: 'screening', offer: 'Your place was kept.' } }),
    ],
    ...['preparation', 'strokes', 'strokes.checkIn', 'paused', 'stopped', 'faulted', 'finishing'].map(
      (state): [string, SeenPage] => [`in ${state}`, seen({ session: { state, offer: null } })],
    ),
    ['while motors are calibrated', seen({ calibration: { walk: {} } })],
    ['while a board by itself is shown', seen({}, { hasOwnBoard: true })],
    ['where nothing was heard for a while', seen({}, { isLive: false })],
    ['before the controller has told anything', seen({}, { view: null })],
  ])('%s', (_, page) => {
    expect(isUnderWay(page)).toBe(true);
  });
});
