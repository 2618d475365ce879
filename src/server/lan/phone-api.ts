/**
 * Phones, as they are seen and settled at the machine itself: served on loopback alone.
 *
 *   GET    /phone               where phones find this controller, the code that is open, who is paired
 *   POST   /phone/code          a new code: {"role": "remote" | "receiver"}
 *   DELETE /phone/code          no code any more
 *   DELETE /phone/guests/ID     takes a phone's token back
 */
import * as v from 'valibot';
import { answerWords } from '../../../machines/text/answers.ts';
import type { HttpAnswer } from '../answer.ts';
import { refusing } from '../requests.ts';
import { type AuditLine, guestName } from './lan.ts';
import type { Guest, Pairing } from './pairing.ts';
import { openSchema, type PhoneView } from './phone-messages.ts';

export type PhoneApiPorts = Readonly<{
  pairing: Pairing;
  /** Null while there is no network to be found on. */
  lan(): PhoneView['lan'];
  isHere(guest: Guest): boolean;
  audit(line: AuditLine): void;
}>;

const json = (status: number, value: unknown): HttpAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(value)}\n`,
});

/** What a controller on loopback alone says of phones. */
export const noPhones: PhoneView = { lan: null, code: null, guests: [] };

export class PhoneApi {
  readonly #ports: PhoneApiPorts;

  constructor(ports: PhoneApiPorts) {
    this.#ports = ports;
  }

  answer(method: string, path: string, body: string): HttpAnswer {
    const [, room, leaf, ...more] = path.split('/').slice(1);
    if (more.length > 0) return refusing({ status: 404, why: answerWords.noThing });
    if (room === undefined && method === 'GET') return json(200, this.view);
    if (room === 'code' && leaf === undefined) return this.#code(method, body);
    if (room === 'guests' && leaf !== undefined && method === 'DELETE') return this.#revoke(leaf);
    return refusing({ status: 404, why: answerWords.noThing });
  }

  get view(): PhoneView {
    const { pairing, lan, isHere } = this.#ports;
    return {
      lan: lan(),
      code: pairing.code,
      guests: pairing.guests.map(guest => ({ ...guest, isHere: isHere(guest) })),
    };
  }

  #code(method: string, body: string): HttpAnswer {
    const { pairing, lan, audit } = this.#ports;
    if (method === 'DELETE') {
      pairing.close();
      return json(200, this.view);
    }
    if (method !== 'POST') return refusing({ status: 405, why: answerWords.method });
    if (!lan()) return refusing({ status: 409, why: answerWords.noLan });
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      value = undefined;
    }
    const found = v.safeParse(openSchema, value);
    if (!found.success) return refusing({ status: 422, why: found.issues[0].message.slice(0, 200) });
    pairing.open(found.output.role);
    audit({ who: 'this machine', what: `code for a ${found.output.role}`, from: 'loopback', result: 'done' });
    return json(201, this.view);
  }

  #revoke(id: string): HttpAnswer {
    const { pairing, audit } = this.#ports;
    const guest = pairing.guests.find(one => String(one.id) === id);
    if (!guest || !pairing.revoke(guest.id)) return refusing({ status: 404, why: answerWords.noPhone });
    audit({ who: 'this machine', what: `remove ${guestName(guest)}`, from: 'loopback', result: 'done' });
    return json(200, this.view);
  }
}
