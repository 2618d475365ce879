/** The preferences in their file of the state folder. */
import { join } from 'node:path';
import { terminalWords } from '../../machines/text/terminal.ts';
import { KeptPreferences, preferencesVersion } from './kept-preferences.ts';
import { type Say, unheard } from './notices.ts';
import { StateFile } from './state-file.ts';

export class PreferencesFile extends KeptPreferences {
  constructor(stateFolder: string, say: Say = unheard) {
    const path = join(stateFolder, 'preferences.json');
    super(new StateFile({ path, version: preferencesVersion, say }), terminalWords.files, say);
  }
}
