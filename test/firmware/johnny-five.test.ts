import bindTransport from 'firmata-io';
import five from 'johnny-five';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decode, encode, type LeaseFields } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { UnoTransport } from '../../simulator/avr/transport.ts';
import { triedUno } from '../../simulator/avr/tried.ts';
import { hex } from './rig.ts';

// Johnny-Five keeps time with timers and Date, and hands much on by nextTick: the first are faked and turned along
// with the board, the last needs one breath of the real event loop after each step.
const realImmediate = setImmediate;
const breathe = (): Promise<void> => new Promise(resolve => realImmediate(resolve));

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    now: 0,
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A whole stack on an emulated board, in lock-step. */
const stack = () => {
  const uno = triedUno(hex);
  const port = new UnoTransport(uno);
  let status: LeaseFields<'status'> | undefined;
  port.on('data', (bytes: Uint8Array) => {
    for (let at = 0; at + 34 <= bytes.length; at++)
      status = decode('status', bytes.subarray(at, at + 34)) ?? status;
  });
  const io = new bindTransport.Firmata(port, { reportVersionTimeout: 5000 });
  const to = async (ms: number): Promise<void> => {
    while (uno.nowMs < ms) {
      const step = Math.min(ms, uno.nowMs + 1);
      while (uno.nowMs < step) {
        port.advanceTo(step);
        await breathe();
      }
      vi.setSystemTime(uno.nowMs);
      vi.advanceTimersByTime(1);
    }
  };
  return { uno, port, io, to, status: () => status };
};

describe('firmata-io', () => {
  it('comes ready on its own within 50 ms of power-on', async () => {
    const { port, io, to } = stack();
    port.open();
    let ready = false;
    io.once('ready', () => {
      ready = true;
    });
    await to(50);
    expect(ready).toBe(true);
    expect(io.firmware).toMatchObject({ name: 'Tactus', version: { major: 1, minor: 0 } });
    expect(io).toMatchObject({ RESOLUTION: { PWM: 255 }, analogPins: [] });
  });

  it('comes ready on a board that has long been running, by asking', async () => {
    const { port, io, to } = stack();
    await to(1000);
    port.open();
    await to(6200);
    expect(io.isReady).toBe(true);
  });

  it('learns what each pin can do, and nothing that it can not', async () => {
    const { port, io, to } = stack();
    port.open();
    await to(50);
    const modes = (io as unknown as { pins: { supportedModes: number[] }[] }).pins.map(
      pin => pin.supportedModes,
    );
    expect(modes).toHaveLength(20);
    for (const [pin, supported] of modes.entries()) {
      if (pin === pins.left || pin === pins.right) expect(supported).toEqual([3]);
      else if (pin === pins.led) expect(supported).toEqual([1]);
      else if ([pins.go, pins.less, pins.stop, pins.receiver].includes(pin))
        expect(supported).toEqual([0, 11]);
      else expect(supported).toEqual([]);
    }
  });
});

describe('Johnny-Five', () => {
  it('works its own motor, button and LED on the board, the motor only under a lease', async () => {
    const { uno, port, io, to, status } = stack();
    const board = new five.Board({ io, repl: false, debug: false, sigint: false });
    let ready = false;
    board.once('ready', () => {
      ready = true;
    });
    port.open();
    await to(60);
    expect(ready).toBe(true);
    const motor = new five.Motor({ board, pin: pins.left, threshold: 0 });
    const led = new five.Led({ board, pin: pins.led });
    const go = new five.Button({ board, pin: pins.go, isPullup: true, invert: true, holdtime: 10_000 });
    const pressed: string[] = [];
    go.on('down', () => pressed.push('down'));
    go.on('up', () => pressed.push('up'));
    led.on();
    motor.start(140);
    await to(150);
    expect(uno.pinLevel(pins.led)).toBe(true);
    expect(uno.duty(pins.left)).toBe(0);

    const { epoch = 0, nonce = 0, boardMs = 0 } = status() ?? {};
    port.write(encode('arm', { epoch, nonce }));
    motor.start(140);
    port.write(encode('lease', { seq: 1, epoch, leaseMs: 250, statusMs: boardMs, left: 200, right: 0 }));
    await to(200);
    expect(uno.duty(pins.left)).toBe(140);
    motor.stop();
    await to(220);
    expect(uno.duty(pins.left)).toBe(0);

    uno.press('go');
    await to(260);
    uno.release('go');
    await to(300);
    expect(pressed).toEqual(['down', 'up']);
  });
});
