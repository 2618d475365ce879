/** What a session orders and marks, as lists worked out from what it remembers. All pure. */
import { leaseLimits, sessionLimits as limits, motorLimits } from './limits.ts';
import { pullOf, returnAfter } from './routine/grid.ts';
import type { Rise } from './routine/ramp.ts';
import { bodySides, type Pace } from './routine/timeline.ts';
import { type Question, questions } from './session.lists.ts';
import { pressureNow, riseNow } from './session.pressure.ts';
import { fitsInPass, paceNow, passNow, strokesLeft } from './session.time.ts';
import type { Emitted, NextStep, PressureChange, SessionContext } from './session.types.ts';
import { clockFace } from './text/minutes.ts';
import type { CueId, CueWhy, Motor, Ms } from './vocabulary.ts';

type Context = SessionContext;

type Play = Extract<Emitted, { type: 'play' }>;

const play = (cue: CueId, at: Ms, why: CueWhy, from: Motor = 'left', times = 1): Play => ({
  type: 'play',
  cue,
  at,
  from,
  times,
  why,
  answer: false,
});

/** A cue that answers a press is felt whatever else is being played. */
const answer = (cue: CueId, at: Ms, why: CueWhy, from: Motor = 'left'): Emitted => ({
  type: 'play',
  cue,
  at,
  from,
  times: 1,
  why,
  answer: true,
});

/** A GLIDE runs from A to B where the stroke runs towards the heart or outward. */
function startOfGlide(context: Context): Motor {
  const direction = passNow(context)?.direction;
  return direction === 'awayFromHeart' || direction === 'inward' ? 'right' : 'left';
}

/**
 * Whether the end of a stroke is told: of the first few, so that the hands learn the length; of pulls that climb it tells
 * the last one, after which hands go back to where the next ascent begins.
 */
function endIsTold(context: Context, pace: Pace): boolean {
  const climb = pullOf(pace, context.stroke + 1);
  return climb ? climb.pull === climb.pulls : context.strokesInPass < limits.fullCues;
}

/** The cues of the stroke that begins at `at`; called before it is counted. */
function strokeCues(context: Context, at: Ms): readonly Emitted[] {
  const pace = paceNow(context);
  if (!pace || !context.rules.strokeCues) return [];
  const done = context.strokesInPass;
  const fits = (cue: CueId, from: Ms): boolean => fitsInPass(context, from, context.rules.cueMs[cue]);
  if (pace.periodMs < limits.fastPeriodMs) {
    const told = done < limits.fastGroup || (done + 1) % limits.fastGroup === 0;
    return told && fits('TAP', at) ? [play('TAP', at, 'strokeBegins')] : [];
  }
  const orders: Emitted[] = [];
  if (fits('GLIDE', at)) orders.push(play('GLIDE', at, 'strokeBegins', startOfGlide(context)));
  const end = at + pace.strokeMs;
  // The end of a very short stroke would be felt as part of its beginning.
  const isApart = pace.strokeMs >= context.rules.cueMs.GLIDE + limits.apartMs;
  // Nor would a TAP that is not over well before the next stroke, or before the TAP after it, be felt as one.
  const tapMs = context.rules.cueMs.TAP + limits.apartMs;
  const returnMs = returnAfter(pace, context.stroke + 1);
  const told = endIsTold(context, pace) && isApart && returnMs >= tapMs && fits('TAP', end);
  if (told) orders.push(play('TAP', end, 'strokeEnds'));
  const lastTapMs = Math.max(limits.lastTapMs, tapMs);
  const lastReturnMs = Math.max(limits.lastTapReturnMs, lastTapMs + tapMs);
  const last = strokesLeft(context) <= limits.lastStrokes && returnMs >= lastReturnMs;
  if (last && fits('TAP', end + lastTapMs)) orders.push(play('TAP', end + lastTapMs, 'lastStrokes'));
  return orders;
}

/** One stroke: its mark and its cues. */
export function strokeOrders(context: Context, at: Ms): readonly Emitted[] {
  const pass = passNow(context);
  const pace = paceNow(context);
  if (!pass || !pace) return [];
  const stroke = context.stroke + 1;
  const climb = pullOf(pace, stroke);
  return [
    {
      type: 'stroke',
      phase: pass.phase,
      side: pass.side,
      stroke,
      period: pace.strokeMs + returnAfter(pace, stroke),
      ...(climb && { pull: climb.pull, ascent: climb.ascent }),
    },
    ...strokeCues(context, at),
  ];
}

export const engage = (at: Ms): Emitted => ({ type: 'engage', until: at + leaseLimits.engageAheadMs });
export const arm = (at: Ms): Emitted => ({ type: 'arm', at });
export const hush: Emitted = { type: 'hush' };
export const dropAsk: Emitted = { type: 'drop', cue: 'ASK' };
/** A stroke that is broken off has no end to be told. */
export const dropStroke: readonly Emitted[] = [
  { type: 'drop', cue: 'GLIDE' },
  { type: 'drop', cue: 'TAP' },
];

