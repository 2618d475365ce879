/** What the page says beside what it shows: the title of its tab, and what is read out. Pure. */

import { isCheckIn, isMoving, type StateName } from '../../../machines/session.states.ts';
import { sentenceIn } from '../../../machines/text/sentence.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { MovingStage, Outcome } from '../../../machines/vocabulary.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { placeWord, wayWord } from './words.ts';

const { titles, spoken } = catalogue.page;

/** States that have a title of their own; in the others a question, the phase under way or the outcome is it. */
type Titled =
  | Exclude<StateName, MovingStage | `${string}.checkIn` | Outcome>
  | Extract<StateName, 'stopped' | 'faulted'>;

function whatIsNow({ session, outcome }: View): string {
  if (outcome) return sentenceIn<Outcome>(catalogue.page.outcomes, outcome.outcome, session.sentence);
  const { state, now } = session;
  if (isCheckIn(state)) return titles.checkIn;
  return sentenceIn<Titled>(titles.states, state, isMoving(state) && now ? now.title : session.sentence);
}

/** What the tab is called: what happens now, before the name, since tabs are cut at their end. */
export function sessionTitle(view: View | null, isLive: boolean): string {
  const now = !view ? titles.waiting : isLive ? whatIsNow(view) : titles.old;
  return fill(titles.page, { now });
}

export type Told = Readonly<{
  /** Read out when there is time. */
  polite: string;
  /** Breaks in, and nothing is said with it. */
  alarm: string;
}>;

/** What is read out: the phase with its place and way, and the state; never the milliseconds. */
export function toldOf(view: Pick<View, 'session'> | null): Told {
  if (!view) return { polite: '', alarm: '' };
  const { state, sentence, now } = view.session;
  if (state === 'stopped' || state === 'faulted') return { polite: '', alarm: sentence };
  if (!now || !isMoving(state)) return { polite: sentence, alarm: '' };
  const polite = fill(spoken, { title: now.title, place: placeWord(now), way: wayWord(now), sentence });
  return { polite, alarm: '' };
}
