/**
 * What holds on the network, beside loopback: nobody but a paired phone sees or says anything.
 *
 * Without a token there are the page's own files, which tell nothing, and /pair. The token comes as a cookie that no
 * script can read and no other site can send, so an unproven socket is never opened at all: a request for one is
 * answered 401 before the upgrade.
 *
 *   GET    /pair    what this phone is here: {"role": "remote" | "receiver" | null}
 *   POST   /pair    {"code": "123456", "name": "…"}: 201 and the cookie
 *   DELETE /pair    this phone forgets it, and is forgotten
 */
import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { answerWords } from '../../../machines/text/answers.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import type { HttpAnswer } from '../answer.ts';
import { Lockout, TriesAMinute } from '../attempts.ts';
import type { RefusedStatus } from '../handshake.ts';
import { addressOf, refusing } from '../requests.ts';
import { type Guest, type Pairing, tokenLifeMs } from './pairing.ts';
import { type PairedView, pairSchema } from './phone-messages.ts';

/** Codes that one address may try. */
const triesAMinute = 5;
/** Wrong tokens of one address that are answered as such, and how long after that nothing is. */
const mostWrong = 6;
const lockedMs: Ms = 60_000;
/** A code and a name are all there is to say. */
export const pairBytes = 1024;

/** Who did what from where, and what came of it. Never a token, a code or an answer. */
export type AuditLine = Readonly<{ who: string; what: string; from: string; result: string }>;

/** Who somebody is that is not paired. */
export const stranger = 'unknown';

export type LanPorts = Readonly<{
  pairing: Pairing;
  now(): Ms;
  /** Tells cookies of several controllers on one machine apart: cookies know no ports. */
  port(): number;
  isSecure: boolean;
  audit(line: AuditLine): void;
}>;

const json = (status: number, value: unknown): HttpAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(value)}\n`,
});

export const guestName = ({ id, role }: Guest): string => `${role} ${id}`;

export class Lan {
  readonly #ports: LanPorts;
  readonly #tries = new TriesAMinute(triesAMinute);
  readonly #lockout = new Lockout(mostWrong, lockedMs);

  constructor(ports: LanPorts) {
    this.#ports = ports;
  }

  get #cookie(): string {
    const { isSecure, port } = this.#ports;
    // The prefix has browsers insist on Secure, on the whole path and on this very host.
    return `${isSecure ? '__Host-' : ''}tactus-${port()}`;
  }

  /** Whose request this is, or with what it is to be refused. */
  whose(request: IncomingMessage): Readonly<{ guest: Guest } | { refusal: NonNullable<RefusedStatus> }> {
    const token = this.#tokenOf(request);
    if (token === null) return { refusal: { status: 401, why: answerWords.notPaired } };
    const guest = this.#ports.pairing.find(token);
    return guest ? { guest } : { refusal: this.#wrongToken(request) };
  }

  /** What a guest may ask for beside the live session: the routines. History and preferences stay at home. */
  apiRefusal({ role }: Guest, method: string | undefined, path: string): RefusedStatus {
    if (role === 'remote' && method === 'GET' && /^\/routines(\/|$)/.test(path)) return null;
    return { status: 403, why: answerWords.onlyHere };
  }

  /** Whether a paired phone has come from there. */
  isKnown(address: string): boolean {
    return this.#ports.pairing.guests.some(({ from }) => from === address);
  }

  /** Lets go of whoever's time is over. */
  sweep(): void {
    this.#ports.pairing.sweep();
  }

  /** Answers /pair. */
  answer(request: IncomingMessage, body: string): HttpAnswer {
    if (request.method === 'GET') return this.#tellRole(request);
    if (request.method === 'DELETE') return this.#leave(request);
    if (request.method !== 'POST') return refusing({ status: 405, why: answerWords.method });
    return this.#pair(request, body);
  }

  /** The valid token decides, never the lock: whoever is paired can stop, whatever a neighbour does. */
  #wrongToken(request: IncomingMessage): NonNullable<RefusedStatus> {
    const from = addressOf(request);
    const found = this.#lockout.wrong(from, this.#ports.now());
    if (found === 'locked') return { status: 429, why: answerWords.wrongTokens };
    this.#ports.audit({ who: stranger, what: 'token', from, result: 'wrong' });
    return { status: 401, why: answerWords.notPairedAnyMore };
  }

  #tellRole(request: IncomingMessage): HttpAnswer {
    const token = this.#tokenOf(request);
    if (token === null) return json(200, { role: null } satisfies PairedView);
    const found = this.whose(request);
    if ('guest' in found) return json(200, { role: found.guest.role } satisfies PairedView);
    if (found.refusal.status === 429) return refusing(found.refusal);
    // What is not good for anything is not kept on the phone either.
    return { ...json(200, { role: null } satisfies PairedView), cookie: this.#cookieWith('', 0) };
  }

  #leave(request: IncomingMessage): HttpAnswer {
    const found = this.whose(request);
    if ('refusal' in found) return refusing(found.refusal);
    this.#ports.pairing.revoke(found.guest.id);
    this.#audit(found.guest, 'unpair', 'done');
    return { ...json(200, { role: null } satisfies PairedView), cookie: this.#cookieWith('', 0) };
  }

  #pair(request: IncomingMessage, body: string): HttpAnswer {
    const { pairing, audit, now } = this.#ports;
    const from = addressOf(request);
    const said = (result: string): void => audit({ who: stranger, what: 'pair', from, result });
    if (!this.#tries.take(from, now())) {
      said(answerWords.tries);
      return refusing({ status: 429, why: answerWords.triesWait });
    }
    const found = v.safeParse(pairSchema, parsed(body));
    if (!found.success) {
      said('not understood');
      const [issue] = found.issues;
      return refusing({
        status: 422,
        why: `${v.getDotPath(issue) ?? 'the body'}: ${issue.message}`.slice(0, 200),
      });
    }
    const paired = pairing.pair(found.output.code, found.output.name, from);
    if (!paired.ok) {
      said(paired.why);
      if (paired.why === 'full') return refusing({ status: 409, why: answerWords.manyPhones });
      // One and the same answer whether a code is open or not: nobody is told when to try.
      return refusing({ status: 403, why: answerWords.wrongCode });
    }
    // A phone that pairs anew is one phone, and what it was before is over.
    const before = this.#tokenOf(request);
    const former = before === null ? null : pairing.find(before);
    if (former) pairing.revoke(former.id);
    this.#audit(paired.guest, 'pair', 'done');
    return {
      ...json(201, { role: paired.guest.role } satisfies PairedView),
      cookie: this.#cookieWith(paired.token, tokenLifeMs / 1000),
    };
  }

  #audit(guest: Guest, what: string, result: string): void {
    this.#ports.audit({ who: guestName(guest), what, from: guest.from, result });
  }

  #cookieWith(value: string, seconds: number): string {
    const secure = this.#ports.isSecure ? '; Secure' : '';
    return `${this.#cookie}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
  }

  #tokenOf({ headers }: IncomingMessage): string | null {
    const start = `${this.#cookie}=`;
    const found = (headers.cookie ?? '').split(/;\s*/).find(one => one.startsWith(start));
    return found === undefined ? null : found.slice(start.length);
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
