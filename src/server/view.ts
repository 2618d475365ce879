/** What a page shows of a session, as sections that change apart from each other. Pure reading. */

import { sessionLimits } from '../../machines/limits.ts';
import { library } from '../../machines/routine/library.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { type Pass, timeline, totalMs } from '../../machines/routine/timeline.ts';
import { titleOf } from '../../machines/routine/titles.ts';
import { touchesAny } from '../../machines/routine/zones.ts';
import { openQuestions } from '../../machines/screening.ts';
import { isGentle, paceAhead, pressureCapIn } from '../../machines/session.gentle.ts';
import { lighterPace, offersLighter } from '../../machines/session.lighter.ts';
import { type PreparationStep, preparationSteps } from '../../machines/session.lists.ts';
import { isRoutine, mayLieOnSide, placesToName, stagesElsewhere } from '../../machines/session.place.ts';
import { pressureNow, riseNow } from '../../machines/session.pressure.ts';
import { isCheckIn } from '../../machines/session.states.ts';
import { deadlines, paceNow, passNow } from '../../machines/session.time.ts';
import { lessToUndo } from '../../machines/session.undo.ts';
import { strokeNow, timeLeft } from '../../machines/session.view.ts';
import { endSentence } from '../../machines/text/ends.ts';
import { agoWord, clockFace } from '../../machines/text/minutes.ts';
import { catalogue, fill, listed } from '../../machines/text/text.ts';
import { type CueWhy, movingStages } from '../../machines/vocabulary.ts';
import { hindered } from '../session/board-link.ts';
import type { Run } from '../session/run.ts';
import type { OutcomeLine } from '../session/run-listener.ts';
import type { MemoryView } from '../storage/screening-memory.ts';
import type { PassView, View } from './messages.ts';

/** Everything but what differs from client to client, and what is found out beside a session. */
export type SharedView = Omit<View, 'people' | 'calibration' | 'kept'>;

/** What can be chosen: routines, and what was begun last. */
export type Offered = Readonly<{
  routines(): readonly Routine[];
  again(): SharedView['library']['again'];
}>;

const usuallyOffered: Offered = { routines: library, again: () => null };

const minutesOf = (ms: number): number => Math.round(ms / 6000) / 10;

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

export const libraryView = (chosen: Routine, offered: Offered = usuallyOffered): SharedView['library'] => ({
  chosen: chosen.id,
  routines: [chosen, ...offered.routines().filter(({ id }) => id !== chosen.id)]
    .map(routine => ({
      id: routine.id,
      title: titleOf(routine),
      summary: routine.summary,
      minutes: minutesOf(totalMs(timeline(routine))),
      for: [...routine.for],
    }))
    .toSorted((one, other) => one.minutes - other.minutes),
  again: offered.again(),
});

const isTurned = (pass: Pass, before: Run['snapshot']['context']['handsOn']): boolean =>
  pass.position === 'sideLying' &&
  before?.position === 'sideLying' &&
  pass.side !== 'together' &&
  before.side !== 'together';

/** One plain sentence for every state. */
function sentenceOf(run: Run): string {
  const { state, snapshot } = run;
  const { context } = snapshot;
  const sentences = catalogue.states;
  if (state === 'transition') {
    const pass = passNow(context);
    const otherSide = context.handsOn?.side !== pass?.side;
    const { turns } = catalogue;
    const parts = [
      ...(!pass || context.handsOn?.position === pass.position ? [] : [turns[pass.position]]),
      // The other side of whoever lies on one can only be reached when they have turned.
      ...(pass && otherSide ? [isTurned(pass, context.handsOn) ? turns.otherSide : turns[pass.side]] : []),
    ];
    return fill(sentences.transition, { turn: parts.join(' ') });
  }
  if (run.outcome?.outcome === 'faulted')
    return endSentence(run.outcome.reason) ?? catalogue.outcomes.faulted;
  if (state === 'faulted') return catalogue.faults[context.fault ?? 'invariantBroken'];
  if (state === 'stopped' && snapshot.matches({ stopped: 'offering' })) return sentences['stopped.offering'];
  if (state === 'paused') return pausedSentence({ snapshot, now: run.now() });
  if (context.beginsLightly && context.stroke <= sessionLimits.lightStrokes && context.movingSince !== null)
    return sentences.beginLightly;
  if (isCheckIn(state)) return sentences.checkIn;
  if (state === 'stopped' && run.outcome === null) {
    const { silence } = run.board;
    const isQuiet = silence === 'confirmed' || silence === 'none';
    if (context.startedAt === null && isQuiet) return sentences['stopped.before'];
    return silence === 'none' ? sentences.stopped : sentences[`stopped.${silence}`];
  }
  return fill(sentences[state], { pressure: pressureNow(context) ?? 1 });
}

