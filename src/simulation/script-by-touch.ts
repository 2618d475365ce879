/** Scripts of somebody who has nothing but the buttons: a person without a page, or a board without a computer. */
import type { Routine } from '../../machines/routine/schema.ts';
import { cardIds } from '../../machines/screening.questions.ts';
import type { StateName } from '../../machines/session.states.ts';
import type { Button, Ms } from '../../machines/vocabulary.ts';
import type { Step } from './script.ts';

type When = Step['when'];
type Moved = Omit<Step, 'index'>;

const pressMs: Ms = 140;
/** GO and LESS together count after 3 s; a hand lets go when it has seen the light. */
const chordMs: Ms = 3300;
/** From one finger to the other. */
const joinMs: Ms = 60;
/** From letting go to the next card. */
const nextCardMs: Ms = 700;
/** GO sooner than a second after the last one would be haste. */
const confirmEveryMs: Ms = 1200;
/** Time for the hands to move and for the cue to be felt. */
const turnMs: Ms = 2500;
/** A question has been told and weighed by then, the second one too. */
const answersMs = [4000, 9000] as const satisfies readonly Ms[];
/** Whoever finds themselves in a pause that they did not want goes on. */
const goesOnMs: Ms = 3000;

const later = (when: When, ms: Ms): When =>
  when.at === undefined ? { ...when, afterMs: (when.afterMs ?? 0) + ms } : { at: when.at + ms };

const held = (button: Button, when: When, forMs: Ms): readonly Moved[] => [
  { when, deed: { kind: 'button', button, down: true } },
  { when: later(when, forMs), deed: { kind: 'button', button, down: false } },
];
const pressed = (button: Button, when: When): readonly Moved[] => held(button, when, pressMs);

/** GO and LESS together, until it has counted. */
const both = (when: When): readonly Moved[] => [
  ...held('go', when, chordMs),
  ...held('less', later(when, joinMs), chordMs),
];

const on = (state: StateName | 'checkIn', afterMs: Ms): When => ({ on: state, afterMs });
/** GO that LESS joins at once is taken back, and with it what it has begun: preparation is entered twice. */
const inPreparation = (afterMs: Ms): When => ({ on: 'preparation', nth: 1, afterMs });

/**
 * The person assumed where no script is given and there is no page: none of any card's questions, each preparation
 * confirmed by GO, begun by GO and LESS together, on after each turn, and "no more than that" to every question, which
 * leaves the pressure as it is.
 */
export function assumedHands({ preparation }: Routine): readonly Step[] {
  const { bath, oil } = preparation;
  // Position and baseline are always asked.
  const confirmed = [bath, oil, true, true].filter(Boolean).length;
  const moved: readonly Moved[] = [
    ...cardIds.flatMap((_, card) => both({ at: 1000 + card * (chordMs + joinMs + nextCardMs) })),
    ...Array.from({ length: confirmed }, (_, step) =>
      pressed('go', inPreparation((step + 1) * confirmEveryMs)),
    ).flat(),
    ...both(inPreparation((confirmed + 2) * confirmEveryMs)),
    ...pressed('go', on('transition', turnMs)),
    ...answersMs.flatMap(ms => pressed('go', on('checkIn', ms))),
    ...pressed('go', on('paused', goesOnMs)),
    ...pressed('go', on('finishing', turnMs)),
  ];
  return moved.map((step, index) => ({ ...step, index: index + 1 }));
}

/** What of a script no hand on a board could do, step by step. */
export const notByHands = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap(({ index, deed }) => {
    if (deed.kind === 'intent')
      return [
        `step ${index}: intent ${deed.intent.intent} needs a page, and a board alone has only its buttons`,
      ];
    if (deed.kind === 'fault')
      return [`step ${index}: fault ${deed.fault} needs a computer, and a board alone has none`];
    return [];
  });
