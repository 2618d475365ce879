/** How a session stands, in one plain sentence for every state. */
import { sessionLimits } from '../../machines/limits.ts';
import type { Pass } from '../../machines/routine/timeline.ts';
import { pressureNow } from '../../machines/session.pressure.ts';
import { isCheckIn } from '../../machines/session.states.ts';
import { passNow } from '../../machines/session.time.ts';
import { endSentence } from '../../machines/text/ends.ts';
import { clockFace } from '../../machines/text/minutes.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import type { Run } from '../session/run.ts';

const isTurned = (pass: Pass, before: Run['snapshot']['context']['handsOn']): boolean =>
  pass.position === 'sideLying' &&
  before?.position === 'sideLying' &&
  pass.side !== 'together' &&
  before.side !== 'together';

/** One plain sentence for every state. */
export function stateSentence(run: Run): string {
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
