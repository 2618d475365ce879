/**
 * What the clients of the socket may say, and what each has been shown.
 *
 * One client is in control at a time; the others watch, and anyone may stop. Who they are: people.ts; what they see:
 * changes.ts; what whoever is in control may say: steering.ts; the receiver's page: receivers-session.ts; the bench:
 * bench-session.ts; what may be old: stale-guard.ts.
 */
import * as v from 'valibot';
import { answerWords } from '../../machines/text/answers.ts';
import { catalogue } from '../../machines/text/text.ts';
import type { Ms } from '../../machines/vocabulary.ts';
import type { RefusalLine } from '../session/run-listener.ts';
import { fileFailure } from '../storage/file-failure.ts';
import { BenchSession } from './bench-session.ts';
import { type Sections, sectionsOf, sendChanges, slowBytes } from './changes.ts';
import type { Guest } from './lan/pairing.ts';
import { type FromClient, type FromServer, fromClientSchema, wireVersion } from './messages.ts';
import { type Client, type Joined, messagesPerSecond, People } from './people.ts';
import { isReceivers, mayBeReceivers, ReceiversSession } from './receivers-session.ts';
import { onlyCalms, StaleGuard } from './stale-guard.ts';
import { isStop, Steering, type SteeringPorts } from './steering.ts';
import { viewOf } from './view.ts';
import type { View } from './view-messages.ts';

export type { Client } from './people.ts';

export type ViewersPorts = SteeringPorts &
  Readonly<{
    now(): Ms;
    /** A page has become the receiver's, or is one of many again. */
    roleChanged?(): void;
    /** Hears what each phone asked for, and what came of it; of an answer only that it was given. */
    audit?(guest: Guest, what: string, result: string): void;
  }>;

/** After this many messages that mean nothing a client is let go. */
const mostFaults = 3;
/** Stop is always heard; said over and over by one client it is heard this often. */
const stopAgainMs = 100;

type ErrorCode = Extract<FromServer, { type: 'error' }>['code'];
type Result = 'done' | ErrorCode;

/**
 * What was asked for, without what was said with it: an answer is nobody's but whose it is. What brings a complaint on is
 * an answer like any other: its own name would tell that there is a complaint.
 */
function wordOf(message: FromClient): string {
  if (message.type === 'button') return `${message.button} ${message.down ? 'down' : 'up'}`;
  if (message.type !== 'intent') return message.type;
  return message.intent.intent === 'causes' ? 'screen' : message.intent.intent;
}

export class Viewers {
  readonly #ports: ViewersPorts;
  readonly #people = new People();
  readonly #staleGuard = new StaleGuard();
  readonly #receivers: ReceiversSession;
  readonly #bench: BenchSession;
  readonly #steering: Steering;
  #kept: View['kept'] = { routines: 0, sessions: 0 };

  constructor(ports: ViewersPorts) {
    this.#ports = ports;
    this.#receivers = new ReceiversSession(ports.sessions, this.#people);
    this.#bench = new BenchSession(ports, this.#people);
    this.#steering = new Steering(ports, this.#people, this.#bench, () => this.update());
    ports.sessions.listen({
      refused: line => this.#refused(line),
      changed: () => this.#receivers.tell(),
    });
  }

  /** Somebody has changed what is kept: every page is told, so that none shows what is gone. */
  keptChanged(what: keyof View['kept']): void {
    this.#kept = { ...this.#kept, [what]: this.#kept[what] + 1 };
    this.update();
  }

  get count(): number {
    return this.#people.count;
  }

  /** Pages that have the board's own buttons, where it is emulated: all but the receiver's, which can't go on or pause. */
  get withButtons(): number {
    return this.#people.count - this.#people.receivers;
  }

