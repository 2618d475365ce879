import { describe, expect, test } from 'vitest';
import {
  apiRefusal,
  type Door,
  hostOf,
  loopbackDoor,
  pageRefusal,
  socketRefusal,
} from '../../../src/server/handshake.ts';

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

test('another loopback address is a name of ours where it is listened on', () => {
  const own = { ...good, host: '127.0.0.9:7410', origin: 'http://127.0.0.9:7410' };
  expect(socketRefusal(own, door)?.status).toBe(421);
  expect(socketRefusal(own, loopbackDoor(7410, '127.0.0.9'))).toBeNull();
});

test.each([
  ['http', '127.0.0.1', 80, '127.0.0.1'],
  ['https', '192.168.1.5', 443, '192.168.1.5'],
  ['https', '192.168.1.5', 7410, '192.168.1.5:7410'],
  ['https', 'FD00::2', 7410, '[fd00::2]:7410'],
  ['http', 'Box.local', 80, 'box.local'],
] as const)('a browser calls %s %s port %d %s', (scheme, host, port, name) => {
  expect(hostOf(scheme, host, port)).toBe(name);
});

const lan: Door = { scheme: 'https', hosts: new Set(['192.168.1.5:7410', 'box.local:7410']), isLan: true };
const phone = { method: 'GET', url: '/ws', host: '192.168.1.5:7410', origin: 'https://192.168.1.5:7410' };

test('on the network our page may open the socket under the names there', () => {
  expect(socketRefusal(phone, lan)).toBeNull();
  expect(
    socketRefusal({ ...phone, host: 'box.local:7410', origin: 'https://box.local:7410' }, lan),
  ).toBeNull();
});

test.each([
  ['loopback’s name', { host: '127.0.0.1:7410' }, 421],
  ['a rebound name', { host: 'attacker.example:7410' }, 421],
  ['plain HTTP’s origin', { origin: 'http://192.168.1.5:7410' }, 403],
  ['loopback’s origin', { origin: 'http://127.0.0.1:7410' }, 403],
  ['an opaque origin', { origin: 'null' }, 403],
  ['another machine’s origin', { origin: 'https://192.168.1.6:7410' }, 403],
  ['no origin', { origin: undefined }, 401],
  ['a token in the address', { url: '/ws?token=1' }, 400],
])('on the network a socket from %s is refused', (_, change, status) => {
  expect(socketRefusal({ ...phone, ...change }, lan)?.status).toBe(status);
});

test.each([
  ['the page', (url: string) => pageRefusal({ ...phone, url }, lan)],
  ['anything beside it', (url: string) => apiRefusal({ ...phone, url, contentType: undefined }, lan)],
])('on the network nothing may stand in the address of %s; on loopback it is nobody’s', (_, refusal) => {
  expect(refusal('/pair')).toBeNull();
  expect(refusal('/?token=abc')?.status).toBe(400);
  expect(pageRefusal({ ...good, url: '/?token=abc' }, door)).toBeNull();
});

describe('a browser that says where a request comes from', () => {
  const door = loopbackDoor(7410);
  const asked = {
    method: 'GET',
    url: '/sessions',
    host: '127.0.0.1:7410',
    origin: undefined,
    contentType: undefined,
  };

  test.each([
    ['cross-site', 403],
    ['same-site', 403],
    ['', 403],
    ['same-origin', undefined],
    ['none', undefined],
    [undefined, undefined],
  ])('Sec-Fetch-Site %j: %j', (site, status) => {
    expect(apiRefusal({ ...asked, site }, door)?.status).toBe(status);
  });
});

describe('where a browser says that a request comes from', () => {
  const asks = {
    'the page': (change: object) => pageRefusal({ ...good, url: '/', origin: undefined, ...change }, door),
    'what is beside it': (change: object) =>
      apiRefusal({ ...good, url: '/sessions', origin: undefined, contentType: undefined, ...change }, door),
  };
  const parts = [
    'image',
    'script',
    'iframe',
    'frame',
    'embed',
    'object',
    'empty',
    'style',
    'worker',
    undefined,
  ];

  test.each(Object.entries(asks))(
    '%s is given to our own page and to whoever typed the address',
    (_, ask) => {
      for (const site of ['same-origin', 'none', undefined])
        for (const destination of [...parts, 'document'])
          expect([site, destination, ask({ site, destination })]).toEqual([site, destination, null]);
    },
  );

  test.each(Object.entries(asks))('%s is no part of another page', (_, ask) => {
    for (const site of ['cross-site', 'same-site', 'anything'])
      for (const destination of parts)
        expect([site, destination, ask({ site, destination })?.status]).toEqual([site, destination, 403]);
  });

  test('a link on another page may lead to the page, and to nothing beside it', () => {
    const link = { site: 'cross-site', destination: 'document' };
    expect(asks['the page'](link)).toBeNull();
    expect(asks['what is beside it'](link)?.status).toBe(403);
  });
});
