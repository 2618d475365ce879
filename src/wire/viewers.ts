/**
 * The clients of the socket: what each has been shown, who is in control, what each may do.
 *
 * Knows nothing of sockets: a client is whoever can be sent text. One client is in control at a time; the others
 * watch, and anyone may stop.
 */
import * as v from 'valibot';
import { fromLibrary, library } from '../../machines/routine/library.ts';
import { catalogue } from '../../machines/text/text.ts';
import type { Button, Ms } from '../../machines/vocabulary.ts';
import { type Bench, deedOf, type FaultDeed, type TimeWheel } from '../bench.ts';
import type { Calibrator } from '../calibrator.ts';
import { type Chosen, chosen } from '../choices.ts';
import type { Memory } from '../memory.ts';
import type { RefusalLine, Run } from '../run.ts';
import type { Sessions } from '../sessions.ts';
import { mayRemember, type Offered, viewOf } from '../view.ts';
import type { BenchBatch, BenchFault } from './bench-messages.ts';
import { MessageBudget } from './budget.ts';
import { type FromClient, type FromServer, fromClientSchema, type View, wireVersion } from './messages.ts';

export interface Client {
  send(text: string): void;
  /** Bytes that have not left yet. */
  waitingBytes(): number;
  close(code: number, why: string): void;
}

type Joined = {
  readonly client: Client;
  readonly budget: MessageBudget;
  /** Section by section what this client has been shown, as text. */
  shown: Map<string, string>;
  seq: number;
  faults: number;
  /** When it last said stop. */
  stoppedAt: Ms;
  /** Buttons this client holds down: let go when it leaves. */
  readonly holding: Set<Button>;
  /** The page of the person being massaged: less and stop, nothing else. */
  isReceiver: boolean;
  /** Whether it looks at the bench. */
  atBench: boolean;
};

export type ViewersPorts = Readonly<{
  sessions: Sessions;
  now(): Ms;
  /** What is remembered of screenings; absent where nothing may be. */
  memory?: Memory;
  /** Presses the emulated board's own button; absent where the board has real ones. */
  button?: (button: Button, down: boolean) => void;
  /** What the bench shows, and what it can do to a board that is not real. */
  bench?: Bench;
  faults?: Readonly<{ names: readonly BenchFault[]; meet(deed: FaultDeed): void }>;
  time?: TimeWheel;
  /** What can be chosen; without it the library as it is. */
  offers?: Offers;
  /** Finds out what the board's motors feel like; absent where that can't be kept. */
  calibrator?: Calibrator;
}>;

/** Section by section, what everybody is shown. */
type Shared = Readonly<{ texts: ReadonlyMap<string, string>; view: Omit<View, 'people'> }>;

type Wanted = Omit<Extract<FromClient, { type: 'choose' }>, 'v' | 'id' | 'type'>;

/** What can be begun, and how it is remembered. */
export type Offers = Offered &
  Readonly<{
    choose(wanted: Wanted): Offer;
    repeat(): Offer;
  }>;
/** `begun`: to be told once it has begun. */
type Offer = Chosen & Readonly<{ begun?(): void }>;

const usualOffers: Offers = {
  routines: library,
  again: () => null,
  choose: ({ routine: id, minutes, drop, for: user }) => {
    const routine = fromLibrary(id);
    return routine
      ? chosen({ routine, minutes, for: user, mayDrop: drop })
      : { ok: false, why: 'there is no such routine', mayDrop: false };
  },
  repeat: () => ({ ok: false, why: 'nothing has been begun yet', mayDrop: false }),
};

/** A viewer that reads slower than this is not sent state, and reads the whole view later. */
const slowBytes = 64 * 1024;
/** One that does not read at all is let go. */
const deafBytes = 1024 * 1024;
const messagesPerSecond = 20;
const burst = 40;
/** After this many messages that mean nothing a client is let go. */
const mostFaults = 3;

/** Stop is always heard; said over and over by one client it is heard this often. */
const stopAgainMs = 100;
/** A beat comes each 400 ms; without one for so long this process has stood still. */
const stoodStillMs = 1000;
/** What was waiting then has been read by this much later. */
const oldForMs = 100;

/** What is right however old it is: it asks, watches, stops, lightens, pauses or lets go. */
function onlyCalms(message: FromClient): boolean {
  if (message.type === 'intent') return ['stop', 'less', 'pause'].includes(message.intent.intent);
  if (message.type === 'button') return !message.down || ['stop', 'less'].includes(message.button);
  if (message.type === 'calibrate') return message.deed === 'leave';
  return !['choose', 'again', 'felt'].includes(message.type);
}

