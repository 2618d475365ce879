/**
 * Where a broker is and how one shows who one is: an address from the command line, which never holds a secret, and
 * credentials from elsewhere. What is made of both is plain data, so that a worker can be given it.
 */
import type { IClientOptions } from 'mqtt';
import * as v from 'valibot';

const ports = { mqtt: 1883, mqtts: 8883 } as const;

/** Where a broker listens. `mqtts` is TLS, with the broker's certificate checked; there is no way not to check it. */
export type BrokerAddress = Readonly<{ protocol: keyof typeof ports; host: string; port: number }>;

/** Why a text is no address of a broker. */
export const addressFaults = ['notUrl', 'protocol', 'secret', 'host', 'port', 'more'] as const;
export type AddressFault = (typeof addressFaults)[number];

const longestUrl = 300;

/** Reads `mqtt://HOST[:PORT]` or `mqtts://HOST[:PORT]`; anything more in it is refused, a name or password above all. */
export function brokerAddress(text: string): BrokerAddress | AddressFault {
  // A slip of the pen such as mqtt:user:pass@host is not shown back either.
  if (text.includes('@')) return 'secret';
  if (text.length > longestUrl || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'notUrl';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // Of what else it refuses, a port is the likeliest.
    return /:\d+\/?$/.test(text) ? 'port' : 'notUrl';
  }
  const protocol = url.protocol.slice(0, -1);
  if (protocol !== 'mqtt' && protocol !== 'mqtts') return 'protocol';
  if ((url.pathname !== '' && url.pathname !== '/') || url.search !== '' || url.hash !== '') return 'more';
  // An address of IPv6 stands in brackets in a URL, and nowhere else.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (!/^[a-z0-9._:-]+$/.test(host)) return 'host';
  const port = url.port === '' ? ports[protocol] : Number(url.port);
  return port === 0 ? 'port' : { protocol, host, port };
}

/** As it may be shown and given to others: it holds no secret. */
export const addressText = ({ protocol, host, port }: BrokerAddress): string =>
  `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Whether it is this very machine, so that what is sent passes no network. */
export const isLoopback = ({ host }: BrokerAddress): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

const longestName = 256;
const named = v.pipe(v.string(), v.minLength(1), v.maxLength(longestName));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));

/**
 * What a file of credentials holds. `ca`, `cert` and `key` are paths of PEM files, of its own folder where they are relative:
 * who has signed the broker's certificate, where no public authority has, and a certificate of one's own with its key.
 */
export const credentialsSchema = v.pipe(
  v.strictObject({
    username: v.optional(named),
    password: v.optional(named),
    ca: v.optional(path),
    cert: v.optional(path),
    key: v.optional(path),
  }),
  v.check(
    ({ username, password }) => password === undefined || username !== undefined,
    'a password needs a username beside it',
  ),
  v.check(
    ({ cert, key }) => (cert === undefined) === (key === undefined),
    'cert and key go together, or neither is there',
  ),
);

/** Who one is to a broker; null where that is not said. PEM texts, no paths. */
export type BrokerIdentity = Readonly<{
  username: string | null;
  password: string | null;
  ca: string | null;
  cert: string | null;
  key: string | null;
}>;

/** All that is needed to reach a broker. Plain data. */
export type BrokerConnection = Readonly<{ address: BrokerAddress; identity: BrokerIdentity }>;

/** Whether a password would go over a network where others can read it. */
export const tellsPasswordOpenly = ({ address, identity }: BrokerConnection): boolean =>
  address.protocol === 'mqtt' && !isLoopback(address) && identity.password !== null;

/** MQTT 5, and 3.1.1 for a broker that knows no later one. */
export type MqttVersion = 5 | 4;

/** Whether a broker has refused for the version alone: by its code of version 5, or by the one of all before it. */
export const isOtherVersion = (code: unknown): boolean => code === 132 || code === 1;

/** What the client of the package `mqtt` is told. The caller adds what it wants of its own: a will, an id, a session. */
export function clientOptions(
  { address, identity }: BrokerConnection,
  protocolVersion: MqttVersion = 5,
): IClientOptions {
  const { username, password, ca, cert, key } = identity;
  const isSecure = address.protocol === 'mqtts';
  return {
    ...address,
    protocolVersion,
    ...(username !== null && { username }),
    ...(password !== null && { password }),
    // On a plain line they have no meaning, and the package would take them as a wish for TLS.
    ...(isSecure && {
      rejectUnauthorized: true,
      ...(ca !== null && { ca }),
      ...(cert !== null && key !== null && { cert, key }),
    }),
  };
}
