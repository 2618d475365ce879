/** What a session would be, before anybody chooses it. */
import { describe, expect, it } from 'vitest';
import { fromLibrary } from '../../../../machines/routine/library.ts';
import { minutesOf } from '../../../../machines/routine/time.ts';
import { planOf, rangeSentence, type Time } from '../../../../simulator/page/routines/plan.ts';
import { fitRoutine } from '../../../../src/session/fit-routine.ts';

const of = (id: string) => {
  const found = fromLibrary(id);
  if (!found) throw new Error(`no routine ${id}`);
  return found;
};
const noon = new Date(2026, 2, 1, 12, 0, 0).getTime();
const plan = (id: string, time: Time, mayDrop = false) =>
  planOf(of(id), time, { user: null, mayDrop, now: noon });
const minutes = (text: string): Time => ({ kind: 'minutes', text });
const endAt = (text: string): Time => ({ kind: 'endAt', text });

describe('a plan', () => {
  it('is the routine as it is written, where no time was named', () => {
    expect(plan('evening-legs', { kind: 'asWritten' })).toEqual({
      routine: of('evening-legs'),
      minutes: null,
      gone: [],
      mustAgree: false,
      refusal: null,
      note: null,
    });
  });

  it('is what the controller would make of the same minutes', () => {
    const made = plan('evening-legs', minutes('15'));
    const begun = fitRoutine({ routine: of('evening-legs'), minutes: 15 });
    expect(made.routine).toEqual(begun.ok && begun.routine);
    expect(made).toMatchObject({ minutes: 15, mustAgree: false, refusal: null });
  });

  it('shows what would have to go, and asks', () => {
    const asked = plan('leg-and-back', minutes('40'));
    expect(asked.gone.map(({ title }) => title)).toEqual([
      'Gentle shaking, thighs',
      'Gentle shaking, buttocks',
      'Deep in the buttock',
    ]);
    expect(asked.mustAgree).toBe(true);
    expect(asked.routine && minutesOf(asked.routine)).toBe(40);
    expect(plan('leg-and-back', minutes('40'), true)).toEqual({ ...asked, mustAgree: false });
  });

  it.each([
    ['evening-legs', '', 'Enter how many minutes you have, from 3 to 90.'],
    ['evening-legs', 'twelve', 'twelve does not work. Use whole minutes from 3 to 90.'],
    ['evening-legs', '12.5', '12.5 does not work. Use whole minutes from 3 to 90.'],
    ['evening-legs', '91', '91 does not work. Use whole minutes from 3 to 90.'],
    ['evening-legs', '2', '2 does not work. Use whole minutes from 3 to 90.'],
    ['first-touch', '30', 'First touch lasts at most 5 min.'],
    [
      'evening-legs',
      '3',
      'Evening legs takes at least 8 min, even with one phase of work. 3 min is too short.',
    ],
  ])('of %s in "%s" minutes is refused in words', (id, text, why) => {
    expect(plan(id, minutes(text))).toMatchObject({ routine: null, refusal: why });
  });

  it('leaves room for questions, turns and the end before a time on the wall', () => {
    const made = plan('evening-legs', endAt('12:20'));
    expect(made.minutes).toBe(13);
    expect(made.note).toBe(
      'Finished by about 12:20: 13 min for hands, the rest for questions, turns and the end.',
    );
  });

  it('lasts no longer than the routine, however late the end', () => {
    expect(plan('evening-legs', endAt('15:00')).minutes).toBe(20);
    // Past for today: tomorrow.
    expect(plan('evening-legs', endAt('11:00')).minutes).toBe(20);
  });

  it.each([
    ['', 'Enter when it has to be over, such as 21:50.'],
    ['12:05', 'Until 12:05 there are about 0 min for hands, besides questions, turns and the end.'],
  ])('until "%s" is refused in words', (text, why) => {
    expect(plan('evening-legs', endAt(text))).toMatchObject({ routine: null, refusal: why });
  });
});

describe('the times a routine fits', () => {
  it('are told with what they leave out', () => {
    expect(rangeSentence(of('leg-and-back'))).toBe(
      'All phases fit from 43 to 90 min. In less time, some are dropped.',
    );
  });

  it.each(['evening-legs', 'first-touch', 'lower-back', 'knee-to-hip-alone'])('are times of %s', id => {
    const [least, most] = (rangeSentence(of(id)).match(/\d+/g) ?? []).map(Number);
    expect(plan(id, minutes(String(least)))).toMatchObject({ refusal: null, gone: [] });
    expect(plan(id, minutes(String(most)))).toMatchObject({ refusal: null, gone: [] });
    expect(plan(id, minutes(String((least ?? 0) - 1))).gone.length || 'refused').not.toBe(0);
  });
});
