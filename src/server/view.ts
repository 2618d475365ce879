/** What a page shows of a session, as sections that change apart from each other. Pure reading. */

import { sessionLimits } from '../../machines/limits.ts';
import { type Pass, totalMs } from '../../machines/routine/timeline.ts';
import { titleOf } from '../../machines/routine/titles.ts';
import { openQuestions } from '../../machines/screening.ts';
import { isGentle, paceAhead, pressureCapIn } from '../../machines/session.gentle.ts';
import { lighterPace, offersLighter } from '../../machines/session.lighter.ts';
import { pressureNow, riseNow } from '../../machines/session.pressure.ts';
import { isCheckIn } from '../../machines/session.states.ts';
import { deadlines, paceNow, passNow } from '../../machines/session.time.ts';
import { lessToUndo } from '../../machines/session.undo.ts';
import { strokeNow, timeLeft } from '../../machines/session.view.ts';
import { agoWord } from '../../machines/text/minutes.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { type CueWhy, movingStages } from '../../machines/vocabulary.ts';
import type { Run } from '../session/run.ts';
import type { OutcomeLine } from '../session/run-listener.ts';
import type { MemoryView } from '../storage/screening-memory.ts';
import type { SharedView } from './shared-view.ts';
import { libraryView, type Offered, usuallyOffered, viewMinutes } from './view-library.ts';
import type { PassView } from './view-messages.ts';
import { preparationView } from './view-preparation.ts';
import { stateSentence } from './view-sentences.ts';

const passView = (pass: Pass, pace = pass.pace): PassView => ({
  phase: pass.phase,
  title: pass.title,
  stage: pass.stage,
  zone: pass.zone,
  side: pass.side,
  position: pass.position,
  direction: pass.direction,
  technique: pace.technique,
  instruction: pace.instruction,
  durationMs: pass.durationMs,
});

function interruptionView(run: Run): SharedView['interruption'] {
  if (run.state !== 'paused') return null;
  const { askThem, pausedFor, stillSince } = run.snapshot.context;
  return {
    why: pausedFor === 'silence' ? null : pausedFor,
    since: stillSince,
    asksAnythingNew: run.now() - stillSince > sessionLimits.longPauseMs,
    askThem,
  };
}

const whys: Readonly<Record<CueWhy, string>> = catalogue.cues.why;

/** The last cue in words: each cue has this second channel. */
function cueView({ cue }: Run): SharedView['cue'] {
  if (!cue) return null;
  return { cue: cue.cue, at: cue.at, sentence: whys[cue.why] };
}

/** What of resting is still to be said after the sentence of an end; nothing where that has said it all. */
export function restAfter(reason: string): string {
  const { rest, up } = catalogue.endings;
  if (reason === 'routineDone') return '';
  return reason === 'endedEarly' || reason === 'enough' ? up : rest;
}

function endingView(run: Run): SharedView['ending'] {
  if (run.outcome === null || run.snapshot.context.startedAt === null) return null;
  const { nextMorning } = catalogue.endings;
  const rest = restAfter(run.outcome.reason);
  return { rest, answer: run.afterwards && catalogue.endings[run.afterwards], nextMorning };
}

function offerOf(run: Run): string | null {
  const { unfinished } = run.snapshot.context;
  if (!unfinished || run.state !== 'screening') return null;
  const pass = unfinished.context.passes[unfinished.context.passIndex];
  return fill(catalogue.recovery.offer, { phase: pass?.title ?? '', ago: agoWord(unfinished.goneMs) });
}

/** What is said of the lighter technique while it is offered. */
function lighterOf(context: Run['snapshot']['context']): string | null {
  const lighter = offersLighter(context) ? lighterPace(context) : null;
  return lighter && fill(catalogue.lighter, { instruction: lighter.instruction });
}

