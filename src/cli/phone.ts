/** `tactus phone`: another code for a phone, from the controller that runs on this machine. */
import { request } from 'node:http';
import type { Command } from 'commander';
import { commandWords } from '../../machines/text/commands.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { Exit, shown } from '../app/exit.ts';
import { invitation, lookOf } from '../app/lan/announce.ts';
import { whole } from '../app/options.ts';
import type { PhoneView } from '../server/lan/phone-messages.ts';

const words = catalogue.phone.refused;
const answerWithinMs = 5000;

type Told = Readonly<{ status: number; body: string }>;

/** Asks the controller on loopback for a new code. */
function askForCode(port: number, role: 'remote' | 'receiver'): Promise<Told> {
  return new Promise((resolve, reject) => {
    const origin = `http://127.0.0.1:${port}`;
    const asked = request(
      `${origin}/phone/code`,
      {
        method: 'POST',
        headers: { Origin: origin, 'Content-Type': 'application/json' },
        timeout: answerWithinMs,
      },
      response => {
        let body = '';
        response.on('data', (part: Buffer) => {
          body += part.toString('utf8');
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.on('error', reject);
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', reject);
    asked.end(JSON.stringify({ role }));
  });
}

async function run({ http, receiver, json }: { http: number; receiver?: true; json?: true }): Promise<void> {
  let told: Told;
  try {
    told = await askForCode(http, receiver ? 'receiver' : 'remote');
  } catch {
    throw new Exit('noInput', fill(words.noController, { port: http }));
  }
  if (told.status === 409) throw new Exit('noInput', fill(words.noLan, { port: http }));
  if (told.status !== 201)
    throw new Exit('busy', fill(words.noAnswer, { port: http, why: shown(told.body.trim()) }));
  const view = JSON.parse(told.body) as PhoneView;
  process.stdout.write(
    json
      ? `${JSON.stringify(view)}\n`
      : invitation(view, `http://127.0.0.1:${http}/#phone`, lookOf(process.stdout)),
  );
}

export function addPhone(program: Command): void {
  program
    .command('phone')
    .description(commandWords.phone.does)
    .option('--receiver', commandWords.phone.receiver)
    .option('--http <port>', commandWords.phone.http, whole(1, 65_535), 7410)
    .option('--json')
    .action(run);
}
