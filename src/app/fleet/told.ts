/** A device of the list for scripts: one JSON object, in letters that no terminal takes for anything else. */
import type { SeenDevice } from '../../mqtt/fleet.ts';

const isoOrNull = (wall: number | null): string | null =>
  wall === null ? null : new Date(wall).toISOString();

/** As `--json` has it. */
export const toldDevice = ({ name, isLive, silentSince, secondsLeft, state, lastEvent }: SeenDevice) => ({
  name,
  live: isLive,
  silentSince: isoOrNull(silentSince),
  secondsLeft,
  state,
  lastEvent,
});

/** JSON on one line, ASCII alone: what others have published may hold letters that steer a terminal. */
export const plainJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
