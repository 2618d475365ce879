/**
 * What has been found out about each board, kept in the state folder under the board's id.
 *
 * The id is the USB serial number where there is one; a clone without one is known by its port, and so is a board
 * behind a bridge. A file that cannot be read is no settings, and is said to be so.
 */
import { existsSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { uncalibratedBoard } from '../../hardware/duty.ts';
import { glideLimits, motorLimits } from '../../machines/limits.ts';
import type { BoardTuning } from '../calibrator.ts';
import { Exit, shown } from './exit.ts';
import { stateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';

const duty = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const motor = v.pipe(
  v.strictObject({
    startDuty: duty(motorLimits.runningDuty),
    ratedDuty: duty(motorLimits.runningDuty),
    kickDuty: duty(motorLimits.kickDuty),
  }),
  v.check(({ startDuty, ratedDuty }) => startDuty <= ratedDuty, 'startDuty lies above ratedDuty'),
);
const lag = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(motorLimits.leadMs));

const settings = v.strictObject({
  /** When somebody last looked at this board, as an ISO date. */
  at: v.string(),
  stop: v.picklist(['normallyClosed', 'normallyOpen']),
  calibration: v.strictObject({
    left: motor,
    right: motor,
    lagMs: v.strictObject({ left: lag, right: lag }),
    swapped: v.boolean(),
    /** Not asked before it was there. */
    glideMs: v.optional(
      v.pipe(v.number(), v.integer(), v.minValue(glideLimits.min), v.maxValue(glideLimits.max)),
      glideLimits.usual,
    ),
  }),
});
const file = v.strictObject({ version: v.literal(1), boards: v.record(v.string(), settings) });

export type BoardSettings = v.InferOutput<typeof settings>;

const mostBytes = 256 * 1024;
/** More boards than anyone has; the ones not looked at for longest go first. */
const mostBoards = 200;

const pathOf = (): string => join(stateFolder(), 'boards.json');

function read(): Record<string, BoardSettings> {
  let text: string;
  try {
    text = readFileSync(pathOf(), 'utf8');
  } catch {
    return {};
  }
  try {
    if (text.length > mostBytes) throw new Error('too large');
    return v.parse(file, JSON.parse(text)).boards;
  } catch {
    process.stderr.write(
      `${shown(pathOf())}: cannot be understood and is left aside; run bringup or calibrate anew\n`,
    );
    return {};
  }
}

const boardId = (serialNumber: string | null, path: string): string =>
  serialNumber === null ? `port:${path}` : `usb:${serialNumber}`;

/** The id of the board at a port, as it is plugged in now. */
export const idOf = async (path: string, { ports }: Surroundings): Promise<string> => {
  const real = existsSync(path) ? realpathSync(path) : path;
  const found = (await ports()).find(port => port.path === path || port.path === real);
  return boardId(found?.serialNumber ?? null, path);
};

/** What is known of a board; what every board begins with, where nothing is. */
export const settingsOf = (id: string): BoardSettings | null => read()[id] ?? null;

export const untried = (): BoardSettings => ({
  at: new Date().toISOString(),
  stop: 'normallyClosed',
  calibration: structuredClone(uncalibratedBoard) as BoardSettings['calibration'],
});

/** Keeps them, in the place of what was known. Throws Exit 73 where that cannot be written. */
export function keepSettings(id: string, known: BoardSettings): void {
  const others = Object.entries(read())
    .filter(([other]) => other !== id)
    .toSorted(([, one], [, other]) => (one.at < other.at ? 1 : -1))
    .slice(0, mostBoards - 1);
  const text = `${JSON.stringify({ version: 1, boards: { ...Object.fromEntries(others), [id]: known } }, null, 2)}\n`;
  const path = pathOf();
  try {
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Exit('cannotWrite', `${shown(path)}: cannot be written (${code})`);
  }
}

const isUsual = ({ calibration }: BoardSettings): boolean =>
  JSON.stringify(calibration) === JSON.stringify(untried().calibration);

/** What a running controller finds out about the motors of this board, kept with everything else that is known of it. */
export function tuningOf(id: string): BoardTuning {
  // Read once: it is asked for with each cue.
  const before = settingsOf(id);
  let known: ReturnType<BoardTuning['known']> =
    before && !isUsual(before) ? { at: before.at, calibration: before.calibration } : null;
  return {
    id,
    keptFor: id.startsWith('port:') ? 'port' : 'board',
    usual: uncalibratedBoard,
    known: () => known,
    keep: calibration => {
      const fresh = untried();
      const kept = (
        calibration ? structuredClone(calibration) : fresh.calibration
      ) as BoardSettings['calibration'];
      keepSettings(id, { at: fresh.at, stop: settingsOf(id)?.stop ?? fresh.stop, calibration: kept });
      known = calibration && { at: fresh.at, calibration };
    },
  };
}
