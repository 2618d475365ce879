/**
 * What a file knows of boards, beside what this browser knows: a board that nobody has calibrated here gets what the file
 * says, field by field; one that somebody has stays as it is here, whichever is the newer, and that is said.
 */
import { keptWords } from '../../../machines/text/kept.ts';
import { fill } from '../../../machines/text/text.ts';
import { type BoardSettings, isUncalibrated, understoodSettings } from '../../../src/app/known-board.ts';
import type { FileFault } from '../../page/history/taken-in.ts';

const words = keptWords.faults;

/** Each under its id, as they stand somewhere. */
export type BoardsAsKept = Readonly<Record<string, unknown>>;

export type BoardsTaken = Readonly<{
  /** To be kept here. */
  boards: Readonly<Record<string, BoardSettings>>;
  had: number;
  left: readonly FileFault[];
  notes: readonly FileFault[];
}>;

/** More kinds of boards than anybody plugs in. */
export const mostBoards = 64;
/** As a browser tells them apart: see board-id.ts. */
const idPattern = /^kind:(none|[0-9a-f]{4}:[0-9a-f]{4})$/;

const knownIn = (boards: BoardsAsKept, id: string) =>
  Object.hasOwn(boards, id) ? understoodSettings(boards[id]) : null;

const isSame = (one: BoardSettings, other: BoardSettings): boolean =>
  one.stop === other.stop && JSON.stringify(one.calibration) === JSON.stringify(other.calibration);

const dayOf = ({ at }: BoardSettings): string => at.slice(0, 10);

/** What becomes of one board: what is to be kept of it, or why nothing is; null where all of it is here. */
function settingsFor(
  found: BoardSettings,
  here: BoardSettings | null,
): Readonly<{ settings: BoardSettings; note: string | null }> | Readonly<{ why: string }> | null {
  if (here === null) return { settings: found, note: null };
  if (isSame(found, here)) return null;
  if (!isUncalibrated(here))
    return { why: fill(words.calibrated, { here: dayOf(here), there: dayOf(found) }) };
  if (isUncalibrated(found)) return { why: words.stopStays };
  // How STOP is wired was seen on the board that is here.
  return {
    settings: { ...found, stop: here.stop },
    note: found.stop === here.stop ? null : words.stopStays,
  };
}

export function takeBoards(wanted: BoardsAsKept, here: BoardsAsKept): BoardsTaken {
  const boards: Record<string, BoardSettings> = {};
  const left: FileFault[] = [];
  const notes: FileFault[] = [];
  let had = 0;
  let count = Object.keys(here).length;
  for (const [id, one] of Object.entries(wanted).slice(0, 2 * mostBoards)) {
    const where = `boards.${id.slice(0, 40)}`;
    const found = idPattern.test(id) ? understoodSettings(one) : null;
    const isHere = Object.hasOwn(here, id);
    const known = knownIn(here, id);
    if (!found) left.push({ where, why: words.board });
    else if (isHere && !known) left.push({ where, why: words.differs });
    else {
      const result = settingsFor(found.known, known?.known ?? null);
      if (result === null) had += 1;
      else if ('why' in result) left.push({ where, why: result.why });
      else if (!isHere && count >= mostBoards) left.push({ where, why: words.boardRoom });
      else {
        boards[id] = result.settings;
        if (!isHere) count += 1;
        for (const field of found.wrong.slice(0, 12))
          notes.push({ where: `${where}.${field.slice(0, 40)}`, why: words.boardField });
        if (result.note !== null) notes.push({ where, why: result.note });
      }
    }
  }
  return { boards, had, left, notes };
}
