/** The server as the network sees it: real sockets on loopback. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { messageBytes } from '../../../src/server/messages.ts';
import { requestRates } from '../../../src/server/request-rates.ts';
import { Server } from '../../../src/server/server.ts';
import { Viewers } from '../../../src/server/viewers.ts';
import { Sessions } from '../../../src/session/sessions.ts';
import { SystemClock } from '../../../src/time/system-clock.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { isLong } from '../../support/length.ts';
import { StandInDriver } from '../../support/stand-in-driver.ts';

const routine = fromLibrary('first-touch');
if (!routine) throw new Error('the library has lost first-touch');

let server: Server;
let address: URL;
let sessions: Sessions;
let driver: StandInDriver;

beforeEach(async () => {
  const clock = new SystemClock();
  driver = new StandInDriver();
  sessions = new Sessions({ clock, driver, product: 'test' }, { routine });
  const viewers = new Viewers({ sessions, now: () => clock.now() });
  const file = { type: 'text/html; charset=utf-8', body: Buffer.from('<p>page') };
  const files = new Map([
    ['/', file],
    ['/demo/', file],
  ]);
  server = new Server({ clock, viewers, files });
  address = new URL(await server.listen(0));
});

afterEach(() => {
  sessions.run.close();
  server.close();
});

const socketTo = (
  headers: Readonly<Record<string, string>> = {},
  origin: string | undefined = address.origin,
) => new WebSocket(`ws://${address.host}/ws`, { headers, ...(origin && { origin }) });

/** The status with which an upgrade was refused. */
const refusedWith = (socket: WebSocket): Promise<number> =>
  new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => reject(new Error('it was let in')));
    socket.on('error', () => {});
  });

async function joined(): Promise<WebSocket> {
  const socket = socketTo();
  await once(socket, 'message');
  return socket;
}

const closedWith = async (socket: WebSocket): Promise<number> =>
  ((await once(socket, 'close')) as [number])[0];

