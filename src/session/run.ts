/**
 * One session: the machines, the conductor, a driver and a journal, joined.
 *
 * Whatever arrives is handled within one moment of the agenda, and what it leads to at the same instant joins that
 * moment. Should anything in here throw, the motors are let go first.
 */
import type { Intent } from '../../machines/intent.ts';
import type { Afterwards } from '../../machines/response.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { Screened } from '../../machines/screening.ts';
import type { StateName } from '../../machines/session.states.ts';
import { nextDue, type SessionSnapshot } from '../../machines/session.view.ts';
import type { Button, Fault, Frame, Ms } from '../../machines/vocabulary.ts';
import { stateHash } from '../journal/journal.ts';
import { Agenda } from '../motors/agenda.ts';
import type { Conductor } from '../motors/conductor.ts';
import type { Clock } from '../time/clock.ts';
import { BoardLink } from './board-link.ts';
import { SessionCourse } from './course.ts';
import { Intents } from './intents.ts';
import { Led } from './led.ts';
import { limitOf, Narration } from './narration.ts';
import type { OutcomeLine, RunListener } from './run-listener.ts';
import type { RunOptions } from './run-options.ts';
import { type BegunCue, sessionConductor } from './session-conductor.ts';
import { Touch } from './touch.ts';

// Who is called by the agenda, in the order they are served at one moment. Hands come first: what was pressed before a
// limit was over counts before it.
const wakers = ['input', 'session', 'link', 'led'] as const;
type Waker = (typeof wakers)[number];

export class Run {
  readonly routine: Routine;
  readonly board: BoardLink;
  readonly conductor: Conductor;
  readonly agenda: Agenda<Waker>;
  readonly led: Led;
  /** Session time. */
  readonly clock: Clock;
  /** Name of the session where it is kept. */
  readonly id: string | null;
  /** Why nothing is recorded any more; null while all is well. */
  readonly recordingFailure: () => string | null;
  /** The last cue that began. */
  cue: BegunCue | null = null;
  readonly #course: SessionCourse;
  readonly #intents: Intents;
  readonly #touch: Touch;
  readonly #narration: Narration;
  /** Nothing begins without a page of the receiver's, tried. */
  readonly #wantsReceiverPage: boolean;

