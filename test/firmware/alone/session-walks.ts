/**
 * Sessions by chance, from their opening to their end, as they could be on a board: everything falls due at its own time,
 * people speak on either side of it, and hands take back what they have just done only as hands can.
 */
import type { SessionEvent } from '../../../machines/session.events.ts';
import { isCheckIn, isWorking, type StateName, waits } from '../../../machines/session.states.ts';
import { nextDue, type SessionSnapshot, stateName } from '../../../machines/session.view.ts';
import { type Fault, faults, type Ms } from '../../../machines/vocabulary.ts';
import type { Wish } from '../../support/session.ts';
import { capsByCard } from './context-text.ts';
import { type Chance, oneOf, whole } from './walks.ts';

/** What of its hands a walk remembers: the button that went down last and is down, and since when. */
type Held = Readonly<{ button: 'go' | 'less'; at: Ms }> | null;

/** A step of a session: takes an event, gives how it stands then. */
export type Tell = (event: SessionEvent) => SessionSnapshot;

const weighted = <T>(choices: readonly (readonly [times: number, choice: T])[]): readonly T[] =>
  choices.flatMap(([times, choice]) => Array.from({ length: times }, () => choice));

const press: Wish = { type: 'session.go', felt: true };
const less: Wish = { type: 'session.less' };
const slip: Wish = { type: 'session.afterStop', why: 'slip' };
const answers: readonly Wish[] = [
  { type: 'session.checkIn', here: 'light', leg: 'same', firmer: true },
  { type: 'session.checkIn', here: 'fine', leg: 'same', firmer: true },
  { type: 'session.checkIn', here: 'fine', leg: 'same', firmer: false },
  { type: 'session.checkIn', here: 'strong', leg: 'same', firmer: false },
  { type: 'session.checkIn', here: 'strong', leg: 'more', firmer: true },
];
const gravely: readonly Wish[] = [
  { type: 'session.checkIn', here: 'tooMuch', leg: 'same', firmer: false },
  { type: 'session.checkIn', here: 'light', leg: 'worse', firmer: false },
];
const unfelt: readonly Wish[] = (['here', 'leg', 'firmer'] as const).map(question => ({
  type: 'session.unfelt',
  question,
}));

/** What anybody may say anywhere. */
const anywhere: readonly Wish[] = weighted<Wish>([
  [30, press],
  [6, { type: 'session.go', felt: false }],
  [14, less],
  [6, { type: 'session.less', byReceiver: true }],
  [4, { type: 'session.hasty' }],
  [2, { type: 'session.meaningless', what: 'together' }],
  [2, { type: 'session.meaningless', what: 'underStop' }],
  [6, { type: 'session.resume' }],
  [6, { type: 'session.next' }],
  [6, { type: 'session.extend' }],
  [3, { type: 'session.skip' }],
  [3, { type: 'session.start' }],
  [2, { type: 'session.stop' }],
  [1, { type: 'session.stop', byReceiver: true }],
  [1, slip],
  [2, { type: 'board.ready' }],
  [2, { type: 'board.lost' }],
  [2, { type: 'board.stopHeld' }],
  [3, { type: 'board.stopFree' }],
  [1, { type: 'due' }],
]);

function faultOf(chance: Chance, at: Ms): Wish {
  // What ends everything comes seldom, or a session would never grow old.
  const fault = oneOf<Fault>(
    chance,
    chance() < 0.8 ? ['linkLost', 'leaseLapsed', 'loopStalled', 'clockJumped'] : faults,
  );
  return chance() < 0.5
    ? { type: 'session.fault', fault }
    : { type: 'session.fault', fault, since: Math.max(0, at - whole(chance, 0, 4000)) };
}

/** What fits where the session stands, and so leads on. */
function fitting(chance: Chance, snapshot: SessionSnapshot): Wish {
  const { context } = snapshot;
  const state = stateName(snapshot);
  if (state === 'screening')
    return { type: 'screening.cleared', caps: capsByCard(chance() < 0.4), by: 'touch' };
  if (state === 'preparation')
    return !context.boardReady || context.stopHeld
      ? oneOf<Wish>(chance, [{ type: 'board.ready' }, { type: 'board.stopFree' }])
      : context.steps[0] === 'receiver'
        ? oneOf<Wish>(chance, [
            { type: 'session.less', byReceiver: true },
            { type: 'session.stop', byReceiver: true },
          ])
        : oneOf<Wish>(chance, [press, press, press, { type: 'session.start' }]);
  if (state === 'stopped') return slip;
  if (context.askThem && chance() < 0.4) return { type: 'session.less', byReceiver: true };
  if (isCheckIn(state))
    return oneOf<Wish>(chance, [press, press, press, less, oneOf(chance, answers), oneOf(chance, unfelt)]);
  if (['paused', 'pausing', 'halting', 'transition', 'faulted'].includes(state))
    return oneOf<Wish>(chance, [press, press, { type: 'session.resume' }, { type: 'session.start' }, less]);
  return oneOf(chance, anywhere);
}

