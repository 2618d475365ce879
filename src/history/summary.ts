/** What a kept session comes to: minutes by zone and side, pressure, deeds, how it ended. Pure. */
import type { Zone } from '../../machines/routine/names.ts';
import { type MovingStage, type Ms, movingStages, type Side } from '../../machines/vocabulary.ts';
import { latenessBinsMs } from '../time/lateness.ts';
import { type KeptSession, type RecordOf, recordsOf, type SessionRecord } from './records.ts';

/** A stretch of a phase as it was: `movedMs` without pauses and turns. */
export type KeptStretch = Readonly<{
  phase: string;
  title: string;
  stage: RecordOf<'phase'>['stage'];
  zone: Zone;
  side: Side;
  technique: RecordOf<'phase'>['technique'];
  plannedMs: Ms;
  from: Ms;
  until: Ms;
  movedMs: Ms;
  strokes: number;
  pressureMax: number | null;
  extended: number;
  eased: number;
}>;

export type ZoneTime = Readonly<{ zone: Zone; leftMs: Ms; rightMs: Ms }>;

export type StageTime = Readonly<{ stage: MovingStage; leftMs: Ms; rightMs: Ms }>;

export type Summary = Readonly<{
  lastedMs: Ms;
  movedMs: Ms;
  strokes: number;
  stretches: readonly KeptStretch[];
  zones: readonly ZoneTime[];
  /** Where a board has played it by itself: no more than this is known of places, and nothing of strokes and pressure. */
  stages: readonly StageTime[] | null;
  pressureMax: Readonly<{ left: number | null; right: number | null }>;
  eased: number;
  extended: number;
  rises: number;
  pauses: number;
  faults: number;
  /** Null: it broke off. */
  outcome: RecordOf<'outcome'> | null;
  late: Readonly<{ p99Ms: Ms; worstMs: Ms }> | null;
  notes: readonly RecordOf<'note'>[];
  /** Played in steered time: its minutes are nobody's. */
  practice: boolean;
}>;

/** How often it was eased; what was taken back was not. */
const easedIn = (deeds: readonly RecordOf<'deed'>[]): number =>
  Math.max(
    0,
    deeds.filter(({ deed }) => deed === 'ease').length -
      deeds.filter(({ deed }) => deed === 'easeUndone').length,
  );

const timed = (record: SessionRecord): record is Exclude<SessionRecord, { type: 'note' }> => 'at' in record;

/** Moments at which hands began or ceased to move, in order. */
function movingStretches(records: readonly SessionRecord[], end: Ms): readonly (readonly [Ms, Ms])[] {
  const found: [Ms, Ms][] = [];
  let since: Ms | null = null;
  for (const record of records) {
    if (record.type !== 'state') continue;
    if (record.moves && since === null) since = record.at;
    if (!record.moves && since !== null) {
      found.push([since, record.at]);
      since = null;
    }
  }
  if (since !== null) found.push([since, end]);
  return found;
}

const overlap = ([from, until]: readonly [Ms, Ms], other: readonly [Ms, Ms]): Ms =>
  Math.max(0, Math.min(until, other[1]) - Math.max(from, other[0]));

const within = (at: Ms, from: Ms, until: Ms): boolean => at >= from && at < until;

/** The bound of the bin below which this share of all deadlines lies; the worst one in the last bin. */
function percentile({ counts, worstMs }: RecordOf<'timing'>, share: number): Ms {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  for (const [index, count] of counts.entries()) {
    sum += count;
    if (sum >= share * all) return Math.min(latenessBinsMs[index] ?? worstMs, worstMs);
  }
  return worstMs;
}

const stagesOf = ({ stages }: RecordOf<'totals'>): readonly StageTime[] =>
  movingStages
    .map(stage => ({ stage, leftMs: stages[stage].left, rightMs: stages[stage].right }))
    .filter(({ leftMs, rightMs }) => leftMs + rightMs > 0);

export function summaryOf(kept: KeptSession): Summary {
  const { records } = kept;
  const lastedMs = records.reduce((last, record) => (timed(record) ? Math.max(last, record.at) : last), 0);
  const moving = movingStretches(records, lastedMs);
  const phases = recordsOf(kept, 'phase');
  const strokes = recordsOf(kept, 'stroke');
  const pressures = recordsOf(kept, 'pressure');
  const deeds = recordsOf(kept, 'deed');
  const stretches = phases.map((phase, index): KeptStretch => {
    const from = phase.at;
    const next = phases[index + 1]?.at ?? lastedMs;
    const until = moving.reduce(
      (last, stretch) => (overlap(stretch, [from, next]) > 0 ? Math.min(next, stretch[1]) : last),
      from,
    );
    const on = phase.side === 'together' ? ['left', 'right'] : [phase.side];
    const felt = pressures.filter(({ at, side }) => at < Math.max(next, from + 1) && on.includes(side));
    const here = felt.filter(({ at }) => at >= from);
    const before = on.flatMap(side => felt.findLast(one => one.side === side && one.at < from) ?? []);
    const values = [...here, ...before].map(({ pressure }) => pressure);
    return {
      phase: phase.phase,
      title: phase.title,
      stage: phase.stage,
      zone: phase.zone,
      side: phase.side,
      technique: phase.technique,
      plannedMs: phase.plannedMs,
      from,
      until,
      movedMs: moving.reduce((sum, stretch) => sum + overlap(stretch, [from, next]), 0),
      strokes: strokes.filter(({ at }) => within(at, from, next)).length,
      pressureMax: values.length === 0 ? null : Math.max(...values),
      extended: deeds.filter(({ at, deed }) => deed === 'extend' && within(at, from, next)).length,
      eased: easedIn(deeds.filter(({ at }) => within(at, from, next))),
    };
  });
  const spent = new Map<Zone, { leftMs: Ms; rightMs: Ms }>();
  for (const { zone, side, movedMs } of stretches) {
    const time = spent.get(zone) ?? { leftMs: 0, rightMs: 0 };
    if (side !== 'right') time.leftMs += movedMs;
    if (side !== 'left') time.rightMs += movedMs;
    spent.set(zone, time);
  }
  const highest = (side: 'left' | 'right'): number | null => {
    const values = pressures.filter(one => one.side === side).map(({ pressure }) => pressure);
    return values.length === 0 ? null : Math.max(...values);
  };
  const timing = recordsOf(kept, 'timing').at(-1);
  const states = recordsOf(kept, 'state');
  const moments = (why: string): number =>
    new Set(pressures.filter(one => one.why === why).map(({ at }) => at)).size;
  const totals = recordsOf(kept, 'totals').at(-1);
  return {
    lastedMs,
    movedMs: totals?.movedMs ?? moving.reduce((sum, [from, until]) => sum + until - from, 0),
    strokes: strokes.length,
    stretches,
    zones: [...spent].map(([zone, time]) => ({ zone, ...time })),
    stages: totals ? stagesOf(totals) : null,
    pressureMax: { left: highest('left'), right: highest('right') },
    eased: totals?.eases ?? easedIn(deeds),
    extended: deeds.filter(({ deed }) => deed === 'extend').length,
    rises: totals?.rises ?? moments('rise'),
    pauses: totals?.pauses ?? states.filter(({ state }) => state === 'paused').length,
    faults: recordsOf(kept, 'fault').length,
    outcome: recordsOf(kept, 'outcome').at(-1) ?? null,
    late: timing ? { p99Ms: percentile(timing, 0.99), worstMs: timing.worstMs } : null,
    notes: recordsOf(kept, 'note'),
    practice: recordsOf(kept, 'steered').length > 0,
  };
}
