/** The network's side as a phone and as an attacker see it: real TLS sockets on an address of this machine. */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { fromLibrary } from '../../../../machines/routine/library.ts';
import { type Certificate, lanCertificate } from '../../../../src/app/lan/certificate.ts';
import { Api } from '../../../../src/server/api.ts';
import { HistoryApi } from '../../../../src/server/history-api.ts';
import { type AuditLine, guestName, Lan } from '../../../../src/server/lan/lan.ts';
import { Pairing, tokenLifeMs } from '../../../../src/server/lan/pairing.ts';
import { PhoneApi } from '../../../../src/server/lan/phone-api.ts';
import type { FromServer } from '../../../../src/server/messages.ts';
import { Server } from '../../../../src/server/server.ts';
import { Viewers } from '../../../../src/server/viewers.ts';
import { Sessions } from '../../../../src/session/sessions.ts';
import { OwnRoutines } from '../../../../src/storage/own-routines.ts';
import { PreferencesFile } from '../../../../src/storage/preferences.ts';
import { SystemClock } from '../../../../src/time/system-clock.ts';
import { seeded } from '../../../../src/time/virtual-clock.ts';
import { askFrom, lanAddress, pairWith, phoneSocket, refusedWith, sentBack } from '../../../support/lan.ts';
import { isLong } from '../../../support/length.ts';
import { seededBytes } from '../../../support/seeded-bytes.ts';
import { StandInDriver } from '../../../support/stand-in-driver.ts';

const firstTouch = fromLibrary('first-touch');
if (!firstTouch) throw new Error('the library has lost first-touch');
// At 2, so that less has something to take away.
const routine = {
  ...firstTouch,
  phases: firstTouch.phases.map(phase => ({ ...phase, pressureStart: 2, pressureMax: 2 })),
};

const host = lanAddress();
let state: string;
let identity: Certificate;
let sessions: Sessions;
let driver: StandInDriver;
let pairing: Pairing;
let server: Server;
/** Of the page on loopback, and of the same on the network. */
let here: URL;
let there: URL;
let audit: AuditLine[];
let laterMs: number;
/** Tokens and codes differ from test to test and are the same in every run. */
const randomBytes = seededBytes(2);
const random = seeded(3);

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'tactus-lan-'));
  identity = await lanCertificate(state, [host], Date.now());
});

afterAll(() => rmSync(state, { recursive: true, force: true }));

const serve = async (isSecure: boolean): Promise<void> => {
  const clock = new SystemClock();
  laterMs = 0;
  audit = [];
  driver = new StandInDriver();
  sessions = new Sessions({ clock, driver, product: 'test' }, { routine });
  const now = (): number => clock.now() + laterMs;
  pairing = new Pairing({
    now,
    wallNow: now,
    random: randomBytes,
    randomBelow: below => Math.floor(random() * below),
    gone: guest => server.dismiss(guest),
  });
  const viewers = new Viewers({
    sessions,
    now: () => clock.now(),
    audit: (guest, what, result) => audit.push({ who: guestName(guest), what, from: guest.from, result }),
  });
  const preferences = new PreferencesFile(state);
  const record = (line: AuditLine): void => void audit.push(line);
  const lan = new Lan({ pairing, now, port: () => 7410, isSecure, audit: record });
  server = new Server({
    clock,
    viewers,
    files: new Map([['/', { type: 'text/html; charset=utf-8', body: Buffer.from('<p>page') }]]),
    api: new Api({
      own: new OwnRoutines(state),
      history: new HistoryApi({ stateFolder: state, wallNow: () => Date.now(), say: () => {} }),
      preferences: () => preferences.read(),
      change: change => preferences.change(change),
    }),
    lan,
    phones: new PhoneApi({
      pairing,
      lan: () => ({ addresses: [there.href], fingerprint: identity.fingerprint }),
      isHere: ({ id }) => viewers.hasGuest(id),
      audit: record,
    }),
  });
  here = new URL(await server.listen(0));
  there = new URL(await server.listenOnLan(0, host, isSecure ? { identity } : {}));
};

