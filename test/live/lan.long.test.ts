/** `start --lan` as people start it: what it prints, what a phone can do with that, and what stays as it was. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { FromServer } from '../../src/server/messages.ts';
import { tactus } from '../support/cli.ts';
import { type Controller, startControllerIn } from '../support/controller.ts';
import { lanAddress, pairWith, phoneSocket } from '../support/lan.ts';
import { readModules, seenInTerminal } from '../support/qr.ts';

const newState = (): string => mkdtempSync(join(tmpdir(), 'tactus-lan-'));

/** The address in a QR code among other lines. */
const scanned = (text: string): string | null =>
  readModules(
    seenInTerminal(
      text
        .split('\n')
        .filter(line => /^[█▀▄ ]+$/.test(line))
        .join('\n'),
      'light',
    ),
  );

describe('with --lan', () => {
  const host = lanAddress();
  let state: string;
  let controller: Controller;
  let port: string;

  beforeAll(async () => {
    state = newState();
    controller = await startControllerIn(state, '--routine', 'first-touch', '--lan', '--host', host);
    ({ port } = new URL(controller.address));
  });

  afterAll(async () => {
    await controller?.stop();
  });

  test('ready comes first, the page’s own address in it; then what a phone needs', async () => {
    await expect.poll(() => controller.output()).toContain('tactus phone');
    const [first, ...more] = controller.output().split('\n');
    expect(first).toBe(`ready http://127.0.0.1:${port}/`);
    const said = more.join('\n');
    expect(said).toContain(`Phones on this network: https://${host}:${port}/`);
    expect(said).toMatch(/^Code for the remote: \d{3} \d{3}\. It lets one phone in, within one minute\.$/m);
    expect(said).toMatch(/^Certificate, SHA-256: ([0-9A-F]{2}:){31}[0-9A-F]{2}$/m);
    const code = /Code for the remote: (\d{3}) (\d{3})/.exec(said);
    expect(scanned(said)).toBe(`https://${host}:${port}/#pair=${code?.[1]}${code?.[2]}`);
  });

  type Phone = Readonly<{ socket: WebSocket; say(intent: object): void; state(): string }>;

  /** A page of a paired phone, and the state that it was told. */
  async function opened(cookie: string): Promise<Phone> {
    const socket = phoneSocket(new URL(`https://${host}:${port}/`), cookie);
    let told = '';
    let id = 0;
    socket.on('message', data => {
      const message = JSON.parse(String(data)) as FromServer;
      if (message.type === 'view' || message.type === 'change') told = message.view.session?.state ?? told;
    });
    await once(socket, 'message');
    return {
      socket,
      say: intent => socket.send(JSON.stringify({ v: 1, id: ++id, type: 'intent', intent })),
      state: () => told,
    };
  }

  /** Leaves, and comes back once a lost page is taken as lost. */
  async function leftAndBack({ socket }: Phone, cookie: string): Promise<Phone> {
    socket.terminate();
    await new Promise(resolve => setTimeout(resolve, 5_500));
    return await opened(cookie);
  }

  test('another code comes from the command; the only page of an emulated board is its stop, and gone it pauses', async () => {
    const { code, out } = await tactus(['phone', '--http', port]);
    expect(code).toBe(0);
    const digits = /#pair=(\d{6})$/.exec(scanned(out) ?? '')?.[1] ?? '';
    const cookie = await pairWith(new URL(`https://${host}:${port}/`), digits);
    let only = await opened(cookie);
    only.say({ intent: 'screen', complaint: false, others: 'no' });
    only.say({ intent: 'confirm', step: 'position' });
    only.say({ intent: 'baseline', local: 0, leg: 0 });
    only.say({ intent: 'start' });
    await expect.poll(only.state, { timeout: 10_000 }).toMatch(/warmUp|faulted/);
    only = await leftAndBack(only, cookie);
    // A machine that stalls stands still by itself, and this is not about that.
    for (let times = 0; only.state() === 'faulted' && times < 4; times++) {
      only.say({ intent: 'acknowledge' });
      only.say({ intent: 'resume' });
      await expect.poll(only.state, { timeout: 10_000 }).not.toBe('paused');
      only = await leftAndBack(only, cookie);
    }
    expect(only.state()).toBe('paused');
    only.socket.terminate();
  }, 90_000);

  test('and one for the receiver, as JSON, with who is paired', async () => {
    const { out } = await tactus(['phone', '--receiver', '--http', port, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      lan: { addresses: [`https://${host}:${port}/`] },
      code: { role: 'receiver' },
      guests: [{ role: 'remote', from: host }],
    });
  });

  test('nothing that it keeps or says has a token or a code in it', async () => {
    const view = JSON.parse((await tactus(['phone', '--http', port, '--json'])).out) as {
      code: { digits: string };
    };
    const address = new URL(`https://${host}:${port}/`);
    const [, token = ''] = (await pairWith(address, view.code.digits)).split('=');
    expect(token).toHaveLength(43);
    expect(controller.errors()).toContain(`is paired, from ${host}`);
    const texts = [controller.output(), controller.errors()];
    for (const entry of readdirSync(state, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) texts.push(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(readFileSync(join(state, 'lan.jsonl'), 'utf8')).toContain('"what":"pair"');
    for (const text of texts) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(view.code.digits);
    }
  });
});

test('without --lan nothing of it is there: no certificate, no record, no code', async () => {
  const state = newState();
  const controller = await startControllerIn(state);
  const { port } = new URL(controller.address);
  expect(await (await fetch(new URL('/phone', controller.address))).json()).toEqual({
    lan: null,
    code: null,
    guests: [],
  });
  const { code, err } = await tactus(['phone', '--http', port]);
  expect([code, err]).toEqual([66, expect.stringContaining('listens on loopback only; start it with')]);
  expect(controller.output()).toBe(`ready ${controller.address}\n`);
  expect(await controller.stop()).toBe(143);
  expect(['lan-certificate.pem', 'lan.jsonl'].filter(name => existsSync(join(state, name)))).toEqual([]);
  expect(await tactus(['phone', '--http', port])).toMatchObject({
    code: 66,
    err: expect.stringContaining(`no controller answers on port ${port}`),
  });
});

test.each([
  [['--host', '0.0.0.0'], 'without --lan only loopback can be used'],
  [['--insecure-lan'], 'add --lan too'],
  [['--lan', '--headless'], 'use only one of them'],
  [['--lan', '--host', 'no-such-name.invalid'], 'is not an address of this machine'],
])('start %j is refused', async (words, why) => {
  const { code, err } = await tactus(['start', ...words]);
  expect([code, err]).toEqual([64, expect.stringContaining(why)]);
});
