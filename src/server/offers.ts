/** What can be begun over the socket, and how it is remembered. */
import { fromLibrary, library } from '../../machines/routine/library.ts';
import { answerWords } from '../../machines/text/answers.ts';
import { type FittedRoutine, fitRoutine } from '../session/fit-routine.ts';
import type { Sessions } from '../session/sessions.ts';
import type { FromClient } from './messages.ts';
import type { Offered } from './view-library.ts';

type Wanted = Omit<Extract<FromClient, { type: 'choose' }>, 'v' | 'id' | 'type'>;

/** What can be begun, and how it is remembered. */
export type Offers = Offered &
  Readonly<{
    choose(wanted: Wanted): Offer;
    repeat(): Offer;
  }>;
/** `begun`: to be told once it has begun. */
type Offer = FittedRoutine & Readonly<{ begun?(): void }>;

const usualOffers: Offers = {
  routines: library,
  again: () => null,
  choose: ({ routine: id, minutes, drop, for: user }) => {
    const routine = fromLibrary(id);
    return routine
      ? fitRoutine({ routine, minutes, for: user, mayDrop: drop })
      : { ok: false, why: answerWords.noRoutine, mayDrop: false };
  },
  repeat: () => ({ ok: false, why: answerWords.nothingBegun, mayDrop: false }),
};

/** Begins another session; why not, where it can't be. */
export function beginOffer(
  message: Extract<FromClient, { type: 'choose' | 'again' }>,
  sessions: Sessions,
  offers = usualOffers,
): string | null {
  // What is asked for may have to be read from a file: never while hands move.
  if (!sessions.mayBegin) {
    const isKnown = message.type === 'again' || offers.routines().some(({ id }) => id === message.routine);
    return isKnown ? answerWords.underWay : answerWords.noRoutine;
  }
  const found = message.type === 'again' ? offers.repeat() : offers.choose(message);
  if (!found.ok) return found.why;
  if (!sessions.begin(found.routine)) return answerWords.underWay;
  found.begun?.();
  return null;
}
