/** Where the page is the buttons, nobody may be left with hands that move and no stop. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { FromServer } from '../../src/wire/messages.ts';
import { type Controller, startController } from '../support/controller.ts';

let controller: Controller;

beforeAll(async () => {
  controller = await startController('--routine', 'first-touch');
});

afterAll(async () => {
  await controller?.stop();
});

/** A page as the controller knows it: a socket, and the state that it was told. */
async function opened(): Promise<{ socket: WebSocket; say(intent: object): void; state(): string }> {
  const { host, origin } = new URL(controller.address);
  const socket = new WebSocket(`ws://${host}/ws`, { origin });
  let state = '';
  let id = 0;
  socket.on('message', data => {
    const message = JSON.parse(String(data)) as FromServer;
    if (message.type === 'view' || message.type === 'change') state = message.view.session?.state ?? state;
  });
  await once(socket, 'message');
  return {
    socket,
    say: intent => socket.send(JSON.stringify({ v: 1, id: ++id, type: 'intent', intent })),
    state: () => state,
  };
}

const gone = async (socket: WebSocket): Promise<void> => {
  socket.close();
  await once(socket, 'close');
};

test('a page that is loaded anew finds its session going; one that stays away leaves it paused', async () => {
  const first = await opened();
  first.say({ intent: 'screen', complaint: false, others: 'no' });
  first.say({ intent: 'confirm', step: 'position' });
  first.say({ intent: 'baseline', local: 0, leg: 0 });
  first.say({ intent: 'start' });
  await expect.poll(first.state, { timeout: 10_000 }).toBe('warmUp');
  await gone(first.socket);

  const anew = await opened();
  expect(anew.state()).toBe('warmUp');
  await gone(anew.socket);

  // The page’s own stop is lost after 5 s: from then on the session stands still.
  await new Promise(resolve => setTimeout(resolve, 5_500));
  const late = await opened();
  expect(late.state()).toBe('paused');
  await gone(late.socket);
}, 60_000);
