/**
 * A routine as a board keeps it: what its session needs of it, to the millisecond, and no words.
 *
 *   header   number of phases, passes, careful entries; flags; rules; hash
 *   phases   what all passes of a phase share, 23 bytes each
 *   passes   phase and side in one byte each
 *   entries  the passes with care: whose work, at whose place
 *
 * Without care every pass is in its own place, so that needs no list. Times of phases are whole half seconds: a phase
 * has whole seconds, and at most two sides share them.
 */
import { directions, positions, type Technique, type Zone, zones } from '../../machines/routine/names.ts';
import { dosageOf, type Pace, type Pass, timeline } from '../../machines/routine/timeline.ts';
import { fresh } from '../../machines/session.fresh.ts';
import { lighterPace } from '../../machines/session.lighter.ts';
import { receiverMeans } from '../../machines/session.lists.ts';
import type { SessionContext, SessionInput } from '../../machines/session.types.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { type Ms, movingStages, sides } from '../../machines/vocabulary.ts';
import { little } from './bytes.ts';
import { carefulEntries } from './careful.ts';
import { mostPasses } from './layout.ts';

/** A routine as somebody wants it on the board. Nobody is known there: no agreed time of the end, no cues of one's own. */
export type RoutineChoice = Readonly<
  Pick<SessionInput, 'routine' | 'easierSide' | 'receiver' | 'strokeCues'>
>;

/** Why a routine can not be kept on a board. */
export class NotForBoard extends Error {}

const words = terminalWords.alone.notForBoard;
const halfSecondMs: Ms = 500;
const dosages = ['none', 'piriformis', 'vibration'] as const;

const fits = (value: number, below: number, what: string): number => {
  if (!Number.isInteger(value) || value < 0 || value >= below)
    throw new NotForBoard(fill(words.number, { what, value, below }));
  return value;
};

const inHalfSeconds = (ms: Ms, what: string): readonly number[] =>
  little(fits(ms / halfSecondMs, 2 ** 16, what), 2);

/** The length of a stroke has 17 bits: its highest lies above the 14 of the return. */
function paceBytes(pace: Pace | null): readonly number[] {
  if (!pace) return [0, 0, 0, 0, 0, 0, 0];
  const strokeMs = fits(pace.strokeMs, 2 ** 17, 'strokeMs');
  const returnMs = fits(pace.returnMs, 2 ** 14, 'returnMs');
  return [
    ...little(strokeMs % 2 ** 16, 2),
    ...little(returnMs + (strokeMs >= 2 ** 16 ? 2 ** 15 : 0), 2),
    fits(pace.ascent?.pulls ?? 0, 256, 'pulls'),
    ...little(fits(pace.ascent?.returnMs ?? 0, 2 ** 16, 'ascent.returnMs'), 2),
  ];
}

/** Whether the one technique of a pass is lighter than the other, the session's own rule asked. */
const isLighter = (context: SessionContext, pass: Pass, usesOtherTechnique: boolean): boolean =>
  lighterPace({ ...context, passes: [pass], passIndex: 0, usesOtherTechnique }) !== null;

const longStrokes: Technique = 'effleurage';

function phaseBytes(context: SessionContext, pass: Pass): readonly number[] {
  const { zone, pace, otherPace } = pass;
  const dosage = dosages.indexOf(dosageOf(zone, pace, otherPace)?.name ?? 'none');
  return [
    movingStages.indexOf(pass.stage) |
      ((zones as readonly Zone[]).indexOf(zone) << 2) |
      (positions.indexOf(pass.position) << 6),
    directions.indexOf(pass.direction) |
      (dosage << 3) |
      (Number(pace.technique === longStrokes) << 5) |
      (fits(pass.pressureStart, 4, 'pressureStart') << 6),
    fits(pass.pressureMax, 8, 'pressureMax') |
      (Number(otherPace !== null) << 3) |
      (Number(isLighter(context, pass, false)) << 4) |
      (Number(isLighter(context, pass, true)) << 5),
    ...inHalfSeconds(pass.durationMs, 'durationMs'),
    ...inHalfSeconds(pass.leastMs, 'leastMs'),
    ...inHalfSeconds(pass.mostMs, 'mostMs'),
    ...paceBytes(pace),
    ...paceBytes(otherPace),
  ];
}

/** FNV-1a, 32 bits. */
function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** By this a host knows a routine again: whatever of its file differs makes another number. */
export const routineHashOf = (routine: RoutineChoice['routine']): number => fnv(JSON.stringify(routine));

function flagsOf({ rules, routineSteps, receiver }: SessionContext): number {
  const means = receiver === null ? 0 : receiverMeans.indexOf(receiver);
  return (
    Number(rules.strokeCues) |
    (Number(routineSteps.bath) << 1) |
    (Number(routineSteps.oil) << 2) |
    (Number(receiver !== null) << 3) |
    (means << 4)
  );
}

/** Throws `NotForBoard`, with a sentence, where a board can not keep it. */
export function routineBytes(choice: RoutineChoice): Uint8Array {
  const input: SessionInput = { ...choice, boardReady: true };
  const passes = timeline(choice.routine, choice.easierSide);
  if (passes.length > mostPasses)
    throw new NotForBoard(
      fill(words.mostPasses, { id: choice.routine.id, count: passes.length, most: mostPasses }),
    );
  const context = fresh(input);
  const phases = [...new Set(passes.map(({ phase }) => phase))];
  const entries = carefulEntries(input);
  const { rules } = context;
  return Uint8Array.from([
    phases.length,
    passes.length,
    entries.length,
    flagsOf(context),
    ...little(fits(rules.checkInEveryMs / 1000, 2 ** 16, 'checkIn.everyS'), 2),
    fits(rules.checkInTimeoutMs / 1000, 256, 'checkIn.timeoutS'),
    ...little(fits(rules.riseDwellMs / 1000, 2 ** 16, 'riseDwellS'), 2),
    ...little(fits(rules.capMs, 2 ** 24, 'capMs'), 3),
    ...little(routineHashOf(choice.routine), 4),
    ...phases
      .flatMap(id => passes.filter(({ phase }) => phase === id).slice(0, 1))
      .flatMap(pass => phaseBytes(context, pass)),
    ...passes.map(({ phase, side }) => (phases.indexOf(phase) << 2) | sides.indexOf(side)),
    ...entries.flatMap(({ work, place }) => [work, place]),
  ]);
}
