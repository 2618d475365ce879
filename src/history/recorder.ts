/** Follows a run and says what is to be kept of it. Nothing is, before hands have begun to move. */
import { titleOf } from '../../machines/routine/titles.ts';
import type { SessionEvent } from '../../machines/session.events.ts';
import { questionIsFelt } from '../../machines/session.orders.ts';
import { isMoving } from '../../machines/session.states.ts';
import { paceNow, passNow } from '../../machines/session.time.ts';
import type { SessionSnapshot } from '../../machines/session.view.ts';
import type { Keeping, Ms } from '../../machines/vocabulary.ts';
import type { Run } from '../session/run.ts';
import type { TraceLine } from '../session/trace.ts';
import type { SessionHeader, SessionRecord } from './records.ts';

export type RecorderPorts = Readonly<{
  keeps: Exclude<Keeping, 'off'>;
  /** Hands have begun to move: from now on there is something to keep. */
  begun(header: Pick<SessionHeader, 'routine' | 'keeps' | 'takenUp'>): void;
  keep(record: SessionRecord): void;
  /** Whether time is steered just now. */
  isSteered?(): boolean;
  /** Nothing more comes. */
  over(): void;
}>;

/** Reasons that tell nothing of how somebody felt. */
const plainReasons: ReadonlySet<string> = new Set([
  'routineDone',
  'enough',
  'checkInsMissed',
  'sessionCap',
  'longPause',
  'unanswered',
  'left',
  'noDeadlineLeft',
  'pausedTooLong',
  'linkLost',
  'leaseLapsed',
  'loopStalled',
  'clockJumped',
  'boardReset',
  'dutyMismatch',
  'invariantBroken',
]);

/** Why it ended, as far as that may be kept. */
export const reasonKept = (reason: string | null, keeps: RecorderPorts['keeps']): string | null =>
  reason === null || (keeps === 'plain' && !plainReasons.has(reason)) ? null : reason;

/** What a person did, by the event that says so. Easing is told by an answer too. */
const deeds: Readonly<Record<string, string>> = {
  'session.extend': 'extend',
  'session.next': 'next',
  'session.skip': 'skip',
};

/** By how much the one is lighter than the other, both sides together. */
const steps = (now: SessionSnapshot, before: SessionSnapshot): number =>
  (['left', 'right'] as const).reduce(
    (sum, side) => sum + (before.context.pressure[side] ?? 0) - (now.context.pressure[side] ?? 0),
    0,
  );

export class SessionRecorder {
  readonly #run: Run;
  readonly #ports: RecorderPorts;
  #zero: Ms | null = null;
  #place = '';
  /** Numbers said just now, until the session has made bands of them. */
  #said: Readonly<{ local: number; leg: number }> | null = null;
  #baseline: Readonly<{ local: number; leg: number }> | null = null;
  #refused: string | null = null;
  #isOver = false;
  #isPractice = false;

  constructor(run: Run, ports: RecorderPorts) {
    this.#run = run;
    this.#ports = ports;
    run.listen({
      intended: intent => {
        if (intent.intent === 'checkIn') this.#said = { local: intent.local, leg: intent.leg };
        if (intent.intent === 'baseline') this.#baseline = { local: intent.local, leg: intent.leg };
      },
      told: line => this.#told(line),
      heard: (event, before) => this.#heard(event, before),
    });
  }

