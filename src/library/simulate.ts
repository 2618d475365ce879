/**
 * A whole session in virtual time, with no board: an hour in well under a second. The same routine and the same script
 * give the same trace on any machine.
 *
 * @packageDocumentation
 */
import type { Cue } from '../../machines/cues/schema.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { Reason } from '../../machines/session.lists.ts';
import type { Ms, Outcome } from '../../machines/vocabulary.ts';
import { version } from '../installed.ts';
import type { TraceLine } from '../session/trace.ts';
import { rememberedStage } from '../simulation/recorded-stage.ts';
import { assumedPerson, parseScript, type Step, unanswerable } from '../simulation/script.ts';
import { ScriptFault } from '../simulation/script-player.ts';
import { simulate as simulateOn } from '../simulation/simulate.ts';

export type { Line, TraceLine } from '../session/trace.ts';
export type { Cue, Ms, Outcome, Reason, Routine };
export { ScriptFault };

/** What is simulated. */
export type Simulation = Readonly<{
  /** As `parseRoutine`, `scaled` or `fromLibrary` gave it. */
  routine: Routine;
  /**
   * What people do: the text of a script, as `tactus simulate --script` reads it, at most 10,000 steps. Left out:
   * somebody who answers "no" to every question, starts, goes on after each turn and answers every check-in.
   */
  script?: string;
  /** Cues of one's own, checked (`checkCues`), each in the place of the one with its id. */
  cues?: readonly Cue[];
}>;

/** What came of it. */
export type TracedSession = Readonly<{
  /** All that happened, in the order of time; `at` in whole ms since screening opened. */
  trace: readonly TraceLine[];
  outcome: Outcome;
  reason: Reason;
  /** How long it took, in ms of session time. */
  lastedMs: Ms;
  /** Strokes that were begun. */
  strokes: number;
}>;

function stepsOf({ routine, script }: Simulation): readonly Step[] {
  if (script === undefined) return assumedPerson(routine);
  const parsed = parseScript(script);
  if (!parsed.ok) throw new ScriptFault(`faulty script: ${parsed.issues.join('; ')}`);
  const unasked = unanswerable(parsed.steps, { returns: false });
  if (unasked.length > 0) throw new ScriptFault(`faulty script: ${unasked.join('; ')}`);
  return parsed.steps;
}

/**
 * Runs a routine from the first question to its outcome. Rejects with ScriptFault, which names each step, where the
 * script is faulty, answers what nobody asks, or expects what does not come; and with Error where the session would
 * last longer than 12 h.
 */
export async function runToTrace(simulation: Simulation): Promise<TracedSession> {
  const steps = stepsOf(simulation);
  const trace: TraceLine[] = [];
  const stage = rememberedStage();
  try {
    const { outcome, strokes, lastedMs } = await simulateOn(stage, {
      routine: simulation.routine,
      steps,
      product: `tactus ${version}`,
      trace: line => trace.push(line),
      ...(simulation.cues && { cues: simulation.cues }),
    });
    return { trace, outcome: outcome.outcome, reason: outcome.reason, lastedMs, strokes };
  } finally {
    stage.close();
  }
}
