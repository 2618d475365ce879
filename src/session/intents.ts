/**
 * What a person wants of a run, by a page, a script or by touch: handed to the session, to its screening, or to
 * whoever follows. Refused where it is not possible now; never lost.
 */
import type { Intent } from '../../machines/intent.ts';
import { type Afterwards, afterwards, type Scores } from '../../machines/response.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { ReopenedCard, Screened, ScreeningScope } from '../../machines/screening.ts';
import { questionIsFelt } from '../../machines/session.orders.ts';
import { isCheckIn, type StateName } from '../../machines/session.states.ts';
import type { SessionSnapshot } from '../../machines/session.view.ts';
import type { Deed, Situation, UnstampedEvent } from '../../machines/touch/meaning.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import { wishesOf } from './intent-events.ts';
import type { Narration } from './narration.ts';
import { ScreeningTalk } from './screening-talk.ts';

/** Where the session stands, and how it is told. */
export type IntentPorts = Readonly<{
  routine: Routine;
  narration: Narration;
  /** Session time of the instant being handled. */
  now(): Ms;
  state(): StateName;
  snapshot(): SessionSnapshot;
  isOver(): boolean;
  tell(wish: UnstampedEvent): void;
}>;

export class Intents {
  readonly screening: ScreeningTalk;
  /** What was answered to the question after the end; null until then. */
  afterwards: Afterwards | null = null;
  /** What brings a complaint on has been said; what it was is kept nowhere. */
  #causesSaid = false;
  /** How it was before anything began. Kept in memory only. */
  #baseline: Scores | null = null;
  readonly #ports: IntentPorts;

  constructor(scope: ScreeningScope, ports: IntentPorts) {
    this.#ports = ports;
    this.screening = new ScreeningTalk(scope, {
      now: ports.now,
      over: (screened, wish) => this.#screened(screened, wish),
    });
  }

  intend(intent: Intent, byReceiver: boolean): void {
    const { routine, tell } = this.#ports;
    if (intent.intent === 'screen') this.#screen(intent);
    else if (intent.intent === 'reopen') this.#reopen(intent.card);
    else if (intent.intent === 'after') this.#after(intent);
    else if (intent.intent === 'causes' && this.causes === null) this.#notNow('causes');
    else {
      if (intent.intent === 'causes') this.#causesSaid = true;
      if (intent.intent === 'baseline') this.#rememberBaseline(intent);
      for (const wish of wishesOf(intent, { routine, baseline: this.#baseline }, byReceiver)) tell(wish);
    }
  }

  /**
   * Whether it is asked what brings a complaint on: of whoever has said that there is one, while one gets ready. Hands
   * alone say nothing of that, so nobody asks them; and nothing waits for it.
   */
  get causes(): 'open' | 'said' | null {
    const asks = this.#ports.state() === 'preparation' && this.screening.snapshot.context.complaint === true;
    if (!asks) return null;
    return this.#causesSaid ? 'said' : 'open';
  }

  /** Where the session stands, as far as touch needs to know. */
  get situation(): Situation {
    const { state, snapshot, isOver, now } = this.#ports;
    const { context, status } = snapshot();
    const isOpen = isCheckIn(state());
    return {
      state: state(),
      question: isOpen ? context.question : null,
      isFelt: isOpen && questionIsFelt(context, now()),
      isOver: isOver() || status !== 'active',
      isUntouched: context.unfinished === null && this.screening.isUntouched,
    };
  }

  /** What a word of the hands asks for. */
  deed(deed: Deed): void {
    const { narration, tell } = this.#ports;
    switch (deed.type) {
      case 'card.none':
        this.screening.touched('screening.noneOfCard');
        break;
      case 'card.caution':
        this.screening.touched('screening.someCaution');
        break;
      case 'favourite.next':
        narration.listeners.tell('otherRoutine');
        break;
      case 'session.again':
        narration.listeners.tell('again');
        break;
      default:
        tell(deed);
    }
  }

  /** Once it is confirmed it stands: all that is answered later is held against it. */
  #rememberBaseline({ local, leg }: Scores): void {
    const { state, snapshot } = this.#ports;
    if (state() === 'preparation' && snapshot().context.steps.includes('baseline'))
      this.#baseline = { local, leg };
  }

  #screen(intent: Extract<Intent, { intent: 'screen' }>): void {
    if (this.#ports.state() !== 'screening') {
      this.#notNow('screen');
      return;
    }
    if (!this.screening.answer(intent))
      this.#ports.narration.refuse({
        asked: 'unchanged',
        gave: 'nothing',
        limit: 'screening',
        next: { key: 'answerInFull' },
      });
    this.screening.handOver();
  }

  /** A card is asked again: within the screening, or after it while nothing has begun. */
  #reopen(card: ReopenedCard): void {
    const { narration, state, tell } = this.#ports;
    if (state() === 'screening') {
      narration.listeners.tell('reopened');
      this.screening.reopen(card);
    } else if (state() === 'preparation') {
      narration.listeners.tell('reopened');
      this.screening.reopenAfter(card);
      this.#baseline = null;
      this.#causesSaid = false;
      tell({ type: 'screening.reopened' });
    } else this.#notNow('reopen');
  }

  #screened(screened: Screened, wish: UnstampedEvent): void {
    this.#ports.tell(wish);
    this.#ports.narration.listeners.tell('screened', screened);
  }

  /** How it is now that it is over: compared with the start, told, and kept nowhere. */
  #after(scores: Scores): void {
    const { isOver, routine } = this.#ports;
    if (isOver()) this.afterwards = afterwards(scores, this.#baseline, routine);
    else this.#notNow('after');
  }

  #notNow(asked: string): void {
    this.#ports.narration.refuse({
      asked,
      gave: 'nothing',
      limit: 'notNow',
      next: { key: 'lessStopAlways' },
    });
  }
}
