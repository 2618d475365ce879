/**
 * By what a device is known to a broker: something of chance that stays the same as long as the state folder does. It
 * says nothing of the machine, its owner or its board.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { brokerWords } from '../../../machines/text/broker.ts';
import { terminalWords } from '../../../machines/text/terminal.ts';
import { fill } from '../../../machines/text/text.ts';
import { codeOf } from '../../storage/error-code.ts';
import type { Say } from '../../storage/notices.ts';
import { StateFile } from '../../storage/state-file.ts';

const idPattern = /^[0-9a-f]{32}$/;

/** The id that stands in the state folder, which is made where there is none. One that cannot be kept is of this process alone. */
export function deviceId(stateFolder: string, say: Say): string {
  const path = join(stateFolder, 'mqtt-id.json');
  const file = new StateFile({ path, version: ['version', 1], say });
  const known = file.read().fields.get('id');
  if (typeof known === 'string' && idPattern.test(known)) return known;
  let id = randomBytes(16).toString('hex');
  try {
    file.change(({ fields }) => {
      // Another process may just have made one.
      const other = fields.get('id');
      if (typeof other === 'string' && idPattern.test(other)) {
        id = other;
        return null;
      }
      return new Map([...fields, ['version', 1], ['id', id]]);
    });
  } catch (error) {
    const why = fill(terminalWords.files.notWritten, { why: codeOf(error) || 'cannot be written' });
    say({ file: path, what: fill(brokerWords.id, { why }), todo: terminalWords.files.todo.space });
  }
  return id;
}

/** What it is called where nobody has given it a name. */
export const nameOfId = (id: string): string => `tactus-${id.slice(0, 6)}`;
