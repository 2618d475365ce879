/** The firmware's binary, the whole stack, and a person with no screen: buttons and touch are all there is. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fromLibrary } from '../../machines/routine/library.ts';
import { firmwareHex } from '../../src/installed.ts';
import { Run } from '../../src/session/run.ts';
import type { TraceLine } from '../../src/session/trace.ts';
import { emulatedStage } from '../../src/simulation/emulated-stage.ts';
import { countedFrom } from '../../src/time/clock.ts';
import { PersonByTouch } from '../support/person-by-touch.ts';

type Played = Readonly<{
  person: PersonByTouch;
  lines: readonly TraceLine[];
  journal: string;
  run: Run;
}>;

const firstTouch = fromLibrary('first-touch');
if (!firstTouch) throw new Error('the library has lost first-touch');

/** Lets a person live with a board until the session is over, or until they have nothing more to do. */
async function live(does: (person: PersonByTouch, run: Run) => Promise<void>): Promise<Played> {
  let hold: (person: PersonByTouch) => void = () => {};
  const stage = await emulatedStage(firmwareHex(), 1, uno => {
    hold = person => person.hold(uno);
  });
  const lines: TraceLine[] = [];
  let journal = '';
  const run = new Run({
    routine: firstTouch as NonNullable<typeof firstTouch>,
    clock: countedFrom(stage.clock, stage.clock.now()),
    driver: stage.driver,
    speaks: stage.speaks,
    boardReady: true,
    trace: line => lines.push(line),
    journal: line => {
      journal += line;
    },
    product: 'test',
  });
  const person = new PersonByTouch(stage.clock, stage.boardControls.button);
  hold(person);
  try {
    run.open();
    let isDone = false;
    let failure: unknown;
    does(person, run).then(
      () => {
        isDone = true;
      },
      error => {
        isDone = true;
        failure = error;
      },
    );
    const end = stage.clock.now() + 20 * 60_000;
    while (!run.outcome && !isDone) {
      await stage.hop();
      if (stage.clock.now() > end) throw new Error(`it never ended: ${run.state}`);
    }
    if (failure) throw failure;
    return { person, lines, journal, run };
  } finally {
    run.close();
    stage.close();
  }
}

const cards = 6;

/** "None of these" for each card, by GO and LESS held together until the light comes on. */
async function throughCards(person: PersonByTouch): Promise<number[]> {
  const took: number[] = [];
  for (let card = 0; card < cards; card++) took.push(await person.holdUntilLit(['go', 'less']));
  return took;
}

/** Confirms what first-touch asks for (position, how it is), then begins. */
async function begin(person: PersonByTouch): Promise<void> {
  // One after the other: haste begins nothing.
  for (let step = 0; step < 3; step++) {
    await person.press('go');
    await person.wait(900);
  }
}

