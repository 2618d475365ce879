/**
 * Who may speak to this controller from the network: a phone that has been told a code shown here, and got a token
 * for it.
 *
 * A code has six digits, lives a minute, bears five tries of each address and is good for one phone. A token has 256 bits, lives
 * twelve hours and can be taken back. Neither is ever written anywhere; of a token only its hash is kept, in memory.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Ms } from '../../../machines/vocabulary.ts';
import { type CodeView, nameLength, type PairedRole } from './phone-messages.ts';

export const codeLifeMs: Ms = 60_000;
/** Wrong tries of one address: they cost that address, and not whoever was told the code. */
export const codeTries = 5;
/** Of all addresses together: one in a million is guessed with each. */
export const codeTriesInAll = 50;
export const tokenLifeMs: Ms = 12 * 3_600_000;
const tokenBytes = 32;
/** More phones than this at once are nobody's living room. */
export const mostPaired = 16;

/** A phone that has been let in. */
export type Guest = Readonly<{ id: number; role: PairedRole; name: string; from: string }>;

export type PairingPorts = Readonly<{
  /** Monotonic time, which stands still while the machine sleeps. */
  now(): Ms;
  /** Time of day, which may be put back: what is over by either of them is over. */
  wallNow(): Ms;
  random(bytes: number): Uint8Array;
  /** A whole number from 0 to `below`, without it. */
  randomBelow(below: number): number;
  /** A guest may no longer be here. */
  gone?(guest: Guest): void;
}>;

type Since = Readonly<{ now: Ms; wall: Ms }>;
type Code = {
  readonly digits: string;
  readonly role: PairedRole;
  readonly since: Since;
  wrong: number;
  readonly of: Map<string, number>;
};
type Kept = Readonly<{ guest: Guest; hash: Buffer; since: Since }>;

export type PairingAnswer =
  | Readonly<{ ok: true; token: string; guest: Guest }>
  /** `noCode`: none is open, or it is over; `wrong`: not these digits; `spent`: and that was this address's last try. */
  | Readonly<{ ok: false; why: 'noCode' | 'wrong' | 'spent' | 'full' }>;

const hashed = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What is shown of a name that a phone gives itself: no control characters, and short. */
const named = (name: string): string =>
  name
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, nameLength);

export class Pairing {
  readonly #ports: PairingPorts;
  #code: Code | null = null;
  #kept: readonly Kept[] = [];
  #lastId = 0;

  constructor(ports: PairingPorts) {
    this.#ports = ports;
  }

  /** A new code, in the place of any other. */
  open(role: PairedRole): CodeView {
    const digits = String(this.#ports.randomBelow(1_000_000)).padStart(6, '0');
    this.#code = { digits, role, since: this.#here(), wrong: 0, of: new Map() };
    return { digits, role, leftMs: codeLifeMs };
  }

  close(): void {
    this.#code = null;
  }

  /** The code that is open; null where none is. */
  get code(): CodeView | null {
    if (!this.#code) return null;
    const { digits, role, since } = this.#code;
    const leftMs = codeLifeMs - this.#passed(since);
    if (leftMs <= 0) this.#code = null;
    return leftMs > 0 ? { digits, role, leftMs } : null;
  }

  /** Gives a token for the right digits. However wrong they are, comparing takes as long. */
  pair(digits: string, name: string, from: string): PairingAnswer {
    const isOpen = this.code !== null;
    const code = this.#code;
    const before = code?.of.get(from) ?? 0;
    const isRight = timingSafeEqual(hashed(digits), hashed(code?.digits ?? ''));
    if (!isOpen || !code) return { ok: false, why: 'noCode' };
    if (before >= codeTries) return { ok: false, why: 'noCode' };
    if (!isRight) {
      code.wrong += 1;
      code.of.set(from, before + 1);
      if (code.wrong >= codeTriesInAll) this.#code = null;
      return { ok: false, why: before + 1 < codeTries && this.#code ? 'wrong' : 'spent' };
    }
    this.sweep();
    if (this.#kept.length >= mostPaired) return { ok: false, why: 'full' };
    this.#code = null;
    const token = Buffer.from(this.#ports.random(tokenBytes)).toString('base64url');
    this.#lastId += 1;
    const guest: Guest = { id: this.#lastId, role: code.role, name: named(name), from };
    this.#kept = [...this.#kept, { guest, hash: hashed(token), since: this.#here() }];
    return { ok: true, token, guest };
  }

  /** Whose token this is; null where nobody's. Every kept one is compared, whichever fits. */
  find(token: string): Guest | null {
    this.sweep();
    const hash = hashed(token);
    let found: Guest | null = null;
    for (const kept of this.#kept) if (timingSafeEqual(kept.hash, hash)) found = kept.guest;
    return found;
  }

  get guests(): readonly Guest[] {
    this.sweep();
    return this.#kept.map(({ guest }) => guest);
  }

  /** Takes a token back; whether there was one. */
  revoke(id: number): boolean {
    const out = this.#kept.find(({ guest }) => guest.id === id);
    if (!out) return false;
    this.#kept = this.#kept.filter(kept => kept !== out);
    this.#ports.gone?.(out.guest);
    return true;
  }

  /** Lets go of tokens whose time is over. */
  sweep(): void {
    const over = this.#kept.filter(({ since }) => this.#passed(since) >= tokenLifeMs);
    for (const { guest } of over) this.revoke(guest.id);
  }

  #here(): Since {
    return { now: this.#ports.now(), wall: this.#ports.wallNow() };
  }

  #passed({ now, wall }: Since): Ms {
    return Math.max(this.#ports.now() - now, this.#ports.wallNow() - wall);
  }
}
