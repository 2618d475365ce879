/** Memories that no session comes to, so that no field is left at what walks happen to make of it. */

import { origins } from '../../../hardware/firmware/alone/names.ts';
import { zones } from '../../../machines/routine/names.ts';
import { preparationSteps, questions } from '../../../machines/session.lists.ts';
import type { Before, SessionContext } from '../../../machines/session.types.ts';
import { faults, type Ms } from '../../../machines/vocabulary.ts';
import { type Chance, oneOf, whole } from './walks.ts';

type Kept = Omit<SessionContext, 'before'>;

const nullOr = <T>(chance: Chance, value: T): T | null => (chance() < 0.3 ? null : value);

/** A time near this one, or far from it. */
const near = (chance: Chance, at: Ms): Ms =>
  Math.max(0, at + whole(chance, -1, 1) * oneOf(chance, [0, 1, 300, 600, 1000, 9000, 60_000, 240_000]));

const bothSides = <T>(value: () => T): Readonly<{ left: T; right: T }> => ({ left: value(), right: value() });

const edits: readonly ((chance: Chance, context: Kept, at: Ms) => Partial<Kept>)[] = [
  (chance, { passes }) => ({ passIndex: whole(chance, 0, passes.length) }),
  (chance, { passes }) => ({
    passes: passes.map(pass =>
      chance() < 0.5
        ? pass
        : { ...pass, durationMs: oneOf(chance, [0, 900, 31_000, pass.durationMs + 60_000]) },
    ),
  }),
  chance => ({ usesOtherTechnique: chance() < 0.5 }),
  chance => ({ pressure: bothSides(() => nullOr(chance, whole(chance, 1, 4))) }),
  chance => ({ ceiling: bothSides(() => whole(chance, 1, 4)) }),
  (chance, { movedMs }) => ({ dwellFromMoved: bothSides(() => near(chance, movedMs)) }),
  // Long enough at a pressure that may still rise, and asked about it.
  (chance, { movedMs }) => ({
    question: oneOf(chance, questions),
    pressure: bothSides(() => 1),
    ceiling: bothSides(() => 4),
    dwellFromMoved: bothSides(() => Math.max(0, movedMs - 700_000)),
    movedMs: movedMs + 700_000,
  }),
  chance => ({ zoneOf: bothSides(() => nullOr(chance, oneOf(chance, zones))) }),
  (chance, { movedMs }) => ({ easedUntilMoved: nullOr(chance, near(chance, movedMs)) }),
  (chance, { movedMs }) => ({ checkInDueMoved: near(chance, movedMs) }),
  (chance, { movedMs }) => ({ askFromMoved: near(chance, movedMs) }),
  (chance, { movedMs }) => ({ answeredMoved: near(chance, movedMs) }),
  (chance, { movedMs }) => ({
    isAsked: chance() < 0.5,
    askedMoved: near(chance, movedMs),
    openForMs: oneOf(chance, [0, 1, 9000, 20_000]),
  }),
  (chance, _, at) => ({
    isAsked: chance() < 0.8,
    question: oneOf(chance, questions),
    questionAt: near(chance, at),
    askedAt: near(chance, at),
    asks: whole(chance, 0, 4),
    unfelt: oneOf(chance, [0, 1, 2, 3, 4, 5]),
    missed: whole(chance, 0, 2),
  }),
  (chance, _, at) => ({ engagedAt: near(chance, at), enteredAt: near(chance, at) }),
  chance => ({ fault: nullOr(chance, oneOf(chance, faults)) }),
  (chance, { movedMs }) => ({ movedMs: near(chance, movedMs) }),
  (chance, _, at) => ({ movingSince: nullOr(chance, near(chance, at)), stillSince: near(chance, at) }),
  (chance, { movedMs }) => ({ passBeganMoved: near(chance, movedMs), passEndsMoved: near(chance, movedMs) }),
  (chance, _, at) => ({
    gridAt: near(chance, at),
    stroke: whole(chance, 0, 40),
    strokesInPass: whole(chance, 0, 40),
  }),
  (chance, _, at) => ({ easesHere: whole(chance, 0, 2), lighterOfferedAt: nullOr(chance, near(chance, at)) }),
  (chance, { passes }) => ({
    announcedPass: whole(chance, -1, passes.length),
    settledPass: whole(chance, -1, passes.length),
  }),
  (chance, { passes }) => {
    const { side, position } = oneOf(chance, passes);
    return { handsOn: nullOr(chance, { side, position }) };
  },
  (chance, _, at) => ({ startedAt: nullOr(chance, near(chance, at - 600_000)) }),
  chance => ({ steps: preparationSteps.filter(step => step !== 'places' && chance() < 0.4) }),
  chance => ({ boardReady: chance() < 0.5, stopHeld: chance() < 0.5, askThem: chance() < 0.5 }),
];

function editedOnce<T extends Kept>(chance: Chance, context: T, at: Ms): T {
  let next = context;
  for (let count = whole(chance, 1, 6); count > 0; count--)
    next = { ...next, ...oneOf(chance, edits)(chance, next, at) };
  return next;
}

/** A press before `at`, that found the session in some such way. */
const press = (chance: Chance, context: Kept, at: Ms): Before => ({
  at: Math.max(0, at - oneOf(chance, [0, 1, 200, 299, 300, 301, 5000])),
  from: chance() < 0.4 ? 'moving' : oneOf(chance, origins),
  byReceiver: chance() < 0.3,
  context: editedOnce(chance, context, at),
});

/** This memory with some fields set to something else, and perhaps with presses before it. */
export function edited(chance: Chance, context: SessionContext, at: Ms): SessionContext {
  const { before, ...rest } = editedOnce(chance, context, at);
  return {
    ...rest,
    before: {
      go: chance() < 0.4 ? press(chance, rest, at) : before.go && { ...before.go, byReceiver: false },
      less: chance() < 0.4 ? press(chance, rest, at) : before.less,
    },
  };
}
