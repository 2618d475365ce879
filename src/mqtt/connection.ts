/** One connection to a broker, from its beginning to its end; whoever wants another one makes another one. */
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type IClientOptions, MqttClient } from 'mqtt';
import type { Ms } from '../../machines/vocabulary.ts';
import { codeOf } from '../storage/error-code.ts';
import { type Loss, lossOf, refusalOf } from './losses.ts';

/** Where a broker is and how one enters. */
export type BrokerAddress = Readonly<{
  host: string;
  port: number;
  isSecure: boolean;
  username: string | null;
  password: string | null;
  /** As PEM; what the system trusts where there is none. */
  ca: string | null;
  cert: string | null;
  key: string | null;
}>;

export type Message = Readonly<{ topic: string; payload: string; retain: boolean }>;

/** What a connection tells. `lost` comes once, and nothing after it. */
export type ConnectionHeard = Readonly<{
  connected(): void;
  /** `isOld`: it was retained, and stood there before anybody listened. */
  message(topic: string, payload: Uint8Array, isOld: boolean): void;
  lost(loss: Loss): void;
}>;

/** `code`: the broker's, where it has refused. */
export type BrokerAnswer = Readonly<{ taken: true } | { taken: false; code: number | null }>;

export interface BrokerConnection {
  /** At least once. The answer comes when the broker has said something, or when the connection is gone. */
  publish(message: Message, answered: (answer: BrokerAnswer) => void): void;
  subscribe(topic: string, answered: (answer: BrokerAnswer) => void): void;
  /** With a word of farewell, so that the last will is not published. `left`: it is gone. */
  leave(left: () => void): void;
  /** As if the cable had been cut: the last will is published. */
  cut(): void;
}

export type ConnectionOptions = Readonly<{
  address: BrokerAddress;
  clientId: string;
  version: 4 | 5;
  /** What the broker says once this is gone without a word; without one it says nothing. */
  will?: Message;
  /** So many bytes without a whole packet, and it is left; what others publish can be long where one listens to them. */
  mostUnreadBytes?: number;
}>;

/** A half-open connection is noticed after one and a half of it. */
const keepaliveS = 15;
const connectWithinMs: Ms = 10_000;
/** Nothing that is listened to is longer; a broker of MQTT 5 is told so. */
const mostPacketBytes = 16 * 1024;
/** One of MQTT 3.1.1 cannot be told: so many bytes without a whole packet, and it is left. */
const usualUnreadBytes = 64 * 1024;

function streamTo({ host, port, isSecure, ca, cert, key }: BrokerAddress) {
  if (!isSecure) return connectTcp({ host, port, noDelay: true });
  return connectTls({
    host,
    port,
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== null && { ca }),
    ...(cert !== null && key !== null && { cert, key }),
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  });
}

const optionsOf = ({ address, clientId, version, will }: ConnectionOptions): IClientOptions => ({
  protocolId: 'MQTT',
  protocolVersion: version,
  clientId,
  clean: true,
  keepalive: keepaliveS,
  connectTimeout: connectWithinMs,
  // A connection that is lost is over: what waits is kept elsewhere, and told anew on the next one.
  reconnectPeriod: 0,
  manualConnect: true,
  resubscribe: false,
  queueQoSZero: false,
  ...(address.username !== null && { username: address.username }),
  ...(address.password !== null && { password: address.password }),
  ...(version === 5 && { properties: { sessionExpiryInterval: 0, maximumPacketSize: mostPacketBytes } }),
  ...(will && {
    will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: will.retain },
  }),
});

const answerOf = (error: unknown): BrokerAnswer => {
  if (!error) return { taken: true };
  const code = Number(codeOf(error));
  return { taken: false, code: Number.isInteger(code) && code > 0 ? code : null };
};

export function connectTo(options: ConnectionOptions, heard: ConnectionHeard): BrokerConnection {
  let isLost = false;
  let wasUp = false;
  let why: Loss | null = null;
  /** Somebody has answered at that port; with TLS, as TLS does. */
  let isReached = false;
  let isGreeted = false;
  const failed = (error: unknown): void => {
    const loss = wasUp ? { why: 'closed' as const, code: codeOf(error) } : lossOf(error);
    // Whoever hangs up on the first word of TLS does not speak it.
    const isOdd = loss.why === 'unreachable' && options.address.isSecure && isReached && !isGreeted;
    why ??= isOdd ? { ...loss, why: 'noTls' } : loss;
  };
  const lost = (): void => {
    if (isLost) return;
    isLost = true;
    heard.lost(why ?? { why: wasUp ? 'closed' : 'unreachable', code: 'closed' });
  };
  const client = new MqttClient(() => {
    const stream = streamTo(options.address);
    let unread = 0;
    stream.on('data', (bytes: Uint8Array) => {
      unread += bytes.length;
      if (unread > (options.mostUnreadBytes ?? usualUnreadBytes)) stream.destroy();
    });
    client.on('packetreceive', () => {
      unread = 0;
    });
    stream.on('connect', () => {
      isReached = true;
    });
    stream.on('secureConnect', () => {
      isGreeted = true;
    });
    // An error of the line without a name would be nobody's otherwise.
    stream.on('error', failed);
    return stream;
  }, optionsOf(options));
  client.on('error', error => {
    const code = 'code' in error ? error.code : null;
    if (typeof code === 'number') why ??= wasUp ? { why: 'closed', code: String(code) } : refusalOf(code);
    else failed(error);
    // Of whatever kind: it is not gone on with.
    client.end(true);
  });
  client.on('connect', () => {
    wasUp = true;
    if (!isLost) heard.connected();
  });
  client.on('disconnect', packet => {
    // "Session taken over".
    why ??= packet.reasonCode === 142 ? { why: 'takenOver', code: '142' } : null;
    client.end(true);
  });
  client.on('message', (topic, payload, packet) => {
    if (!isLost) heard.message(topic, payload, packet.retain);
  });
  client.on('close', lost);
  client.connect();
  return {
    publish: ({ topic, payload, retain }, answered) => {
      client.publish(topic, payload, { qos: 1, retain }, error => answered(answerOf(error)));
    },
    subscribe: (topic, answered) => {
      client.subscribe(topic, { qos: 1 }, error => answered(answerOf(error)));
    },
    leave: left => {
      client.end(() => left());
    },
    cut: () => {
      client.end(true);
      // It may be leaving, and waiting for words that do not come any more.
      client.stream?.destroy();
    },
  };
}