  /** Whether a page of this phone is here. */
  hasGuest(id: number): boolean {
    return [...this.#people.all].some(({ client }) => client.guest?.id === id);
  }

  join(client: Client): void {
    this.#people.join(client, this.#ports.now());
    this.#receivers.tell();
    this.update();
  }

  leave(client: Client): void {
    const joined = this.#people.find(client);
    if (!joined) return;
    // A finger that can no longer be seen is no finger on the button.
    for (const button of [...joined.holding]) this.#steering.press(joined, button, false);
    // Whose hand it was nobody knows any more.
    if (this.#people.isController(client)) this.#ports.calibrator?.end('gone');
    this.#people.leave(client);
    this.#receivers.tell();
    this.#bench.watch();
    this.update();
  }

  /** Sends each client the sections that are new to it; with `beat` at least the time, so that silence means loss. */
  update(beat = false): void {
    if (beat) this.#staleGuard.beat(this.#ports.now());
    if (this.#people.count === 0) return;
    const sections = this.#sections();
    for (const joined of this.#people.all) sendChanges(joined, this.#people, sections, beat);
    this.#bench.show();
  }

  /** Handles one message of a client's. */
  hear(client: Client, text: string): void {
    const joined = this.#people.find(client);
    if (!joined) return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#fault(joined, null, 'badJson', answerWords.notJson);
      return;
    }
    const parsed = v.safeParse(fromClientSchema, value);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      const path = v.getDotPath(issue);
      this.#fault(joined, null, 'badMessage', `${path ? `${path}: ` : ''}${issue.message}`.slice(0, 200));
      return;
    }
    const message = parsed.output;
    const isStop = message.type === 'intent' && message.intent.intent === 'stop';
    const isRelease = message.type === 'button' && (!message.down || message.button === 'stop');
    // Stop is never too much, and letting go neither.
    if (!isStop && !isRelease && !joined.budget.take(this.#ports.now())) {
      this.#fault(joined, message.id, 'tooMany', `more than ${messagesPerSecond} messages a second`);
      return;
    }
    const now = this.#ports.now();
    if (isStop && now - joined.stoppedAt < stopAgainMs) return;
    if (isStop) joined.stoppedAt = now;
    // Where time is steered by hand it may stand still or jump: that is no standstill of the process.
    if (!onlyCalms(message) && this.#ports.time === undefined && this.#staleGuard.mayBeOld(now)) {
      this.#answer(joined, message.id, 'notNow', answerWords.stoodStill);
      return;
    }
    const result = this.#obeyed(joined, message);
    if (client.guest && message.type !== 'refresh')
      this.#ports.audit?.(client.guest, wordOf(message), result);
  }

  /** What a file makes impossible is refused as anything else is. */
  #obeyed(joined: Joined, message: FromClient): Result {
    try {
      return this.#obey(joined, message);
    } catch (error) {
      const failure = fileFailure(error);
      if (failure === null) throw error;
      return this.#answer(joined, message.id, 'notNow', failure);
    }
  }

  /** Does what a client says, where it may; what came of it. */
  #obey(joined: Joined, message: FromClient): Result {
    const { client } = joined;
    if (message.type === 'refresh') {
      joined.shown = new Map();
      sendChanges(joined, this.#people, this.#sections());
      return 'done';
    }
    // What a token was given for it stays good for, and nothing more.
    const isBound = client.guest?.role === 'receiver';
    if (message.type === 'role') {
      if (isBound && message.role !== 'receiver') return this.#lessAndStopOnly(joined, message.id);
      if (message.role === 'receiver' && this.#people.isController(client))
        this.#ports.calibrator?.end('left');
      this.#people.becomeReceiver(joined, message.role === 'receiver');
      if (joined.isReceiver) this.#bench.look(joined, false);
      this.#ports.roleChanged?.();
      this.#receivers.tell();
      this.update();
      return 'done';
    }
    if (message.type === 'bench') {
      // Its records tell what the screening has come to: nothing for the receiver, whose page it is bound to be or not.
      if (isBound || (joined.isReceiver && message.on)) return this.#lessAndStopOnly(joined, message.id);
      this.#bench.look(joined, message.on);
      return 'done';
    }
    if (joined.isReceiver) {
      if (!isReceivers(message)) return this.#lessAndStopOnly(joined, message.id);
      this.#steering.intend(message, true);
      return 'done';
    }
    if (message.type === 'claim') return this.#claim(joined, message.id);
    if (!this.#people.isController(client) && !isStop(message))
      return this.#answer(joined, message.id, 'forbidden', answerWords.otherInControl);
    this.#people.controlUsed(client);
    const why = this.#steering.steer(joined, message);
    return why === null ? 'done' : this.#answer(joined, message.id, 'notNow', why);
  }

  #lessAndStopOnly(joined: Joined, id: number): Result {
    return this.#answer(joined, id, 'forbidden', answerWords.receiverOnly);
  }

  /**
   * Control passes while nothing moves: who is in control of moving hands keeps it until they leave. From a phone it can
   * always be taken back at the machine itself.
   */
  #claim(joined: Joined, id: number): Result {
    const { client } = joined;
    if (!this.#people.isController(client) && this.#ports.calibrator?.isUnderWay)
      return this.#answer(joined, id, 'forbidden', catalogue.calibration.watching);
    const takesBack = client.guest === undefined && !this.#people.isControlledHere;
    const isMoving = this.#ports.sessions.run.snapshot.hasTag('moving');
    if (!this.#people.isController(client) && isMoving && !takesBack)
      return this.#answer(joined, id, 'forbidden', answerWords.otherInSession);
    this.#people.giveControl(client);
    this.update();
    return 'done';
  }

  #sections(): Sections {
    const { sessions, button, memory, offers, faults, time, calibrator } = this.#ports;
    const unreal = {
      emulated: button !== undefined,
      faults: [...(faults?.names ?? [])],
      rate: time?.rate ?? 1,
      resumesRate: time?.resumesRate ?? null,
      steerable: time !== undefined,
    };
    return sectionsOf({
      ...viewOf(sessions.run, unreal, memory?.view, offers),
      calibration: calibrator?.view ?? null,
      kept: this.#kept,
    });
  }

  #refused({ asked, gave, limit, next }: RefusalLine): void {
    const message: FromServer = { v: wireVersion, type: 'refusal', asked, gave, limit, next };
    for (const { client, isReceiver } of this.#people.all) {
      // What somebody else has answered is nothing for the receiver's page.
      if (isReceiver && !mayBeReceivers(asked)) continue;
      if (client.waitingBytes() <= slowBytes) client.send(JSON.stringify(message));
    }
  }

  #answer({ client }: Joined, id: number | null, code: ErrorCode, text: string): ErrorCode {
    const message: FromServer = { v: wireVersion, type: 'error', id, code, message: text };
    client.send(JSON.stringify(message));
    return code;
  }

  #fault(joined: Joined, id: number | null, code: 'badJson' | 'badMessage' | 'tooMany', text: string): void {
    this.#answer(joined, id, code, text);
    if (joined.client.guest) this.#ports.audit?.(joined.client.guest, 'message', code);
    joined.faults += 1;
    if (joined.faults >= mostFaults) joined.client.close(1008, text);
  }
}