export class Viewers {
  /** When the last beat came, and until when a wish may be from before a standstill. */
  #beatAt: Ms | null = null;
  #oldUntil: Ms = Number.NEGATIVE_INFINITY;
  readonly #joined = new Map<Client, Joined>();
  readonly #ports: ViewersPorts;
  #controller: Client | null = null;
  /** The session that has been told of the receiver's page. */
  #told: Run | null = null;

  constructor(ports: ViewersPorts) {
    this.#ports = ports;
    ports.sessions.listen({
      refused: line => this.#refused(line),
      changed: () => this.#tellOfReceiver(),
    });
  }

  get count(): number {
    return this.#joined.size;
  }

  join(client: Client): void {
    const now = this.#ports.now();
    this.#joined.set(client, {
      client,
      budget: new MessageBudget(messagesPerSecond, burst, now),
      shown: new Map(),
      seq: 0,
      faults: 0,
      stoppedAt: Number.NEGATIVE_INFINITY,
      holding: new Set(),
      isReceiver: false,
      atBench: false,
    });
    this.#controller ??= client;
    this.update();
  }

  leave(client: Client): void {
    const joined = this.#joined.get(client);
    if (!joined) return;
    // Whose hand it was nobody knows any more.
    if (client === this.#controller) this.#ports.calibrator?.end('gone');
    // A finger that can no longer be seen is no finger on the button.
    for (const button of joined.holding) this.#ports.button?.(button, false);
    this.#joined.delete(client);
    this.#passControl(client);
    this.#tellOfReceiver();
    this.#watchBench();
    this.update();
  }

  get #receivers(): number {
    return [...this.#joined.values()].filter(({ isReceiver }) => isReceiver).length;
  }

  /** Who leaves, or becomes the receiver, hands control to whoever was there first. */
  #passControl(from: Client): void {
    if (this.#controller !== from) return;
    const next = [...this.#joined.values()].find(({ client, isReceiver }) => client !== from && !isReceiver);
    this.#controller = next?.client ?? null;
  }

  /** The session under way hears once that a page of the receiver's has come, and once that the last has gone. */
  #tellOfReceiver(): void {
    const { run } = this.#ports.sessions;
    if (this.#receivers > 0 && this.#told !== run) {
      this.#told = run;
      run.receiverIsHere(true);
    } else if (this.#receivers === 0 && this.#told !== null) {
      const told = this.#told;
      this.#told = null;
      if (told === run) run.receiverIsHere(false);
    }
  }

  #watchBench(): void {
    this.#ports.bench?.watch([...this.#joined.values()].some(({ atBench }) => atBench));
  }

  /** Sends each client the sections that are new to it; with `beat` at least the time, so that silence means loss. */
  update(beat = false): void {
    if (beat) this.#noticeStall();
    if (this.#joined.size === 0) return;
    const shared = this.#sections();
    for (const joined of this.#joined.values()) this.#show(joined, shared, beat);
    this.#showBench();
  }

  /** After a standstill of this process nobody knows how old a wish is that is read now. */
  #noticeStall(): void {
    const now = this.#ports.now();
    if (this.#beatAt !== null && now - this.#beatAt > stoodStillMs) this.#oldUntil = now + oldForMs;
    this.#beatAt = now;
  }

  get #mayBeOld(): boolean {
    // Time in one's hands stands still and leaps as one likes.
    if (this.#ports.time !== undefined || this.#beatAt === null) return false;
    const now = this.#ports.now();
    return now < this.#oldUntil || now - this.#beatAt > stoodStillMs;
  }

  #showBench(): void {
    const { bench, time } = this.#ports;
    const watching = [...this.#joined.values()].filter(({ atBench }) => atBench);
    if (!bench || watching.length === 0) return;
    const batch = bench.take(time?.reachedRate ?? 1);
    for (const joined of watching) this.#sendBench(joined, batch);
  }

  /** Answers of screening are among what people did: they go to nobody but whoever gave them. */
  #sendBench({ client }: Joined, batch: BenchBatch): void {
    if (client.waitingBytes() > slowBytes) return;
    const shown = client === this.#controller ? batch : { ...batch, deeds: [] };
    const message: FromServer = { v: wireVersion, type: 'bench', batch: shown };
    client.send(JSON.stringify(message));
  }

  /** Handles one message of a client's. */
  hear(client: Client, text: string): void {
    const joined = this.#joined.get(client);
    if (!joined) return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#fault(joined, null, 'badJson', 'is not JSON');
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
    if (!onlyCalms(message) && this.#mayBeOld) {
      this.#answer(joined, message.id, 'notNow', 'the controller stood still for a while; say it again');
      return;
    }
    this.#obey(joined, message);
  }

  #obey(joined: Joined, message: FromClient): void {
    const { sessions, button } = this.#ports;
    const isController = joined.client === this.#controller;
    if (message.type === 'refresh') {
      joined.shown = new Map();
      this.#show(joined, this.#sections());
      return;
    }
    if (message.type === 'role') {
      joined.isReceiver = message.role === 'receiver';
      if (joined.isReceiver && isController) this.#ports.calibrator?.end('left');
      if (joined.isReceiver) this.#passControl(joined.client);
      else this.#controller ??= joined.client;
      this.#tellOfReceiver();
      this.update();
      return;
    }
    if (message.type === 'bench') {
      joined.atBench = message.on && this.#ports.bench !== undefined;
      this.#watchBench();
      if (joined.atBench && this.#ports.bench)
        this.#sendBench(joined, this.#ports.bench.whole(this.#ports.time?.reachedRate ?? 1));
      return;
    }
    const isLess = message.type === 'intent' && message.intent.intent === 'less';
    const isStopIntent = message.type === 'intent' && message.intent.intent === 'stop';
    if (joined.isReceiver) {
      if (message.type === 'intent' && (isLess || isStopIntent)) {
        this.#ports.bench?.deed(message.intent);
        sessions.run.intend(message.intent, true);
      } else this.#answer(joined, message.id, 'forbidden', 'this page has less and stop only');
      return;
    }
    if (message.type === 'claim') {
      // Control passes while nothing moves: who is in control of moving hands keeps it until they leave.
      if (!isController && this.#ports.calibrator?.isUnderWay)
        this.#answer(joined, message.id, 'forbidden', catalogue.calibration.watching);
      else if (!isController && sessions.run.snapshot.hasTag('moving'))
        this.#answer(joined, message.id, 'forbidden', 'someone else is in control of a session under way');
      else this.#controller = joined.client;
      this.update();
      return;
    }
    const isStop =
      (message.type === 'intent' && message.intent.intent === 'stop') ||
      (message.type === 'button' && message.button === 'stop');
    if (!isController && !isStop) {
      this.#answer(joined, message.id, 'forbidden', 'someone else is in control; stop works for everyone');
      return;
    }
    if (message.type === 'calibrate' || message.type === 'felt') {
      const why = this.#calibrate(message);
      if (why !== null) this.#answer(joined, message.id, 'notNow', why);
      this.update();
      return;
    }
    // What would go on with the session waits; what stops, lightens or is a finger on the board does not.
    if (this.#ports.calibrator?.isUnderWay && !onlyCalms(message) && message.type !== 'button') {
      this.#answer(joined, message.id, 'notNow', catalogue.calibration.refused.underWay);
      return;
    }
    if (message.type === 'choose' || message.type === 'again') {
      const why = this.#begin(message);
      if (why !== null) this.#answer(joined, message.id, 'notNow', why);
    } else if (message.type === 'remember') this.#remember(joined, message.id, message.agreed);
    else if (message.type === 'intent') {
      this.#ports.bench?.deed(message.intent);
      sessions.run.intend(message.intent);
    } else if (message.type !== 'button') this.#tinker(joined, message);
    else if (button) {
      this.#ports.bench?.deed({ button: message.button, down: message.down });
      if (message.down) joined.holding.add(message.button);
      else joined.holding.delete(message.button);
      button(message.button, message.down);
    } else this.#answer(joined, message.id, 'notNow', 'the board has buttons of its own');
  }

  /** Why not, in a sentence; null where it was done. */
  #calibrate(message: Extract<FromClient, { type: 'calibrate' | 'felt' }>): string | null {
    const { calibrator } = this.#ports;
    if (!calibrator) return catalogue.calibration.refused.none;
    if (message.type === 'felt') return calibrator.answer(message.question, message.felt);
    if (message.deed === 'leave') calibrator.end('left');
    return message.deed === 'leave' ? null : calibrator[message.deed]();
  }

  #remember(joined: Joined, id: number, agreed: boolean): void {
    const { memory, sessions } = this.#ports;
    if (!memory || (agreed && !mayRemember(sessions.run)))
      this.#answer(joined, id, 'notNow', 'there is nothing that may be remembered');
    else if (agreed) memory.agree();
    else memory.forget();
    this.update();
  }

  /** Begins another session; why not, where it can't be. */
  #begin(message: Extract<FromClient, { type: 'choose' | 'again' }>): string | null {
    const { sessions, offers = usualOffers } = this.#ports;
    const found = message.type === 'again' ? offers.repeat() : offers.choose(message);
    if (!found.ok) return found.why;
    if (!sessions.begin(found.routine)) return 'a session is under way';
    found.begun?.();
    return null;
  }

  /** Faults and time, where neither board nor time is real. */
  #tinker(joined: Joined, message: Extract<FromClient, { type: 'fault' | 'rate' | 'step' | 'jump' }>): void {
    const { faults, time } = this.#ports;
    if (message.type === 'fault') {
      const { fault, forMs, bytes, toward, button } = message;
      if (faults?.names.includes(fault)) {
        this.#ports.bench?.deed(deedOf({ fault, forMs, bytes, toward, button }));
        faults.meet({ fault, forMs, bytes, toward, button });
      } else this.#answer(joined, message.id, 'notNow', 'only an emulated board can have faults on demand');
      return;
    }
    if (!time) this.#answer(joined, message.id, 'notNow', 'this board has only real time');
    else if (message.type === 'rate') time.setRate(message.rate);
    else if (message.type === 'step') time.step();
    else if (!time.jump(message.phase))
      this.#answer(joined, message.id, 'notNow', 'that phase is not ahead of where the session stands');
  }

  #sections(): Shared {
    const { sessions, button, memory, offers, faults, time, calibrator } = this.#ports;
    const unreal = {
      emulated: button !== undefined,
      faults: [...(faults?.names ?? [])],
      rate: time?.rate ?? 1,
      steerable: time !== undefined,
    };
    const view = {
      ...viewOf(sessions.run, unreal, memory?.view, offers),
      calibration: calibrator?.view ?? null,
    };
    return {
      view,
      texts: new Map(Object.entries(view).map(([name, section]) => [name, JSON.stringify(section)])),
    };
  }

  #show(joined: Joined, { texts, view }: Shared, beat = false): void {
    const waiting = joined.client.waitingBytes();
    if (waiting > deafBytes) {
      joined.client.close(1008, 'reads too slowly');
      return;
    }
    const people: View['people'] = {
      role: joined.isReceiver ? 'receiver' : joined.client === this.#controller ? 'controller' : 'viewer',
      viewers: this.#joined.size,
    };
    const all = new Map(texts).set('people', JSON.stringify(people));
    const isFirst = joined.shown.size === 0;
    const changed = [...all].filter(([name, text]) => joined.shown.get(name) !== text);
    // The seconds alone are no news: the page counts them itself.
    if (!beat && !isFirst && !changed.some(([name]) => name !== 'time')) return;
    if (waiting > slowBytes) {
      // Dropped, not queued: when it reads again it gets the newest, whole.
      joined.shown = new Map();
      return;
    }
    joined.shown = all;
    joined.seq += 1;
    const whole: View = { ...view, people };
    const message: FromServer = isFirst
      ? { v: wireVersion, seq: joined.seq, type: 'view', view: whole }
      : {
          v: wireVersion,
          seq: joined.seq,
          type: 'change',
          view: Object.fromEntries(
            changed.map(([name]) => [name, whole[name as keyof View]]),
          ) as Partial<View>,
        };
    joined.client.send(JSON.stringify(message));
  }

  #refused({ asked, gave, limit, next }: RefusalLine): void {
    const message: FromServer = { v: wireVersion, type: 'refusal', asked, gave, limit, next };
    for (const { client } of this.#joined.values())
      if (client.waitingBytes() <= slowBytes) client.send(JSON.stringify(message));
  }

  #answer(
    joined: Joined,
    id: number | null,
    code: Extract<FromServer, { type: 'error' }>['code'],
    text: string,
  ): void {
    const message: FromServer = { v: wireVersion, type: 'error', id, code, message: text };
    joined.client.send(JSON.stringify(message));
  }

  #fault(joined: Joined, id: number | null, code: 'badJson' | 'badMessage' | 'tooMany', text: string): void {
    this.#answer(joined, id, code, text);
    joined.faults += 1;
    if (joined.faults >= mostFaults) joined.client.close(1008, text);
  }
}
