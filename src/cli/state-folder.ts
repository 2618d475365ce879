/** Where this program keeps what it has to remember, as each platform has it. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Exit, shown } from './exit.ts';

/** The folder's path; `TACTUS_STATE` goes before the platform's own place. It is made where it is missing, mode 0700. */
export function stateFolder(): string {
  const { TACTUS_STATE, XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  const folder =
    TACTUS_STATE ??
    (process.platform === 'darwin'
      ? join(homedir(), 'Library', 'Application Support', 'tactus')
      : process.platform === 'win32'
        ? join(LOCALAPPDATA ?? homedir(), 'tactus')
        : join(XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'tactus'));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'cannot be made';
    throw new Exit(
      'cannotWrite',
      `${shown(folder)}: ${code}; set TACTUS_STATE to a folder that you may write into`,
    );
  }
  return folder;
}
