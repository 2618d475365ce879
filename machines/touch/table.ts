/** What each gesture does in each place, and what answers it: read off the machines by playing it. Pure. */

import { isCheckIn } from '../session.states.ts';
import type { Emitted, SessionContext } from '../session.types.ts';
import { stateName } from '../session.view.ts';
import type { Button, Ms } from '../vocabulary.ts';
import { type Move, Play, type TouchPlace } from './play.ts';

const pressed = (button: Button, fromMs: Ms, forMs: Ms): readonly Move[] => [
  { afterMs: fromMs, button, down: true },
  { afterMs: fromMs + forMs, button, down: false },
];

/** A press as people press. */
const pressMs: Ms = 140;

export const gestures = {
  'GO pressed': pressed('go', 0, pressMs),
  'GO twice': [...pressed('go', 0, pressMs), ...pressed('go', 280, pressMs)],
  'GO held 1 s': pressed('go', 0, 1100),
  'LESS pressed': pressed('less', 0, pressMs),
  'LESS held 1 s': pressed('less', 0, 1100),
  'GO and LESS, 1 s': [...pressed('go', 0, 1100), ...pressed('less', 100, 1000)],
  'GO and LESS, 3 s': [...pressed('go', 0, 3200), ...pressed('less', 100, 3100)],
  STOP: pressed('stop', 0, pressMs),
  'squeeze pressed': pressed('receiver', 0, pressMs),
  'squeeze held 0.8 s': pressed('receiver', 0, 900),
} as const satisfies Readonly<Record<string, readonly Move[]>>;
export type GestureName = keyof typeof gestures;
export const gestureNames = Object.keys(gestures) as readonly GestureName[];

/** What of a session a person could name afterwards, in words. */
export function deedInTable(before: TouchPlace, play: Play): string {
  const was = before.session.context;
  const is = play.place.session.context;
  const stateWas = stateName(before.session);
  const parts: string[] = [];
  const isDone = (place: TouchPlace): boolean => place.session.status !== 'active';
  if (play.state !== stateWas) parts.push(`→ ${play.state}`);
  if (isDone(play.place) && !isDone(before)) parts.push('over');
  if (was.steps.length > is.steps.length) parts.push(`confirms ${was.steps[0]}`);
  if (isCheckIn(play.state) && is.question !== was.question) parts.push(`answers, then ${is.question}`);
  parts.push(...pressureDeeds(was, is));
  if (is.passIndex === was.passIndex && is.usesOtherTechnique !== was.usesOtherTechnique)
    parts.push('the lighter technique');
  if (is.leftOut.length > was.leftOut.length) parts.push('leaves the place');
  else if (is.passIndex > was.passIndex) parts.push('next phase');
  if (is.passEndsMoved - was.passEndsMoved === 60_000 && is.passIndex === was.passIndex) parts.push('+1 min');
  if (
    stateWas === 'faulted' &&
    play.place.session.matches({ faulted: 'acknowledged' }) &&
    !before.session.matches({ faulted: 'acknowledged' })
  )
    parts.push('acknowledges');
  if (was.askThem && !is.askThem) parts.push('their yes');
  parts.push(...play.besides.map(what => besideWords[what] ?? what));
  return parts.join(', ');
}

const besideWords: Readonly<Record<string, string>> = {
  'card.none': 'none of this card',
  'card.caution': 'some caution',
  'favourite.next': 'next favourite',
  'session.again': 'another session',
};

function pressureDeeds(was: SessionContext, is: SessionContext): readonly string[] {
  const steps = (['left', 'right'] as const).map(side =>
    was.pressure[side] === null ? 0 : (is.pressure[side] ?? 0) - (was.pressure[side] ?? 0),
  );
  const least = Math.min(...steps);
  const most = Math.max(...steps);
  return least < 0 ? [`${-least} lighter`] : most > 0 ? [`${most} firmer`] : [];
}

const isAnswer = (one: Emitted): boolean => one.type === 'play' && one.answer;

/** What a hand feels or an eye sees of it: the cues that answer, in order, and the light. */
export function answerOf(before: TouchPlace, play: Play): string {
  const cues = play.told.flatMap(one => (one.type === 'play' && isAnswer(one) ? [one.cue] : []));
  const others = play.told.flatMap(one =>
    one.type === 'play' && !isAnswer(one) && one.why !== 'strokeEnds' && one.why !== 'lastStrokes'
      ? [one.cue]
      : [],
  );
  const felt = [...new Set(cues.length > 0 ? cues : others.slice(0, 1))];
  const stops = play.state === 'stopped' && stateName(before.session) !== 'stopped' ? ['silence'] : [];
  return [...felt, ...stops, ...(play.light ? ['light'] : [])].join(', ');
}

/** By then after a gesture whatever it has done stands. */
export const settledMs: Ms = 200;

/** One cell: what this gesture does here, and what answers it. */
export function cellOf(
  place: TouchPlace,
  moves: readonly Move[],
  restMs: Ms = settledMs,
): Readonly<{ deed: string; answer: string }> {
  const play = new Play(place).move(moves, restMs);
  return { deed: deedInTable(place, play), answer: answerOf(place, play) };
}
