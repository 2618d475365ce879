/** The questions before a session: answered card by card, opened again, and handed over once. */
import { type Actor, createActor, type SnapshotFrom } from 'xstate';
import type { Intent } from '../../machines/intent.ts';
import { asksPlaces } from '../../machines/screening.caps.ts';
import {
  type ReopenedCard,
  type Screened,
  type ScreeningScope,
  screeningMachine,
} from '../../machines/screening.ts';
import type { UnstampedEvent } from '../../machines/touch/meaning.ts';
import type { Ms } from '../../machines/vocabulary.ts';

type Answers = Extract<Intent, { intent: 'screen' }>;

/** What the session is told of it: what may be done, and how it was asked. */
const wishOf = (screened: Screened): UnstampedEvent =>
  screened.cleared
    ? {
        type: 'screening.cleared',
        caps: screened.caps,
        by: screened.by,
        ...(asksPlaces(screened.cautions) && { asksPlaces: true as const }),
      }
    : { type: 'screening.declined', weight: screened.weight };

/** Whether nothing at all has been answered. */
export function isUntouched({ context }: Pick<SnapshotFrom<typeof screeningMachine>, 'context'>): boolean {
  const { complaint, touched, someCaution, answers } = context;
  return complaint === null && touched === null && !someCaution && Object.keys(answers).length === 0;
}

export class ScreeningTalk {
  /** What it has come to; null while it is open. */
  screened: Screened | null = null;
  #actor: Actor<typeof screeningMachine>;
  readonly #now: () => Ms;
  readonly #over: (screened: Screened, wish: UnstampedEvent) => void;

  /** `now`: session time of the instant being handled. `over`: it has come to an end. */
  constructor(
    scope: ScreeningScope,
    { now, over }: Readonly<{ now(): Ms; over(screened: Screened, wish: UnstampedEvent): void }>,
  ) {
    this.#now = now;
    this.#over = over;
    this.#actor = createActor(screeningMachine, { input: { scope } });
    this.#actor.start();
  }

  get snapshot() {
    return this.#actor.getSnapshot();
  }

  get isUntouched(): boolean {
    return isUntouched(this.snapshot);
  }

  /** False where "nothing has changed" was said and cannot be taken: it has to be answered in full. */
  answer({ complaint, answers, anythingNew, unchanged, others }: Answers): boolean {
    this.#actor.send({
      type: 'screening.answer',
      at: this.#now(),
      complaint,
      answers,
      anythingNew,
      unchanged,
      others,
    });
    const { context } = this.snapshot;
    return !unchanged || (context.scope === 'returning' && context.anythingNew === 'no');
  }

  /** By touch: none of this card's questions, or one of them with a caution. */
  touched(type: 'screening.noneOfCard' | 'screening.someCaution'): void {
    this.#actor.send({ type, at: this.#now() });
    this.handOver();
  }

  /** A card is asked again within the screening. */
  reopen(card: ReopenedCard): void {
    this.#actor.send({ type: 'screening.reopen', at: this.#now(), card });
  }

  /** A card is asked again although all was answered. */
  reopenAfter(card: ReopenedCard): void {
    const { context } = this.snapshot;
    this.#actor = createActor(screeningMachine, {
      input: { scope: context.scope, reopened: { context, card } },
    });
    this.#actor.start();
    this.screened = null;
  }

  /** A stop during the questions begins them anew: nobody knows which card it was meant for. */
  stopped(): void {
    if (this.screened === null) this.#actor.send({ type: 'screening.again', at: this.#now() });
  }

  /** Tells what it has come to, once. */
  handOver(): void {
    const { output } = this.snapshot;
    if (!output || this.screened) return;
    this.screened = output;
    this.#over(output, wishOf(output));
  }
}
