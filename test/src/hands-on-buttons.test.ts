/** What the README says of buttons, answers and scripts, each sentence followed as a person would: by a script, whole. */
import { describe, expect, it } from 'vitest';
import { cooldown, phaseFields, routine, warmUp } from '../support/routines.ts';
import { begun, linesOf, type Played, type RawStep, simulated } from '../support/simulated.ts';

/** Three minutes of warm-up, then two places that may rise, then the cooldown; 2 to begin with. */
const file = routine(
  [
    warmUp({ durationS: 180, zone: 'thighBack', pressureStart: 2, pressureMax: 2 }),
    phaseFields({ id: 'a', zone: 'calf', durationS: 300, pressureStart: 2, pressureMax: 3 }),
    phaseFields({ id: 'b', zone: 'thighOuter', durationS: 300, pressureStart: 2, pressureMax: 2 }),
    cooldown({ durationS: 180, zone: 'thighBack' }),
  ],
  { kind: 'full', riseDwellS: 120, checkIn: { everyS: 60, timeoutS: 30 } },
);

type When = Readonly<{ at: number }> | Readonly<{ on: string; nth?: number; afterMs: number }>;
const later = (when: When, ms: number): When =>
  'at' in when ? { at: when.at + ms } : { ...when, afterMs: when.afterMs + ms };
const down = (button: string, when: When): RawStep => ({ ...when, button, down: true });
const up = (button: string, when: When): RawStep => ({ ...when, button, down: false });
const press = (button: string, when: When, forMs = 140): readonly RawStep[] => [
  down(button, when),
  up(button, later(when, forMs)),
];
const lived = (...steps: readonly (readonly RawStep[])[]): Promise<Played> =>
  simulated({ routine: file, steps: [...begun, ...steps.flat()] });

const statesOf = (played: Played): readonly string[] => linesOf(played, 'state').map(({ state }) => state);
const stateAt = (played: Played, at: number): string | undefined =>
  linesOf(played, 'state').findLast(line => line.at <= at)?.state;
const began = (played: Played, state: string): number | undefined =>
  linesOf(played, 'state').find(line => line.state === state)?.at;
const pressures = (played: Played): readonly string[] =>
  linesOf(played, 'pressure').map(({ pressure, side, why }) => `${side} ${pressure} ${why}`);
const eased = ['left 2 start', 'right 2 start', 'left 1 ease', 'right 1 ease'];
const steady = eased.slice(0, 2);
const question = (nth: number, afterMs: number): When => ({ on: 'checkIn', nth, afterMs });

describe('GO', () => {
  it('pauses, and goes on', async () => {
    const played = await lived(press('go', { at: 20_000 }), press('go', { at: 30_000 }));
    expect([stateAt(played, 25_000), stateAt(played, 31_000)]).toEqual(['paused', 'warmUp']);
  });

  it('twice within 0.4 s gives one more minute here', async () => {
    const played = await lived(press('go', { at: 20_000 }), press('go', { at: 20_300 }));
    expect(stateAt(played, 21_000)).toBe('warmUp');
    expect(Math.floor((began(played, 'strokes') ?? 0) / 1000)).toBe(240);
  });

  it('held for 1 s goes to the next phase', async () => {
    const played = await lived(press('go', { at: 20_000 }, 1100));
    expect(began(played, 'strokes')).toBe(21_020);
  });
});

describe('LESS', () => {
  it('is one step lighter; at 1 it says that it is the lightest', async () => {
    const played = await lived(press('less', { at: 20_000 }), press('less', { at: 30_000 }));
    expect(pressures(played).slice(0, 4)).toEqual(eased);
    const said = linesOf(played, 'refusal').filter(({ asked }) => asked === 'less');
    expect(said.map(({ at, limit }) => [at, limit])).toEqual([[30_020, 'lightest']]);
    expect(linesOf(played, 'cue').find(({ why }) => why === 'lightest')?.cue).toBe('EASE');
  });

  it('held for 1 s leaves this place today, in a pause, too', async () => {
    for (const paused of [false, true]) {
      const played = await lived(
        paused ? [{ at: 189_000, intent: 'pause' }] : [],
        press('less', { at: 190_000 }, 1100),
        paused ? [{ at: 195_000, intent: 'resume' }] : [],
      );
      const phases = [...new Set(linesOf(played, 'stroke').map(({ phase }) => phase))];
      expect(phases).toEqual(expect.arrayContaining(['warmUp', 'b']));
      const last = linesOf(played, 'stroke').findLast(({ phase }) => phase === 'a')?.at ?? 0;
      expect(last).toBeLessThan(192_000);
    }
  });

  it('is taken back by `undo` within 5 s, and not after that', async () => {
    const less: readonly RawStep[] = [{ at: 20_000, intent: 'less' }];
    const soon = await lived(less, [{ at: 24_900, intent: 'undo' }]);
    expect(pressures(soon).slice(0, 6)).toEqual([...eased, 'left 2 undo', 'right 2 undo']);
    const late = await lived(less, [{ at: 25_100, intent: 'undo' }]);
    expect(pressures(late)).not.toContain('left 2 undo');
    expect(linesOf(late, 'refusal').map(({ asked }) => asked)).toContain('undo');
  });
});

