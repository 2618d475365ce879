/** Every place in a session where hands may do something, each reached as people reach it. Pure. */

import { parseRoutine } from '../routine/parse.ts';
import type { Routine } from '../routine/schema.ts';
import { noCaution } from '../screening.caps.ts';
import type { ReceiverMeans } from '../session.lists.ts';
import { isCheckIn } from '../session.states.ts';
import { nextDue } from '../session.view.ts';
import type { Ms } from '../vocabulary.ts';
import { opened, Play } from './play.ts';

const phase = {
  zone: 'calf',
  side: 'together',
  position: 'prone',
  direction: 'towardsHeart',
  technique: 'effleurage',
  strokeCm: 30,
  speedCmPerS: 10,
  returnMs: 1000,
  instruction: 'Slide.',
  durationS: 300,
  pressureStart: 1,
  pressureMax: 1,
};
const file = {
  schemaVersion: 1,
  id: 'places',
  title: 'Places',
  summary: 'One of each.',
  kind: 'full',
  for: ['partner'],
  preparation: { oil: { blend: 'plain', tempC: 37 } },
  riseDwellS: 120,
  checkIn: { everyS: 60, timeoutS: 30 },
  phases: [
    { ...phase, id: 'warmUp', title: 'Warm up', stage: 'warmUp', zone: 'thighBack' },
    { ...phase, id: 'steady', title: 'Steady', stage: 'strokes' },
    { ...phase, id: 'ramp', title: 'Ramp', stage: 'pressureRamp', side: 'left' },
    { ...phase, id: 'cooldown', title: 'Cool down', stage: 'cooldown' },
  ],
};

/** Hands that knead, and could glide. */
const kneads = {
  technique: 'kneading',
  otherTechnique: {
    technique: 'effleurage',
    strokeCm: 30,
    speedCmPerS: 5,
    returnMs: 1000,
    instruction: 'Slide.',
  },
};

function routineOf(pressureStart: number, steady: object = {}): Routine {
  const mayRise = new Set(['strokes', 'pressureRamp']);
  const phases = file.phases.map(one => ({
    ...one,
    ...(one.id === 'steady' && steady),
    pressureStart,
    pressureMax: mayRise.has(one.stage) ? pressureStart + 1 : pressureStart,
  }));
  const parsed = parseRoutine(JSON.stringify({ ...file, phases }));
  if (!parsed.ok) throw new Error(parsed.issues.map(({ path, message }) => `${path} ${message}`).join('; '));
  return parsed.routine;
}
const light = routineOf(1);
const firm = routineOf(2);
const kneading = routineOf(2, kneads);

const go = (play: Play): Play => play.send({ type: 'session.go', felt: true });

/** From the opening on. */
const begin = (routine: Routine, receiver?: ReceiverMeans): Play =>
  new Play(opened({ routine, easierSide: 'left', boardReady: true, ...(receiver && { receiver }) })).for(
    1000,
  );
const screened = (routine: Routine, receiver?: ReceiverMeans): Play =>
  begin(routine, receiver).send({ type: 'screening.cleared', caps: noCaution }).for(2000);

function prepared(routine: Routine, receiver?: ReceiverMeans): Play {
  const play = screened(routine, receiver);
  for (const step of play.place.session.context.steps)
    if (step === 'receiver') play.send({ type: 'session.less', byReceiver: true });
    else play.send({ type: 'session.confirm', step });
  return play.for(2000);
}
const started = (routine: Routine, receiver?: ReceiverMeans): Play =>
  prepared(routine, receiver).send({ type: 'session.start' }).for(5000);

/** More moments than this lead nowhere. */
const mostSteps = 20_000;

/** Lets time go on until it is so; hands go on at a turn, and each question on the way is answered. */
function until(play: Play, isSo: (play: Play) => boolean): Play {
  for (let count = 0; !isSo(play); count++) {
    const due = nextDue(play.place.session);
    if (due === null || count > mostSteps) throw new Error(`it never came to that: ${play.state}`);
    if (play.state === 'transition') go(play);
    if (isCheckIn(play.state))
      play.send({ type: 'session.checkIn', here: 'light', leg: 'same', firmer: false });
    play.until(Math.max(due, play.place.at) + 1);
  }
  // On the grid of the buttons.
  return play.until(Math.ceil(play.place.at / 20) * 20);
}
const inState =
  (state: string) =>
  (play: Play): boolean =>
    play.state === state;

