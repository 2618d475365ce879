/** Connections over the network to a broker in this process: how they come about, how they end, and why they do not. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lanCertificate } from '../../../src/app/lan/certificate.ts';
import { type BrokerAddress, type BrokerConnection, connectTo } from '../../../src/mqtt/connection.ts';
import { type Loss, lossOf, refusalOf } from '../../../src/mqtt/losses.ts';
import { Broker, type BrokerOptions, until } from '../../support/broker.ts';

const brokers: Broker[] = [];
const connections: BrokerConnection[] = [];
const servers: Server[] = [];
afterEach(async () => {
  for (const connection of connections.splice(0)) connection.cut();
  for (const broker of brokers.splice(0)) await broker.close();
  for (const server of servers.splice(0)) server.close();
});

async function brokerWith(options: BrokerOptions = {}): Promise<Broker> {
  const broker = await Broker.open(options);
  brokers.push(broker);
  return broker;
}

type Seen = {
  connection: BrokerConnection;
  connected: number;
  lost: Loss[];
  messages: Readonly<{ topic: string; payload: string; isOld: boolean }>[];
};

/** This broker speaks MQTT 3.1.1. */
function connected(address: BrokerAddress, version: 4 | 5 = 4, clientId = 'one'): Seen {
  const will = { topic: 'will', payload: 'gone', retain: true };
  const seen = { connected: 0, lost: [] as Loss[], messages: [] as Seen['messages'] };
  const connection = connectTo(
    { address, clientId, version, will },
    {
      connected: () => {
        seen.connected += 1;
      },
      lost: loss => seen.lost.push(loss),
      message: (topic, payload, isOld) =>
        seen.messages.push({ topic, payload: Buffer.from(payload).toString('utf8'), isOld }),
    },
  );
  connections.push(connection);
  return Object.assign(seen, { connection });
}
const isUp = (seen: Seen) => (): boolean => seen.connected === 1;
const isLost = (seen: Seen) => (): boolean => seen.lost.length > 0;

it('publishes, and hears whether it was taken', async () => {
  const broker = await brokerWith();
  const seen = connected(broker.address);
  await until(isUp(seen));
  const answers: unknown[] = [];
  seen.connection.publish({ topic: 'a', payload: 'x', retain: true }, answer => answers.push(answer));
  await until(() => answers.length === 1);
  expect(answers).toEqual([{ taken: true }]);
  expect(broker.published).toEqual([{ topic: 'a', payload: 'x', retain: true, client: 'one' }]);
});

it('hears what is published, and tells what stood there before', async () => {
  const broker = await brokerWith();
  await broker.publish('stop', 'old', true);
  const seen = connected(broker.address);
  await until(isUp(seen));
  seen.connection.subscribe('stop', () => {});
  await until(() => seen.messages.length === 1);
  await broker.publish('stop', 'new');
  await until(() => seen.messages.length === 2);
  expect(seen.messages).toEqual([
    { topic: 'stop', payload: 'old', isOld: true },
    { topic: 'stop', payload: 'new', isOld: false },
  ]);
});

it('that leaves has no last will; that is cut has', async () => {
  const broker = await brokerWith();
  const polite = connected(broker.address, 4, 'polite');
  const cut = connected(broker.address, 4, 'cut');
  await until(() => polite.connected + cut.connected === 2);
  let hasLeft = false;
  polite.connection.leave(() => {
    hasLeft = true;
  });
  await until(() => hasLeft && isLost(polite)());
  expect(broker.of('will')).toEqual([]);
  cut.connection.cut();
  await broker.heard('will');
  expect([polite.lost.length, cut.lost.length]).toEqual([1, 1]);
});

it('that the broker ends is told once as closed', async () => {
  const broker = await brokerWith();
  const seen = connected(broker.address);
  await until(isUp(seen));
  await broker.close();
  brokers.length = 0;
  await until(isLost(seen));
  expect(seen.lost.map(({ why }) => why)).toEqual(['closed']);
});

it('a broker that knows no MQTT 5 says so', async () => {
  const seen = connected((await brokerWith()).address, 5);
  await until(isLost(seen));
  expect(seen.lost).toMatchObject([{ why: 'oldProtocol' }]);
});

