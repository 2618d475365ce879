/**
 * One session: the machines, the conductor, a driver and a journal, joined.
 *
 * Whatever arrives is handled within one moment of the conductor, and what it leads to at the same instant joins
 * that moment. Should anything in here throw, the motors are let go first.
 */
import { type Actor, createActor } from 'xstate';
import type { Driver } from '../hardware/driver.ts';
import { gentle } from '../machines/cues/gentle.ts';
import { withOwn } from '../machines/cues/library.ts';
import { glidedBy, matched, type Onsets } from '../machines/cues/match.ts';
import type { Cue } from '../machines/cues/schema.ts';
import type { Intent } from '../machines/intent.ts';
import { type Afterwards, afterwards, type Scores } from '../machines/response.ts';
import type { Routine } from '../machines/routine/schema.ts';
import { asksPlaces } from '../machines/screening.caps.ts';
import {
  type ReopenedCard,
  type Screened,
  type ScreeningScope,
  screeningMachine,
} from '../machines/screening.ts';
import { leavesUnfelt, questionIsFelt, questionToldBy } from '../machines/session.orders.ts';
import { isCheckIn, type StateName } from '../machines/session.states.ts';
import { sessionMachine } from '../machines/session.ts';
import type {
  Emitted,
  Question,
  ReceiverMeans,
  SessionEvent,
  SessionInput,
  SessionOutput,
  Unfinished,
} from '../machines/session.types.ts';
import { nextDue, placeOf, type SessionSnapshot, stateName } from '../machines/session.view.ts';
import { catalogue, fill } from '../machines/text/text.ts';
import type { Word } from '../machines/touch/hands.ts';
import {
  answersByLight,
  type Deed,
  deedsOf,
  nothingYet,
  type Situation,
  type Wish,
} from '../machines/touch/meaning.ts';
import type { BodySide, Button, Fault, Frame, Motor, Ms } from '../machines/vocabulary.ts';
import { adviceOf } from './advice.ts';
import { BoardLink, hindered } from './board-link.ts';
import type { Clock } from './clock.ts';
import { Conductor, type Waker } from './conductor.ts';
import { Input } from './input.ts';
import { type JournalSink, JournalWriter, stateHash } from './journal.ts';
import { Light } from './lamp.ts';
import { stamped, wishesOf } from './router.ts';
import type { Line, Trace, TraceLine } from './trace.ts';

export type RunOptions = Readonly<{
  routine: Routine;
  /** Session time: its zero is the opening of screening. */
  clock: Clock;
  driver: Driver;
  /** Whether the board reports its status; a remembered one does not. */
  speaks: boolean;
  easierSide?: BodySide;
  /** Whether strokes have cues; without them only what is next, asked, eased or ended is felt. */
  strokeCues?: boolean;
  /** Cues of one's own, checked, each in the place of the one with its id. */
  cues?: readonly Cue[];
  /** Session time at which it all has to be over. */
  endsAt?: Ms;
  /** The board is worn the other way round: what would begin on one motor begins on the other. */
  turned?: boolean;
  /** Name of the session where it is kept, so that what belongs to it can be found. */
  id?: string;
  /** Whether the board is ready when screening opens. */
  boardReady?: boolean;
  /** What is fitted for the person being massaged to stop with. */
  receiver?: ReceiverMeans;
  /** Whether all was clear lately and may be asked in short. */
  isRemembered?: boolean;
  /** What an earlier process left behind, to be gone on with. */
  unfinished?: Unfinished;
  /** How long each motor takes to be felt, where that was measured: GLIDEs are matched to it. */
  feltOnsetsMs?: Onsets;
  /** From one onset of a GLIDE to the other, as this hand feels it as one movement; asked at each. */
  glideMs?: () => Ms;
  trace?: Trace;
  journal?: JournalSink;
  /** Why nothing is recorded, where that was asked for; a session then does not begin. */
  recordingFailure?: () => string | null;
  product: string;
}>;

type RefusalMark = Extract<Emitted, { type: 'refusal' }>;
export type RefusalLine = Extract<TraceLine, { type: 'refusal' }>;