export const nextPhaseCue = (at: Ms): Emitted => play('NEXT', at, 'nextPhase');
export const turnCue = (context: Context, at: Ms): Emitted => {
  const otherSide = context.handsOn?.side !== passNow(context)?.side;
  return play('NEXT', at, otherSide ? 'otherSide' : 'turn', 'left', otherSide ? 2 : 1);
};
export const finishCue = (at: Ms): Emitted => play('NEXT', at, 'finished', 'left', 3);
export const easeCue = (at: Ms): Emitted => answer('EASE', at, 'eased');
export const refusedCue = (at: Ms): Emitted => answer('EASE', at, 'refused');
export const lightestCue = (at: Ms): Emitted => answer('EASE', at, 'lightest');
export const heardCue = (at: Ms): Emitted => answer('TAP', at, 'heard');
/** The cue of the question that is open. */
const questionCue = ({ question }: Pick<Context, 'question'>): CueId =>
  question === 'firmer' ? 'GLIDE' : 'ASK';
/** Whether the question that is open can have been felt and weighed by `at`. */
export const questionIsFelt = (context: Context, at: Ms): boolean =>
  at >= context.questionAt + context.rules.cueMs[questionCue(context)] + limits.soonestAnswerMs;
/** Whether its cue could still be broken off at `at`, or is yet to come. */
export const isBeingTold = ({ questionAt, rules, ...context }: Context, at: Ms): boolean =>
  at < questionAt + rules.cueMs[questionCue(context)] + motorLimits.staggerMs;
/**
 * What came too soon is heard once the question has been told: an answer must not break it off. Where it waits to be told
 * anew, and there is time for it, what came is heard before.
 */
export function heardAfterQuestion(context: Context, at: Ms): Emitted {
  const { asks, questionAt, rules } = context;
  const isBefore = asks === 0 && at + rules.cueMs.TAP + limits.apartMs <= questionAt;
  const toldBy = questionAt + rules.cueMs[questionCue(context)] + motorLimits.staggerMs;
  return heardCue(isBefore ? at : Math.max(at, toldBy));
}
/** Why the cue of each question is played. */
const askWhys = { here: 'howIsItHere', leg: 'howIsTheLeg', firmer: 'mayBeFirmer' } as const;
/** ASK on A is "here", on B "down the leg"; the offer of a rise is one GLIDE. */
export function askCue({ question, asks }: Context, at: Ms): Emitted {
  const why = askWhys[question];
  if (question === 'firmer') return answer('GLIDE', at, why);
  const ask = play('ASK', at, why, question === 'here' ? 'left' : 'right');
  return asks > 1 ? { ...ask, again: true } : ask;
}
/** The question that is told by a cue that is played for this reason. */
export const questionToldBy = (why: CueWhy): Question | null =>
  questions.find(question => askWhys[question] === why) ?? null;
/** Whether a cue of this question that was not played leaves it unfelt: it is open, and no earlier one was felt. */
export const leavesUnfelt = (context: Context, question: Question, at: Ms): boolean =>
  context.isAsked && context.question === question && context.asks > 0 && !questionIsFelt(context, at);
/** The device stopped by itself. A person's own stop is silence and light. */
export const stopCue = (at: Ms): Emitted => play('STOP', at, 'byItself');
export const waitingCue = (at: Ms): Emitted => play('ASK', at, 'goWhenReady');

/** A pressure line for each side whose pressure is another than before. */
export function pressureMarks(
  before: Readonly<Record<'left' | 'right', number | null>>,
  context: Context,
  why: PressureChange,
): readonly Emitted[] {
  const pass = passNow(context);
  return bodySides(pass?.side ?? 'together').flatMap((side): readonly Emitted[] => {
    const pressure = context.pressure[side];
    return pressure === null || pressure === before[side]
      ? []
      : [{ type: 'pressure', pressure, side, why: before[side] === null ? 'start' : why }];
  });
}

export const refusal = (asked: string, gave: string, limit: string, next: NextStep): Emitted => ({
  type: 'refusal',
  asked,
  gave,
  limit,
  next,
});

/** What a person may expect after a rise that was not allowed: each limit says its own. */
function nextAfter(rise: Extract<Rise, { allowed: false }>, pressure: number): NextStep {
  if (rise.limit === 'dwell') return { key: 'nextCheckIn', values: { wait: clockFace(rise.waitMs) } };
  const keys = { screening: 'screenAllows', planned: 'planAllows', eased: 'easedTo' } as const;
  return { key: keys[rise.limit], values: { pressure } };
}

/** Why "firmer" was not given, or nothing where it was. */
export function riseRefusal(context: Context, at: Ms, verdict: 'rise' | 'hold'): readonly Emitted[] {
  const now = pressureNow(context) ?? 1;
  const asked = `pressure ${now + 1}`;
  const gave = `pressure ${now}`;
  if (verdict === 'hold')
    return [refusal(asked, gave, 'answer', { key: 'stays', values: { pressure: now } })];
  const rise = riseNow(context, at);
  if (rise.allowed) return [];
  return [refusal(asked, gave, rise.limit, nextAfter(rise, now))];
}
