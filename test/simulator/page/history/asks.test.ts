import { expect, it } from 'vitest';
import { symptoms } from '../../../../machines/session.lists.ts';
import { catalogue, named } from '../../../../machines/text/text.ts';
import { endWord } from '../../../../simulator/page/history/asks.ts';

it.each(symptoms)('a session that %s has ended says so in words, not by its name in the program', symptom => {
  expect(endWord({ outcome: 'stopped', reason: symptom })).toBe(
    named('Stopped', catalogue.symptomNames[symptom]),
  );
});

it('what went to its end needs no reason, and what is not known here is said as it was kept', () => {
  expect(endWord({ outcome: 'completed', reason: 'routineDone' })).toBe('Completed');
  expect(endWord({ outcome: 'constructor', reason: 'toString' })).toBe(named('constructor', 'toString'));
});
