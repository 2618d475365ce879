/** A question whose cue gave way to another: nobody can have felt it, so nothing answers it before it is told. */
import { beforeAll, describe, expect, it } from 'vitest';
import { cueMs } from '../../machines/cues/expand.ts';
import { cues } from '../../machines/cues/library.ts';
import { sessionLimits } from '../../machines/limits.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { Motor, Ms } from '../../machines/vocabulary.ts';
import { readJournal, replay, stateHash } from '../../src/journal/journal.ts';
import { seeded } from '../../src/time/virtual-clock.ts';
import { withoutPins } from '../support/both-boards.ts';
import { press, refusals } from '../support/hands-on.ts';
import { isLong } from '../support/length.ts';
import { cooldown, ramp, routine, warmUp } from '../support/routines.ts';
import { begun, linesOf, type Played, type RawStep, simulated } from '../support/simulated.ts';

/** At the lightest pressure, where less changes nothing and costs no rise; the first question may raise. */
const light = routine(
  [
    warmUp({ durationS: 40, zone: 'calf' }),
    ramp({ durationS: 200, zone: 'calf', pressureMax: 2 }),
    cooldown({ durationS: 40, zone: 'calf' }),
  ],
  { riseDwellS: 120, checkIn: { everyS: 180, timeoutS: 30 } },
);
/** Asked after a minute, when nothing may rise yet: with the firmware in the loop that is enough for `npm test`. */
const sooner: Routine = { ...light, checkIn: { ...light.checkIn, everyS: 60 } };
const lived = (steps: readonly RawStep[]): Promise<Played> =>
  simulated({ routine: light, steps: [...begun, ...steps] });

const questions = ['howIsItHere', 'howIsTheLeg', 'mayBeFirmer'] as const;
type Question = (typeof questions)[number];
const cueOf = (question: Question) => cues[question === 'mayBeFirmer' ? 'GLIDE' : 'ASK'];

/** For how long a motor was driven between two moments. */
function drivenMs(played: Played, motor: Motor, from: Ms, until: Ms): Ms {
  let onMs = 0;
  let since: Ms | null = null;
  for (const { at, motors } of linesOf(played, 'frame')) {
    if (since !== null) onMs += Math.max(0, Math.min(at, until) - Math.max(since, from));
    since = (motors?.[motor] ?? 0) > 0 ? at : null;
  }
  return onMs;
}

/** Whether a question was told whole by `until`, so that it could be felt and weighed; when it was last told. */
function toldAt(played: Played, question: Question, until: Ms): Ms | null {
  const cue = cueOf(question);
  const told = linesOf(played, 'cue').findLast(({ at, why }) => {
    if (why !== question || at + cueMs(cue) + sessionLimits.soonestAnswerMs > until) return false;
    const gaveWay = linesOf(played, 'refusal').some(
      line => line.asked === `cue ${cue.id} (${question})` && line.at >= at && line.at < at + cueMs(cue),
    );
    if (gaveWay) return false;
    const motor = question === 'howIsTheLeg' ? 'right' : 'left';
    const wholeMs = cue.pulses.reduce((sum, one) => sum + (one.motor === 'first' ? one.forMs : 0), 0);
    return drivenMs(played, motor, at, at + cueMs(cue)) >= wholeMs;
  });
  return told?.at ?? null;
}

/** Rises that came before each of the three questions could be felt, in their order. */
function unfelt(played: Played): readonly string[] {
  return linesOf(played, 'pressure').flatMap(({ why, at }) => {
    if (why !== 'rise') return [];
    let until = at;
    for (const question of questions.toReversed()) {
      const told = toldAt(played, question, until);
      if (told === null) return [`rose at ${at} ms, ${question} untold by ${until} ms`];
      until = told;
    }
    return [];
  });
}

/** When the question that may raise begins, if nobody does anything before. */
async function askedAt(asks: Routine): Promise<Ms> {
  const played = await simulated({ routine: asks, steps: [...begun, { on: 'checkIn', intent: 'end' }] });
  const asked = linesOf(played, 'state').find(({ state }) => state === 'pressureRamp.checkIn');
  if (!asked) throw new Error('nobody was asked');
  return asked.at;
}

const pressesOf = (button: 'go' | 'less', times: readonly Ms[], forMs = 140): readonly RawStep[] =>
  times.flatMap(at => press(button, { at }, forMs));
