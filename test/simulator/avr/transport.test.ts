import { describe, expect, it } from 'vitest';
import { UnpluggedError } from '../../../simulator/avr/emulated-port.ts';
import { UnoTransport } from '../../../simulator/avr/transport.ts';
import { Uno } from '../../../simulator/avr/uno.ts';
import { hex } from '../../firmware/rig.ts';

const plugged = () => {
  const port = new UnoTransport(new Uno(hex));
  const data: number[] = [];
  const events: unknown[] = [];
  port.on('data', (bytes: Uint8Array) => data.push(...bytes));
  port.on('open', () => events.push('open'));
  port.on('close', error => events.push(error ?? 'close'));
  port.open();
  const to = (ms: number): void => {
    while (port.uno.nowMs < ms) port.advanceTo(ms);
  };
  return { port, data, events, to };
};

describe('the port of an emulated board', () => {
  it('opens, gives what the board says, and calls back what was written', async () => {
    const { port, data, events, to } = plugged();
    to(30);
    expect(data.slice(0, 3)).toEqual([0xf9, 2, 5]);
    data.length = 0;
    const error = await new Promise(resolve => port.write(Uint8Array.of(0xf9), resolve));
    expect(error).toBeNull();
    to(60);
    expect(data).toEqual([0xf9, 2, 5]);
    expect(events).toEqual(['open']);
    expect(port.isOpen).toBe(true);
  });

  it('passes nothing while unplugged, either way, and says so as serialport does', async () => {
    const { port, data, events, to } = plugged();
    to(100);
    data.length = 0;
    port.unplug();
    port.unplug();
    expect(events).toHaveLength(2);
    expect(events[1]).toBeInstanceOf(UnpluggedError);
    expect(events[1]).toMatchObject({ disconnected: true });
    const error = await new Promise(resolve => port.write(Uint8Array.of(0xf9), resolve));
    expect(error).toBeInstanceOf(Error);
    to(900);
    expect(data).toEqual([]);
    port.replug();
    to(1200);
    expect(data.length).toBeGreaterThan(30);
    expect(data.slice(0, 3)).not.toEqual([0xf9, 2, 5]);
    expect(events.at(-1)).toBe('open');
  });

  it('loses what was on the line when it is unplugged', () => {
    const { port, data, to } = plugged();
    to(100);
    port.write(Uint8Array.from({ length: 10 }, () => 0xf9));
    port.unplug();
    port.replug();
    data.length = 0;
    to(130);
    expect(data).toEqual([]);
    expect(port.uno.queuedBytes).toBe(0);
    port.write(Uint8Array.of(0xf0, 0x79, 0xf7));
    to(132);
    port.unplug();
    port.replug();
    to(140);
    expect(data.length).toBeGreaterThan(3);
    expect(data).not.toContain(0xf0);
  });

  it('loses the next bytes in a direction on demand', () => {
    const { port, data, to } = plugged();
    to(100);
    data.length = 0;
    port.lose('toHost', 1);
    port.write(Uint8Array.of(0xf9));
    to(120);
    expect(data).toEqual([2, 5]);
    data.length = 0;
    port.lose('toBoard', 1);
    port.write(Uint8Array.of(0xf9));
    port.write(Uint8Array.of(0xf9));
    to(140);
    expect(data).toEqual([0xf9, 2, 5]);
  });

  it('closes once, without an error, and calls back', async () => {
    const { port, events } = plugged();
    await new Promise(resolve => port.close(resolve));
    await new Promise(resolve => port.close(resolve));
    expect(events).toEqual(['open', 'close']);
    expect(port.isOpen).toBe(false);
  });

  it('hands a full queue back as an error, not as an exception', async () => {
    const { port } = plugged();
    const error = await new Promise(resolve => port.write(new Uint8Array(5000), resolve));
    expect(error).toBeInstanceOf(RangeError);
  });
});