describe('a person with no screen', () => {
  let played: Played;
  let took: number[];
  /** The cues answered, in order. */
  const answered: string[] = [];

  beforeAll(async () => {
    played = await live(async (person, run) => {
      took = await throughCards(person);
      await begin(person);
      let finished = 0;
      while (!run.outcome) {
        const cue = await person.feel(20_000);
        if (!cue) throw new Error(`nothing felt in ${run.state}`);
        if (cue.cue === 'ASK') {
          await person.react();
          await person.press('go');
          answered.push(`ASK on ${cue.from}`);
          if (cue.from === 'left') continue;
          // After the second answer one GLIDE at once offers a firmer pressure.
          const offer = await person.feel(1500);
          if (offer?.cue !== 'GLIDE') continue;
          await person.react();
          await person.press('go');
          answered.push('GLIDE');
        }
        finished = cue.cue === 'NEXT' ? finished + 1 : 0;
        if (finished === 3) {
          await person.react();
          // It is over with the press itself.
          answered.push('NEXT three times');
          await person.press('go');
        }
      }
    });
  }, 120_000);

  it('answers six cards, each by three seconds of GO and LESS, and the light says so', () => {
    expect(took).toHaveLength(cards);
    for (const ms of took) {
      expect(ms).toBeGreaterThanOrEqual(3000);
      expect(ms).toBeLessThan(3300);
    }
    expect(played.journal).toMatch(/"type":"screening.cleared".*"pressureMax":2.*"by":"touch"/);
  });

  it('completes first-touch, a check-in answered and firmer accepted by touch', () => {
    expect(played.lines.at(-1)).toMatchObject({
      type: 'outcome',
      outcome: 'completed',
      reason: 'routineDone',
    });
    expect(answered).toContain('ASK on left');
    expect(answered).toContain('ASK on right');
    expect(answered).toContain('GLIDE');
    expect(answered.at(-1)).toBe('NEXT three times');
    const states = played.lines.flatMap(line => (line.type === 'state' ? [line.state] : []));
    expect(states).toContain('pressureRamp.checkIn');
    const rises = played.lines.filter(line => line.type === 'pressure' && line.why === 'rise');
    expect(rises.map(line => (line.type === 'pressure' ? line.pressure : 0))).toEqual([2, 2]);
  });

  it('feels every cue that was played as the cue it was', () => {
    const told = played.lines.filter(line => line.type === 'cue');
    const felt = played.person.cues;
    expect(felt.length).toBeGreaterThan(50);
    // NEXT three times is one cue in the trace and three to the hand; one that an answer cut short is not whole.
    const expected = told.flatMap(({ cue, why }) => (why === 'finished' ? [cue, cue, cue] : [cue]));
    const wrong = felt.filter(({ distance }) => distance > 0.3);
    expect(wrong.length).toBeLessThanOrEqual(2);
    for (const id of ['TAP', 'GLIDE', 'NEXT', 'ASK'] as const) {
      const count = (list: readonly { cue: string }[]) => list.filter(({ cue }) => cue === id).length;
      const difference = Math.abs(count(felt) - expected.filter(cue => cue === id).length);
      expect([id, difference <= 2]).toEqual([id, true]);
    }
  });
});

describe('without a screen', () => {
  it('STOP during the cards, then GO and LESS together: it begins again with the first card', async () => {
    const states: string[] = [];
    const { run, lines } = await live(async (person, going) => {
      await person.holdUntilLit(['go', 'less']);
      await person.holdUntilLit(['go', 'less']);
      await person.press('stop');
      await person.wait(500);
      // It was a slip: three seconds of both.
      void person.press('go', 3200);
      await person.press('less', 3200);
      await person.wait(500);
      states.push(going.state);
      for (let card = 0; card < cards - 1; card++) await person.holdUntilLit(['go', 'less']);
      states.push(going.state);
      await person.holdUntilLit(['go', 'less']);
    });
    expect(states).toEqual(['screening', 'screening']);
    expect(run.state).toBe('preparation');
    expect(lines.filter(({ type }) => type === 'frame')).toEqual([]);
  }, 60_000);

  it('LESS alone for three seconds before a card: some caution, so no heat and pressure 1 at most', async () => {
    const { run } = await live(async person => {
      for (let card = 0; card < 4; card++) await person.holdUntilLit(['go', 'less']);
      await person.holdUntilLit(['less']);
      await person.holdUntilLit(['go', 'less']);
      await person.holdUntilLit(['go', 'less']);
    });
    expect(run.snapshot.context.caps).toEqual({
      pressureMax: 1,
      bath: 'none',
      oil: 'plainUnwarmed',
      light: 'steady',
      cues: 'gentle',
      places: 'noButtock',
      position: 'notProne',
    });
  }, 60_000);

  it('STOP on a yes ends it, and nothing was ever driven', async () => {
    const { lines } = await live(async person => {
      await person.holdUntilLit(['go', 'less']);
      await person.press('stop');
      await person.wait(5 * 60_000 + 1000);
    });
    expect(lines.at(-1)).toMatchObject({ type: 'outcome', outcome: 'stopped', reason: 'unanswered' });
    expect(lines.filter(({ type }) => type === 'frame')).toEqual([]);
  }, 60_000);
});
