/**
 * What has been found out about each board, kept in the state folder under the board's id.
 *
 * The id is the USB serial number where there is one; a clone without one is known by its port, and so is a board
 * behind a bridge. Each board is read by itself, field by field: what cannot be understood is said, and stays in the
 * file, or in one beside it.
 */
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { uncalibratedBoard } from '../../hardware/duty.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import type { BoardCalibration } from '../../machines/vocabulary.ts';
import type { BoardTuning } from '../session/board-tuning.ts';
import { codeOf } from '../storage/error-code.ts';
import { isFields } from '../storage/json-fields.ts';
import { FileBusy } from '../storage/lock.ts';
import type { Say } from '../storage/notices.ts';
import type { StateReading } from '../storage/state-fields.ts';
import { FileClosed, StateFile } from '../storage/state-file.ts';
import type { Disk } from './disk-works.ts';
import { Exit, shown } from './exit.ts';
import {
  type BoardSettings,
  boardSettingsSchema,
  isUncalibrated,
  strangeFields,
  understoodSettings,
  untried,
} from './known-board.ts';
import { saidNotices } from './said-notices.ts';
import { stateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';

const words = terminalWords.files;

/** More boards than anyone has; the ones not looked at for longest go first. */
const mostBoards = 200;

const file = (say: Say = saidNotices.say): StateFile =>
  new StateFile({ path: join(stateFolder(), 'boards.json'), version: ['version', 1], say });

/** What stands under each board's id, understood or not. */
const boardsIn = ({ fields }: StateReading): ReadonlyMap<string, unknown> => {
  const boards = fields.get('boards');
  return new Map(isFields(boards) ? Object.entries(boards) : []);
};

const boardId = (serialNumber: string | null, path: string): string =>
  serialNumber === null ? `port:${path}` : `usb:${serialNumber}`;

/** The id of the board at a port, as it is plugged in now. */
export const boardIdOf = async (path: string, { ports }: Surroundings): Promise<string> => {
  const real = existsSync(path) ? realpathSync(path) : path;
  const found = (await ports()).find(port => port.path === path || port.path === real);
  return boardId(found?.serialNumber ?? null, path);
};

/** Says what of this board cannot be understood, or is not known to this version. */
function tellOf(id: string, reading: StateReading, path: string, say: Say): void {
  const boards = boardsIn(reading);
  const strange = [
    ...[...reading.fields.keys()].filter(name => name !== 'version' && name !== 'boards'),
    ...Object.keys(strangeFields(boards.get(id))),
  ];
  for (const field of strange)
    say({
      file: path,
      what: fill(words.unknownField, { field: shown(field) }),
      todo: words.todo.unknownField,
    });
  if (reading.fields.has('boards') && !isFields(reading.fields.get('boards')))
    say({ file: path, what: fill(words.wrongField, { field: 'boards' }), todo: words.todo.board });
  if (!boards.has(id)) return;
  const wrong = understoodSettings(boards.get(id))?.wrong ?? ['?'];
  if (wrong.length === 0) return;
  const fields = wrong.map(shown).join(', ');
  say({
    file: path,
    what: fill(words.boardDoubt, { board: shown(id), fields }),
    todo: words.todo.board,
  });
}

/** What is known of a board, as far as it can be understood; null where nothing is. What cannot be is said. */
export function boardSettingsOf(id: string): BoardSettings | null {
  const store = file();
  const reading = store.read();
  tellOf(id, reading, store.path, saidNotices.say);
  const boards = boardsIn(reading);
  return boards.has(id) ? (understoodSettings(boards.get(id))?.known ?? null) : null;
}

/** Says what of any board cannot be understood. */
export function lookAtBoards(say: Say): void {
  const store = file(say);
  const reading = store.read();
  for (const id of ['', ...boardsIn(reading).keys()]) tellOf(id, reading, store.path, say);
}

/** Boards that stay beside this one: all that cannot be understood, and the others as many as there is room for. */
function others(boards: ReadonlyMap<string, unknown>, id: string): readonly (readonly [string, unknown])[] {
  const rest = [...boards].filter(([other]) => other !== id);
  const dated = rest.flatMap(([other, value]) => {
    const found = v.safeParse(boardSettingsSchema, value);
    return found.success ? [{ other, at: found.output.at }] : [];
  });
  const gone = new Set(
    dated
      .toSorted((one, other) => (one.at < other.at ? 1 : -1))
      .slice(mostBoards - 1)
      .map(({ other }) => other),
  );
  return rest.filter(([other]) => !gone.has(other));
}

/**
 * Keeps them, in the place of what was known; a file with something in that place that nobody understood is kept under
 * another name. Throws Exit 73 where it cannot be written, 75 where another process is about to, 77 where it may not be
 * read.
 */
export function keepBoardSettings(id: string, known: BoardSettings): void {
  const store = file();
  try {
    store.change(
      reading => {
        const boards = boardsIn(reading);
        return new Map<string, unknown>([
          ...reading.fields,
          ['version', 1],
          [
            'boards',
            Object.fromEntries([...others(boards, id), [id, { ...strangeFields(boards.get(id)), ...known }]]),
          ],
        ]);
      },
      reading => {
        const boards = boardsIn(reading);
        const isOdd = reading.fields.has('boards') && !isFields(reading.fields.get('boards'));
        return isOdd || (boards.has(id) && understoodSettings(boards.get(id))?.wrong.length !== 0);
      },
    );
  } catch (error) {
    if (error instanceof FileBusy) throw new Exit('busy', `${shown(error.message)}; try again`);
    if (error instanceof FileClosed)
      throw new Exit('notPermitted', `${shown(`${error.path}: ${error.why}`)}; ${words.todo.closed}`);
    const why = codeOf(error) || String(error);
    throw new Exit('cannotWrite', `${shown(store.path)}: ${fill(words.notWritten, { why })}`);
  }
}

/** Keeps what was found out about a board's motors, or forgets it; when that was, as an ISO date. As keepSettings. */
export function keepCalibration(id: string, calibration: BoardCalibration | null): string {
  const fresh = untried();
  const kept = (
    calibration ? structuredClone(calibration) : fresh.calibration
  ) as BoardSettings['calibration'];
  keepBoardSettings(id, { at: fresh.at, stop: boardSettingsOf(id)?.stop ?? fresh.stop, calibration: kept });
  return fresh.at;
}

/** What a running controller finds out about the motors of this board, kept with everything else that is known of it. */
export function tuningOf(id: string, disk: Pick<Disk, 'ask'>): BoardTuning {
  // Read once: it is asked for with each cue.
  const before = boardSettingsOf(id);
  let known: ReturnType<BoardTuning['known']> =
    before && !isUncalibrated(before) ? { at: before.at, calibration: before.calibration } : null;
  return {
    id,
    keptFor: id.startsWith('port:') ? 'port' : 'board',
    usual: uncalibratedBoard,
    known: () => known,
    keep: async calibration => {
      const at = await disk.ask('tuning', { id, calibration });
      known = calibration && { at, calibration };
    },
  };
}