/** What a pause asks of people: it changes with its length, and with what it is for. */
function pausedSentence({ snapshot, now }: { snapshot: Run['snapshot']; now: number }): string {
  const { askThem, pausedFor, stillSince } = snapshot.context;
  const restedMs = now - stillSince;
  const { states } = catalogue;
  const time = clockFace(restedMs, 'passed');
  if (askThem) return states['paused.askThem'];
  if (restedMs > sessionLimits.longestPauseMs) return fill(states['paused.longest'], { time });
  if (pausedFor !== null && pausedFor !== 'silence') return states[`paused.${pausedFor}`];
  if (restedMs > sessionLimits.longPauseMs) return fill(states['paused.long'], { time });
  return pausedFor === null ? states.paused : states['paused.silence'];
}

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
    sentence: sentenceOf(run),
    stage: begun
      ? (pass?.stage ?? 'cooldown')
      : run.state === 'screening' || run.state === 'declined'
        ? 'screening'
        : 'preparation',
    stages: movingStages.map(stage => ({
      stage,
      minutes: minutesOf(totalMs(context.passes.filter(one => one.stage === stage))),
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

/** The places of this routine that hands are light with today. */
function gentleToday({ gentle, passes }: Run['snapshot']['context']): string | null {
  const zones = [...new Set(passes.map(({ zone }) => zone))].filter(zone => touchesAny(zone, gentle));
  if (zones.length === 0) return null;
  const places = listed(zones.map(zone => catalogue.zones[zone].toLowerCase()));
  return fill(catalogue.causes.gentleToday, { places });
}

function preparationView(run: Run): SharedView['preparation'] {
  const { context } = run.snapshot;
  const { bath, oil } = run.routine.preparation;
  const sentences = catalogue.preparation;
  const [first] = context.passes;
  /** The places are asked for with their reason: they want none beside it. */
  const facts = { ...catalogue.preparationFacts, places: '' };
  const isCool = context.caps?.bath === 'cool';
  const wanted = context.caps?.oil ?? 'any';
  const blend = wanted === 'any' ? (oil?.blend ?? 'plain') : wanted;
  const { receiver } = context;
  const lies = first?.position ?? 'prone';
  /** Null where this session has no such step. */
  const said: Readonly<Record<PreparationStep, string | null>> = {
    places: context.asksPlaces ? sentences.places : null,
    bath: bath && context.caps?.bath !== 'none' ? fill(sentences[isCool ? 'bath.cool' : 'bath'], bath) : null,
    oil: oil ? fill(sentences[`oil.${blend}`], oil) : null,
    position: sentences[`position.${lies}`],
    receiver: receiver ? sentences[`receiver.${receiver}`] : null,
    baseline: sentences.baseline,
  };
  const open = context.steps;
  return {
    steps: preparationSteps.flatMap(step => {
      const sentence = said[step];
      return sentence === null ? [] : [{ step, sentence, fact: facts[step], open: open.includes(step) }];
    }),
    ready: run.state === 'preparation' && open.length === 0 && context.boardReady && isRoutine(context),
    notes: [
      ...(run.board.hindrance ? [catalogue.refusals.next[hindered[run.board.hindrance].next]] : []),
      ...(run.screened?.cleared && run.screened.by === 'touch' ? [catalogue.care.noScreen] : []),
      sentences.apart ?? '',
      ...(isRoutine(context) ? [] : [catalogue.refusals.next.otherRoutine]),
      ...stagesElsewhere(context).map(({ stage, zones }) =>
        fill(sentences.elsewhere ?? '', {
          stage: catalogue.stages[stage],
          places: zones.map(zone => catalogue.zones[zone].toLowerCase()).join(', '),
        }),
      ),
    ],
    causes: run.causes,
    gentle: gentleToday(context),
    places: placesToName(context).map(zone => ({
      zone,
      isLeftOut: touchesAny(zone, context.leftOut),
      isNamed: context.leftOut.includes(zone),
    })),
    liesOnSide: mayLieOnSide(context) ? context.liesOnSide : null,
  };
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
