/** The network's side of a running controller: who is paired, the certificate, the record, and where it listens. */
import { randomBytes, randomInt } from 'node:crypto';
import { type AuditLine, guestName, Lan } from '../../server/lan/lan.ts';
import { type Guest, Pairing } from '../../server/lan/pairing.ts';
import { PhoneApi } from '../../server/lan/phone-api.ts';
import type { PhoneView } from '../../server/lan/phone-messages.ts';
import type { Server } from '../../server/server.ts';
import type { Clock } from '../../time/clock.ts';
import type { Disk } from '../disk-works.ts';
import { saidNotices } from '../said-notices.ts';
import type { LanHost } from './addresses.ts';
import { auditWords } from './announce.ts';
import { AuditFile } from './audit-file.ts';
import type { Certificate } from './certificate.ts';

/** How often a controller that runs for months looks at its certificate. */
const lookMs = 12 * 3_600_000;

export type LanSessionPorts = Readonly<{
  clock: Clock;
  folder: string;
  hosts: readonly LanHost[];
  isSecure: boolean;
  disk: Pick<Disk, 'ask'>;
  /** One line for whoever sits here. */
  say(line: string): void;
}>;

export class LanSession {
  readonly #ports: LanSessionPorts;
  readonly #audit: AuditFile;
  readonly #pairing: Pairing;
  #server: Server | null = null;
  #port = 0;
  #certificate: Certificate | null = null;
  #addresses: readonly string[] = [];
  #closed = false;
  readonly lan: Lan;
  readonly phones: PhoneApi;

  constructor(ports: LanSessionPorts, isHere: (guest: Guest) => boolean) {
    const { clock, folder, isSecure, say } = ports;
    this.#ports = ports;
    this.#audit = new AuditFile({
      folder,
      now: () => clock.now(),
      wallNow: () => Date.now(),
      failed: code => say(`lan.jsonl takes nothing more (${code}); the session goes on`),
    });
    this.#pairing = new Pairing({
      now: () => clock.now(),
      wallNow: () => Date.now(),
      random: bytes => randomBytes(bytes),
      randomBelow: below => randomInt(below),
      gone: guest => this.#server?.dismiss(guest),
    });
    const audit = (line: AuditLine): void => this.#record(line);
    this.lan = new Lan({
      pairing: this.#pairing,
      now: () => clock.now(),
      port: () => this.#port,
      isSecure,
      audit,
    });
    this.phones = new PhoneApi({ pairing: this.#pairing, lan: () => this.#where, isHere, audit });
  }

  /** What a phone asked for in the session. */
  readonly heard = (guest: Guest, what: string, result: string): void =>
    this.#record({ who: guestName(guest), what, from: guest.from, result });

  /** Listens wherever it was asked to; opens a first code. Rejects with the system's error. */
  async open(server: Server, port: number): Promise<PhoneView> {
    this.#server = server;
    this.#port = port;
    const { hosts, isSecure } = this.#ports;
    if (isSecure) this.#certificate = await this.#certificateAtFirst();
    const identity = this.#certificate ?? undefined;
    for (const { host, names } of hosts)
      this.#addresses = [
        ...this.#addresses,
        await server.listenOnLan(port, host, { names, ...(identity && { identity }) }),
      ];
    if (isSecure) this.#renewLater(server);
    this.#pairing.open('remote');
    return this.phones.view;
  }

  close(): void {
    this.#closed = true;
    this.#audit.close();
  }

  get #where(): PhoneView['lan'] {
    if (this.#addresses.length === 0) return null;
    return { addresses: this.#addresses, fingerprint: this.#certificate?.fingerprint ?? null };
  }

  /** Making one takes a while, and so does the disk: none of that is this loop's. */
  #certificateNow(): Promise<Certificate> {
    const { folder, disk } = this.#ports;
    return disk.ask('certificate', { folder, names: this.#names, now: Date.now() });
  }

  /** As this process begins: what cannot be kept ends it. */
  async #certificateAtFirst(): Promise<Certificate> {
    const { lanCertificate } = await import('./certificate.ts');
    return await lanCertificate(this.#ports.folder, this.#names, Date.now(), saidNotices.say);
  }

  get #names(): readonly string[] {
    return this.#ports.hosts.flatMap(({ host, names }) => [host, ...names]);
  }

  #renewLater(server: Server): void {
    const { clock, say } = this.#ports;
    clock.at(clock.now() + lookMs, () => {
      if (this.#closed) return;
      this.#certificateNow().then(
        certificate => {
          if (certificate.fingerprint !== this.#certificate?.fingerprint) server.renew(certificate);
          this.#certificate = certificate;
        },
        (error: unknown) => say(error instanceof Error ? error.message : String(error)),
      );
      this.#renewLater(server);
    });
  }

  #record(line: AuditLine): void {
    this.#audit.write(line);
    const said = auditWords(line);
    if (said !== null) this.#ports.say(said);
  }
}
