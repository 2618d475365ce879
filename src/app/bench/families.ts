/** What is measured together, in which order: heavy ones one after the other, and nothing while beats are compared. */
import { figureWords } from '../../../machines/text/figures.ts';
import { fill } from '../../../machines/text/text.ts';
import { chipStops } from './rows/chip.ts';
import { driftBusy, driftIdle } from './rows/drift.ts';
import { liveStops } from './rows/live.ts';
import { sessions, viewers } from './rows/many.ts';
import { size } from './rows/size.ts';
import { growth, instructions, machinesAlone, withFirmware } from './rows/speed.ts';
import { ready, usage } from './rows/start.ts';
import { wire } from './rows/wire.ts';
import { type AnyRow, type RowId, rowIds, type Unit, unmeasured } from './rows.ts';
import type { World } from './world.ts';

export type Family = Readonly<{
  rows: readonly (readonly [RowId, Unit])[];
  /** On an idle machine of two cores, with all samples; beats take as long as was asked for. */
  aboutS: number | 'beats';
  measure(world: World): Promise<readonly AnyRow[]>;
}>;

const ms = (...ids: readonly RowId[]): Family['rows'] => ids.map(id => [id, 'ms'] as const);

/** The first one finds a process that has just begun: its first sample is a cold one. */
export const families: readonly Family[] = [
  { rows: ms('session-machines'), aboutS: 6, measure: machinesAlone },
  { rows: ms('growth'), aboutS: 8, measure: growth },
  { rows: ms('instructions'), aboutS: 4, measure: instructions },
  { rows: ms('session-firmware'), aboutS: 20, measure: withFirmware },
  { rows: [['wire', 'bytes a minute']], aboutS: 10, measure: wire },
  { rows: ms('stop-pin', 'stop-lapse', 'stop-unplug', 'stop-hang'), aboutS: 25, measure: chipStops },
  { rows: ms('ready'), aboutS: 12, measure: ready },
  {
    rows: [
      ['cpu-idle', '% of a core'],
      ['memory-idle', 'MB'],
      ['cpu-busy', '% of a core'],
      ['memory-busy', 'MB'],
    ],
    aboutS: 28,
    measure: usage,
  },
  { rows: [['viewers', 'pages']], aboutS: 16, measure: viewers },
  { rows: [['sessions', 'sessions']], aboutS: 60, measure: sessions },
  {
    rows: ms('press-pin', 'press-page', 'stop-page', 'stop-sigterm', 'stop-kill'),
    aboutS: 130,
    measure: liveStops,
  },
  { rows: [...ms('drift-idle'), ['cpu-pacing', '% of a core']], aboutS: 'beats', measure: driftIdle },
  { rows: ms('drift-busy'), aboutS: 'beats', measure: driftBusy },
  { rows: [['size', 'MB']], aboutS: 1, measure: size },
];

export type TellProgress = (nth: number, all: number, family: Family, aboutS: number) => void;

/**
 * Measures every family that has a wanted row, one after the other; a family that fails has rows that say why. Rows come
 * in the order of the table, wanted ones only.
 */
export async function measured(
  world: World,
  wanted: ReadonlySet<RowId>,
  began: TellProgress = () => {},
  from: readonly Family[] = families,
): Promise<readonly AnyRow[]> {
  const all = from.filter(({ rows }) => rows.some(([id]) => wanted.has(id)));
  const made = new Map<RowId, AnyRow>();
  for (const [index, family] of all.entries()) {
    const told = { ...family, rows: family.rows.filter(([id]) => wanted.has(id)) };
    began(index + 1, all.length, told, family.aboutS === 'beats' ? world.beatsS() : family.aboutS);
    for (const row of await madeBy(family, world)) made.set(row.id, row);
  }
  return rowIds.flatMap(id => (wanted.has(id) ? (made.get(id) ?? []) : []));
}

async function madeBy({ rows, measure }: Family, world: World): Promise<readonly AnyRow[]> {
  try {
    return await measure(world);
  } catch (error) {
    // One line of it: the rest of the run is worth having, and what is missing has to say so.
    const [said = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return rows.map(([id, unit]) => unmeasured(id, unit, fill(figureWords.why.failed, { why: said })));
  }
}