it.each([
  ['nobody', { username: null, password: null }],
  ['the wrong password', { username: 'anna', password: 'wrong' }],
])('with %s it is refused, and that is told', async (_, credentials) => {
  const broker = await brokerWith({ user: { username: 'anna', password: 'right' } });
  const seen = connected({ ...broker.address, ...credentials });
  await until(isLost(seen));
  expect([seen.connected, seen.lost]).toMatchObject([0, [{ why: 'refusedUser' }]]);
});

it('with the right ones it is let in', async () => {
  const broker = await brokerWith({ user: { username: 'anna', password: 'right' } });
  const seen = connected({ ...broker.address, username: 'anna', password: 'right' });
  await until(isUp(seen));
  expect(seen.lost).toEqual([]);
});

it('where nobody listens that is told', async () => {
  const broker = await brokerWith();
  const { address } = broker;
  await broker.close();
  brokers.length = 0;
  const seen = connected(address);
  await until(isLost(seen));
  expect(seen.lost).toEqual([{ why: 'unreachable', code: 'ECONNREFUSED' }]);
});

it('a flood that never becomes a message is left', async () => {
  const flood = createServer(socket => {
    socket.on('error', () => {});
    // Let in, then a message that is said to be 200 MB long.
    socket.write(Buffer.from([0x20, 2, 0, 0, 0x30, 0x80, 0x80, 0x80, 0x64, 0, 1, 0x61]));
    socket.on('data', () => socket.write(Buffer.alloc(300_000)));
  }).listen(0, '127.0.0.1');
  servers.push(flood);
  await once(flood, 'listening');
  const at = flood.address();
  const { address } = await brokerWith();
  const seen = connected({ ...address, port: typeof at === 'object' && at ? at.port : 0 });
  await until(isLost(seen));
  expect(seen.lost).toHaveLength(1);
});

describe('with TLS', () => {
  let folder = '';
  let identity = { cert: '', key: '' };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tactus-tls-'));
    identity = await lanCertificate(folder, ['127.0.0.1', 'localhost'], Date.now());
    return () => rmSync(folder, { recursive: true });
  });

  it.each([
    ['of nobody who is trusted', 'unknownCertificate', () => ({ ca: null })],
    ['of the authority that is named', null, () => ({ ca: identity.cert })],
  ])('a certificate %s', async (_, why, more) => {
    const broker = await brokerWith({ identity });
    const seen = connected({ ...broker.address, isSecure: true, ...more() });
    await until(() => isUp(seen)() || isLost(seen)());
    expect([seen.connected, seen.lost.map(loss => loss.why)]).toEqual(why === null ? [1, []] : [0, [why]]);
  });

  it('a certificate of another name is refused, whoever has signed it', async () => {
    const other = mkdtempSync(join(tmpdir(), 'tactus-tls-'));
    const theirs = await lanCertificate(other, ['10.9.8.7'], Date.now());
    rmSync(other, { recursive: true });
    const broker = await brokerWith({ identity: theirs });
    const seen = connected({ ...broker.address, isSecure: true, ca: theirs.cert });
    await until(isLost(seen));
    expect(seen.lost).toMatchObject([{ why: 'otherCertificate' }]);
  });

  it('a port without it is told as that', async () => {
    const broker = await brokerWith();
    const seen = connected({ ...broker.address, isSecure: true });
    await until(isLost(seen));
    expect([seen.connected, seen.lost]).toMatchObject([0, [{ why: 'noTls' }]]);
  });
});

describe('what is told of an error', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'oldCertificate'],
    ['CERT_NOT_YET_VALID', 'oldCertificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'otherCertificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unknownCertificate'],
    ['EPROTO', 'noTls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'noTls'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'refusedUser'],
    ['ENOTFOUND', 'unreachable'],
    ['ETIMEDOUT', 'unreachable'],
    ['', 'unreachable'],
  ])('%s is %s', (code, why) => expect(lossOf(Object.assign(new Error('x'), { code })).why).toBe(why));

  it.each([
    [1, 'oldProtocol'],
    [2, 'refused'],
    [4, 'refusedUser'],
    [5, 'refusedUser'],
    [132, 'oldProtocol'],
    [134, 'refusedUser'],
    [135, 'refusedUser'],
    [137, 'refused'],
  ])('code %i is %s', (code, why) => expect(refusalOf(code)).toEqual({ why, code: String(code) }));
});
