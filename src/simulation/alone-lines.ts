/** What a board alone tells through its trace port, as lines of any trace. */
import type { TraceRecord } from '../../hardware/alone/trace-port.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { adviceOf } from '../session/advice.ts';
import type { TraceLine } from '../session/trace.ts';

/** The board does not do what a board alone does: it says nothing, or begins anew in the middle. */
export class BoardFault extends Error {}

function phaseOf({ phases }: Routine, work: number): string {
  const phase = phases[work]?.id;
  if (phase === undefined)
    throw new BoardFault(`the board tells of phase ${work}, which the routine has not`);
  return phase;
}

/** Null where a record is no line. Throws BoardFault where it tells of what the routine has not. */
export function traceLineOf(routine: Routine, record: TraceRecord): TraceLine | null {
  const { at } = record;
  switch (record.type) {
    case 'state': {
      const { state, work, side } = record;
      return { at, type: 'state', state, ...(work !== null && { phase: phaseOf(routine, work), side }) };
    }
    case 'stroke': {
      const { work, side, stroke, period, pull, ascent } = record;
      const climb = pull > 0 && { pull, ascent };
      return { at, type: 'stroke', phase: phaseOf(routine, work), side, stroke, period, ...climb };
    }
    case 'cue': {
      const { cue, why, work } = record;
      return { at, type: 'cue', cue, why, ...(work !== null && { phase: phaseOf(routine, work) }) };
    }
    case 'pressure': {
      const { pressure, side, why } = record;
      return { at, type: 'pressure', pressure, side, why };
    }
    case 'outcome': {
      const { outcome, reason } = record;
      return { at, type: 'outcome', outcome, reason, advice: adviceOf({ outcome, reason }, null) };
    }
    default:
      return null;
  }
}

/** The lines of these records. */
export const linesOfBoard = (routine: Routine, records: readonly TraceRecord[]): readonly TraceLine[] =>
  records.flatMap(record => traceLineOf(routine, record) ?? []);
