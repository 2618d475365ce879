/** Every single answer that locks out, on both boards: no session, its own advice, not one driven pin. */
import { describe, expect, it } from 'vitest';
import { applies, type QuestionId, questionIds, weightOf } from '../../machines/screening.questions.ts';
import { catalogue } from '../../machines/text/text.ts';
import type { TraceLine } from '../../src/session/trace.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { isLong } from '../support/length.ts';
import { routine } from '../support/routines.ts';
import { type BoardKind, boards, stageOf, stepsOf } from '../support/simulated.ts';

const advice: Readonly<Record<string, string>> = catalogue.screening.advice;

const vectors = [true, false].flatMap(complaint =>
  questionIds
    .filter(id => weightOf(id) !== 'caution' && applies(id, complaint))
    .flatMap(id => (['yes', 'unsure'] as const).map(answer => ({ complaint, id, answer }))),
);

/** In `npm test` some of them: a third where there is no board, a ninth with the firmware in the loop. */
const asked = (board: BoardKind) =>
  vectors.filter((_, index) => isLong || index % (board === 'none' ? 3 : 9) === 0);

/** Whoever tries all the same: by every way that could begin something. */
const stubborn = [
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 0, intent: 'start' },
  { at: 20, button: 'go', down: true },
  { at: 100, button: 'go', down: false },
];

describe.each(boards)('on board %s', board => {
  it('one answer other than no is declined, with its own advice, and drives no pin, whichever of the 100 it is', async () => {
    expect(vectors).toHaveLength(100);
    const stage = await stageOf(board);
    try {
      for (const { complaint, id, answer } of asked(board)) {
        const lines: TraceLine[] = [];
        const { outcome } = await simulate(stage, {
          routine: routine(),
          steps: stepsOf([
            { at: 0, intent: 'screen', complaint, answers: { [id]: answer }, others: 'no' },
            ...stubborn,
          ]),
          product: 'test',
          trace: line => lines.push(line),
        });
        expect([id, answer, outcome.outcome, outcome.reason]).toEqual([
          id,
          answer,
          'declined',
          weightOf(id) === 'urgent' ? 'urgent' : 'clinician',
        ]);
        expect(outcome.advice).toBe(advice[id]);
        expect(lines.filter(({ type }) => ['frame', 'pin', 'cue', 'stroke'].includes(type))).toEqual([]);
      }
    } finally {
      stage.close();
    }
  });
});

it('every advice is its own', () => {
  const all = questionIds.filter(id => weightOf(id) !== 'caution').map((id: QuestionId) => advice[id]);
  expect(new Set(all).size).toBe(all.length);
});
