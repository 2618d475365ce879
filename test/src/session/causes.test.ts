/** What brings a complaint on, asked on a page: of whom, until when, and that nothing anywhere remembers what was said. */
import { describe, expect, it } from 'vitest';
import { causes } from '../../../machines/causes.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { keepings } from '../../../machines/vocabulary.ts';
import { SessionRecorder } from '../../../src/history/recorder.ts';
import { recoverSession } from '../../../src/journal/recovery.ts';
import { forReceiver } from '../../../src/server/changes.ts';
import { viewOf } from '../../../src/server/view.ts';
import { TestRun } from '../../support/run.ts';

const emulated = { emulated: true, faults: [], rate: 1, resumesRate: null, steerable: false };
const whole = fromLibrary('leg-and-back');
if (!whole) throw new Error('the library has lost leg-and-back');

const complaint = { intent: 'screen', complaint: true, others: 'no' } as const;
const all = { intent: 'causes', bringsOn: [...causes], worsens: [...causes] } as const;
const said = { ...all, bringsOn: [...all.bringsOn], worsens: [...all.worsens] };
const shown = (test: TestRun) => viewOf(test.run, emulated);
const screened = (): TestRun => new TestRun({ routine: whole }).intend(complaint);
/** Prepared with these answers, and begun. */
function begun(): TestRun {
  const test = screened().intend(said);
  for (const step of ['bath', 'oil', 'position'] as const) test.intend({ intent: 'confirm', step });
  return test.intend({ intent: 'baseline', local: 0, leg: 0 }, { intent: 'start' });
}

describe('what brings a complaint on', () => {
  it('is asked of whoever has one while one gets ready, once', () => {
    const test = new TestRun({ routine: whole });
    expect(shown(test).preparation.causes).toBe(null);
    test.intend(complaint);
    expect(shown(test).preparation.causes).toBe('open');
    test.intend(said);
    expect(shown(test).preparation.causes).toBe('said');
    expect(shown(begun()).preparation.causes).toBe(null);
  });

  it('is asked anew where the first question is', () => {
    const test = screened().intend(said, { intent: 'reopen', card: 'opening' }, complaint);
    expect(shown(test).preparation).toMatchObject({ causes: 'open', gentle: null });
  });

  it('is asked of nobody without a complaint, and refused there, as it is before and after', () => {
    const test = new TestRun({ routine: whole }).intend(said);
    test.intend({ ...complaint, complaint: false });
    expect(shown(test).preparation.causes).toBe(null);
    test.intend(said);
    const late = begun().for(5000).intend(said);
    for (const refused of [test, late])
      expect(refused.of('refusal').at(-1)).toMatchObject({ asked: 'causes', limit: 'notNow' });
    expect(test.of('refusal')).toHaveLength(2);
    expect(test.run.snapshot.context.gentle).toEqual([]);
  });

  it('is not waited for: who says nothing begins as ever, and nothing is other than planned', () => {
    const silent = screened();
    for (const step of ['bath', 'oil', 'position'] as const) silent.intend({ intent: 'confirm', step });
    silent.intend({ intent: 'baseline', local: 0, leg: 0 });
    expect(shown(silent).preparation).toMatchObject({ causes: 'open', ready: true, gentle: null });
    silent.intend({ intent: 'start' });
    expect(silent.run.state).toBe('warmUp');
  });

  it('is shown back as places to be gentle with, before and in each of them', () => {
    const test = screened().intend({ intent: 'causes', bringsOn: ['bendingOrLifting'], worsens: [] });
    expect(shown(test).preparation.gentle).toBe(
      'Gentle today: lower back. Light, broad hands, at most pressure 1.',
    );
    for (const step of ['bath', 'oil', 'position'] as const) test.intend({ intent: 'confirm', step });
    test.intend({ intent: 'baseline', local: 0, leg: 0 }, { intent: 'start' });
    const heard = new Map<string, string | null>();
    for (let count = 0; count < 40 && test.run.state !== 'cooldown'; count++) {
      const { now, gentle, pressureMax } = shown(test).session;
      if (now) heard.set(now.zone, gentle);
      if (gentle !== null) expect(pressureMax).toBe(1);
      test.for(1000).intend({ intent: 'next' }, { intent: 'go' }).for(1000);
    }
    expect(heard.get('lowerBack')).toBe(catalogue.causes.gentleHere);
    expect(heard.get('buttocks')).toBe(null);
  });

  it('asks hands alone for no press more', () => {
    const test = new TestRun({ routine: whole });
    for (let card = 0; card < 6; card++) {
      test.driver.press('go', true);
      test.driver.press('less', true);
      test.for(3200);
      test.driver.press('go', false);
      test.driver.press('less', false);
      test.for(1500);
    }
    expect(test.run.state).toBe('preparation');
    expect(shown(test).preparation.causes).toBe(null);
    let presses = 0;
    while (test.run.state === 'preparation' && presses < 10) {
      test.press('go').for(1500);
      presses += 1;
    }
    // The bath, the oil, how one lies, how it is, and the start.
    expect([test.run.state, presses]).toEqual(['warmUp', 5]);
  });
});