describe('STOP', () => {
  it('is all off, and GO and LESS together for 3 s say that it was a slip: paused, then GO', async () => {
    const played = await lived(
      press('stop', { at: 20_000 }),
      press('go', { at: 22_000 }),
      press('go', { at: 25_000 }, 3100),
      press('less', { at: 25_100 }, 3100),
      press('go', { at: 32_000 }),
    );
    const off = linesOf(played, 'frame').find(({ at, motors }) => at >= 20_000 && motors === null);
    expect(off?.at).toBeLessThanOrEqual(20_020);
    expect([stateAt(played, 24_000), stateAt(played, 30_000), stateAt(played, 33_000)]).toEqual([
      'stopped',
      'paused',
      'warmUp',
    ]);
  });

  it('is all that counts while it is down', async () => {
    const played = await lived(
      [down('stop', { at: 20_000 })],
      press('go', { at: 21_000 }, 3500),
      press('less', { at: 21_100 }, 3500),
      [up('stop', { at: 26_000 })],
    );
    expect(stateAt(played, 27_000)).toBe('stopped');
  });
});

describe('two buttons', () => {
  it.each([
    ['go', 'less'],
    ['less', 'go'],
  ] as const)(
    'are one gesture, and one that means nothing is answered by EASE: %s first',
    async (one, other) => {
      for (const gapMs of [0, 120, 280]) {
        const played = await lived(
          press(one, { at: 20_000 }, 1500 + gapMs),
          press(other, { at: 20_000 + gapMs }, 1500),
        );
        expect(stateAt(played, 25_000)).toMatch(/^(warmUp|eased)$/);
        const kept = linesOf(played, 'pressure').filter(({ at }) => at < 30_000);
        expect(kept.filter(({ side }) => side === 'left').at(-1)?.pressure).toBe(2);
        expect(linesOf(played, 'cue').some(({ at, why }) => at < 25_000 && why === 'refused')).toBe(true);
        const phases = linesOf(played, 'stroke').map(({ phase }) => phase);
        expect(phases).toContain('a');
      }
    },
  );
});

describe('an answer', () => {
  const two = [press('go', question(1, 2000)), press('go', question(1, 5000))];

  it('by GO, GO and GO within 4 s is firmer by one, where that is planned', async () => {
    const silent = await lived(...two, [{ on: 'checkIn', nth: 2, afterMs: 500, intent: 'stop' }]);
    expect(pressures(silent)).toEqual(steady);
    // The rise needs its two minutes at this place: the third question comes with them.
    const yes = [1, 2, 3].flatMap(nth => [
      press('go', question(nth, 2000)),
      press('go', question(nth, 5000)),
    ]);
    yes.push(press('go', question(3, 8000)));
    const played = await lived(...yes, [{ at: 330_000, intent: 'stop' }]);
    expect(pressures(played)).toEqual([...steady, 'left 3 rise', 'right 3 rise']);
  });

  it('is none in haste: GO at 60, 720 and 1370 ms raises nothing and is no answer', async () => {
    const hasty = [1, 2, 3, 4].flatMap(nth =>
      [60, 720, 1370].map(afterMs => press('go', question(nth, afterMs))),
    );
    const played = await lived(...hasty);
    expect(pressures(played)).toEqual(steady);
    expect(linesOf(played, 'outcome')[0]?.outcome).toBe('interrupted');
    expect(statesOf(played)).toContain('halting');
  });

  it('by LESS eases; by LESS held it stops', async () => {
    const less = await lived(press('less', question(1, 2500)));
    expect(pressures(less).slice(0, 4)).toEqual(eased);
    const held = await lived(press('less', question(1, 2500), 1100));
    expect(linesOf(held, 'outcome')[0]).toMatchObject({ outcome: 'stopped', reason: 'scoreTooHigh' });
  });

  it('that does not come pauses, and the second time ends the session gently', async () => {
    const played = await lived(press('go', { on: 'paused', nth: 1, afterMs: 5000 }));
    const states = statesOf(played);
    expect(states.filter(state => state === 'halting')).toHaveLength(1);
    expect(states.indexOf('cooldown')).toBeGreaterThan(states.indexOf('halting'));
    expect(linesOf(played, 'outcome')[0]).toMatchObject({ reason: 'checkInsMissed' });
  });
});

describe('the end', () => {
  it('is announced three times unless somebody says so', async () => {
    const skip = [21_000, 22_000, 23_000].map(at => ({ at, intent: 'next' }));
    const told = (played: Played) => linesOf(played, 'cue').filter(({ why }) => why === 'finished').length;
    expect(told(await lived(skip))).toBe(3);
    expect(told(await lived(skip, press('go', { on: 'finishing', afterMs: 5000 })))).toBe(1);
  });
});

describe('a script', () => {
  it('leaves places out before the start, and brings them back', async () => {
    const first = begun.slice(0, 1);
    const rest = [...begun.slice(1), { at: 200_000, intent: 'next' }];
    const out: RawStep = { at: 0, intent: 'leaveOut', zones: ['calf'] };
    const back: RawStep = { at: 0, intent: 'bringBack', zones: ['calf'] };
    const phasesOf = async (...between: readonly RawStep[]) => {
      const played = await simulated({ routine: file, steps: [...first, ...between, ...rest] });
      return new Set(linesOf(played, 'stroke').map(({ phase }) => phase));
    };
    expect((await phasesOf(out)).has('a')).toBe(false);
    expect((await phasesOf(out, back)).has('a')).toBe(true);
  });
});
