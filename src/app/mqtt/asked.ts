/** What `start` is asked for of a broker, and by what it may be entered. Nothing of that stands on the command line. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import * as v from 'valibot';
import { brokerWords } from '../../../machines/text/broker.ts';
import { fill } from '../../../machines/text/text.ts';
import type { BrokerAddress } from '../../mqtt/connection.ts';
import { namePattern } from '../../mqtt/topics.ts';
import { codeOf } from '../../storage/error-code.ts';
import { isFields } from '../../storage/json-fields.ts';
import { keptText } from '../../storage/kept-text.ts';
import { Exit, shown } from '../exit.ts';

const words = brokerWords.refusedOption;

/** Of the file, and of each that it names. */
const mostBytes = 64 * 1024;

export type MqttOptions = Readonly<{ mqtt?: string; mqttName?: string }>;
export type MqttEnvironment = Readonly<Record<string, string | undefined>>;

const text = v.pipe(v.string(), v.maxLength(1024));
const fileSchema = v.strictObject({
  username: v.optional(text),
  password: v.optional(text),
  /** Paths; one that is relative counts from the file's own folder. */
  ca: v.optional(text),
  cert: v.optional(text),
  key: v.optional(text),
});
type Credentials = v.InferOutput<typeof fileSchema>;

/** Null without `--mqtt`. Throws Exit for what is wrong with it, before anything is begun. */
export function mqttAsked(
  { mqtt, mqttName }: MqttOptions,
  env: MqttEnvironment,
  stateFolder: string,
): BrokerAddress | null {
  if (mqtt === undefined) {
    if (mqttName !== undefined) throw new Exit('usage', words.nameAlone);
    return null;
  }
  if (mqttName !== undefined && !namePattern.test(mqttName)) throw new Exit('usage', words.name);
  const { host, port, isSecure } = addressIn(mqtt);
  const { TACTUS_MQTT_USERNAME, TACTUS_MQTT_PASSWORD, TACTUS_MQTT_FILE } = env;
  const file = TACTUS_MQTT_FILE || join(stateFolder, 'mqtt.json');
  const credentials = credentialsIn(file, TACTUS_MQTT_FILE !== undefined && TACTUS_MQTT_FILE !== '');
  const username = TACTUS_MQTT_USERNAME || credentials.username || null;
  // A password of the file is its user's own: nobody else is entered with it.
  const password = username === (credentials.username ?? null) ? credentials.password : null;
  return {
    host,
    port,
    isSecure,
    username,
    password: TACTUS_MQTT_PASSWORD || password || null,
    ...identityIn(credentials, file, isSecure),
  };
}

/** What stands in an address is never shown again: it may hold a password. */
export function addressIn(url: string): Pick<BrokerAddress, 'host' | 'port' | 'isSecure'> {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed && (parsed.username !== '' || parsed.password !== '')) throw new Exit('usage', words.userInUrl);
  // Some that are no addresses hold a password all the same.
  if (!parsed && url.includes('@')) throw new Exit('usage', words.userInUrl);
  const isSecure = parsed?.protocol === 'mqtts:';
  if (!parsed || parsed.hostname === '' || (!isSecure && parsed.protocol !== 'mqtt:'))
    throw new Exit('usage', words.url);
  if (!['', '/'].includes(parsed.pathname) || parsed.search !== '' || parsed.hash !== '')
    throw new Exit('usage', words.more);
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = parsed.port === '' ? (isSecure ? 8883 : 1883) : Number(parsed.port);
  if (port === 0) throw new Exit('usage', words.url);
  return { host, port, isSecure };
}

/** `isAsked`: somebody has named it, so it has to be there. */
function credentialsIn(file: string, isAsked: boolean): Credentials {
  const found = keptText(file, mostBytes);
  if (found.is === 'absent' && !isAsked) return {};
  if (found.is === 'absent') throw new Exit('noInput', fill(words.fileMissing, { file: shown(file) }));
  if (found.is !== 'text')
    throw new Exit('content', fill(words.fileUnread, { file: shown(file), why: found.why }));
  refuseReadableByOthers(file);
  return credentialsOf(found.text, file);
}

function credentialsOf(json: string, file: string): Credentials {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // What the parser says quotes the text, which may be the password.
    throw new Exit('content', fill(words.fileBroken, { file: shown(file), why: 'no JSON' }));
  }
  // A list would pass for an object without fields.
  const parsed = v.safeParse(fileSchema, isFields(value) ? value : null);
  if (parsed.success) return parsed.output;
  const fields = parsed.issues.map(issue => v.getDotPath(issue) ?? '').filter(field => field !== '');
  const why = fields.length === 0 ? 'no object' : `unknown or wrong: ${shown(fields.join(', '))}`;
  throw new Exit('content', fill(words.fileBroken, { file: shown(file), why }));
}

/** Where a system has such modes. */
function refuseReadableByOthers(file: string): void {
  if (process.platform === 'win32') return;
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0)
    throw new Exit('notPermitted', fill(words.fileOpen, { file: shown(file), mode: mode.toString(8) }));
}

function identityIn(
  { ca, cert, key }: Credentials,
  file: string,
  isSecure: boolean,
): Pick<BrokerAddress, 'ca' | 'cert' | 'key'> {
  if (!isSecure && (ca ?? cert ?? key) !== undefined)
    throw new Exit('content', fill(words.noTls, { file: shown(file) }));
  if ((cert === undefined) !== (key === undefined))
    throw new Exit('content', fill(words.halfPair, { file: shown(file) }));
  const read = (field: string, path: string | undefined): string | null => {
    if (path === undefined) return null;
    const whole = isAbsolute(path) ? path : join(dirname(file), path);
    try {
      if (field === 'key') refuseReadableByOthers(whole);
      if (statSync(whole).size > mostBytes) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
      return readFileSync(whole, 'utf8');
    } catch (error) {
      if (error instanceof Exit) throw error;
      throw new Exit(
        'noInput',
        fill(words.fileNamed, { file: shown(file), field, path: shown(path), code: codeOf(error) }),
      );
    }
  };
  return { ca: read('ca', ca), cert: read('cert', cert), key: read('key', key) };
}

const isLoopbackHost = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i.test(host);

/** What is said before anything leaves: what, where to, and how open it lies there. */
export function leavingLines(address: BrokerAddress, name: string): readonly string[] {
  const { host, port, isSecure, password } = address;
  const values = { host: shown(host), port, name };
  const encryption = isSecure ? brokerWords.encrypted : brokerWords.unencrypted;
  const leaves = fill(brokerWords.leaves, { ...values, encryption });
  if (isSecure || isLoopbackHost(host)) return [leaves];
  return [leaves, fill(password === null ? brokerWords.openLine : brokerWords.openPassword, values)];
}