/** A refusal as the trace has it, with its sentence of what to do next. */
function refusalLine({ asked, gave, limit, next }: Omit<RefusalMark, 'type'>, at: Ms): RefusalLine {
  return {
    at,
    type: 'refusal',
    asked,
    gave,
    limit,
    next: fill(catalogue.refusals.next[next.key], next.values ?? {}),
  };
}
export type OutcomeLine = Extract<TraceLine, { type: 'outcome' }>;

export type RunListener = Readonly<{
  /** A state was entered, within the moment: what is intended now still counts at this instant. */
  entered?(state: StateName): void;
  /** A moment is over: something that a viewer may want to see may have changed. */
  changed?(): void;
  refused?(line: RefusalLine): void;
  /** Screening has come to an end. */
  screened?(screened: Screened): void;
  /** A card that was answered is open again. */
  reopened?(): void;
  /** GO and LESS together after the end: another session is wanted. */
  again?(): void;
  /** A tap of LESS before anything has been answered: another routine is wanted. */
  otherRoutine?(): void;
  /** What someone wants, before anything comes of it. */
  intended?(intent: Intent): void;
  /** The session has been told of something; `before` is how it stood until then. */
  heard?(event: SessionEvent, before: SessionSnapshot): void;
  /** A line of the trace. */
  told?(line: TraceLine): void;
  /** A button has been moved. */
  pressed?(button: Button, down: boolean): void;
  ended?(line: OutcomeLine): void;
}>;

const turnedRound = <T extends Readonly<{ from: Motor }>>(play: T): T => ({
  ...play,
  from: play.from === 'left' ? 'right' : 'left',
});

/** From a hush to both motor pins low it takes 2 ms, a whole PWM period included. */
const offWithinMs = 20;
/** More than this at one instant is going round in circles. */
const mostAtOnce = 1000;

export class Run {
  readonly routine: Routine;
  readonly board: BoardLink;
  readonly conductor: Conductor;
  readonly light: Light;
  screened: Screened | null = null;
  outcome: OutcomeLine | null = null;
  /** The last cue that began. */
  cue: Readonly<{ cue: string; why: string; at: Ms }> | null = null;
  /** What was answered to the question after the end; null until then. */
  afterwards: Afterwards | null = null;
  /** Why nothing is recorded any more; null while all is well. */
  readonly recordingFailure: () => string | null;
  /** The state that was entered last; null until the first one is. */
  #entered: StateName | null = null;
  /** Session time. */
  readonly clock: Clock;
  /** Name of the session where it is kept. */
  readonly id: string | null;
  readonly #turned: boolean;
  /** Nothing begins without a page of the receiver's, tried. */
  readonly #wantsReceiverPage: boolean;
  readonly #trace: Trace;
  readonly #journal: JournalWriter | null;
  readonly #session: Actor<typeof sessionMachine>;
  #screening: Actor<typeof screeningMachine>;
  readonly #input = new Input(word => this.#word(word));
  readonly #listeners = new Set<RunListener>();
  #touch = nothingYet;
  #baseline: Scores | null = null;
  /** What brings a complaint on has been said; what it was is kept nowhere. */
  #causesSaid = false;
  #place = '';
  /** Whether motors were ever meant to run in this process. */
  #begun = false;
  #isAside = false;
  /** Buttons that went down while they meant something else: neither that nor their release counts here. */
  readonly #elsewhere = new Set<Button>();
  #emitted: Emitted[] = [];
  #queue: (() => void)[] = [];
  #at: Ms = 0;
  #inMoment = false;
  /** When the session, and its buttons, have something to do by themselves, as the last moment has left them. */
  #sessionDueAt: Ms | null = null;
  #inputDueAt: Ms | null = null;