function sessionView(run: Run): SharedView['session'] {
  const { context } = run.snapshot;
  const pass = passNow(context);
  const nextIndex = context.passIndex + (context.startedAt === null ? 0 : 1);
  const next = context.passes[nextIndex];
  const begun = context.startedAt !== null;
  return {
    state: run.state,
    offersCooldown: run.outcome === null && run.snapshot.matches({ stopped: 'offering' }),
    sentence: stateSentence(run),
    stage: begun
      ? (pass?.stage ?? 'cooldown')
      : run.state === 'screening' || run.state === 'declined'
        ? 'screening'
        : 'preparation',
    stages: movingStages.map(stage => ({
      stage,
      minutes: viewMinutes(totalMs(context.passes.filter(one => one.stage === stage))),
    })),
    phases: run.routine.phases.map(phase => ({
      phase: phase.id,
      title: titleOf(phase),
      zone: phase.zone,
      side: phase.side,
    })),
    passes: context.passes.map(({ phase, title, stage, zone, side, durationMs }) => ({
      phase,
      title,
      stage,
      zone,
      side,
      durationMs,
    })),
    passIndex: context.passIndex,
    now: begun && pass ? passView(pass, paceNow(context)) : null,
    next: next ? passView(next, paceAhead(context, nextIndex)) : null,
    pressure: begun ? pressureNow(context) : null,
    pressureMax: pass
      ? Math.min(pass.pressureMax, context.caps ? pressureCapIn(context, pass) : pass.pressureMax)
      : null,
    hasOtherTechnique: begun && pass?.otherPace != null,
    lighter: lighterOf(context),
    gentle: begun && pass && isGentle(context, pass) ? catalogue.causes.gentleHere : null,
    offer: offerOf(run),
    warning: run.recordingFailure() === null ? null : catalogue.recovery.notRecording,
  };
}

function strokeView(run: Run): SharedView['stroke'] {
  return strokeNow(run.snapshot.context);
}

function checkInView(run: Run): SharedView['checkIn'] {
  if (!isCheckIn(run.state)) return null;
  const { context } = run.snapshot;
  return {
    question: context.question,
    mayRise: riseNow(context, run.now()).allowed,
    until: deadlines.checkInIsMissed(context) ?? deadlines.firmerIsMissed(context) ?? 0,
  };
}

function undoView(run: Run): SharedView['undo'] {
  const { context } = run.snapshot;
  const less = context.before.less;
  if (less === null || run.snapshot.status !== 'active' || run.state === 'stopped') return null;
  const { byReceiver, at } = less;
  return lessToUndo(context, byReceiver, run.now()) && { until: at + sessionLimits.undoMs, byReceiver };
}

const outcomeView = (line: OutcomeLine | null): SharedView['outcome'] =>
  line && { outcome: line.outcome, reason: line.reason, advice: line.advice };

/** What is remembered here, as the page shows it. */
const noMemory: MemoryView = { isKept: false, until: null };

/** Only where every question was asked on a screen or has not changed, and nothing asked for caution. */
export const mayRemember = ({ screened }: Pick<Run, 'screened'>): boolean =>
  screened?.cleared === true &&
  (screened.by === 'full' || screened.by === 'returning') &&
  screened.cautions.length === 0;

/** What of a board and its time is not real, where anything is. */
export type Unreal = Readonly<{
  emulated: boolean;
  faults: SharedView['device']['faults'];
  rate: number;
  resumesRate: number | null;
  steerable: boolean;
}>;

export function viewOf(
  run: Run,
  { emulated, faults, rate, resumesRate, steerable }: Unreal,
  memory: MemoryView = noMemory,
  offered: Offered = usuallyOffered,
): SharedView {
  const { context } = run.snapshot;
  const { status, identity, state: link } = run.board;
  const at = run.now();
  return {
    library: libraryView(run.routine, offered),
    session: sessionView(run),
    time: {
      at,
      runs: context.movingSince !== null,
      ...timeLeft(context, at),
      startedAt: context.startedAt,
      rate,
      resumesRate,
      steerable,
    },
    stroke: strokeView(run),
    screening: {
      complaint: run.screening.context.complaint,
      open: run.screened ? [] : [...openQuestions(run.screening.context)],
      cautions: run.screened?.cleared ? [...run.screened.cautions] : [],
      scope: run.screening.context.scope,
      anythingNew: run.screening.context.anythingNew,
      by: run.screened?.cleared ? run.screened.by : null,
      memory: memory.isKept ? 'kept' : mayRemember(run) ? 'offered' : 'none',
      memoryUntil: memory.until,
    },
    preparation: preparationView(run),
    interruption: interruptionView(run),
    cue: cueView(run),
    ending: endingView(run),
    checkIn: checkInView(run),
    undo: undoView(run),
    receiver: {
      means: context.receiver,
      tried: context.receiver !== null && context.caps !== null && !context.steps.includes('receiver'),
    },
    device: {
      link,
      state: status?.state ?? null,
      duty: status && { left: status.duty.left, right: status.duty.right },
      pressed: status ? [...status.pressed] : [],
      lit: run.led.lit,
      silence: run.board.silence,
      emulated,
      firmware: identity?.firmware ?? null,
      faults,
    },
    outcome: outcomeView(run.outcome),
  };
}
