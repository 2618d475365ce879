/** Where this program keeps what it has to remember, as each platform has it. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { codeOf } from '../storage/error-code.ts';
import { privateFolder } from '../storage/private-files.ts';
import { Exit, shown } from './exit.ts';

type Named = Readonly<{
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  home: string;
}>;

/**
 * A folder that the system names. What is empty or relative counts as if it were not set at all: relative paths there
 * are to be ignored (XDG Base Directory Specification), for they would be another folder each time.
 */
const named = (path: string | undefined): string | null =>
  path !== undefined && isAbsolute(path) ? path : null;

/** Throws Exit 64 where TACTUS_STATE is relative: who set it meant something, and it is not known what. */
export function statePath({ env, platform, home }: Named): string {
  const { TACTUS_STATE, XDG_STATE_HOME, LOCALAPPDATA } = env;
  if (TACTUS_STATE !== undefined && TACTUS_STATE.trim() !== '') {
    if (isAbsolute(TACTUS_STATE)) return TACTUS_STATE;
    throw new Exit(
      'usage',
      `TACTUS_STATE is ${shown(TACTUS_STATE)}: that is another folder wherever it is run; give its whole path`,
    );
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'tactus');
  if (platform === 'win32') return join(named(LOCALAPPDATA) ?? join(home, 'AppData', 'Local'), 'tactus');
  return join(named(XDG_STATE_HOME) ?? join(home, '.local', 'state'), 'tactus');
}

/** The folder's path; `TACTUS_STATE` goes before the platform's own place. It is made where it is missing, mode 0700. */
export function stateFolder(): string {
  const folder = statePath({ env: process.env, platform: process.platform, home: homedir() });
  try {
    return privateFolder(folder);
  } catch (error) {
    const code = codeOf(error) || 'cannot be made';
    throw new Exit(
      'cannotWrite',
      `${shown(folder)}: ${code}; set TACTUS_STATE to a folder that you may write into`,
    );
  }
}
