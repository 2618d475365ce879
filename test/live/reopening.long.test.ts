/** A line that comes back: what its owner sees of faults that no pseudo-terminal can play. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BridgeLine } from '../../hardware/bridge.ts';
import { SerialLine } from '../../hardware/port.ts';
import {
  type Backoff,
  type Connection,
  type ConnectionListener,
  ReopeningLine,
} from '../../hardware/reopening.ts';
import { packageRoot } from '../../src/installed.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { VirtualClock } from '../../src/time/virtual-clock.ts';
import { keptBytes } from '../support/kept-bytes.ts';
import { deviceName, plugBoard } from '../support/serial-board.ts';
import { repeatedIfStarved } from '../support/starved.ts';

/** A line whose connections do as a test says. */
class Scripted extends ReopeningLine {
  readonly name = 'scripted';
  protected override readonly backoff: Backoff = [250, 500];
  connections = 0;
  dropped = 0;
  refuse = false;
  heard: ConnectionListener | null = null;
  onWrite: (written: (error?: Error | null) => void) => void = written => written(null);

  protected override async connect(heard: ConnectionListener): Promise<Connection> {
    this.connections += 1;
    if (this.refuse) throw new Error('ENOENT');
    this.heard = heard;
    return {
      write: (_, written) => this.onWrite(written),
      drop: () => {
        this.dropped += 1;
      },
    };
  }
}

const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('a line', () => {
  it('that says EIO on a write has gone, and is opened anew', async () => {
    const clock = new VirtualClock();
    const line = new Scripted(clock);
    await line.open();
    const told: string[] = [];
    line.on('close', (error: Error) => told.push(error.message));
    line.on('open', () => told.push('open'));
    line.onWrite = written => written(new Error('Error: EIO: i/o error, write'));
    line.write(Uint8Array.of(1));
    expect(told).toEqual(['scripted: Error: EIO: i/o error, write']);
    expect([line.isOpen, line.dropped]).toEqual([false, 1]);
    clock.runUntil(250);
    await settle();
    expect(told[1]).toBe('open');
    expect(line.connections).toBe(2);
  });

  it('whose write is never done has gone after 200 ms', async () => {
    const clock = new VirtualClock();
    const line = new Scripted(clock);
    await line.open();
    line.onWrite = () => {};
    line.write(Uint8Array.of(1));
    clock.runUntil(199);
    expect(line.isOpen).toBe(true);
    clock.runUntil(200);
    expect(line.isOpen).toBe(false);
  });

  it('hears nothing more of a connection that is over', async () => {
    const clock = new VirtualClock();
    const line = new Scripted(clock);
    const told: unknown[] = [];
    line.on('data', bytes => told.push(bytes));
    line.on('close', () => told.push('close'));
    await line.open();
    const old = line.heard;
    line.hangUp('x');
    old?.data(Uint8Array.of(1));
    old?.lost('again');
    expect(told).toEqual(['close']);
  });

  it('waits longer each time it is refused, up to the last step, and begins anew once it was open', async () => {
    const clock = new VirtualClock();
    const line = new Scripted(clock);
    await line.open();
    line.refuse = true;
    line.hangUp('x');
    const at: number[] = [];
    for (let now = 0; now <= 2000; now += 10) {
      const before = line.connections;
      clock.runUntil(now);
      await settle();
      if (line.connections > before) at.push(now);
    }
    expect(at).toEqual([250, 750, 1250, 1750]);
    line.close();
  });
});

it('an hour without its device costs no memory, and no try to open what is not there', async () => {
  const clock = new VirtualClock();
  const name = deviceName();
  const board = await plugBoard();
  name.pointTo(board.path);
  const line = new SerialLine(name.path, clock, { list: async () => [] });
  await line.open();
  name.take();
  board.unplug();
  line.hangUp('gone');
  for (let minute = 1; minute <= 5; minute++) clock.runUntil(minute * 60_000);
  const before = keptBytes();
  clock.runUntil(3_600_000);
  expect(keptBytes() - before).toBeLessThan(5 * 1024 * 1024);
  expect(line.isOpen).toBe(false);
  line.close();
}, 30_000);

