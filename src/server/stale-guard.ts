/** What may be old: after a standstill of this process nobody knows how old a wish is that is read now. */
import type { Ms } from '../../machines/vocabulary.ts';
import type { FromClient } from './messages.ts';

/** A beat comes each 400 ms; without one for so long this process has stood still. */
const stoodStillMs = 1000;
/** What was waiting then has been read by this much later. */
const oldForMs = 100;

/** What is right however old it is: it asks, watches, stops, lightens, pauses or lets go. */
export function onlyCalms(message: FromClient): boolean {
  if (message.type === 'intent') return ['stop', 'less', 'pause'].includes(message.intent.intent);
  if (message.type === 'button') return !message.down || ['stop', 'less'].includes(message.button);
  if (message.type === 'calibrate') return message.deed === 'leave';
  return !['choose', 'again', 'felt'].includes(message.type);
}

export class StaleGuard {
  /** When the last beat came, and until when a wish may be from before a standstill. */
  #beatAt: Ms | null = null;
  #oldUntil: Ms = Number.NEGATIVE_INFINITY;

  beat(now: Ms): void {
    if (this.#beatAt !== null && now - this.#beatAt > stoodStillMs) this.#oldUntil = now + oldForMs;
    this.#beatAt = now;
  }

  /** Whether what is read now may have been said before a standstill. */
  mayBeOld(now: Ms): boolean {
    if (this.#beatAt === null) return false;
    return now < this.#oldUntil || now - this.#beatAt > stoodStillMs;
  }
}
