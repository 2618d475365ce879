/**
 * What the session hears of its board: whether it is there, what it reports, which buttons are down.
 */
import { type Actor, createActor } from 'xstate';
import type { BoardIdentity, BoardStatus, Driver } from '../../hardware/driver.ts';
import { type LinkEvent, linkMachine, nextLinkDue } from '../../machines/link.ts';
import type { StopTrial } from '../../machines/touch/led.ts';
import { type Button, buttons, type Fault, type Frame, type Ms } from '../../machines/vocabulary.ts';
import type { BoardHindrance } from './board-hindrance.ts';
import { nextGridPoint } from './input.ts';

import { StatusMonitor } from './status-monitor.ts';

/** Timers run a millisecond late on a busy day; later than this something else was going on. */
const lateFromMs = 3;
const lookAgainMs = 20;
/** A board says its name 14 to 20 ms after a reset: with this on top all of that lies within one step of the grid. */
const restartSpreadMs = 9;
/** Johnny-Five tells an edge 7 ms after the firmware does; what it has not told by then was lost on the line. */
const edgeWithinMs = 10;

/** A board knows of its STOP that it is tried 20 ms after the release. */
const triedWithinMs = 50;

export type BoardLinkPorts = Readonly<{
  /** Handles what arrives as one moment; `at` within it is `now()`. */
  moment(happen: () => void): void;
  now(): Ms;
  /** The board may be driven, or may not. */
  ready(isReady: boolean): void;
  fault(fault: Fault): void;
  /** The firmware has left out some of what it was asked: one of its own limits bit. */
  clipped(limit: Clip): void;
  /** The firmware would not let itself be armed, and why. Told once, until that is over. */
  hindered(by: BoardHindrance): void;
  edge(button: Button, down: boolean): void;
}>;

const inOrder: readonly BoardStatus['hindrances'][number][] = ['motorPath', 'lowSupply', 'stopUntried'];

/**
 * The firmware's own limits that take something from a cue, as its notes name them. The other two, `clippedDuty` and
 * `clippedStagger`, bite where the end of a kick or a second start came at another time than it was sent: the kick
 * ends and the start waits as they should, nothing is missing, and nobody has to do anything about it.
 */
export const clips = ['clippedShare', 'clippedContinuous'] as const;
export type Clip = (typeof clips)[number];

export class BoardLink {
  status: BoardStatus | null = null;
  readonly #driver: Driver;
  readonly #link: Actor<typeof linkMachine>;
  readonly #monitor = new StatusMonitor();
  #restartedAt: Ms | null = null;
  /** When the board's silence is judged that was noticed too late to be judged at once. */
  #lookAgainAt: Ms | null = null;
  /** Whether the last status there was had the stop button down. */
  #stopSeen = false;
  /** The board's time in the first status that had it up again. */
  #stopReleasedMs: Ms = Number.NEGATIVE_INFINITY;
  /** Whether a status is just being handed over. */
  #isArriving = false;
  /** What was asked last. */
  #asked: Frame = null;
  /** Whether nothing was heard since the line came back. */
  #isFresh = false;
  #freshStop: Readonly<{ at: Ms; down: boolean }> | null = null;
  /** Limits that the last status told of. Every ARM wipes them. */
  #clipped: readonly Clip[] = [];
  /** Why it may not be armed; null where it may. */
  hindrance: BoardHindrance | null = null;
  /** What the last status but one told of. */
  #hinderedBefore: BoardStatus['hindrances'] = [];
  /** Buttons that are down, as far as their edges were told. */
  readonly #down = new Set<Button>();
  /** When edges that the last status knows of and nobody has told are taken from there. */
  #edgesDueAt: Ms | null = null;
  readonly #ports: BoardLinkPorts;

