/**
 * The course of a session: what it is told, and what is carried out of that: lines of the trace, orders to the
 * conductor, the outcome. Everything here happens within a moment.
 */

import type { Screened } from '../../machines/screening.ts';
import type { Question } from '../../machines/session.lists.ts';
import { leavesUnfelt } from '../../machines/session.orders.ts';
import { isCheckIn } from '../../machines/session.states.ts';
import type { SessionOutput } from '../../machines/session.types.ts';
import { placeOf, type SessionSnapshot, stateName } from '../../machines/session.view.ts';
import type { UnstampedEvent } from '../../machines/touch/meaning.ts';
import type { Fault, Ms } from '../../machines/vocabulary.ts';
import type { Conductor } from '../motors/conductor.ts';
import { adviceOf } from './advice.ts';
import { beginningRefused, wouldBegin } from './beginning.ts';
import type { BoardHindrance } from './board-hindrance.ts';
import { turnedRound } from './cue-shape.ts';
import { JournaledSession } from './journaled-session.ts';
import type { Narration } from './narration.ts';
import type { OutcomeLine } from './run-listener.ts';
import type { RunOptions } from './run-options.ts';

/** From a hush to both motor pins low it takes 2 ms, a whole PWM period included. */
const offWithinMs = 20;

export type CoursePorts = Readonly<{
  narration: Narration;
  conductor(): Conductor;
  /** Session time of the instant being handled. */
  now(): Ms;
  /** Why a board that is there may not be armed; null where it may. */
  hindrance(): BoardHindrance | null;
  /** Whether somebody does something else with the board. */
  isSuspended(): boolean;
  screened(): Screened | null;
  /** The session has come to `stopped`. */
  isStopped(): void;
}>;

export class SessionCourse {
  outcome: OutcomeLine | null = null;
  readonly #options: RunOptions;
  readonly #ports: CoursePorts;
  readonly #session: JournaledSession;
  /** Whether motors were ever meant to run in this process. */
  #begun = false;

  constructor(options: RunOptions, ports: CoursePorts) {
    this.#options = options;
    this.#ports = ports;
    this.#session = new JournaledSession(options);
  }

  get snapshot(): SessionSnapshot {
    return this.#session.snapshot;
  }

  /** The session stands where it begins. */
  opened(): void {
    this.#carryOut();
  }

  /** Tells the session of something at this moment, and everyone else what it made of it. */
  tell(wish: UnstampedEvent): void {
    const { narration, now } = this.#ports;
    const before = this.snapshot;
    if (before.status !== 'active') return;
    const refusal = this.#refusalOf(wish);
    if (refusal) {
      narration.refuse(refusal);
      return;
    }
    const event = this.#session.tell(wish, now());
    this.#carryOut();
    narration.listeners.tell('heard', event, before);
  }

  fault(fault: Fault): void {
    this.#ports.conductor().hush();
    this.tell({ type: 'session.fault', fault });
  }

  /** A cue gave way to another: where it was to tell of the open question, nobody can have felt that. */
  unfelt(question: Question): void {
    const { narration, now } = this.#ports;
    const isOpen = narration.entered !== null && isCheckIn(narration.entered);
    if (isOpen && leavesUnfelt(this.snapshot.context, question, now()))
      this.tell({ type: 'session.unfelt', question });
  }

  #refusalOf(wish: UnstampedEvent): ReturnType<typeof beginningRefused> {
    const state = this.#ports.narration.entered ?? 'screening';
    if (this.#begun || !wouldBegin(wish, state, this.snapshot.context.steps.length)) return null;
    const isRecording = (this.#options.recordingFailure?.() ?? null) === null;
    return beginningRefused(isRecording, this.#ports.isSuspended());
  }

  #carryOut(): void {
    const { narration, conductor, hindrance, isStopped } = this.#ports;
    const { snapshot } = this;
    const state = stateName(snapshot);
    if (snapshot.hasTag('engaged')) this.#begun = true;
    const isNew = narration.moved(state, placeOf(snapshot));
    for (const one of this.#session.emitted()) {
      if (one.type === 'stroke' || one.type === 'pressure') narration.line(one);
      else if (one.type === 'refusal') narration.refuseFor(hindrance(), one);
      else conductor().accept(this.#options.turned ? turnedRound(one) : one);
    }
    if (isNew && state === 'stopped') isStopped();
    if (isNew) narration.listeners.tell('entered', state);
    if (snapshot.status === 'done') this.#end(snapshot.output);
  }

  /** The outcome is told once the motors have had time to be off, so that nothing comes after it. */
  #end({ outcome, reason }: SessionOutput): void {
    const { narration, conductor, now, screened } = this.#ports;
    const driven = conductor().frame !== null;
    conductor().hush();
    const advice = adviceOf({ outcome, reason }, screened());
    const tell = (at: Ms): void => {
      this.outcome = { at, type: 'outcome', outcome, reason, advice };
      narration.line(this.outcome, at);
      narration.listeners.tell('ended', this.outcome);
    };
    const toldAt = now() + offWithinMs;
    if (driven) this.#options.clock.at(toldAt, () => tell(toldAt));
    else tell(now());
  }
}
