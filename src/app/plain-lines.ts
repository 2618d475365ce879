/**
 * A session without a page, in plain lines: the questions to ask, then each state and each phase with its place and way
 * as it comes. Nothing is painted over, so that a screen reader reads it as well, over ssh too.
 */

import { cards } from '../../machines/screening.questions.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import type { Outcome } from '../../machines/vocabulary.ts';
import { toldOf } from '../../simulator/page/common/told.ts';
import { type Unreal, viewOf } from '../server/view.ts';
import type { Run } from '../session/run.ts';
import type { Sessions } from '../session/sessions.ts';

/** Nothing here can be done to a board or to time. */
const nothingUnreal: Unreal = { emulated: false, faults: [], steerable: false, rate: 1, resumesRate: null };

const { screening } = catalogue;
const words = terminalWords.start;
const outcomes: Readonly<Record<Outcome, string>> = catalogue.page.outcomes;

/** What is asked before anything moves, and how the buttons answer it. */
export function questionLines(): readonly string[] {
  const { touch } = screening;
  const asked = cards.flatMap(({ id, questions }, index) => [
    fill(words.card, { card: index + 1, ask: screening.cards[id] }),
    ...questions.map(question => {
      const { ask, note } = screening.questions[question] as Readonly<{ ask: string; note?: string }>;
      return fill(words.question, { ask: note === undefined ? ask : `${ask} ${note}` });
    }),
  ]);
  return [touch.lead, ...asked, touch.none, touch.stopCards, touch.caution, touch.order, touch.then];
}

/** Which moments have a line of their own. */
const markOf = ({ state, snapshot, board, outcome }: Run): string => {
  const { passIndex, pausedFor } = snapshot.context;
  return [state, passIndex, pausedFor, board.silence, outcome?.reason].join();
};

/** Says each line once, in its moment. Ends with what comes back. */
export function sayPlainly(sessions: Sessions, say: (line: string) => void): () => void {
  let mark = '';
  let last = '';
  let asked: Run | null = null;
  const look = (): void => {
    const { run } = sessions;
    const now = markOf(run);
    if (now === mark && asked === run) return;
    mark = now;
    if (run.state === 'screening' && asked !== run) for (const line of questionLines()) say(line);
    asked = run;
    // The page's own words: who else is in control is no matter here.
    const view = viewOf(run, nothingUnreal);
    const { polite, alarm } = toldOf(view);
    const end = view.outcome;
    const line = end
      ? fill(words.ended, { end: outcomes[end.outcome], advice: end.advice })
      : alarm || polite;
    if (line !== '' && line !== last) say(line);
    last = line;
  };
  look();
  return sessions.listen({ changed: look });
}