const every = (ms: Ms, from: Ms, until: Ms): readonly Ms[] =>
  Array.from({ length: Math.ceil((until - from) / ms) }, (_, index) => from + index * ms);

/** Stopped then, and over: nobody waits for what comes after a stop. */
const left = (ms: Ms): readonly RawStep[] => [
  { at: ms, intent: 'stop' },
  { at: ms + 100, intent: 'end' },
];

let at: Ms = 0;
beforeAll(async () => {
  at = await askedAt(light);
});

describe('a question', () => {
  /** What was done around it, in ms from when it began. */
  const keptFromIt: readonly (readonly [string, () => readonly RawStep[]])[] = [
    ['three LESS, the last just before it', () => pressesOf('less', [at - 2100, at - 1200, at - 300])],
    ['LESS just as it begins', () => pressesOf('less', [at - 100])],
    ['nine LESS before it', () => pressesOf('less', every(900, at - 9000, at - 1000))],
    ['LESS in the middle of it', () => pressesOf('less', [at + 500])],
    [
      'two buttons in the middle of it',
      () => [...pressesOf('go', [at + 400], 400), ...pressesOf('less', [at + 500], 300)],
    ],
  ];
  it.each(keptFromIt)(
    'that was kept from being felt by %s is answered by no GO before it was',
    async (_, kept) => {
      // Each is pressed so much after the other that none of them is haste.
      const go = pressesOf('go', every(1900, at + 1900, at + 24_000));
      const steps = [...kept(), ...go].toSorted((one, other) => Number(one.at) - Number(other.at));
      const played = await lived([...steps, ...left(at + 30_000)]);
      expect(refusals(played).filter(one => one.startsWith('cue ASK'))).not.toEqual([]);
      expect(unfelt(played)).toEqual([]);
      // It was told in the end, and answered.
      expect(toldAt(played, 'howIsTheLeg', at + 30_000)).not.toBeNull();
    },
  );

  it('is told anew alike with no board and with the firmware', async () => {
    const asks = isLong ? light : sooner;
    const begins = isLong ? at : await askedAt(sooner);
    const steps = [
      ...begun,
      ...pressesOf('less', [begins - 2100, begins - 1200, begins - 300, begins + 1500]),
      ...left(begins + (isLong ? 20_000 : 8000)),
    ];
    const [none, firmware] = [
      await simulated({ routine: asks, steps }),
      await simulated({ routine: asks, steps, board: 'firmware' }),
    ];
    expect(refusals(none)).toContain('cue ASK (howIsItHere) cueShare');
    expect(withoutPins(firmware)).toBe(withoutPins(none));
    expect(firmware.stateHash).toBe(none.stateHash);
  });

  it('that can never be told raises nothing: hands rest, which STOP says', async () => {
    const hammering = pressesOf('less', every(300, at - 9000, at + 16_000), 100);
    const go = pressesOf('go', [at + 2050, at + 5050, at + 9050], 60);
    const steps = [...hammering, ...go].toSorted((one, other) => Number(one.at) - Number(other.at));
    const played = await lived([...steps, ...left(at + 20_000)]);
    expect(linesOf(played, 'pressure').filter(({ why }) => why === 'rise')).toEqual([]);
    expect(toldAt(played, 'howIsItHere', at + 20_000)).toBeNull();
    const states = linesOf(played, 'state').flatMap(line => (line.at >= at ? [line.state] : []));
    expect(states.slice(0, 3)).toEqual(['pressureRamp.checkIn', 'halting', 'paused']);
    const read = readJournal(played.journal);
    if (!read.ok) throw new Error(read.message);
    expect(read.events.filter(({ type }) => type === 'session.unfelt').length).toBeGreaterThan(3);
    expect(stateHash(replay(read.header.input, read.events))).toBe(played.stateHash);
  });

  it.each(isLong ? every(1, 1, 40) : [1, 2])(
    'whatever is pressed around it, raises only once all three were felt: seed %i',
    async seed => {
      const random = seeded(seed);
      const times: Ms[] = [];
      for (let time = at - 6000; time < at + 24_000; time += 150 + Math.floor(random() * 2600))
        times.push(time);
      const steps = times.flatMap(time => press(random() < 0.6 ? 'go' : 'less', { at: time }, 100));
      expect(unfelt(await lived([...steps, ...left(at + 30_000)]))).toEqual([]);
    },
  );
});
