/**
 * Hands of chance on the buttons, through a whole session: they answer after up to half a minute, or several times in a
 * second, or grip both buttons, and do this and that at any time. What they do is watched as it reaches the session.
 */
import fc from 'fast-check';
import { fromLibrary } from '../../machines/routine/library.ts';
import { noCaution } from '../../machines/screening.caps.ts';
import { nextDue } from '../../machines/session.view.ts';
import type { UnstampedEvent } from '../../machines/touch/meaning.ts';
import { type Move, opened, Play } from '../../machines/touch/play.ts';
import type { Button, Ms } from '../../machines/vocabulary.ts';

const pressed = (button: Button, fromMs: Ms, forMs: Ms): readonly Move[] => [
  { afterMs: fromMs, button, down: true },
  { afterMs: fromMs + forMs, button, down: false },
];

type Way =
  | Readonly<{ kind: 'press' | 'less' | 'hold' }>
  | Readonly<{ kind: 'haste'; gapsMs: readonly Ms[] }>
  | Readonly<{ kind: 'grip'; first: 'go' | 'less'; gapMs: Ms; forMs: Ms }>;

function movesOf(way: Way): readonly Move[] {
  if (way.kind === 'grip') {
    const second = way.first === 'go' ? 'less' : 'go';
    return [...pressed(way.first, 0, way.gapMs + way.forMs), ...pressed(second, way.gapMs, way.forMs)];
  }
  if (way.kind === 'haste') {
    let at = 0;
    return [0, ...way.gapsMs].flatMap(gapMs => {
      at += gapMs;
      return pressed('go', at, 60);
    });
  }
  if (way.kind === 'less') return pressed('less', 0, 140);
  return pressed('go', 0, way.kind === 'hold' ? 1100 : 140);
}

const grip: fc.Arbitrary<Way> = fc.record({
  kind: fc.constant('grip' as const),
  first: fc.constantFrom('go', 'less'),
  gapMs: fc.integer({ min: 0, max: 280 }),
  forMs: fc.integer({ min: 320, max: 2500 }),
});
const haste: fc.Arbitrary<Way> = fc.record({
  kind: fc.constant('haste' as const),
  gapsMs: fc.array(fc.integer({ min: 100, max: 1500 }), { minLength: 1, maxLength: 5 }),
});
const press: fc.Arbitrary<Way> = fc.constant({ kind: 'press' });
const way = fc.oneof(
  { weight: 5, arbitrary: press },
  { weight: 3, arbitrary: haste },
  { weight: 1, arbitrary: grip },
);

export const handsOfChance = fc.record({
  routine: fc.constantFrom('first-touch', 'evening-legs', 'therapist-pacer', 'knee-to-hip-alone'),
  delaysMs: fc.array(fc.integer({ min: 0, max: 29_000 }), { minLength: 1, maxLength: 8 }),
  ways: fc.array(way, { minLength: 1, maxLength: 8 }),
  turnMs: fc.integer({ min: 500, max: 60_000 }),
  besides: fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: 20 * 60_000 }),
      fc.oneof(
        { weight: 4, arbitrary: grip },
        { weight: 2, arbitrary: haste },
        { weight: 1, arbitrary: fc.constantFrom<Way>({ kind: 'less' }, { kind: 'hold' }) },
      ),
    ),
    { maxLength: 5 },
  ),
});
export type HandsOfChance = typeof handsOfChance extends fc.Arbitrary<infer T> ? T : never;

/** No question can be weighed in less, in ms after its cue. */
const weighedMs: Ms = 600;

/** A play that keeps what was wrong about each answer and each rise, and how often pressure rose. */
class WatchedPlay extends Play {
  readonly wrong: string[] = [];
  rises = 0;

  override send(wish: UnstampedEvent): this {
    const { session, at } = this.place;
    const { context: was } = session;
    const state = this.state;
    super.send(wish);
    const { context: is } = this.place.session;
    const isTakenBack = wish.type === 'session.takeBack';
    const feltMs = was.rules.cueMs[was.question === 'firmer' ? 'GLIDE' : 'ASK'] + weighedMs;
    const isSoon = at < was.questionAt + feltMs;
    const isGo = wish.type === 'session.go';
    if (isGo && state.endsWith('.checkIn') && is.questionAt !== was.questionAt && isSoon)
      this.wrong.push(`${was.question} answered ${at - was.questionAt} ms after it began`);
    const hasRisen = (['left', 'right'] as const).some(
      side => was.pressure[side] !== null && (is.pressure[side] ?? 0) > (was.pressure[side] ?? 0),
    );
    if (!hasRisen || isTakenBack) return this;
    this.rises += 1;
    if (!isGo || !state.endsWith('.checkIn') || was.question !== 'firmer' || isSoon)
      this.wrong.push(`rose by ${wish.type} in ${state}, ${at - was.questionAt} ms after ${was.question}`);
    return this;
  }
}

/** More moments than this lead nowhere. */
const mostSteps = 20_000;

/** What was wrong in a session of these hands, and how often pressure rose. */
export function livedThrough(hands: HandsOfChance): Readonly<{ wrong: readonly string[]; rises: number }> {
  const routine = fromLibrary(hands.routine);
  if (!routine) throw new Error(`the library has lost ${hands.routine}`);
  const play = new WatchedPlay(opened({ routine, easierSide: 'left', boardReady: true }));
  play.for(1000).send({ type: 'screening.cleared', caps: noCaution }).for(1000);
  for (const step of play.place.session.context.steps) play.send({ type: 'session.confirm', step });
  play.send({ type: 'session.start' });
  const besides = hands.besides.toSorted(([one], [other]) => one - other);
  let questions = 0;
  let stood = '';
  let acts: Ms | null = null;
  const gesture = (what: Way): void => {
    const { leftOut } = play.place.session.context;
    play.move(movesOf(what), 400);
    if (what.kind === 'grip' && play.place.session.context.leftOut.length > leftOut.length)
      play.wrong.push(`a grip at ${play.place.at} ms left a place`);
  };
  for (let step = 0; play.place.session.status === 'active'; step++) {
    if (step > mostSteps) throw new Error(`no end in ${play.state} at ${play.place.at} ms`);
    const { context } = play.place.session;
    const isAsked = play.state.endsWith('.checkIn');
    const here = `${play.state} ${isAsked ? context.questionAt : context.enteredAt}`;
    if (here !== stood) {
      stood = here;
      const waits = ['transition', 'paused', 'finishing'].includes(play.state);
      const delayMs = hands.delaysMs[questions % hands.delaysMs.length] ?? 0;
      acts = isAsked ? context.questionAt + delayMs : waits ? play.place.at + hands.turnMs : null;
      if (isAsked) questions += 1;
    }
    const due = nextDue(play.place.session);
    const [beside] = besides;
    if (beside && beside[0] <= Math.min(acts ?? Number.POSITIVE_INFINITY, due ?? Number.POSITIVE_INFINITY)) {
      besides.shift();
      play.until(Math.max(beside[0], play.place.at));
      gesture(beside[1]);
    } else if (acts !== null && (due === null || acts <= due)) {
      play.until(Math.max(acts, play.place.at));
      acts = null;
      gesture(isAsked ? (hands.ways[questions % hands.ways.length] ?? { kind: 'press' }) : { kind: 'press' });
    } else if (due === null) break;
    else play.until(Math.max(due, play.place.at) + 1);
  }
  return { wrong: play.wrong, rises: play.rises };
}
