/** What only whoever is in control may say, and what is done about it; and stop, which anyone may. */
import { answerWords } from '../../machines/text/answers.ts';
import { catalogue } from '../../machines/text/text.ts';
import type { Button } from '../../machines/vocabulary.ts';
import type { Calibrator } from '../session/calibrator.ts';
import type { Sessions } from '../session/sessions.ts';
import type { ScreeningMemory } from '../storage/screening-memory.ts';
import type { BenchPorts, BenchSession } from './bench-session.ts';
import type { FromClient } from './messages.ts';
import { beginOffer, type Offers } from './offers.ts';
import type { Joined, People } from './people.ts';
import { onlyCalms } from './stale-guard.ts';
import { mayRemember } from './view.ts';

export type SteeringPorts = BenchPorts &
  Readonly<{
    sessions: Sessions;
    /** What is remembered of screenings; absent where nothing may be. */
    memory?: ScreeningMemory;
    /** Presses the emulated board's own button; absent where the board has real ones. */
    button?: (button: Button, down: boolean) => void;
    /** What can be chosen; without it the library as it is. */
    offers?: Offers;
    /** Finds out what the board's motors feel like; absent where that can't be kept. */
    calibrator?: Calibrator;
  }>;

type Steered = Exclude<FromClient, { type: 'refresh' | 'role' | 'bench' | 'claim' }>;

export const isStop = (message: FromClient): boolean =>
  (message.type === 'intent' && message.intent.intent === 'stop') ||
  (message.type === 'button' && message.button === 'stop');

export class Steering {
  readonly #ports: SteeringPorts;
  readonly #people: People;
  readonly #bench: BenchSession;
  /** Shows everybody what has come of it. */
  readonly #update: () => void;

  constructor(ports: SteeringPorts, people: People, bench: BenchSession, update: () => void) {
    this.#ports = ports;
    this.#people = people;
    this.#bench = bench;
    this.#update = update;
  }

  /** Why not, in a sentence; null where it was done. */
  steer(joined: Joined, message: Steered): string | null {
    const { sessions, button, offers, calibrator } = this.#ports;
    if (message.type === 'calibrate' || message.type === 'felt') {
      const why = this.#calibrate(message);
      this.#update();
      return why;
    }
    // What would go on with the session waits; what stops, lightens or is a finger on the board does not.
    if (calibrator?.isUnderWay && !onlyCalms(message) && message.type !== 'button')
      return catalogue.calibration.refused.underWay;
    if (message.type === 'remember') return this.#remember(message.agreed);
    if (message.type === 'button') {
      if (!button) return answerWords.ownButtons;
      this.#ports.bench?.deed({ button: message.button, down: message.down });
      this.press(joined, message.button, message.down);
      return null;
    }
    if (message.type === 'intent') {
      this.intend(message);
      return null;
    }
    return message.type === 'choose' || message.type === 'again'
      ? beginOffer(message, sessions, offers)
      : this.#bench.tinker(message);
  }

  /** The button is down while anybody holds it: one page's lift does not let go of what another still holds. */
  press(joined: Joined, button: Button, down: boolean): void {
    if (down) joined.holding.add(button);
    else joined.holding.delete(button);
    const isHeld = [...this.#people.all].some(({ holding }) => holding.has(button));
    if (down || !isHeld) this.#ports.button?.(button, down);
  }

  intend({ intent }: Extract<FromClient, { type: 'intent' }>, isReceiver = false): void {
    this.#ports.bench?.deed(intent);
    this.#ports.sessions.run.intend(intent, isReceiver);
  }

  #calibrate(message: Extract<FromClient, { type: 'calibrate' | 'felt' }>): string | null {
    const { calibrator } = this.#ports;
    if (!calibrator) return catalogue.calibration.refused.none;
    if (message.type === 'felt') return calibrator.answer(message.question, message.felt);
    if (message.deed === 'leave') calibrator.end('left');
    return message.deed === 'leave' ? null : calibrator[message.deed]();
  }

  #remember(agreed: boolean): string | null {
    const { memory, sessions } = this.#ports;
    if (!memory || (agreed && !mayRemember(sessions.run))) return answerWords.nothingToRemember;
    if (agreed) memory.agree();
    else memory.forget();
    this.#update();
    return null;
  }
}