const feltMs: Ms = 2000;
/** At a question of this stage, so far: 0 here, 1 the leg, 2 the offer of a rise. */
function asked(routine: Routine, stage: 'strokes' | 'pressureRamp', answers: number): Play {
  const play = next(started(routine));
  if (stage === 'pressureRamp') next(play);
  until(play, inState(`${stage}.checkIn`));
  for (let count = 0; count < answers; count++) go(play.for(feltMs));
  return play;
}
/** At the offer, which only comes where a rise is allowed. */
function offered(): Play {
  const play = until(next(started(light)), inState('strokes.checkIn'));
  for (let count = 0; count < 6; count++) {
    for (let answer = 0; answer < 2; answer++) go(play.for(feltMs));
    if (play.situation.question === 'firmer') return play;
    until(play.for(20), inState('strokes.checkIn'));
  }
  throw new Error('no rise was ever offered');
}
/** By an answer that eases. */
const lighterOffered = (): Play => asked(kneading, 'strokes', 0).for(feltMs).send({ type: 'session.less' });
const paused = (routine: Routine, receiver?: ReceiverMeans): Play =>
  started(routine, receiver).send({ type: 'session.pause' }).for(20);
const stopped = (routine: Routine, receiver?: ReceiverMeans): Play =>
  started(routine, receiver).send({ type: 'session.stop' }).for(20);
const faulted = (routine: Routine): Play =>
  started(routine).send({ type: 'session.fault', fault: 'linkLost' }).for(20);
const next = (play: Play): Play => play.send({ type: 'session.next' });

/** By name. Each is a play of its own. */
export const places = {
  screening: () => begin(light),
  'screening, a card answered': () =>
    begin(light).move(
      [
        { afterMs: 0, button: 'go', down: true },
        { afterMs: 0, button: 'less', down: true },
        { afterMs: 3200, button: 'go', down: false },
        { afterMs: 3200, button: 'less', down: false },
      ],
      1800,
    ),
  preparation: () => screened(light),
  'preparation, all confirmed': () => prepared(light),
  'preparation, the receiver still to try': () =>
    screened(light, 'squeeze')
      .send({ type: 'session.confirm', step: 'oil' })
      .send({ type: 'session.confirm', step: 'position' })
      .for(20),
  warmUp: () => started(firm),
  'warmUp at pressure 1': () => started(light),
  strokes: () => until(next(started(firm)), inState('strokes')).for(5000),
  'strokes at pressure 1': () => until(next(started(light)), inState('strokes')).for(5000),
  'strokes.checkIn, just asked': () => asked(firm, 'strokes', 0),
  'strokes.checkIn, here': () => asked(firm, 'strokes', 0).for(feltMs),
  'strokes.checkIn, the leg': () => asked(firm, 'strokes', 1).for(feltMs),
  'strokes.checkIn, the leg just asked': () => asked(firm, 'strokes', 1).for(20),
  'strokes.checkIn, firmer?': () => offered().for(1000),
  'strokes.checkIn, firmer? just offered': () => offered().for(20),
  pressureRamp: () => until(next(next(started(firm))), inState('pressureRamp')).for(5000),
  'pressureRamp.checkIn, just asked': () => asked(firm, 'pressureRamp', 0),
  'pressureRamp.checkIn, here': () => asked(firm, 'pressureRamp', 0).for(feltMs),
  'pressureRamp.checkIn, the leg': () => asked(firm, 'pressureRamp', 1).for(feltMs),
  cooldown: () => until(next(next(next(started(firm)))), inState('cooldown')).for(5000),
  eased: () => started(firm).send({ type: 'session.less' }).for(2000),
  'eased, the lighter technique offered': () => lighterOffered().for(2000),
  'eased, the lighter technique just offered': () => lighterOffered().for(1000),
  transition: () => {
    const play = started(firm);
    while (play.state !== 'transition') next(play);
    return play.for(2000);
  },
  pausing: () => go(started(firm)).for(20),
  halting: () => asked(firm, 'strokes', 0).for(30_020),
  paused: () => paused(firm),
  'paused at pressure 1': () => paused(light),
  'paused for a cramp': () => started(firm).send({ type: 'session.pause', why: 'cramp' }).for(20),
  'paused, the receiver to be asked': () =>
    stopped(firm, 'squeeze').send({ type: 'session.afterStop', why: 'slip' }).for(20),
  stopped: () => stopped(firm),
  'stopped in preparation': () => prepared(light).send({ type: 'session.stop' }).for(20),
  'stopped in screening': () => begin(light).send({ type: 'session.stop' }).for(20),
  'stopped, the cooldown offered': () =>
    stopped(firm).send({ type: 'session.afterStop', why: 'enough' }).for(20),
  'faulted, not acknowledged': () => faulted(firm),
  faulted: () => faulted(firm).send({ type: 'session.acknowledge' }).for(20),
  finishing: () => {
    const play = started(firm);
    while (play.state !== 'finishing') next(play);
    return play.for(2000);
  },
  completed: () => {
    const play = started(firm);
    while (play.state !== 'finishing') next(play);
    return play.send({ type: 'session.acknowledge' }).for(20);
  },
  'stopped, it is over': () => started(firm).send({ type: 'session.symptom', id: 'numbness' }).for(20),
  declined: () => begin(light).send({ type: 'screening.declined', weight: 'clinician' }).for(20),
} as const satisfies Readonly<Record<string, () => Play>>;
export type PlaceName = keyof typeof places;
export const placeNames = Object.keys(places) as readonly PlaceName[];