beforeEach(() => serve(true));

afterEach(() => {
  sessions.run.close();
  server.close();
});

const code = (role: 'remote' | 'receiver' = 'remote'): string => pairing.open(role).digits;
const pairedAs = (role: 'remote' | 'receiver'): Promise<string> => pairWith(there, code(role));
const first = async (socket: WebSocket): Promise<FromServer> =>
  JSON.parse(String(((await once(socket, 'message')) as [Buffer])[0])) as FromServer;
const joinedWith = async (cookie: string): Promise<WebSocket> => {
  const socket = phoneSocket(there, cookie);
  await first(socket);
  return socket;
};
let id = 0;
const say = (socket: WebSocket, message: object): void =>
  socket.send(JSON.stringify({ v: 1, id: ++id, ...message }));
const stop = { type: 'intent', intent: { intent: 'stop' } };
/** The next message of this type. */
const heard = <T extends FromServer['type']>(
  socket: WebSocket,
  type: T,
): Promise<Extract<FromServer, { type: T }>> =>
  new Promise(resolve => {
    const listen = (data: Buffer): void => {
      const message = JSON.parse(String(data)) as FromServer;
      if (message.type !== type) return;
      socket.off('message', listen);
      resolve(message as Extract<FromServer, { type: T }>);
    };
    socket.on('message', listen);
  });
const prepare = (): void => {
  const { run } = sessions;
  run.intend({ intent: 'screen', complaint: false, answers: {}, others: 'no' });
  run.intend({ intent: 'confirm', step: 'position' });
  run.intend({ intent: 'baseline', local: 0, leg: 0 });
};
const start = (): void => {
  prepare();
  sessions.run.intend({ intent: 'start' });
};