  /** `speaks`: the board sends STATUS, so that its silence means something. */
  constructor(driver: Driver, speaks: boolean, ports: BoardLinkPorts) {
    this.#ports = ports;
    this.#driver = driver;
    this.#link = createActor(linkMachine, { input: { speaks } });
    this.#link.on('link.isLive', () => ports.ready(true));
    this.#link.on('link.isLost', () => {
      this.status = null;
      this.#stopReleasedMs = Number.NEGATIVE_INFINITY;
      this.hindrance = null;
      this.#hinderedBefore = [];
      ports.ready(false);
      ports.fault('linkLost');
    });
    this.#link.on('link.isReset', () => ports.fault('boardReset'));
    this.#link.start();
    driver.listen({
      ready: () => this.opened(),
      edge: (button, down) => this.#edge(button, down),
      status: status => {
        this.#isArriving = true;
        try {
          ports.moment(() => this.#heard(status));
        } finally {
          this.#isArriving = false;
        }
      },
      silence: () => ports.moment(() => {}),
      lost: () =>
        ports.moment(() => {
          this.#isFresh = true;
          this.#tell({ type: 'link.closed' });
        }),
      restarted: () => ports.moment(() => this.#restarted()),
    });
  }

  /** Whether the firmware has confirmed the last hush. */
  get silence(): Driver['silence'] {
    return this.#driver.silence;
  }

  get identity(): BoardIdentity | null {
    return this.#driver.identity;
  }

  /** The link's state: absent, opening, live or lost. */
  get state(): string {
    return String(this.#link.getSnapshot().value);
  }

  /** The board has come ready. */
  opened(): void {
    this.#ports.moment(() => {
      this.#tell({ type: 'link.opened' });
      this.#tell({ type: 'link.ready' });
    });
  }

  /** The frame that is asked from `at` on: what a status is compared with. */
  asked(frame: Frame, at: Ms): void {
    this.#asked = frame;
    this.#monitor.asked(frame, at);
  }

  next(): Ms | null {
    let next = this.#lookAgainAt ?? nextLinkDue(this.#link.getSnapshot());
    for (const due of [this.#restartedAt, this.#edgesDueAt, this.#freshStop?.at ?? null])
      if (due !== null && (next === null || due < next)) next = due;
    return next;
  }

  /** `lateMs`: how late this is called. */
  due(lateMs: Ms = 0): void {
    if (this.#restartedAt !== null && this.#ports.now() >= this.#restartedAt) {
      this.#restartedAt = null;
      this.#tell({ type: 'link.restarted' });
    }
    const now = this.#ports.now();
    if (this.#freshStop !== null && now >= this.#freshStop.at) {
      const { down } = this.#freshStop;
      this.#freshStop = null;
      this.#edge('stop', down);
    }
    if (this.#edgesDueAt !== null && now >= this.#edgesDueAt) {
      this.#edgesDueAt = null;
      for (const button of this.#untold()) this.#edge(button, !this.#down.has(button));
    }
    // Its word is just being handed over: whatever falls due first, it is not silent.
    if (this.#isArriving) {
      this.#lookAgainAt = now + lateMs + lookAgainMs;
      return;
    }
    // Called late, this side may have been the one that did not listen: what the board said meanwhile is read first.
    if (lateMs >= lateFromMs && this.#lookAgainAt === null) this.#lookAgainAt = now + lateMs + lookAgainMs;
    if (this.#lookAgainAt !== null && now < this.#lookAgainAt) return;
    this.#lookAgainAt = null;
    this.#tell({ type: 'due' });
  }

  /** This side did not listen: what was not heard meanwhile says nothing of the board. */
  stalled(): void {
    if (this.state === 'live') this.#tell({ type: 'link.heard' });
  }

  /** A restart counts on the input grid: how long a board takes to say its name is not the session's affair. */
  #restarted(): void {
    this.#restartedAt ??= nextGridPoint(this.#ports.now() + restartSpreadMs);
  }

  #heard(status: BoardStatus): void {
    this.#lookAgainAt = null;
    const stopIs = status.pressed.includes('stop');
    this.status = status;
    if (!stopIs && this.#stopSeen) this.#stopReleasedMs = status.boardMs;
    // A press shorter than Johnny-Five's debounce is lost there, but never here: the firmware has latched it. So is
    // a release while the line was cut: it is told by the first status after that.
    if (stopIs !== this.#stopSeen) {
      this.#stopSeen = stopIs;
      // Of a board that has just come back the session hears a moment later, whatever its first words took.
      if (this.#isFresh) this.#freshStop = { at: this.#ports.now() + edgeWithinMs, down: stopIs };
      else {
        // In their order: an edge that still waits comes before the one that follows it.
        if (this.#freshStop) this.#edge('stop', this.#freshStop.down);
        this.#freshStop = null;
        this.#edge('stop', stopIs);
      }
    }
    this.#isFresh = false;
    // The status comes at every change: an edge that was lost on its way is made up for.
    this.#edgesDueAt =
      this.#untold().length === 0 ? null : (this.#edgesDueAt ?? this.#ports.now() + edgeWithinMs);
    this.#tell({ type: 'link.heard', armed: status.state === 'armed' || status.state === 'leased' });
    const fault = this.#monitor.heard(status, this.#ports.now());
    // That a board which has just started anew gave no lease is told as what it is, a moment later.
    if (fault && this.#restartedAt === null) this.#ports.fault(fault);
    this.#limits(status);
  }

  /** Limits that bit are told once each, and a board that has locked itself is no board until it is cured. */
  #limits(status: BoardStatus): void {
    const clipped = clips.filter(clip => status.notes.includes(clip));
    // What a stall made of a cue has been told as a stall.
    if (this.#asked !== null)
      for (const clip of clipped) if (!this.#clipped.includes(clip)) this.#ports.clipped(clip);
    this.#clipped = clipped;
    this.#lookForHindrance(status);
  }

  #lookForHindrance(status: BoardStatus): void {
    // What is read of motors and supply has to be read twice: a motor that still turns may hold its drain for a moment.
    const found = inOrder.find(
      one => status.hindrances.includes(one) && (one === 'stopUntried' || this.#hinderedBefore.includes(one)),
    );
    this.#hinderedBefore = status.hindrances;
    if (!status.hindrances.includes('stopUntried') && !status.pressed.includes('stop'))
      this.#isTrying = false;
    const { state } = status;
    const hindrance = state === 'locked' || state === 'alone' ? state : (found ?? null);
    if (hindrance === this.hindrance) return;
    this.hindrance = hindrance;
    if (hindrance !== null) this.#ports.hindered(hindrance);
    // A drain that is low while nothing is driven: a motor runs by itself, or has lost its supply.
    if (hindrance === 'motorPath' && this.#asked !== null) this.#ports.fault('dutyMismatch');
    this.#ports.ready(hindrance === null);
  }

  /** Whether the board wants its STOP tried. What keeps it from being armed as well is told first, and comes first. */
  get stopTrial(): StopTrial {
    if (this.hindrance !== 'stopUntried' || !this.status) return 'done';
    const { pressed, boardMs } = this.status;
    return pressed.includes('stop') || boardMs - this.#stopReleasedMs < triedWithinMs ? 'held' : 'wanted';
  }

  /** Before STOP has been tried its press is that, and no stop of a session: of an unarmed board nothing runs. */
  #isTrial(button: Button, down: boolean): boolean {
    if (button !== 'stop' || this.#asked !== null) return false;
    if (down && this.status?.hindrances.includes('stopUntried')) this.#isTrying = true;
    return this.#isTrying;
  }
  #isTrying = false;

  /** Of a board that is driven STOP is heard whatever it says of itself. */
  get #playsByItself(): boolean {
    return this.status?.state === 'alone' && this.#asked === null;
  }

  /** What is pressed while the board plays by itself is meant for that, until it is let go of. */
  #isForItself(button: Button, down: boolean): boolean {
    if (down && this.#playsByItself) this.#pressedForItself.add(button);
    const isIts = this.#pressedForItself.has(button);
    if (!down) this.#pressedForItself.delete(button);
    return isIts;
  }
  readonly #pressedForItself = new Set<Button>();

  #edge(button: Button, down: boolean): void {
    if (this.#isTrial(button, down) || this.#isForItself(button, down)) return;
    if (down) this.#down.add(button);
    else this.#down.delete(button);
    this.#ports.edge(button, down);
  }

  /** Buttons of which the status says otherwise than their edges. STOP is read from the status at once. */
  #untold(): readonly Button[] {
    const { status } = this;
    if (!status) return [];
    return buttons.filter(
      button =>
        button !== 'stop' &&
        status.pressed.includes(button) !== (this.#down.has(button) || this.#pressedForItself.has(button)),
    );
  }

  #tell(event: Readonly<{ type: LinkEvent['type']; armed?: boolean }>): void {
    this.#link.send({ armed: false, ...event, at: this.#ports.now() });
  }
}