describe('what was said of it', () => {
  /** Any of these would tell it: what the page calls it, and what the program does. */
  const telling = [...causes, ...Object.values(catalogue.causes.choices), 'bringsOn', 'worsens'];
  const tells = (sink: string): readonly string[] => telling.filter(word => sink.includes(word));

  it('would be found by its words', () => {
    const found = tells(JSON.stringify(said));
    expect(found).toEqual(expect.arrayContaining([...causes, 'bringsOn', 'worsens']));
  });

  it('stands in no journal, and not in what is taken up of it, where what follows goes on', () => {
    const test = begun().for(30_000);
    expect(tells(test.journal)).toEqual([]);
    const left = recoverSession(test.journal, 1000);
    expect(tells(JSON.stringify(left))).toEqual([]);
    expect(left?.unfinished.context).toMatchObject({
      gentle: ['buttocks', 'lowerBack', 'thighBack', 'calf'],
      caps: { pressureMax: 2, position: 'notProne' },
    });
  });

  it('stands in no line of the trace, refused or not', () => {
    const test = begun().for(30_000).intend(said);
    expect(tells(JSON.stringify(test.lines))).toEqual([]);
  });

  it('stands in no history, however much of it is kept', () => {
    for (const keeps of keepings) {
      if (keeps === 'off') continue;
      const test = screened();
      const kept: unknown[] = [];
      new SessionRecorder(test.run, {
        keeps,
        begun: header => kept.push(header),
        keep: record => kept.push(record),
        over: () => {},
      });
      test.intend(said);
      for (const step of ['bath', 'oil', 'position'] as const) test.intend({ intent: 'confirm', step });
      test.intend({ intent: 'baseline', local: 0, leg: 0 }, { intent: 'start' });
      test.for(30_000).intend({ intent: 'end' }).for(1000);
      expect(kept.length).toBeGreaterThan(3);
      expect(tells(JSON.stringify(kept))).toEqual([]);
    }
  });

  it('is shown on no page; on the receiver’s not even what follows from it', () => {
    const ready = screened().intend(said);
    const atWork = begun().for(5000);
    for (const test of [ready, atWork]) {
      expect(tells(JSON.stringify(shown(test)))).toEqual([]);
      const theirs = forReceiver({
        ...shown(test),
        calibration: null,
        kept: { routines: 0, sessions: 0 },
      });
      expect(JSON.stringify(theirs)).not.toMatch(/[Gg]entle (today|here)/);
      expect(theirs.preparation.causes).toBe(null);
    }
  });

  it('is remembered by the run itself in no way', () => {
    const { run } = begun();
    expect(tells(JSON.stringify(run.snapshot.context))).toEqual([]);
    expect(tells(JSON.stringify(run.screening.context))).toEqual([]);
  });
});