describe('before it is paired a phone', () => {
  test('gets the page’s files under a policy for this very address, and a certificate that names it', async () => {
    const { status, body, headers } = await askFrom(there, {});
    expect([status, body]).toEqual([200, '<p>page']);
    expect(headers['content-security-policy']).toContain(`connect-src 'self' wss://${there.host};`);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    const secured = connectSecurely({ host, port: Number(there.port), rejectUnauthorized: false });
    await once(secured, 'secureConnect');
    const shown = new X509Certificate(secured.getPeerCertificate().raw);
    expect(shown.fingerprint256).toBe(identity.fingerprint);
    expect(shown.checkIP(host)).toBe(host);
    secured.destroy();
  });

  test('gets nothing else: no socket and so no stop, no routines, no history, no phones', async () => {
    expect(await refusedWith(phoneSocket(there, null))).toBe(401);
    for (const path of [
      '/routines',
      '/routines/first-touch',
      '/sessions',
      '/preferences',
      '/sessions/latest/note',
    ])
      expect((await askFrom(there, { path })).status).toBe(401);
    for (const [method, path] of [
      ['POST', '/phone/code'],
      ['GET', '/phone'],
      ['DELETE', '/phone/guests/1'],
    ] as const)
      expect((await askFrom(there, { method, path, body: { role: 'remote' } })).status).toBeGreaterThan(403);
    expect(pairing.code).toBeNull();
    expect(await askFrom(there, { path: '/pair' })).toMatchObject({ status: 200, body: '{"role":null}\n' });
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['loopback’s origin', { origin: 'http://127.0.0.1:7410' }, 403],
    ['no origin and no token', { origin: '' }, 401],
    ['a rebound name', { Host: 'attacker.example' }, 421],
    ['a token in the address', { path: '/ws?token=1' }, 400],
  ])('is refused the socket from %s', async (_, headers, status) => {
    expect(await refusedWith(phoneSocket(there, null, headers))).toBe(status);
  });

  test('is refused whatever it says in an address', async () => {
    for (const path of ['/?token=abc', '/pair?code=123456', '/routines?token=abc'])
      expect((await askFrom(there, { path })).status).toBe(400);
  });

  if (isLong)
    test('that only connects is cut off within seconds', async () => {
      const silent = connect(Number(there.port), host);
      const secured = connectSecurely({ host, port: Number(there.port), rejectUnauthorized: false });
      const half = connectSecurely({ host, port: Number(there.port), rejectUnauthorized: false });
      await Promise.all([
        once(silent, 'connect'),
        once(secured, 'secureConnect'),
        once(half, 'secureConnect'),
      ]);
      half.write('GET /ws HTTP/1.1\r\nHost: ');
      for (const socket of [silent, secured, half]) socket.resume();
      await Promise.all([silent, secured, half].map(socket => once(socket, 'close')));
    }, 20_000);

  test('that opens ever more connections takes none of the others', async () => {
    const sockets = Array.from({ length: 40 }, () => connect(Number(there.port), host));
    const order: number[] = [];
    const closed = sockets.map((socket, index) => {
      socket.on('error', () => {});
      return once(socket, 'close').then(() => order.push(index));
    });
    await expect.poll(() => order.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(20);
    // Not the first ones, for having said nothing: those beyond twenty, at once.
    expect(Math.min(...order.slice(0, 20))).toBeGreaterThanOrEqual(20);
    expect((await fetch(here)).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
  });
});

describe('pairing', () => {
  test('gives a cookie that no script reads and no other site sends; the code is good for nothing more', async () => {
    const digits = code();
    const pair = { method: 'POST', path: '/pair', body: { code: digits } };
    const { status, body, cookie } = await askFrom(there, pair);
    expect([status, body]).toEqual([201, '{"role":"remote"}\n']);
    expect(cookie).toMatch(
      /^__Host-tactus-7410=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect((await askFrom(there, pair)).status).toBe(403);
    expect(await askFrom(there, { path: '/pair', cookie: sentBack(cookie) })).toMatchObject({
      body: '{"role":"remote"}\n',
    });
  });

  test('says the same whether the digits are wrong or no code is open', async () => {
    const wrong = { method: 'POST', path: '/pair', body: { code: '000000' } };
    const none = await askFrom(there, wrong);
    let digits = code();
    while (digits === '000000') digits = code();
    expect(await askFrom(there, wrong)).toMatchObject({ status: none.status, body: none.body });
  });

  test('is tried five times a minute by one address, the right code included', async () => {
    for (let count = 0; count < 5; count++)
      expect((await askFrom(there, { method: 'POST', path: '/pair', body: { code: 'xxxxxx' } })).status).toBe(
        422,
      );
    const right = { method: 'POST', path: '/pair', body: { code: code() } };
    expect((await askFrom(there, right)).status).toBe(429);
    laterMs = 13_000;
    expect((await askFrom(there, right)).status).toBe(201);
  });

  test.each([
    ['half a message', '{', {}, 422],
    ['five digits', { code: '12345' }, {}, 422],
    ['a number', { code: 123456 }, {}, 422],
    ['an unknown field', { code: '123456', role: 'remote' }, {}, 422],
    ['a prototype', '{"code":"123456","__proto__":{"role":"remote"}}', {}, 422],
    ['a name too long', { code: '123456', name: 'x'.repeat(33) }, {}, 422],
    ['two kilobytes', { code: '1'.repeat(2048) }, {}, 413],
    ['another page', { code: '123456' }, { Origin: 'https://evil.example' }, 403],
    ['a form', 'code=123456', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['a rebound name', { code: '123456' }, { Host: 'attacker.example' }, 421],
  ])('refuses %s', async (_, body, headers, status) => {
    code();
    expect((await askFrom(there, { method: 'POST', path: '/pair', body, headers })).status).toBe(status);
    expect(pairing.guests).toEqual([]);
  });

  test('a phone’s name is shown as it is, as text', async () => {
    await pairWith(there, code(), '<img onerror=alert(1)>');
    expect(pairing.guests[0]?.name).toBe('<img onerror=alert(1)>');
  });

  test('a phone that pairs anew is one phone, and its former token is nobody’s', async () => {
    const former = await pairedAs('remote');
    const digits = code('receiver');
    const { status } = await askFrom(there, {
      method: 'POST',
      path: '/pair',
      body: { code: digits },
      cookie: former,
    });
    expect(status).toBe(201);
    expect(pairing.guests.map(({ role }) => role)).toEqual(['receiver']);
    expect(await refusedWith(phoneSocket(there, former))).toBe(401);
  });
});

describe('a token', () => {
  test('that is wrong is answered six times, then not for a minute; the right one always', async () => {
    const cookie = await pairedAs('remote');
    const wrong = `__Host-tactus-7410=${'A'.repeat(43)}`;
    const statuses: number[] = [];
    for (let count = 0; count < 8; count++) statuses.push(await refusedWith(phoneSocket(there, wrong)));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
    expect((await askFrom(there, { path: '/pair', cookie: wrong })).status).toBe(429);
    (await joinedWith(cookie)).terminate();
    laterMs = 60_000;
    expect(await refusedWith(phoneSocket(there, wrong))).toBe(401);
  });

  test('that is no good is forgotten by the phone too', async () => {
    const { body, cookie } = await askFrom(there, { path: '/pair', cookie: '__Host-tactus-7410=old' });
    expect(body).toBe('{"role":null}\n');
    expect(cookie).toContain('__Host-tactus-7410=; Path=/; Max-Age=0;');
  });

  test('taken back closes its sockets at once and opens none', async () => {
    const cookie = await pairedAs('remote');
    const socket = await joinedWith(cookie);
    const closed = once(socket, 'close') as Promise<[number]>;
    const [guest] = pairing.guests;
    const { status } = await fetch(new URL(`/phone/guests/${guest?.id}`, here), {
      method: 'DELETE',
      headers: { Origin: here.origin },
    });
    expect(status).toBe(200);
    expect((await closed)[0]).toBe(4401);
    expect(await refusedWith(phoneSocket(there, cookie))).toBe(401);
  });

  test('taken back makes its phone deaf and dumb in that very moment, though its words are on their way', async () => {
    const cookie = await pairedAs('remote');
    const socket = await joinedWith(cookie);
    start();
    const [guest] = pairing.guests;
    const closed = once(socket, 'close');
    const told: string[] = [];
    socket.on('message', data => told.push(String(data)));
    say(socket, stop);
    say(socket, { type: 'intent', intent: { intent: 'pause' } });
    // Before anything of it is read.
    pairing.revoke(guest?.id ?? 0);
    await closed;
    expect(sessions.run.state).toBe('warmUp');
    expect(audit.filter(({ what }) => ['stop', 'pause'].includes(what))).toEqual([]);
    expect(told).toEqual([]);
  });

  test('is over after twelve hours', async () => {
    const cookie = await pairedAs('remote');
    laterMs = tokenLifeMs;
    expect(await refusedWith(phoneSocket(there, cookie))).toBe(401);
  });

  test('can be given back by the phone itself', async () => {
    const cookie = await pairedAs('receiver');
    expect((await askFrom(there, { method: 'DELETE', path: '/pair', cookie })).status).toBe(200);
    expect(pairing.guests).toEqual([]);
  });

  test('is good on the network alone, and its cookie for nothing on loopback', async () => {
    const cookie = await pairedAs('remote');
    const { status } = await fetch(new URL('/pair', here), { headers: { Cookie: cookie } });
    expect(status).toBe(404);
  });
});

describe('a paired phone', () => {
  test('sees the session, stops it, and has control by the usual rules alone', async () => {
    const own = new WebSocket(`ws://${here.host}/ws`, { origin: here.origin });
    await first(own);
    const socket = phoneSocket(there, await pairedAs('remote'));
    const view = await first(socket);
    expect(view).toMatchObject({ type: 'view', view: { people: { role: 'viewer', viewers: 2 } } });
    start();
    say(socket, { type: 'claim' });
    expect(await heard(socket, 'error')).toMatchObject({ code: 'forbidden' });
    say(socket, { type: 'intent', intent: { intent: 'pause' } });
    expect(await heard(socket, 'error')).toMatchObject({ code: 'forbidden' });
    say(socket, stop);
    await expect.poll(() => sessions.run.state).toBe('stopped');
    expect(driver.frame).toBeNull();
    say(socket, { type: 'claim' });
    say(socket, { type: 'intent', intent: { intent: 'afterStop', why: 'slip' } });
    await expect.poll(() => sessions.run.state).toBe('paused');
    expect(
      audit.filter(({ who }) => who === 'remote 1').map(({ what, result }) => `${what} ${result}`),
    ).toEqual([
      'pair done',
      'claim forbidden',
      'pause forbidden',
      'stop done',
      'claim done',
      'afterStop done',
    ]);
    own.terminate();
    socket.terminate();
  });

  test('as the receiver’s has less and stop, whatever it says', async () => {
    const socket = phoneSocket(there, await pairedAs('receiver'));
    expect(await first(socket)).toMatchObject({ view: { people: { role: 'receiver' } } });
    prepare();
    // It is tried before anything begins.
    say(socket, { type: 'intent', intent: { intent: 'less' } });
    await expect.poll(() => audit.some(({ what }) => what === 'less')).toBe(true);
    sessions.run.intend({ intent: 'start' });
    expect(sessions.run.state).toBe('warmUp');
    for (const message of [
      { type: 'claim' },
      { type: 'role', role: 'viewer' },
      { type: 'bench', on: true },
      { type: 'intent', intent: { intent: 'go' } },
      { type: 'button', button: 'go', down: true },
      { type: 'choose', routine: 'first-touch' },
      { type: 'remember', agreed: true },
    ]) {
      say(socket, message);
      expect(await heard(socket, 'error')).toMatchObject({ code: 'forbidden' });
    }
    expect(sessions.run.state).toBe('warmUp');
    say(socket, { type: 'intent', intent: { intent: 'less' } });
    await expect.poll(() => sessions.run.state).toBe('eased');
    say(socket, stop);
    await expect.poll(() => sessions.run.state).toBe('stopped');
    socket.terminate();
  });

  test('reads the routines as a remote; history and preferences stay at home, and nothing is changed', async () => {
    const remote = await pairedAs('remote');
    const receiver = await pairedAs('receiver');
    expect((await askFrom(there, { path: '/routines', cookie: remote })).status).toBe(200);
    expect((await askFrom(there, { path: '/routines/first-touch', cookie: remote })).status).toBe(200);
    for (const path of ['/sessions', '/sessions/trends.html', '/preferences'])
      expect((await askFrom(there, { path, cookie: remote })).status).toBe(403);
    for (const [method, path] of [
      ['PUT', '/routines'],
      ['PUT', '/preferences'],
      ['DELETE', '/sessions'],
    ] as const)
      expect((await askFrom(there, { method, path, body: {}, cookie: remote })).status).toBe(403);
    expect((await askFrom(there, { path: '/routines', cookie: receiver })).status).toBe(403);
  });

  test('opens eight pages and no ninth', async () => {
    const cookie = await pairedAs('remote');
    const sockets = await Promise.all(Array.from({ length: 8 }, () => joinedWith(cookie)));
    expect(await refusedWith(phoneSocket(there, cookie))).toBe(503);
    for (const socket of sockets) socket.terminate();
  });

  test('that is back has control at once, whatever is left of its last visit', async () => {
    const cookie = await pairedAs('remote');
    const lost = phoneSocket(there, cookie, {});
    await first(lost);
    const other = phoneSocket(there, await pairedAs('remote'));
    await first(other);
    // Half-open: nothing comes back any more, and nobody has said goodbye.
    lost.pause();
    const back = phoneSocket(there, cookie);
    const view = (await first(back)) as Extract<FromServer, { type: 'view' }>;
    let role = view.view.people.role;
    back.on('message', data => {
      const message = JSON.parse(String(data)) as FromServer;
      if (message.type === 'change' && message.view.people) role = message.view.people.role;
    });
    await expect.poll(() => role, { timeout: 4000 }).toBe('controller');
    lost.terminate();
    other.terminate();
    back.terminate();
  });

  test('leaves no token, no code and no answer in the record', async () => {
    const digits = code();
    const cookie = await pairWith(there, digits);
    const socket = await joinedWith(cookie);
    say(socket, { type: 'intent', intent: { intent: 'screen', complaint: true, answers: { S1: 'unsure' } } });
    say(socket, { type: 'intent', intent: { intent: 'stop' } });
    await expect.poll(() => audit.some(({ what }) => what === 'stop')).toBe(true);
    const text = JSON.stringify(audit);
    const [, token = ''] = cookie.split('=');
    expect(token).toHaveLength(43);
    for (const secret of [token, digits, 'S1', 'unsure', 'complaint']) expect(text).not.toContain(secret);
    expect(audit).toContainEqual({ who: 'remote 1', what: 'screen', from: host, result: 'done' });
    socket.terminate();
  });
});

describe('a line without a socket', () => {
  /** Opens one; its id, and what it is told. */
  const lined = (cookie: string): Promise<{ id: string; told: FromServer[]; request: ClientRequest }> =>
    new Promise((resolve, reject) => {
      const told: FromServer[] = [];
      let text = '';
      let id = '';
      const asked = request(
        new URL('/line', there),
        { rejectUnauthorized: false, agent: false, headers: { Cookie: cookie } },
        response => {
          if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`));
          expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
          response.on('data', (part: Buffer) => {
            text += part.toString('utf8');
            for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
              const event = text.slice(0, end);
              text = text.slice(end + 2);
              const content = /^data: (.*)$/m.exec(event)?.[1] ?? '';
              if (event.startsWith('event: line')) id = content;
              else told.push(JSON.parse(content) as FromServer);
              if (told.length === 1) resolve({ id, told, request: asked });
            }
          });
          response.on('error', () => {});
        },
      );
      asked.on('error', reject);
      asked.end();
    });
  const sayOn = (line: string, cookie: string, body: unknown, headers = {}) =>
    askFrom(there, { method: 'POST', path: `/line/${line}`, body, cookie, headers });

  test('tells what a socket would, and hears what one would', async () => {
    const cookie = await pairedAs('remote');
    const { id: line, told, request: open } = await lined(cookie);
    expect(told[0]).toMatchObject({ type: 'view', view: { people: { role: 'controller', viewers: 1 } } });
    start();
    expect((await sayOn(line, cookie, { v: 1, id: 1, ...stop })).status).toBe(204);
    expect(sessions.run.state).toBe('stopped');
    expect((await sayOn(line, cookie, '{')).status).toBe(204);
    // The view's own changes go on beside it.
    await expect.poll(() => told).toContainEqual(expect.objectContaining({ type: 'error', code: 'badJson' }));
    open.destroy();
    await expect.poll(async () => (await sayOn(line, cookie, '')).status).toBe(404);
  });

  test('is opened and spoken on by nobody but a paired phone, and that phone alone', async () => {
    const cookie = await pairedAs('remote');
    const other = await pairedAs('remote');
    const { id: line, request: open } = await lined(cookie);
    start();
    const message = { v: 1, id: 1, ...stop };
    const statuses = [
      (await askFrom(there, { path: '/line' })).status,
      (await askFrom(there, { method: 'POST', path: `/line/${line}`, body: message })).status,
      (await sayOn(line, other, message)).status,
      (await sayOn('0'.repeat(32), cookie, message)).status,
      (await sayOn(line, cookie, message, { Origin: 'https://evil.example' })).status,
      (await sayOn(line, cookie, message, { 'Content-Type': 'text/plain' })).status,
      (await sayOn(line, cookie, 'x'.repeat(17_000))).status,
      (await askFrom(there, { path: '/line?token=1', cookie })).status,
      (await askFrom(there, { method: 'DELETE', path: `/line/${line}`, cookie })).status,
    ];
    expect(statuses).toEqual([401, 401, 404, 404, 403, 415, 413, 400, 405]);
    expect(sessions.run.state).toBe('warmUp');
    expect((await fetch(new URL('/line', here))).status).toBe(404);
    open.destroy();
  });

  test("that is a receiver's has less and stop; and it ends with its token", async () => {
    const cookie = await pairedAs('receiver');
    const { id: line, told, request: open } = await lined(cookie);
    await sayOn(line, cookie, { v: 1, id: 1, type: 'claim' });
    // The view's own changes go on beside it.
    await expect
      .poll(() => told)
      .toContainEqual(expect.objectContaining({ type: 'error', code: 'forbidden' }));
    const closed = once(open, 'close');
    pairing.revoke(1);
    await closed;
    expect((await sayOn(line, cookie, '')).status).toBe(401);
  });

  test('is deaf and dumb in the very moment in which its token is taken back', async () => {
    const cookie = await pairedAs('remote');
    const { id: line, told, request: open } = await lined(cookie);
    start();
    const answer = sayOn(line, cookie, { v: 1, id: 1, ...stop });
    const [guest] = pairing.guests;
    pairing.revoke(guest?.id ?? 0);
    const before = told.length;
    expect([401, 404]).toContain((await answer).status);
    expect(sessions.run.state).toBe('warmUp');
    expect(told).toHaveLength(before);
    open.destroy();
  });

  test('counts among the eight of its address', async () => {
    const cookie = await pairedAs('remote');
    const lines = [];
    for (let count = 0; count < 8; count++) lines.push(await lined(cookie));
    expect((await askFrom(there, { path: '/line', cookie })).status).toBe(503);
    expect(await refusedWith(phoneSocket(there, cookie))).toBe(503);
    for (const line of lines) line.request.destroy();
  });

  if (isLong)
    test('on which nobody is heard for ten seconds is let go', async () => {
      const cookie = await pairedAs('remote');
      const { request: open } = await lined(cookie);
      await once(open, 'close');
    }, 30_000);
});

describe('at the machine itself', () => {
  test('a code is shown with what is left of it, made anew and closed; other pages can do neither', async () => {
    const ask = (method: string, path: string, headers = {}, body?: object) =>
      fetch(new URL(path, here), {
        method,
        headers: { Origin: here.origin, 'Content-Type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
    const made = await ask('POST', '/phone/code', {}, { role: 'receiver' });
    expect(made.status).toBe(201);
    expect(await made.json()).toMatchObject({ code: { role: 'receiver', digits: pairing.code?.digits } });
    expect((await ask('POST', '/phone/code', { Origin: there.origin }, { role: 'remote' })).status).toBe(403);
    expect((await ask('POST', '/phone/code', {}, { role: 'owner' })).status).toBe(422);
    expect(pairing.code?.role).toBe('receiver');
    await ask('DELETE', '/phone/code');
    expect(pairing.code).toBeNull();
    expect((await ask('DELETE', '/phone/guests/9')).status).toBe(404);
    expect((await ask('GET', '/phone/what')).status).toBe(404);
  });
});

test('without TLS the page says so in its addresses, and its cookie is not called secure', async () => {
  sessions.run.close();
  server.close();
  await serve(false);
  expect(there.protocol).toBe('http:');
  const answer = await fetch(new URL('/pair', there), {
    method: 'POST',
    headers: { Origin: there.origin, 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: code() }),
  });
  expect(answer.headers.get('set-cookie')).toMatch(/^tactus-7410=[\w-]{43}; .*HttpOnly; SameSite=Strict$/);
  expect((await fetch(there)).headers.get('content-security-policy')).toContain(`ws://${there.host};`);
});
