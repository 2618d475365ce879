/** What two buttons and one light do where nothing else is at hand: on a board that only remembers. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Recorder } from '../../../hardware/recorder.ts';
import { chordLimits } from '../../../machines/chord.ts';
import { cardIds } from '../../../machines/screening.questions.ts';
import type { Button } from '../../../machines/vocabulary.ts';
import { Sessions } from '../../../src/session/sessions.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { routine } from '../../support/routines.ts';
import { TestRun } from '../../support/run.ts';

/** Holds some buttons; whether the light came on while they were held. */
function held(test: TestRun, buttons: readonly Button[], forMs = chordLimits.holdMs + 200): boolean {
  for (const button of buttons) test.driver.press(button, true);
  test.for(forMs);
  const { lit } = test.driver;
  for (const button of buttons) test.driver.press(button, false);
  test.for(300);
  return lit;
}
const throughCards = (test: TestRun): void => {
  for (const _ of cardIds) held(test, ['go', 'less']);
};

describe('the light', () => {
  it('comes on in screening for what has counted, and for nothing else', () => {
    const test = new TestRun();
    expect(held(test, ['go', 'less'], chordLimits.holdMs - 100)).toBe(false);
    expect(held(test, ['go'])).toBe(false);
    expect(test.driver.lit).toBe(false);
    expect(held(test, ['go', 'less'])).toBe(true);
    expect(held(test, ['less'])).toBe(true);
    expect(test.driver.lit).toBe(false);
    expect(test.run.state).toBe('screening');
  });

  it('stays on after the sixth card, and goes out under each further press while nothing may move', () => {
    const test = new TestRun();
    throughCards(test);
    expect([test.run.state, test.driver.lit]).toEqual(['preparation', true]);
    test.driver.press('go', true);
    test.for(60);
    expect(test.driver.lit).toBe(false);
    test.driver.press('go', false);
    test.for(300);
    expect(test.driver.lit).toBe(true);
    expect(test.run.snapshot.context.steps).toEqual(['baseline']);
  });

  it('goes out under a press in a pause', () => {
    const test = new TestRun().start().for(3000).intend({ intent: 'pause' }).for(500);
    expect(test.driver.lit).toBe(true);
    test.driver.press('less', true);
    test.for(60);
    expect(test.driver.lit).toBe(false);
  });
});

describe('GO and LESS together', () => {
  it('begin what is prepared', () => {
    const test = new TestRun();
    throughCards(test);
    for (const _ of ['position', 'baseline']) test.press('go').for(1000);
    held(test, ['go', 'less']);
    expect(test.run.state).toBe('warmUp');
  });

  it('after a stop say that it was a slip; then GO goes on', () => {
    const test = new TestRun().start().for(3000).press('stop').for(1000);
    expect(test.run.state).toBe('stopped');
    held(test, ['go', 'less']);
    expect(test.run.state).toBe('paused');
    test.press('go').for(500);
    expect(test.run.state).toBe('warmUp');
  });

  it('the journal says that it was by touch, and holds no card', () => {
    const test = new TestRun();
    throughCards(test);
    expect(test.journal).toMatch(/"type":"screening\.cleared".*"by":"touch"/);
    expect(test.journal.match(/"type":"screening\./g)).toHaveLength(1);
    expect(test.journal).not.toMatch(/"(S|C|K)\d+"|noneOfCard|someCaution/);
  });
});

describe('after the end', () => {
  let clock: VirtualClock;
  let driver: Recorder;
  let sessions: Sessions;

  beforeEach(() => {
    clock = new VirtualClock();
    driver = new Recorder();
    sessions = new Sessions({ clock, driver, product: 'test' }, { routine: routine() });
  });

  it('GO and LESS together begin another session, with screening', () => {
    sessions.run.intend({ intent: 'screen', complaint: true, answers: { C4: 'yes' } });
    clock.runUntil(500);
    const first = sessions.run;
    expect(first.outcome?.outcome).toBe('declined');
    for (const button of ['go', 'less'] as const) driver.press(button, true);
    clock.runUntil(4000);
    for (const button of ['go', 'less'] as const) driver.press(button, false);
    clock.runUntil(5000);
    expect(sessions.run).not.toBe(first);
    expect([sessions.run.state, sessions.run.screened]).toEqual(['screening', null]);
  });
});

describe('a hold against a question', () => {
  const asked = routine(undefined, { riseDwellS: 120, checkIn: { everyS: 60 } });
  const inQuestion = (): TestRun => {
    const test = new TestRun({ routine: asked }).start();
    for (let s = 0; s < 200 && !test.run.state.endsWith('.checkIn'); s++) test.for(1000);
    expect(test.run.state).toMatch(/checkIn$/);
    return test;
  };
  it.each([
    ['here', 'scoreTooHigh'],
    ['leg', 'legWorse'],
  ] as const)('about %s ends with its own reason', (question, reason) => {
    const test = inQuestion();
    test.for(2000);
    if (question === 'leg') test.press('go').for(2000);
    expect(test.run.snapshot.context.question).toBe(question);
    test.press('less', 1200).for(200);
    expect(test.of('outcome')[0]).toMatchObject({ outcome: 'stopped', reason });
  });
});
