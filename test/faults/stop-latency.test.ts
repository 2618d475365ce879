/** From the host's STOP to both motor pins low: in one process in virtual time, and over a pseudo-terminal. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { SerialPort } from 'serialport';
import { expect, test } from 'vitest';
import { BridgeLine } from '../../hardware/bridge.ts';
import { JohnnyFiveDriver } from '../../hardware/johnny-five-driver.ts';
import { SerialLine } from '../../hardware/port.ts';
import { firmwareHex } from '../../src/installed.ts';
import type { TraceLine } from '../../src/session/trace.ts';
import { emulatedStage } from '../../src/simulation/emulated-stage.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { seeded } from '../../src/time/virtual-clock.ts';
import { note, percentile, sized } from './figures.ts';
import { BoardProcess } from './support/board-process.ts';
import { isDriven, pause, pinsAfter } from './support/pins-after.ts';

const full = { left: 1, right: 1 };
const leaseMs = 250;
const beatMs = 100;

test('in one process: 99 of 100 within 10 ms', async () => {
  const stage = await emulatedStage(firmwareHex(), 1);
  const random = seeded(20_261_122);
  const pins: Extract<TraceLine, { type: 'pin' }>[] = [];
  const all: number[] = [];
  stage.tell?.(line => {
    if (line.type === 'pin') pins.push(line);
  }, 0);
  const until = async (at: number): Promise<void> => {
    let arrived = false;
    stage.clock.at(at, () => {
      arrived = true;
    });
    while (!arrived) await stage.hop();
  };
  try {
    for (let count = 0; count < sized(1000, 24); count++) {
      const begun = stage.clock.now();
      stage.driver.arm();
      const beats = 1 + Math.floor(random() * 4);
      for (let beat = 0; beat < beats; beat++) {
        stage.driver.apply(full, leaseMs);
        await until(begun + (beat + 1) * beatMs);
      }
      const stopAt = stage.clock.now() + random() * beatMs;
      await until(stopAt);
      const from = pins.length;
      stage.driver.hush();
      await until(stopAt + 60);
      const lows = pins.slice(from).filter(({ duty }) => duty === 0);
      // A trace has whole milliseconds, rounded down: the true moment lies less than one later.
      all.push(Math.max(0, ...lows.map(({ at }) => at + 1 - stopAt)));
      // Time for the budgets to recover: this is about latency, not about them.
      await until(stopAt + 2500);
    }
  } finally {
    stage.close();
  }
  const p99 = percentile(all, 0.99);
  note({
    id: 'stop-in-process',
    what: "host's STOP, in one process, p99",
    value: p99,
    unit: 'ms',
    bound: 10,
    of: `${all.length} stops in mid-drive`,
  });
  expect(all.filter(ms => ms > 0).length).toBeGreaterThan(all.length * 0.9);
  expect(p99).toBeLessThanOrEqual(10);
});

/** A bridge as ser2net is one: raw bytes between a serial port and whoever connects. */
async function bridge(path: string): Promise<Readonly<{ port: number; close(): void }>> {
  const serial = new SerialPort({ path, baudRate: 57_600, autoOpen: false });
  await new Promise<void>((resolve, reject) => serial.open(error => (error ? reject(error) : resolve())));
  const server = createServer({ noDelay: true }, socket => {
    socket.on('data', bytes => serial.write(bytes));
    serial.on('data', bytes => socket.write(bytes));
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () => {
      server.close();
      serial.close();
    },
  };
}

test.each([
  { over: 'a pseudo-terminal', id: 'stop-over-pty', p99Ms: 25 },
  { over: 'a bridge to a pseudo-terminal', id: 'stop-over-bridge', p99Ms: 30 },
])('over $over: 99 of 100 within $p99Ms ms', async ({ over, id, p99Ms }) => {
  const board = await BoardProcess.start();
  const clock = new SystemClock();
  const between = id === 'stop-over-bridge' ? await bridge(board.path) : null;
  const line = between
    ? new BridgeLine({ host: '127.0.0.1', port: between.port }, clock)
    : new SerialLine(board.path, clock);
  const all: number[] = [];
  try {
    await line.open();
    const driver = new JohnnyFiveDriver(line, clock);
    await driver.connect();
    for (let count = 0; count < sized(200, 12); count++) {
      const driven = board.next(isDriven);
      driver.arm();
      driver.apply(full, leaseMs);
      await driven;
      await pause(60 + (count % 10) * 5);
      const from = board.lines.length;
      const zero = await board.mark();
      await driver.silent();
      await pause(80);
      const after = pinsAfter(board, from, zero);
      if (after.driven) all.push(after.ms);
      await pause(1200);
    }
  } finally {
    line.close();
    between?.close();
    await board.stop();
  }
  const p99 = percentile(all, 0.99);
  note({
    id,
    what: `host's STOP, over ${over}, p99`,
    value: p99,
    unit: 'ms',
    bound: p99Ms,
    of: `${all.length} stops in mid-drive`,
  });
  expect(all.length).toBeGreaterThan(10);
  expect(p99).toBeLessThanOrEqual(p99Ms);
});
