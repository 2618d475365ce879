import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { UnoClient } from '../../../simulator/avr/client.ts';
import { UnpluggedError } from '../../../simulator/avr/emulated-port.ts';
import type { BoardChannel, FromBoard, ToBoard } from '../../../simulator/avr/messages.ts';
import { startWorker } from '../../../simulator/avr/node-channel.ts';
import { serveBoard } from '../../../simulator/avr/serve.ts';
import { hex } from '../../firmware/rig.ts';

/** The entry as it is built before any test: to read it as TypeScript in a thread takes longer than all of this. */
const workerUrl = new URL('../../../dist/board-worker.js', import.meta.url);

describe('a board in a worker thread', () => {
  it('speaks through its port in real time, and ends', async () => {
    const client = new UnoClient(startWorker(workerUrl), { hex });
    const data: number[] = [];
    client.on('data', (bytes: Uint8Array) => data.push(...bytes));
    client.open();
    await once(client, 'ready');
    while (data.length < 60) await once(client, 'data');
    expect(data.slice(0, 3)).toEqual([0xf9, 2, 5]);
    data.length = 0;
    client.write(Uint8Array.of(0xf4, 13, 1, 0x91, 0x20, 0));
    const [led] = await once(client, 'scope');
    expect(led).toMatchObject({ type: 'level', pin: 13, high: true });
    client.reset('external');
    expect(await once(client, 'reset')).toEqual(['external', expect.any(Number)]);
    const closed = once(client, 'close');
    await client.end();
    expect(await closed).toEqual([undefined]);
  });

  it('closes its port with the reason when the worker dies', async () => {
    const client = new UnoClient(startWorker(workerUrl), { hex: 'this is no hex file' });
    client.open();
    const [error] = await once(client, 'close');
    expect(error).toBeInstanceOf(UnpluggedError);
    expect(String(error)).toMatch(/not a record of Intel HEX/);
  });
});

/** A channel without a thread: what a Web Worker entry would be. */
const loop = () => {
  const posted: ToBoard[] = [];
  let heard: ((message: FromBoard) => void) | undefined;
  let ended: ((error?: Error) => void) | undefined;
  const channel: BoardChannel = {
    post: message => posted.push(message),
    listen: (onHeard, onEnded) => {
      heard = onHeard;
      ended = onEnded;
    },
    end: async () => undefined,
  };
  return {
    channel,
    posted,
    say: (message: FromBoard) => heard?.(message),
    die: (error?: Error) => ended?.(error),
  };
};

describe('its client', () => {
  it('turns calls into messages, each bytes in a copy of their own', () => {
    const { channel, posted } = loop();
    const client = new UnoClient(channel, { hex, seed: 3 });
    client.open();
    const bytes = Uint8Array.of(1, 2);
    client.write(bytes);
    bytes[0] = 9;
    client.press('stop');
    client.release('stop');
    client.setPin(3, 'open');
    client.unplug();
    expect(posted).toEqual([
      { type: 'start', hex, seed: 3 },
      { type: 'write', bytes: Uint8Array.of(1, 2) },
      { type: 'press', button: 'stop' },
      { type: 'release', button: 'stop' },
      { type: 'setPin', pin: 3, drive: 'open' },
      { type: 'cutLine' },
    ]);
  });

  it('passes on what the board posts', () => {
    const { channel, say } = loop();
    const client = new UnoClient(channel, { hex });
    const heard: unknown[] = [];
    client.on('data', bytes => heard.push(bytes));
    client.on('stalled', (skippedMs, atMs) => heard.push([skippedMs, atMs]));
    client.on('error', (error: Error) => heard.push(error.message));
    const unsubscribe = client.subscribe(event => heard.push(event));
    say({ type: 'bytes', atMs: 1, bytes: Uint8Array.of(7) });
    client.open();
    say({ type: 'bytes', atMs: 1, bytes: Uint8Array.of(8) });
    say({ type: 'stalled', atMs: 2, skippedMs: 300 });
    say({ type: 'refused', reason: 'full' });
    const event = { type: 'duty', atMs: 3, pin: 5, duty: 9 } as const;
    say({ type: 'scope', event });
    unsubscribe();
    say({ type: 'scope', event });
    expect(heard).toEqual([Uint8Array.of(8), [300, 2], 'full', event]);
  });

  it('says nothing twice when the worker ends after it was ended', async () => {
    const { channel, die } = loop();
    const client = new UnoClient(channel, { hex });
    const closes: unknown[] = [];
    client.on('close', error => closes.push(error));
    client.open();
    await client.end();
    die(new Error('too late'));
    expect(closes).toEqual([undefined]);
  });
});

describe('the worker side', () => {
  it('refuses to be spoken to before it is started', () => {
    const obey = serveBoard({ now: () => 0, schedule: () => () => undefined }, () => undefined);
    expect(() => obey({ type: 'press', button: 'go' })).toThrow(/before "start"/);
  });

  it('starts anew when told to', () => {
    const said: string[] = [];
    let running = 0;
    const time = {
      now: () => 0,
      schedule: () => {
        running++;
        return () => {
          running--;
        };
      },
    };
    const obey = serveBoard(time, ({ type }) => said.push(type));
    obey({ type: 'start', hex });
    obey({ type: 'start', hex, seed: 2 });
    expect(said).toEqual(['ready', 'ready']);
    expect(running).toBe(1);
  });
});
