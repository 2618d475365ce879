import { describe, expect, it } from 'vitest';
import { questionIds, weightOf } from '../../../machines/screening.questions.ts';
import type { Reason } from '../../../machines/session.lists.ts';
import { symptoms } from '../../../machines/session.lists.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { faults } from '../../../machines/vocabulary.ts';
import { adviceOf } from '../../../src/session/advice.ts';

const plain: readonly Reason[] = [
  'routineDone',
  'enough',
  'checkInsMissed',
  'sessionCap',
  'pain',
  'symptom',
  'scoreTooHigh',
  'legWorse',
  'unanswered',
  'left',
  'noDeadlineLeft',
  'pausedTooLong',
];

describe('the advice at the end', () => {
  it.each([...plain, ...faults])('after %s begins with its own sentence', reason => {
    const sentences = { ...catalogue.faults, ...catalogue.outcomes } as Readonly<Record<string, string>>;
    expect(adviceOf({ outcome: 'stopped', reason }, null).startsWith(sentences[reason] ?? '-')).toBe(true);
  });

  it.each([...plain, ...symptoms, ...faults])('after %s says when to seek help', reason => {
    expect(adviceOf({ outcome: 'stopped', reason }, null)).toMatch(/hospital|ambulance|doctor/);
  });

  it.each([...plain, ...faults])('after %s names the signs that need a hospital', reason => {
    expect(adviceOf({ outcome: 'completed', reason }, null)).toContain(catalogue.seekHelp);
  });

  it.each(questionIds.filter(id => weightOf(id) !== 'caution'))(
    'after %s is the one of that question',
    id => {
      const weight = weightOf(id) === 'urgent' ? 'urgent' : 'clinician';
      const screened = { cleared: false, question: id, weight } as const;
      const { advice } = catalogue.screening as Readonly<{ advice: Readonly<Record<string, string>> }>;
      expect(adviceOf({ outcome: 'declined', reason: weight }, screened).startsWith(advice[id] ?? '-')).toBe(
        true,
      );
    },
  );

  it('says no sign twice', () => {
    for (const reason of [...plain, ...symptoms, ...faults]) {
      const said = adviceOf({ outcome: 'stopped', reason }, null);
      expect([reason, said.split('pee or poo').length <= 2]).toEqual([reason, true]);
    }
  });
});