  /** Time is steered from now on, or for a moment. */
  steered(): void {
    if (this.#zero === null || this.#isOver || this.#isPractice) return;
    this.#isPractice = true;
    this.#ports.keep({ type: 'steered', at: this.#at(this.#run.clock.now()) });
  }

  #at(at: Ms): Ms {
    return Math.max(0, Math.round(at - (this.#zero ?? at)));
  }

  #told(line: TraceLine): void {
    if (this.#isOver) return;
    if (line.type === 'state') this.#entered(line);
    if (this.#zero === null) return;
    const at = this.#at(line.at);
    const { keep } = this.#ports;
    if (line.type === 'stroke') {
      // How late this loop came to it; the motors have their own clock and lease.
      const lateMs = Math.round(Math.max(0, this.#run.clock.now() - line.at) * 100) / 100;
      keep({ type: 'stroke', at, period: line.period, lateMs });
    } else if (line.type === 'pressure')
      keep({ type: 'pressure', at, side: line.side, pressure: line.pressure, why: line.why });
    else if (line.type === 'refusal') this.#refused = line.asked;
    else if (line.type === 'outcome') {
      const { counts, worstMs } = this.#run.agenda.lateness;
      keep({ type: 'timing', at, counts: [...counts], worstMs: Math.round(worstMs * 100) / 100 });
      const reason = reasonKept(line.reason, this.#ports.keeps);
      keep({ type: 'outcome', at, outcome: line.outcome, reason });
      this.#isOver = true;
      this.#ports.over();
    }
  }

  #entered(line: Extract<TraceLine, { type: 'state' }>): void {
    const { context } = this.#run.snapshot;
    const pass = passNow(context);
    const pace = paceNow(context);
    if (this.#zero === null) {
      if (!isMoving(line.state) || !pass) return;
      this.#zero = line.at;
      const plannedMs = context.passes.reduce((sum, { durationMs }) => sum + durationMs, 0);
      const { id } = this.#run.routine;
      this.#ports.begun({
        routine: { id, title: titleOf(this.#run.routine), plannedMs },
        keeps: this.#ports.keeps,
        takenUp: context.passIndex > 0 || context.movedMs > 0,
      });
      if (this.#ports.keeps === 'scores' && this.#baseline)
        this.#ports.keep({ type: 'baseline', at: 0, ...this.#baseline });
      if (this.#ports.isSteered?.()) this.steered();
    }
    const at = this.#at(line.at);
    const moves = isMoving(line.state);
    const place = pass ? `${context.passIndex} ${pass.phase} ${pass.side}` : '';
    if (moves && pass && pace && place !== this.#place) {
      this.#place = place;
      this.#ports.keep({
        type: 'phase',
        at,
        phase: pass.phase,
        title: pass.title,
        stage: pass.stage,
        zone: pass.zone,
        side: pass.side,
        technique: pace.technique,
        direction: pass.direction,
        plannedMs: pass.durationMs,
      });
    }
    this.#ports.keep({ type: 'state', at, state: line.state, moves });
    if (line.state === 'faulted' && context.fault)
      this.#ports.keep({ type: 'fault', at, fault: context.fault });
  }

  #heard(event: SessionEvent, before: SessionSnapshot): void {
    const said = this.#said;
    this.#said = null;
    const refused = this.#refused;
    this.#refused = null;
    if (this.#zero === null || this.#isOver) return;
    const at = this.#at(event.at);
    const deed = deeds[event.type];
    if (deed && refused !== deed) this.#ports.keep({ type: 'deed', at, deed });
    const returns = event.type === 'session.takeBack' || event.type === 'session.undo';
    // Changed to by hand, or taken where it was offered.
    const { context } = this.#run.snapshot;
    const isSamePass = context.passIndex === before.context.passIndex;
    if (!returns && isSamePass && context.usesOtherTechnique !== before.context.usesOtherTechnique)
      this.#ports.keep({ type: 'deed', at, deed: 'switchTechnique' });
    // Counted is what was eased: not what was refused, nor what was taken back.
    const eases = event.type === 'session.less' || event.type === 'session.checkIn';
    const lighter = steps(this.#run.snapshot, before);
    const { easedUntilMoved } = context;
    const begins = easedUntilMoved !== null && easedUntilMoved !== before.context.easedUntilMoved;
    if (eases && (lighter > 0 || begins)) this.#ports.keep({ type: 'deed', at, deed: 'ease' });
    if (returns && lighter < 0) this.#ports.keep({ type: 'deed', at, deed: 'easeUndone' });
    if (this.#ports.keeps === 'plain') return;
    const scores =
      this.#ports.keeps === 'scores' && said ? { local: said.local, down: said.leg } : ({} as const);
    if (event.type === 'session.checkIn')
      this.#ports.keep({ type: 'answer', at, here: event.here, leg: event.leg, ...scores });
    const asked =
      before.matches({ underway: { strokes: 'checkIn' } }) ||
      before.matches({ underway: { pressureRamp: 'checkIn' } });
    // What came too soon to be an answer is none.
    if (!asked || before.context.question === 'firmer' || !questionIsFelt(before.context, event.at)) return;
    const isHere = before.context.question === 'here';
    if (event.type === 'session.go')
      this.#ports.keep({ type: 'answer', at, ...(isHere ? { here: 'easy' } : { leg: 'same' }) });
    if (event.type === 'session.less')
      this.#ports.keep({ type: 'answer', at, ...(isHere ? { here: 'strong' } : { leg: 'more' }) });
  }
}
