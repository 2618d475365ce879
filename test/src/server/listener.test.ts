/** One address that is listened on: what connects and does nothing, or takes nothing, is cut. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Listener } from '../../../src/server/listener.ts';

const idleMs = 200;
/** More than any system keeps for a connection on its own. */
const much = Buffer.alloc(32 * 1024 * 1024);

let listener: Listener;
afterEach(() => listener.close());

async function listening(isLan: boolean): Promise<number> {
  listener = new Listener({
    isLan,
    idleMs,
    isKnown: () => true,
    request: (_request, response) => void response.end(much),
    upgrade: () => {},
  });
  return await listener.listen(0, '127.0.0.1');
}

describe.each([
  ['on loopback', false],
  ['on the network', true],
])('%s', (_, isLan) => {
  test('a connection on which nothing is asked is cut', async () => {
    const socket = connect(await listening(isLan), '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    await once(socket, 'close');
  });

  test('one that does not read its answer is cut, and what waits for it is let go', async () => {
    const socket = connect(await listening(isLan), '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    // What the system has taken already may still be read; the answer is never whole.
    await expect.poll(() => listener.connections, { timeout: 10_000, interval: 20 }).toBe(1);
    await expect.poll(() => listener.connections, { timeout: 10_000, interval: 20 }).toBe(0);
    socket.destroy();
  });
});

test('a connection that has its answer and asks nothing more is cut', async () => {
  const socket = connect(await listening(true), '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  let bytes = 0;
  socket.on('data', part => {
    bytes += part.length;
  });
  await once(socket, 'close');
  expect(bytes).toBeGreaterThan(much.length);
});