  constructor(options: RunOptions) {
    const { routine, clock, driver } = options;
    this.routine = routine;
    this.recordingFailure = options.recordingFailure ?? (() => null);
    this.clock = clock;
    this.id = options.id ?? null;
    this.#turned = options.turned ?? false;
    this.#wantsReceiverPage = options.receiver === 'page';
    this.#trace = options.trace ?? (() => {});
    const own = options.cues ?? [];
    const input: SessionInput = {
      routine,
      easierSide: options.easierSide ?? 'left',
      boardReady: options.boardReady ?? false,
      ...(options.receiver && { receiver: options.receiver }),
      ...(options.strokeCues !== undefined && { strokeCues: options.strokeCues }),
      ...(own.length > 0 && { cues: own }),
      ...(options.endsAt !== undefined && { endsAt: options.endsAt }),
      ...(options.unfinished && { unfinished: options.unfinished }),
    };
    this.#journal = options.journal
      ? new JournalWriter(options.journal, {
          product: options.product,
          screeningVersion: catalogue.screening.version,
          ...(options.id !== undefined && { id: options.id }),
          input,
        })
      : null;
    const scope: ScreeningScope = options.unfinished ? 'urgent' : options.isRemembered ? 'returning' : 'all';
    this.#screening = createActor(screeningMachine, { input: { scope } });
    this.#session = createActor(sessionMachine, { input });
    this.#session.on('*', emitted => this.#emitted.push(emitted));
    // An error ends the actor and is thrown on by #tell; without a listener xstate would throw it once more, later.
    this.#session.subscribe({ error: () => {} });
    this.light = new Light(lit => driver.light(lit));
    this.conductor = new Conductor({
      clock,
      driver,
      engaged: () => {
        const { snapshot } = this;
        return snapshot.status === 'active' && snapshot.hasTag('engaged');
      },
      cues: withOwn(own),
      shaped: (pulses, cue) => {
        const isOurs = cue === 'GLIDE' && !own.some(({ id }) => id === 'GLIDE');
        const glided = isOurs && options.glideMs ? glidedBy(pulses, options.glideMs()) : pulses;
        const fitting = matched(glided, options.feltOnsetsMs ?? null);
        return this.snapshot.context.caps?.cues === 'gentle' ? gentle(fitting) : fitting;
      },
      due: (waker, at) => this.#due(waker, at),
      played: ({ cue, why }, at) => {
        this.cue = { cue, why, at };
        this.#line({ type: 'cue', cue, why, ...this.#phase() }, at);
      },
      // Of cues that give way to each other nobody has to be told: it would cover what people were answered.
      dropped: ({ cue, why, limit }, at) => {
        this.#line(
          refusalLine({ asked: `cue ${cue} (${why})`, gave: 'nothing', limit, next: { key: 'none' } }, at),
          at,
        );
        this.#unfelt(questionToldBy(why));
      },
      framed: (frame, at) => {
        this.board.asked(frame, at);
        this.#line({ type: 'frame', motors: frame }, at);
      },
      stalled: (since, at) =>
        this.#within(at, () => {
          this.board.stalled();
          this.#tell({ type: 'session.fault', fault: 'loopStalled', since });
        }),
      handled: () => {
        // What came of the moment's end itself: a board that answers a hush at once.
        if (this.#queue.length > 0) this.#moment(() => {});
        for (const listener of this.#listeners) listener.changed?.();
      },
    });
    this.board = new BoardLink(driver, options.speaks, {
      moment: happen => this.#moment(happen),
      now: () => this.now(),
      ready: isReady => this.#tell({ type: isReady ? 'board.ready' : 'board.lost' }),
      fault: fault => this.#fault(fault),
      clipped: limit => this.#tellOfBoard('a motor', 'less', limit, 'boardHolds'),
      hindered: by => this.#tellOfBoard('start', 'nothing', hindered[by].limit, hindered[by].next),
      edge: (button, down) => this.edge(button, down),
    });
    this.#session.start();
    this.#screening.start();
  }

  /** Opens screening. To be called once. */
  open(): void {
    this.#moment(() => this.#afterEvent());
    if (this.snapshot.context.boardReady) this.board.opened();
  }

  listen(listener: RunListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get snapshot(): SessionSnapshot {
    return this.#session.getSnapshot();
  }
  get screening() {
    return this.#screening.getSnapshot();
  }
  /** Name of the session's state, as the trace has it. */
  get state(): StateName {
    return this.#entered ?? 'screening';
  }
  get stateHash(): string {
    return stateHash(this.snapshot);
  }
  /** Session time of the moment being handled, or now. */
  now(): Ms {
    return this.#inMoment ? this.#at : Math.floor(this.clock.now());
  }

  /** What a person wants. Refused where it is not possible now; never lost, never moving a motor by mistake. */
  intend(intent: Intent, byReceiver = false): void {
    this.#moment(() => {
      for (const listener of this.#listeners) listener.intended?.(intent);
      // Motors first: by the time the machine is told, the board has been.
      if (intent.intent === 'stop') this.conductor.hush();
      if (intent.intent === 'screen') {
        this.#screen(intent);
        return;
      }
      if (intent.intent === 'reopen') {
        this.#reopen(intent.card);
        return;
      }
      if (intent.intent === 'after') {
        this.#afterwards(intent);
        return;
      }
      if (intent.intent === 'causes') {
        if (this.causes === null) {
          this.#refuse({
            asked: 'causes',
            gave: 'nothing',
            limit: 'notNow',
            next: { key: 'lessStopAlways' },
          });
          return;
        }
        this.#causesSaid = true;
      }
      // Once it is confirmed it stands: all that is answered later is held against it.
      const isOpen = this.state === 'preparation' && this.snapshot.context.steps.includes('baseline');
      if (intent.intent === 'baseline' && isOpen) this.#baseline = { local: intent.local, leg: intent.leg };
      const remembered = { routine: this.routine, baseline: this.#baseline };
      for (const wish of wishesOf(intent, remembered, byReceiver)) this.#tell(wish);
    });
  }

  /**
   * Whether it is asked what brings a complaint on: of whoever has said that there is one, while one gets ready. Hands
   * alone say nothing of that, so nobody asks them; and nothing waits for it.
   */
  get causes(): 'open' | 'said' | null {
    const asks = this.state === 'preparation' && this.screening.context.complaint === true;
    if (!asks) return null;
    return this.#causesSaid ? 'said' : 'open';
  }

  /** An edge of a button, as it is seen. It counts at the next point of the input grid. */
  edge(button: Button, down: boolean): void {
    this.#moment(() => {
      if (!this.#isElsewhere(button, down)) this.#input.edge(button, down, this.#at);
      for (const listener of this.#listeners) listener.pressed?.(button, down);
    });
  }

  /**
   * Somebody does something else with the board, or no longer: meanwhile its buttons, all but STOP, mean nothing here,
   * and nothing begins.
   */
  standAside(isAside: boolean): void {
    this.#isAside = isAside;
  }
  get isAside(): boolean {
    return this.#isAside;
  }

  /** What somebody else asks of the motors, so that the board is not taken for one that runs by itself. */
  asked(frame: Frame): void {
    this.#moment(() => this.board.asked(frame, this.#at));
  }

  #isElsewhere(button: Button, down: boolean): boolean {
    if (button === 'stop') return false;
    if (down && this.#isAside) this.#elsewhere.add(button);
    else if (down) this.#elsewhere.delete(button);
    const is = this.#elsewhere.has(button);
    if (!down) this.#elsewhere.delete(button);
    return is;
  }

  fault(fault: Fault): void {
    this.#moment(() => this.#fault(fault));
  }

  /** A page of the person being massaged has come, or the last one has gone; one that was asked for has to come back. */
  receiverIsHere(isHere: boolean): void {
    if (!isHere && this.#wantsReceiverPage) return;
    this.#moment(() => this.#tell({ type: isHere ? 'session.receiverHere' : 'session.receiverGone' }));
  }

  /** Ends a session in which nothing more can happen by itself, or that everyone has left. */
  leave(reason: 'left' | 'noDeadlineLeft'): void {
    this.#moment(() => this.#tell({ type: 'session.end', reason }));
  }

  /** Runs something once all that has been asked so far at this instant has happened. */
  soon(happen: () => void): void {
    this.#moment(happen);
  }

  /** Whether nothing at all happens any more unless a person does something. */
  get waitsForPeopleOnly(): boolean {
    return this.#sessionDueAt === null && this.#inputDueAt === null;
  }

  /** Silence and no more deadlines; the session keeps its last state. */
  close(): void {
    this.conductor.close();
  }

  #moment(happen: () => void): void {
    if (this.conductor.busy) {
      if (this.#queue.length >= mostAtOnce) throw new Error(`more than ${mostAtOnce} things at one instant`);
      this.#queue.push(happen);
      return;
    }
    const at = Math.max(this.#at, Math.floor(this.clock.now()));
    this.conductor.moment(at, () => this.#within(at, happen));
  }

  /** Runs something and all that it leads to, at `at`, and asks to be called for what comes next. */
  #within(at: Ms, happen: () => void): void {
    this.#inMoment = true;
    this.#at = Math.max(this.#at, at);
    try {
      happen();
      for (let count = 0; this.#queue.length > 0; count++) {
        if (count >= mostAtOnce) throw new Error(`more than ${mostAtOnce} things followed from one instant`);
        this.#queue.shift()?.();
      }
    } finally {
      this.#inMoment = false;
    }
    this.#sessionDueAt = nextDue(this.snapshot);
    this.#inputDueAt = this.#input.next();
    this.conductor.wake('session', this.#sessionDueAt);
    this.conductor.wake('link', this.board.next());
    this.conductor.wake('input', this.#inputDueAt);
    this.conductor.wake('lamp', this.#shine());
  }

  #due(waker: Waker, at: Ms): void {
    this.#within(at, () => {
      if (waker === 'session') this.#tell({ type: 'due' });
      if (waker === 'link') this.board.due(Math.floor(this.clock.now()) - at);
      if (waker === 'input') this.#inputDue();
    });
  }

  #inputDue(): void {
    this.#input.due(this.#at);
    const held = this.#input.isDown('stop');
    if (held !== this.snapshot.context.stopHeld)
      this.#tell({ type: held ? 'board.stopHeld' : 'board.stopFree' });
  }

  /** Tells the session of something at this moment, and everyone else what it made of it. */
  #tell(wish: Wish): void {
    if (this.snapshot.status !== 'active') return;
    if (this.#wouldBegin(wish) && (this.#isAside || this.recordingFailure() !== null)) {
      const why =
        this.recordingFailure() === null
          ? ({ limit: 'calibrating', next: { key: 'calibrating' } } as const)
          : ({ limit: 'recording', next: { key: 'freeSpace' } } as const);
      this.#refuse({ asked: 'start', gave: 'nothing', ...why });
      return;
    }
    const event = stamped(wish, this.#at);
    const before = this.snapshot;
    this.#journal?.append(event);
    this.#session.send(event);
    const { error } = this.snapshot;
    if (error !== undefined) throw error;
    this.#afterEvent();
    for (const listener of this.#listeners) listener.heard?.(event, before);
  }

  /** A cue gave way to another: where it was to tell of the open question, nobody can have felt that. */
  #unfelt(question: Question | null): void {
    if (question === null) return;
    this.#moment(() => {
      const isOpen = isCheckIn(this.state) && leavesUnfelt(this.snapshot.context, question, this.#at);
      if (isOpen) this.#tell({ type: 'session.unfelt', question });
    });
  }

  /** Whether this would begin the session: what cannot be recorded is not begun. */
  #wouldBegin({ type }: Wish): boolean {
    if (this.#begun) return false;
    if (this.state === 'preparation')
      return type === 'session.start' || (type === 'session.go' && this.snapshot.context.steps.length === 0);
    // One that was taken up begins anew as far as this journal goes.
    return this.state === 'paused' && (type === 'session.resume' || type === 'session.go');
  }

  #afterEvent(): void {
    const { snapshot } = this;
    const state = stateName(snapshot);
    const place = placeOf(snapshot);
    const placed = place ? `${place.phase} ${place.side}` : '';
    const isNew = state !== this.#entered;
    if (snapshot.hasTag('engaged')) this.#begun = true;
    if (isNew || placed !== this.#place) this.#line({ type: 'state', state, ...place });
    this.#entered = state;
    this.#place = placed;
    const emitted = this.#emitted;
    this.#emitted = [];
    for (const one of emitted) {
      if (one.type === 'stroke' || one.type === 'pressure') this.#line(one);
      else if (one.type === 'refusal') this.#refuse(this.#ofBoard(one));
      else this.conductor.accept(this.#turned && one.type === 'play' ? turnedRound(one) : one);
    }
    // A stop during the questions begins them anew: nobody knows which card it was meant for.
    if (isNew && state === 'stopped' && this.screened === null)
      this.#screening.send({ type: 'screening.again', at: this.#at });
    if (isNew) for (const listener of this.#listeners) listener.entered?.(state);
    if (snapshot.status === 'done') this.#end(snapshot.output);
  }

  /** The outcome is told once the motors have had time to be off, so that nothing comes after it. */
  #end({ outcome, reason }: SessionOutput): void {
    const driven = this.conductor.frame !== null;
    this.conductor.hush();
    const advice = adviceOf({ outcome, reason }, this.screened);
    const tell = (at: Ms): void => {
      const line: OutcomeLine = { at, type: 'outcome', outcome, reason, advice };
      this.outcome = line;
      this.#line(line, at);
      for (const listener of this.#listeners) listener.ended?.(line);
    };
    const toldAt = this.#at + offWithinMs;
    if (driven) this.clock.at(toldAt, () => tell(toldAt));
    else tell(this.#at);
  }

  #screen(intent: Extract<Intent, { intent: 'screen' }>): void {
    if (this.state !== 'screening') {
      this.#refuse({ asked: 'screen', gave: 'nothing', limit: 'notNow', next: { key: 'lessStopAlways' } });
      return;
    }
    this.#screening.send({
      type: 'screening.answer',
      at: this.#at,
      complaint: intent.complaint,
      answers: intent.answers,
      anythingNew: intent.anythingNew,
      unchanged: intent.unchanged,
      others: intent.others,
    });
    const { scope, anythingNew } = this.screening.context;
    if (intent.unchanged && (scope !== 'returning' || anythingNew !== 'no'))
      this.#refuse({
        asked: 'unchanged',
        gave: 'nothing',
        limit: 'screening',
        next: { key: 'answerInFull' },
      });
    this.#handOver();
  }

  /** A card is asked again: within the screening, or after it while nothing has begun. */
  #reopen(card: ReopenedCard): void {
    if (this.state === 'screening') {
      for (const listener of this.#listeners) listener.reopened?.();
      this.#screening.send({ type: 'screening.reopen', at: this.#at, card });
      return;
    }
    if (this.state !== 'preparation') {
      this.#refuse({ asked: 'reopen', gave: 'nothing', limit: 'notNow', next: { key: 'lessStopAlways' } });
      return;
    }
    for (const listener of this.#listeners) listener.reopened?.();
    const { context } = this.screening;
    this.#screening = createActor(screeningMachine, {
      input: { scope: context.scope, reopened: { context, card } },
    }).start();
    this.screened = null;
    this.#baseline = null;
    this.#causesSaid = false;
    this.#tell({ type: 'screening.reopened' });
  }

  /** What screening has come to, once: the session is told what may be done, and how it was asked. */
  #handOver(): void {
    const { output } = this.#screening.getSnapshot();
    if (!output || this.screened) return;
    this.screened = output;
    this.#tell(
      output.cleared
        ? {
            type: 'screening.cleared',
            caps: output.caps,
            by: output.by,
            ...(asksPlaces(output.cautions) && { asksPlaces: true as const }),
          }
        : { type: 'screening.declined', weight: output.weight },
    );
    for (const listener of this.#listeners) listener.screened?.(output);
  }

  /** How it is now that it is over: compared with the start, told, and kept nowhere. */
  #afterwards(scores: Scores): void {
    if (this.outcome === null) {
      this.#refuse({ asked: 'after', gave: 'nothing', limit: 'notNow', next: { key: 'lessStopAlways' } });
      return;
    }
    this.afterwards = afterwards(scores, this.#baseline, this.routine);
  }

  /** Where the session stands, as far as touch needs to know. */
  get #situation(): Situation {
    const { context } = this.snapshot;
    const { complaint, touched, someCaution, answers } = this.screening.context;
    const isOpen = isCheckIn(this.state);
    return {
      state: this.state,
      question: isOpen ? context.question : null,
      isFelt: isOpen && questionIsFelt(context, this.#at),
      isOver: this.outcome !== null || this.snapshot.status !== 'active',
      isUntouched:
        context.unfinished === null &&
        complaint === null &&
        touched === null &&
        !someCaution &&
        Object.keys(answers).length === 0,
    };
  }

  #word(word: Word): void {
    const [deeds, touch] = deedsOf(word, this.#situation, this.#touch);
    this.#touch = touch;
    for (const deed of deeds) this.#deed(deed);
  }

  #deed(deed: Deed): void {
    switch (deed.type) {
      case 'card.none':
      case 'card.caution':
        this.#screening.send({
          type: deed.type === 'card.none' ? 'screening.noneOfCard' : 'screening.someCaution',
          at: this.#at,
        });
        this.#handOver();
        break;
      case 'favourite.next':
        for (const listener of this.#listeners) listener.otherRoutine?.();
        break;
      case 'session.again':
        for (const listener of this.#listeners) listener.again?.();
        break;
      default:
        this.#tell(deed);
    }
  }

  #fault(fault: Fault): void {
    this.conductor.hush();
    this.#tell({ type: 'session.fault', fault });
  }

  #refuse(refusal: Omit<RefusalMark, 'type'>): void {
    const line = refusalLine(refusal, this.#at);
    this.#line(line);
    for (const listener of this.#listeners) listener.refused?.(line);
  }

  /** A board that is there and may not be armed is not to be connected: the refusal says what it wants. */
  #ofBoard(refusal: RefusalMark): RefusalMark {
    const { hindrance } = this.board;
    if (refusal.limit !== 'board' || hindrance === null) return refusal;
    return { ...refusal, limit: hindered[hindrance].limit, next: { key: hindered[hindrance].next } };
  }

  /** What a board does by itself is told to whoever is there. It is no line of the session, which is the same on any. */
  #tellOfBoard(asked: string, gave: string, limit: string, next: keyof typeof catalogue.refusals.next): void {
    const line: RefusalLine = {
      at: this.#at,
      type: 'refusal',
      asked,
      gave,
      limit,
      next: catalogue.refusals.next[next],
    };
    for (const listener of this.#listeners) listener.refused?.(line);
  }

  /** Shines as the state asks; returns when the LED changes next. */
  #shine(): Ms | null {
    // Until screening has asked, nobody knows whom a flashing light might harm.
    const steadyOnly = this.snapshot.context.caps?.light !== 'blinking';
    const { stopTrial } = this.board;
    return this.light.shine(this.state, this.#at, steadyOnly, this.#lightAnswers(), stopTrial);
  }

  /**
   * Where no motor may answer a press, the light does. In screening it comes on for what has counted; where it is
   * steady it goes out under the finger, unless the press was meant for the state before.
   */
  #lightAnswers(): boolean | null {
    if (this.state === 'screening') return this.#input.chordCounted ? true : null;
    const now = this.#situation;
    const isAnswered = (['go', 'less', 'receiver'] as const).some(button => {
      const atPress = this.#touch.atPress[button];
      return this.#input.isDown(button) && atPress !== undefined && answersByLight(now, atPress);
    });
    return isAnswered ? false : null;
  }

  #phase(): { phase?: string } {
    const place = placeOf(this.snapshot);
    return place ? { phase: place.phase } : {};
  }

  #line(line: Line, at = this.#at): void {
    const whole = { at, ...line };
    this.#trace(whole);
    for (const listener of this.#listeners) listener.told?.(whole);
  }
}