/** What leads on from one pass to the next: said often, a session grows old in few events. */
const onwards: readonly Wish[] = weighted<Wish>([
  [6, { type: 'session.next' }],
  [1, { type: 'session.skip' }],
]);

function wishAt(chance: Chance, snapshot: SessionSnapshot, held: Held, at: Ms): Wish {
  const kind = chance();
  if (held !== null && kind < 0.3)
    return { type: 'session.takeBack', button: held.button, pressedAt: held.at };
  if (kind < 0.6) return fitting(chance, snapshot);
  if (kind < 0.63) return faultOf(chance, at);
  if (kind < 0.64) return oneOf(chance, chance() < 0.5 ? gravely : answers);
  if (kind < 0.65) return oneOf(chance, unfelt);
  if (kind < 0.655) return { type: 'screening.cleared', caps: capsByCard(chance() < 0.5), by: 'touch' };
  if (kind < 0.72) return oneOf(chance, onwards);
  const wish = oneOf(chance, anywhere);
  return wish.type === 'session.stop' && chance() < 0.6 ? press : wish;
}

/** How long people wait with a word: hands that hold a button not long, hands at rest for minutes as well. */
function waitMs(chance: Chance, isResting: boolean, held: Held): Ms {
  const kind = chance();
  if (held !== null && kind < 0.6) return whole(chance, 0, 200);
  if (kind < 0.4) return whole(chance, 0, 320);
  if (kind < 0.8) return whole(chance, 0, 5000);
  if (!isResting || kind < 0.85) return whole(chance, 0, 40_000);
  return oneOf(chance, [120_000, 120_001, 600_000, 600_001, whole(chance, 100_000, 800_000)]);
}

const stamped = (wish: Wish, at: Ms): SessionEvent => ({ ...wish, at }) as SessionEvent;

/** Of what was said, the button that is held down by it. What a receiver, a board or time says leaves it where it is. */
function heldAfter(held: Held, event: SessionEvent): Held {
  const { type, at } = event;
  if (type === 'session.go') return event.felt ? { button: 'go', at } : null;
  if (type === 'session.less') return event.byReceiver === true ? held : { button: 'less', at };
  const isOfHands = type.startsWith('session.') && type !== 'session.fault' && type !== 'session.unfelt';
  return isOfHands ? null : held;
}

/** How much people say while hands are at work, and how soon they want to go on: a session grows old, or hears much. */
const manners = [
  { talk: 0.03, haste: 0 },
  { talk: 0.1, haste: 0.03 },
  { talk: 0.3, haste: 0.02 },
  { talk: 0.3, haste: 0.1 },
  { talk: 0.6, haste: 0.05 },
] as const;

const isAnswered = (state: StateName): boolean => isCheckIn(state) || waits(state) || state === 'pausing';

/** Where a walk begins: how a session stands, and when. */
export type Start = Readonly<{ snapshot: SessionSnapshot; at: Ms }>;

/** Tells a session what chance has for it, at most so many events. */
export function walkThrough(chance: Chance, steps: number, start: Start, tell: Tell, isBrief = false): void {
  const { talk, haste } = isBrief ? { talk: 0.7, haste: 0.05 } : oneOf(chance, manners);
  let { snapshot, at } = start;
  let held: Held = null;
  let left = steps;
  const say = (event: SessionEvent): void => {
    held = heldAfter(held, event);
    at = event.at;
    left -= 1;
    snapshot = tell(event);
  };
  const isGoing = (): boolean => left > 0 && snapshot.status === 'active';
  while (isGoing()) {
    const due = nextDue(snapshot);
    const state = stateName(snapshot);
    if (isWorking(state) && chance() < haste) {
      say(stamped(oneOf(chance, onwards), at));
      continue;
    }
    if (due !== null && chance() > (isAnswered(state) ? 0.5 : talk)) {
      say({ type: 'due', at: Math.max(at, due) });
      continue;
    }
    const isResting = snapshot.context.movingSince === null;
    const isAtEdge = due !== null && chance() < 0.2;
    const then = isAtEdge ? Math.max(at, due + whole(chance, -1, 1)) : at + waitMs(chance, isResting, held);
    // All that falls due before it comes first; at the same moment hands do.
    for (let next = due; next !== null && next < then && isGoing(); next = nextDue(snapshot))
      say({ type: 'due', at: Math.max(at, next) });
    if (isGoing()) say(stamped(wishAt(chance, snapshot, held, then), then));
  }
}
