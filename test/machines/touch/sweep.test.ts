/**
 * Gestures in places and around limits, held against what the page on buttons promises: every place, with a part of the gestures
 * and of the limits each. All of it is swept in `sweep.long.test.ts`; every cell of the page is held in `test/house`.
 */
import { describe, expect, it } from 'vitest';
import { type PlaceName, placeNames } from '../../../machines/touch/places.ts';
import { type Move, Play } from '../../../machines/touch/play.ts';
import { deedInTable } from '../../../machines/touch/table.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import {
  placeOf,
  press,
  sweptGestures,
  sweptLimits,
  wrongAround,
  wrongGestures,
} from '../../support/swept.ts';

/** Of so many gestures, and of so many limits, one is tried in each place: another one in the next. */
const gesturesPerTry = 18;
const limitsPerTry = 30;

describe('a gesture', () => {
  it('does in every place what the page says, and is answered', () => {
    for (const [row, name] of placeNames.entries()) {
      const some = sweptGestures.filter((_, index) => (index + row) % gesturesPerTry === 0);
      expect([name, wrongGestures(name, some)]).toEqual([name, []]);
    }
  });
});

describe('around a limit', () => {
  it('nothing raises pressure, wakes what is still by itself, or is met with nothing', () => {
    for (const [row, name] of placeNames.entries()) {
      const some = sweptLimits.filter((_, index) => (index + row) % limitsPerTry === 0);
      expect([name, wrongAround(name, some)]).toEqual([name, []]);
    }
  });

  /** What one press does this long after a place was entered: just before its limit, at it, just after it. */
  const at = (name: PlaceName, ms: Ms, gesture: readonly Move[]) => {
    const place = placeOf(name);
    const entered =
      Math.ceil(Math.max(place.session.context.enteredAt, place.session.context.questionAt) / 20) * 20;
    const play = new Play(place).until(Math.max(place.at, entered + ms));
    return deedInTable(play.place, new Play(play.place).move(gesture, 100)) || 'nothing';
  };
  const around = (name: PlaceName, ms: Ms, moves: readonly Move[]): readonly string[] =>
    [-20, 0, 20].map(late => at(name, ms + late, moves));
  const go = press('go', 0, 140);

  it('GO accepts the offer within four seconds, and pauses after them', () => {
    expect(around('strokes.checkIn, firmer? just offered', 4000, go)).toEqual([
      '→ strokes, 1 firmer',
      '→ strokes, 1 firmer',
      '→ paused',
    ]);
  });

  it('a pause of up to two minutes goes on as it was, after ten the cooldown is what is left', () => {
    expect(around('paused', 120_000, go)).toEqual(['→ warmUp', '→ warmUp', '→ warmUp, 1 lighter']);
    expect(around('paused', 600_000, go)).toEqual([
      '→ warmUp, 1 lighter',
      '→ warmUp, 1 lighter',
      '→ cooldown, next phase',
    ]);
  });

  it('a question is answered up to its 30 s', () => {
    const questions = around('strokes.checkIn, just asked', 30_000, go);
    expect(questions.slice(0, 2)).toEqual(['answers, then leg', 'answers, then leg']);
    expect(questions[2]).toBe('→ strokes');
  });
});
