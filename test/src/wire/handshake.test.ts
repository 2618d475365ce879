import { expect, test } from 'vitest';
import { loopbackDoor, pageRefusal, socketRefusal } from '../../../src/wire/handshake.ts';

const door = loopbackDoor(7410);
const good = { method: 'GET', url: '/ws', host: '127.0.0.1:7410', origin: 'http://127.0.0.1:7410' };

test('our own page may open the socket under each of our names', () => {
  for (const name of ['127.0.0.1:7410', 'localhost:7410', '[::1]:7410'])
    expect(socketRefusal({ ...good, host: name, origin: `http://${name}` }, door)).toBeNull();
});

test.each([
  ['another origin', { origin: 'https://evil.example' }, 403],
  ['an opaque origin', { origin: 'null' }, 403],
  ['our name on another port', { origin: 'http://127.0.0.1:7411' }, 403],
  ['our name under another scheme', { origin: 'https://127.0.0.1:7410' }, 403],
  ['an origin that begins like ours', { origin: 'http://127.0.0.1:7410.evil.example' }, 403],
  ['no origin', { origin: undefined }, 401],
  ['a rebound name', { host: 'attacker.example' }, 421],
  ['our name without the port', { host: '127.0.0.1' }, 421],
  ['no host', { host: undefined }, 421],
  ['another path', { url: '/' }, 404],
  ['a token in the address', { url: '/ws?token=1' }, 400],
  ['another method', { method: 'POST' }, 405],
])('a socket from %s is refused', (_, change, status) => {
  expect(socketRefusal({ ...good, ...change }, door)?.status).toBe(status);
});

test.each([
  ['a rebound name', { host: 'attacker.example' }, 421],
  ['a POST', { method: 'POST' }, 405],
])('the page is refused to %s', (_, change, status) => {
  expect(pageRefusal({ ...good, url: '/', ...change }, door)?.status).toBe(status);
});

test('the page is given to GET and HEAD under our name, in any letters', () => {
  for (const method of ['GET', 'HEAD'])
    expect(pageRefusal({ ...good, method, host: 'LOCALHOST:7410' }, door)).toBeNull();
});