  constructor(options: RunOptions) {
    const { routine, clock, driver } = options;
    this.routine = routine;
    this.clock = clock;
    this.id = options.id ?? null;
    this.recordingFailure = options.recordingFailure ?? (() => null);
    this.#wantsReceiverPage = options.receiver === 'page';
    const now = (): Ms => this.agenda.instantAt;
    this.#narration = new Narration(options.trace ?? (() => {}), now);
    this.#course = new SessionCourse(options, {
      narration: this.#narration,
      conductor: () => this.conductor,
      now,
      hindrance: () => this.board.hindrance,
      isSuspended: () => this.isSuspended,
      screened: () => this.screened,
      isStopped: () => this.#intents.screening.stopped(),
    });
    const scope = options.unfinished ? 'urgent' : options.isRemembered ? 'returning' : 'all';
    this.#intents = new Intents(scope, {
      routine,
      narration: this.#narration,
      now,
      state: () => this.state,
      snapshot: () => this.snapshot,
      isOver: () => this.outcome !== null,
      tell: wish => this.#course.tell(wish),
    });
    this.#touch = new Touch({
      now,
      situation: () => this.#intents.situation,
      deed: deed => this.#intents.deed(deed),
    });
    this.led = new Led(lit => driver.light(lit));
    this.conductor = sessionConductor(options, {
      course: this.#course,
      narration: this.#narration,
      agenda: () => this.agenda,
      board: () => this.board,
      began: cue => {
        this.cue = cue;
      },
    });
    this.agenda = new Agenda({
      clock,
      motors: this.conductor,
      wakers,
      // The LED shines as it is now: what it would have shown while the loop was away is left out.
      present: ['led'],
      due: (waker, at) => this.#due(waker, at),
      settled: () => this.#askToBeCalled(),
      handled: () => this.#narration.listeners.tell('changed'),
    });
    this.board = this.#link(options);
  }

  #link({ driver, speaks }: RunOptions): BoardLink {
    return new BoardLink(driver, speaks, {
      moment: happen => this.agenda.happen(happen),
      now: () => this.now(),
      ready: isReady => this.#course.tell({ type: isReady ? 'board.ready' : 'board.lost' }),
      fault: fault => this.#course.fault(fault),
      clipped: limit =>
        this.#narration.ofBoard({ asked: 'a motor', gave: 'less', limit, next: { key: 'boardHolds' } }),
      hindered: by => this.#narration.ofBoard({ asked: 'start', gave: 'nothing', ...limitOf(by) }),
      edge: (button, down) => this.edge(button, down),
    });
  }

  /** Opens screening. To be called once. */
  open(): void {
    this.agenda.happen(() => this.#course.opened());
    if (this.snapshot.context.boardReady) this.board.opened();
  }

  listen(listener: RunListener): () => void {
    return this.#narration.listeners.add(listener);
  }

  get snapshot(): SessionSnapshot {
    return this.#course.snapshot;
  }
  get outcome(): OutcomeLine | null {
    return this.#course.outcome;
  }
  get screening() {
    return this.#intents.screening.snapshot;
  }
  /** What screening has come to; null until then. */
  get screened(): Screened | null {
    return this.#intents.screening.screened;
  }
  /** What was answered to the question after the end; null until then. */
  get afterwards(): Afterwards | null {
    return this.#intents.afterwards;
  }
  /** Whether it is asked, or has been said, what brings a complaint on; null where nobody asks. */
  get causes(): 'open' | 'said' | null {
    return this.#intents.causes;
  }
  /** Name of the session's state, as the trace has it. */
  get state(): StateName {
    return this.#narration.entered ?? 'screening';
  }
  get stateHash(): string {
    return stateHash(this.snapshot);
  }
  /** Session time of the moment being handled, or now. */
  now(): Ms {
    return this.agenda.now();
  }

  /** What a person wants. Refused where it is not possible now; never lost, never moving a motor by mistake. */
  intend(intent: Intent, byReceiver = false): void {
    this.agenda.happen(() => {
      this.#narration.listeners.tell('intended', intent);
      // Motors first: by the time the machine is told, the board has been.
      if (intent.intent === 'stop') this.conductor.hush();
      this.#intents.intend(intent, byReceiver);
    });
  }

  /** An edge of a button, as it is seen. It counts at the next point of the input grid. */
  edge(button: Button, down: boolean): void {
    this.agenda.happen(() => {
      this.#touch.edge(button, down);
      this.#narration.listeners.tell('pressed', button, down);
    });
  }

  /** Something else is done with the board: its buttons, all but STOP, mean nothing here, and nothing begins. */
  suspend(isSuspended: boolean): void {
    this.#touch.suspend(isSuspended);
  }
  get isSuspended(): boolean {
    return this.#touch.isSuspended;
  }

  /** What somebody else asks of the motors, so that the board is not taken for one that runs by itself. */
  asked(frame: Frame): void {
    this.agenda.happen(() => this.board.asked(frame, this.now()));
  }

  fault(fault: Fault): void {
    this.agenda.happen(() => this.#course.fault(fault));
  }

  /** A page of the person being massaged has come, or the last one has gone; one that was asked for has to come back. */
  receiverIsHere(isHere: boolean): void {
    if (!isHere && this.#wantsReceiverPage) return;
    this.agenda.happen(() =>
      this.#course.tell({ type: isHere ? 'session.receiverHere' : 'session.receiverGone' }),
    );
  }

  /** Ends a session in which nothing more can happen by itself, or that everyone has left. */
  leave(reason: 'left' | 'noDeadlineLeft'): void {
    this.agenda.happen(() => this.#course.tell({ type: 'session.end', reason }));
  }

  /** Whether nothing at all happens any more unless a person does something. */
  get waitsForPeopleOnly(): boolean {
    return this.agenda.wakesAt('session') === null && this.agenda.wakesAt('input') === null;
  }

  /** Silence and no more deadlines; the session keeps its last state. */
  close(): void {
    this.agenda.close();
  }

  #askToBeCalled(): void {
    const { agenda, board, led, snapshot, state } = this;
    agenda.wake('session', nextDue(snapshot));
    agenda.wake('link', board.next());
    agenda.wake('input', this.#touch.next());
    // Until screening has asked, nobody knows whom a flashing light might harm.
    const steadyOnly = snapshot.context.caps?.light !== 'blinking';
    const changesAt = led.shine(
      state,
      agenda.instantAt,
      steadyOnly,
      this.#touch.lightAnswer(),
      board.stopTrial,
    );
    agenda.wake('led', changesAt);
  }

  #due(waker: Waker, at: Ms): void {
    if (waker === 'session') this.#course.tell({ type: 'due' });
    if (waker === 'link') this.board.due(Math.floor(this.clock.now()) - at);
    if (waker !== 'input') return;
    const held = this.#touch.due();
    if (held !== this.snapshot.context.stopHeld)
      this.#course.tell({ type: held ? 'board.stopHeld' : 'board.stopFree' });
  }
}