const answerOf = (
  options: object,
): Promise<{ status: number; headers: Readonly<Record<string, unknown>>; body: string }> =>
  new Promise((resolve, reject) => {
    const asked = request({ host: address.hostname, port: address.port, path: '/', ...options }, response => {
      let body = '';
      response.on('data', bytes => {
        body += String(bytes);
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });

test('the page comes with a policy that lets it talk to this server and to nobody else', async () => {
  const { status, headers, body } = await answerOf({});
  expect([status, body]).toEqual([200, '<p>page']);
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`connect-src 'self' ws://${address.host}`);
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toContain('unsafe');
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test.each([
  ['a rebound name', { headers: { Host: 'attacker.example' } }, 421],
  ['a page that is not there', { path: '/../../etc/passwd' }, 404],
  ['a POST', { method: 'POST' }, 405],
])('%s is refused', async (_, options, status) => {
  expect((await answerOf(options)).status).toBe(status);
});

test('a room is found without its last slash as well, and nothing else is', async () => {
  const statusOf = async (path: string) => {
    const { status, headers } = await fetch(new URL(path, address), { redirect: 'manual' });
    return [status, headers.get('location')];
  };
  expect(await statusOf('/demo')).toEqual([308, '/demo/']);
  expect(await statusOf('/demo/')).toEqual([200, null]);
  for (const path of ['/dem', '/demo/demo', '/..%2fdemo']) expect(await statusOf(path)).toEqual([404, null]);
});

test('a socket is let in from our own page only', async () => {
  const statuses = [
    await refusedWith(socketTo({}, 'https://evil.example')),
    await refusedWith(socketTo({}, 'null')),
    await refusedWith(socketTo({}, '')),
    await refusedWith(socketTo({ Host: 'attacker.example' })),
  ];
  expect(statuses).toEqual([403, 403, 401, 421]);
  (await joined()).terminate();
});

test('a message over 16 KB ends its sender and no one else', async () => {
  const other = await joined();
  const socket = await joined();
  const closed = closedWith(socket);
  socket.send('x'.repeat(messageBytes + 1));
  expect(await closed).toBe(1009);
  other.send(JSON.stringify({ v: 1, id: 1, type: 'refresh' }));
  await once(other, 'message');
  other.terminate();
});

test('bytes instead of text end their sender', async () => {
  const socket = await joined();
  const closed = closedWith(socket);
  socket.send(Buffer.from([1, 2, 3]));
  expect(await closed).toBe(1003);
});

test('text that is no UTF-8 ends its sender and no one else', async () => {
  const socket = await joined();
  const closed = closedWith(socket);
  // An unmasked way into ws: a text frame whose payload is an invalid byte.
  (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(
    Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff]),
  );
  expect(await closed).toBe(1007);
  expect((await answerOf({})).status).toBe(200);
});

if (isLong)
  test('a request that is never finished is cut off', async () => {
    const socket = connect(Number(address.port), address.hostname);
    await once(socket, 'connect');
    socket.write('GET /ws HTTP/1.1\r\nHost: ');
    socket.resume();
    await once(socket, 'close');
    expect(socket.bytesRead).toBeLessThan(200);
  }, 20_000);

test('the fifty-first client is told that there are too many', async () => {
  const sockets = await Promise.all(Array.from({ length: 50 }, () => joined()));
  expect(await refusedWith(socketTo())).toBe(503);
  for (const socket of sockets) socket.terminate();
});

test('a hostile client drives nothing', async () => {
  const socket = await joined();
  for (const text of ['{"v":1,"id":1,"type":"intent","intent":{"intent":"start"}}', '{', 'null'])
    socket.send(text);
  await once(socket, 'message');
  expect(driver.orders).toEqual([]);
  socket.terminate();
});

test('a client that answers no ping is let go, one that does stays', async () => {
  server.close();
  const clock = new VirtualClock();
  const viewers = new Viewers({ sessions, now: () => clock.now() });
  server = new Server({ clock, viewers, files: new Map() });
  address = new URL(await server.listen(0));
  const deaf = new WebSocket(`ws://${address.host}/ws`, { origin: address.origin, autoPong: false });
  await once(deaf, 'message');
  const awake = await joined();
  const pinged = Promise.all([once(deaf, 'ping'), once(awake, 'ping')]);
  clock.runUntil(5_000);
  await pinged;
  // Its answer is on the way; another word of the server's comes back only after it.
  awake.send(JSON.stringify({ v: 1, id: 1, type: 'refresh' }));
  await once(awake, 'message');
  clock.runUntil(10_000);
  expect(await closedWith(deaf)).toBe(1006);
  expect(awake.readyState).toBe(WebSocket.OPEN);
});

test('a refused upgrade is answered, and its socket is gone: also where the other end leaves its own open', async () => {
  const socket = connect({ host: address.hostname, port: Number(address.port), allowHalfOpen: true });
  socket.write(
    `GET /ws HTTP/1.1\r\nHost: ${address.host}\r\nOrigin: http://evil\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  const heard: string[] = [];
  socket.on('data', bytes => heard.push(String(bytes)));
  socket.on('error', () => {});
  await once(socket, 'end');
  expect(heard.join('')).toMatch(/^HTTP\/1\.1 403 /);
  // Nothing that is still sent on it is taken any more.
  const gone = new Promise(resolve => socket.on('close', resolve));
  const more = setInterval(() => socket.writable && socket.write('x'), 20);
  await gone;
  clearInterval(more);
  expect(socket.destroyed).toBe(true);
});

test('whoever asks for too much is told so and cut off, and the sockets go on', async () => {
  server.close();
  const clock = new VirtualClock();
  const viewers = new Viewers({ sessions, now: () => clock.now() });
  server = new Server({ clock, viewers, files: new Map() });
  address = new URL(await server.listen(0));
  const other = await joined();
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const answers = await Promise.all(
    Array.from({ length: requestRates.any.atOnce + 5 }, () => answerOf({ agent })),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBe(5);
  agent.destroy();
  expect(refused.every(({ headers }) => headers.connection === 'close')).toBe(true);
  other.send(JSON.stringify({ v: 1, id: 1, type: 'refresh' }));
  await once(other, 'message');
  other.terminate();
});

test('a connection on which requests come before their answers is cut', async () => {
  const socket = connect({ host: address.hostname, port: Number(address.port) });
  let heard = '';
  socket.on('data', bytes => {
    heard += String(bytes);
  });
  socket.on('error', () => {});
  socket.write(`GET / HTTP/1.1\r\nHost: ${address.host}\r\n\r\n`.repeat(1000));
  await once(socket, 'close');
  expect(heard.split('HTTP/1.1 200').length - 1).toBeLessThanOrEqual(1);
  // One after the other is as it should be.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let count = 0; count < 20; count++) expect((await answerOf({ agent })).status).toBe(200);
  agent.destroy();
});