it(
  'a board that comes back under another path is found by its serial number, and no other is taken for it',
  repeatedIfStarved(async () => {
    const [first, second] = [deviceName(), deviceName()];
    const stranger = await plugBoard();
    const board = await plugBoard();
    first.pointTo(board.path);
    const port = (path: string, serialNumber: string) => ({
      path,
      maker: null,
      vendorId: '2341',
      productId: '0043',
      serialNumber,
    });
    let listed = [port(first.path, 'ours')];
    const line = new SerialLine(first.path, new SystemClock(), { list: async () => listed });
    await line.open();
    await expect.poll(() => line.serialNumber).toBe('ours');
    const closed = once(line, 'close');
    first.take();
    board.unplug();
    listed = [];
    await closed;
    // Another board at its old place: not ours.
    first.pointTo(stranger.path);
    listed = [port(first.path, 'theirs')];
    await new Promise(resolve => setTimeout(resolve, 700));
    expect(line.isOpen).toBe(false);
    const again = await plugBoard();
    second.pointTo(again.path);
    const opened = once(line, 'open');
    listed = [port(first.path, 'theirs'), port(second.path, 'ours')];
    await opened;
    expect(line.name).toBe(second.path);
    line.close();
    again.unplug();
    stranger.unplug();
  }),
  20_000,
);

it(
  'a process whose write is stuck ends within a second of being asked to',
  repeatedIfStarved(async () => {
    const script = join(packageRoot, 'test', 'support', 'stuck-writer.ts');
    const board = await plugBoard();
    board.board.stop();
    const { PseudoTerminal } = await import('../../simulator/avr/pseudo-terminal.ts');
    const deaf = await PseudoTerminal.open();
    const child = spawn(process.execPath, ['--import', 'tsx', script, deaf.path], { cwd: packageRoot });
    let said = '';
    for await (const bytes of child.stdout) {
      said += String(bytes);
      if (said.includes('stuck')) break;
    }
    const asked = performance.now();
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(performance.now() - asked).toBeLessThan(1000);
    deaf.close();
  }),
  20_000,
);

describe('a bridge', () => {
  let server: Server | null = null;
  let line: BridgeLine | null = null;
  const sockets: Socket[] = [];
  afterEach(() => {
    line?.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    server?.close();
  });
  const bridge = async (onSocket: (socket: Socket) => void): Promise<number> => {
    server = createServer(socket => {
      sockets.push(socket);
      socket.on('error', () => {});
      onSocket(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  };

  it('passes bytes both ways as they are, and comes back after it broke', async () => {
    const port = await bridge(socket => socket.on('data', bytes => socket.write(bytes)));
    line = new BridgeLine({ host: '127.0.0.1', port }, new SystemClock());
    await line.open();
    const bytes = Uint8Array.from([0xf0, 0xff, 0, 10, 13, 0xf7]);
    const heard = once(line, 'data');
    line.write(bytes);
    expect([...((await heard)[0] as Uint8Array)]).toEqual([...bytes]);
    const [closed, opened] = [once(line, 'close'), once(line, 'open')];
    sockets[0]?.destroy();
    await closed;
    expect(line.isOpen).toBe(false);
    await opened;
    expect(line.isOpen).toBe(true);
  }, 10_000);

  it('that stops reading counts as gone, before much waits for it', async () => {
    const port = await bridge(socket => socket.pause());
    line = new BridgeLine({ host: '127.0.0.1', port }, new SystemClock());
    await line.open();
    const closed = once(line, 'close');
    const feed = setInterval(() => {
      for (let count = 0; count < 50; count++) line?.write(new Uint8Array(4096));
    }, 5);
    const [why] = await closed;
    clearInterval(feed);
    expect(String(why)).toMatch(/stopped reading|got stuck/);
  }, 20_000);

  it('that is not there is refused with the system’s word', async () => {
    const port = await bridge(() => {});
    server?.close();
    line = new BridgeLine({ host: '127.0.0.1', port }, new SystemClock());
    await expect(line.open()).rejects.toThrow(/ECONNREFUSED/);
  });
});
