/** Who one is to a broker: from two variables, or from a file that nobody else may read. Never from the command line. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { codeOf } from '../storage/error-code.ts';
import { type BrokerIdentity, credentialsSchema } from './connection.ts';

/** Why there are no credentials to use; nothing of what a file holds is in it. */
export type CredentialsFault = Readonly<
  | { why: 'missing' | 'unreadable' | 'notRegular' | 'tooLarge' | 'notJson' | 'noPem'; path: string }
  /** Others may read it. */
  | { why: 'open'; path: string; mode: string }
  | { why: 'field'; path: string; field: string; says: string }
  | { why: 'lonePassword' }
>;

/** As the environment has them. */
export type CredentialsEnv = Readonly<{
  TACTUS_MQTT_USERNAME?: string | undefined;
  TACTUS_MQTT_PASSWORD?: string | undefined;
  TACTUS_MQTT_FILE?: string | undefined;
}>;

/** In the state folder, where no other file is named. */
export const credentialsName = 'mqtt.json';

const mostBytes = 256 * 1024;

/** Throws a fault: within this file alone. */
class Refusal extends Error {
  readonly fault: CredentialsFault;

  constructor(fault: CredentialsFault) {
    super(fault.why);
    this.fault = fault;
  }
}

/** The text of a regular file. `secret`: it has to be nobody else's, as `ssh` wants of its keys. */
function textOf(path: string, { secret }: Readonly<{ secret: boolean }>): string {
  let file: number;
  try {
    // A pipe would wait for whoever writes to it.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new Refusal({ why: codeOf(error) === 'ENOENT' ? 'missing' : 'unreadable', path });
  }
  try {
    const { mode, size } = fstatSync(file);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw new Refusal({ why: 'notRegular', path });
    // Windows keeps rights elsewhere; the state folder lies within the account's own.
    if (secret && process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new Refusal({ why: 'open', path, mode: (mode & 0o777).toString(8).padStart(4, '0') });
    if (size > mostBytes) throw new Refusal({ why: 'tooLarge', path });
    const bytes = Buffer.alloc(mostBytes + 1);
    let length = 0;
    for (;;) {
      const count = readSync(file, bytes, length, bytes.length - length, length);
      if (count === 0) break;
      length += count;
    }
    return bytes.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
}

function pemOf(path: string, secret: boolean): string {
  const text = textOf(path, { secret });
  if (!text.includes('-----BEGIN ')) throw new Refusal({ why: 'noPem', path });
  return text;
}

function parsed(path: string): v.InferOutput<typeof credentialsSchema> {
  let value: unknown;
  const text = textOf(path, { secret: true });
  try {
    value = JSON.parse(text);
  } catch {
    // What a parser says of it quotes it.
    throw new Refusal({ why: 'notJson', path });
  }
  const result = v.safeParse(credentialsSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  // Its message quotes what was found only where that is a kind of value; a value itself stays unsaid.
  const says = issue.kind === 'validation' && issue.type === 'check' ? issue.message : issue.type;
  throw new Refusal({ why: 'field', path, field: v.getDotPath(issue) ?? '', says });
}

function identityFrom(env: CredentialsEnv, stateFolder: string): BrokerIdentity {
  const { TACTUS_MQTT_USERNAME: username, TACTUS_MQTT_PASSWORD: password, TACTUS_MQTT_FILE: named } = env;
  const path = named ? resolve(named) : join(stateFolder, credentialsName);
  let file: v.InferOutput<typeof credentialsSchema> = {};
  try {
    file = parsed(path);
  } catch (error) {
    // Nobody has to have one; one that was named has to be there.
    if (!(error instanceof Refusal) || error.fault.why !== 'missing' || named) throw error;
  }
  if (password && !username) throw new Refusal({ why: 'lonePassword' });
  // One account is told by one place, never half by each.
  const account = username ? { username, password } : file;
  const pem = (found: string | undefined, secret = false): string | null =>
    found === undefined ? null : pemOf(resolve(dirname(path), found), secret);
  return {
    username: account.username ?? null,
    password: account.password || null,
    ca: pem(file.ca),
    cert: pem(file.cert),
    key: pem(file.key, true),
  };
}

/** Reads them. The variables go before the file's account; authorities and certificates are the file's alone. */
export function brokerIdentity(env: CredentialsEnv, stateFolder: string): BrokerIdentity | CredentialsFault {
  try {
    return identityFrom(env, stateFolder);
  } catch (error) {
    if (error instanceof Refusal) return error.fault;
    throw error;
  }
}
