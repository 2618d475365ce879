/** Where the page is the buttons, nobody may be left with hands that move and no stop. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { FromServer } from '../../src/server/messages.ts';
import { type Running, World } from '../support/world.ts';

let world: World;
let controller: Running;
let address: string;

beforeAll(async () => {
  world = new World();
  controller = world.run(['start', '--http', '0', '--routine', 'first-touch']);
  [, address = ''] = (await controller.until(/ready \S+/)).split(' ');
});

afterAll(async () => {
  controller.signal('SIGTERM');
  expect(await controller.ended()).toBe(143);
  world.close();
});

type Page = Readonly<{
  socket: WebSocket;
  say(intent: object): void;
  become(role: string): void;
  state(): string;
}>;

/** A page as the controller knows it: a socket, and the state that it was told. */
async function opened(): Promise<Page> {
  const { host, origin } = new URL(address);
  const socket = new WebSocket(`ws://${host}/ws`, { origin });
  let state = '';
  let id = 0;
  socket.on('message', data => {
    const message = JSON.parse(String(data)) as FromServer;
    if (message.type === 'view' || message.type === 'change') state = message.view.session?.state ?? state;
  });
  await world.resolved(once(socket, 'message'));
  return {
    socket,
    say: intent => socket.send(JSON.stringify({ v: 1, id: ++id, type: 'intent', intent })),
    become: role => socket.send(JSON.stringify({ v: 1, id: ++id, type: 'role', role })),
    state: () => state,
  };
}

const gone = async (socket: WebSocket): Promise<void> => {
  socket.close();
  await world.resolved(once(socket, 'close'));
};

test('a page that is loaded anew finds its session going; one that stays away leaves it paused', async () => {
  const first = await opened();
  first.say({ intent: 'screen', complaint: false, others: 'no' });
  first.say({ intent: 'confirm', step: 'position' });
  first.say({ intent: 'baseline', local: 0, leg: 0 });
  first.say({ intent: 'start' });
  expect(await world.until(() => first.state() === 'warmUp', 10_000)).toBe(true);
  await gone(first.socket);

  const anew = await opened();
  expect(anew.state()).toBe('warmUp');
  await gone(anew.socket);

  // The page’s own stop is lost after 5 s: from then on the session stands still.
  await world.pass(5_500);
  const late = await opened();
  expect(late.state()).toBe('paused');
  await gone(late.socket);
});

test('a page that becomes the receiver’s has no buttons any more: alone it leaves the session paused, too', async () => {
  const page = await opened();
  page.say({ intent: 'go' });
  expect(await world.until(() => page.state() === 'warmUp', 10_000)).toBe(true);
  page.become('receiver');
  await world.pass(3_000);
  expect(page.state()).toBe('warmUp');
  await world.pass(2_500);
  expect(page.state()).toBe('paused');
  await gone(page.socket);
});
