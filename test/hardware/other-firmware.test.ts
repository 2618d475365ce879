/** Boards that are not ours, or say so wrongly: LED and buttons work, motors are never driven. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JohnnyFiveDriver } from '../../hardware/johnny-five-driver.ts';
import { encode, type LeaseFields } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { seeded } from '../../src/time/virtual-clock.ts';
import { keptBytes } from '../support/kept-bytes.ts';
import { OtherFirmwareLine, type OtherFirmwareOptions } from '../support/other-firmware.ts';
import { World } from '../support/world.ts';

const hello = (changed: Partial<LeaseFields<'hello'>> = {}): Uint8Array =>
  encode('hello', {
    contract: 1,
    buildHash: 1,
    resetCause: 0,
    epoch: 7,
    nonce: 99,
    runningDuty: 153,
    kickDuty: 184,
    leaseMs: 250,
    share: 40,
    continuousMs: 2500,
    ...changed,
  });
const status = (changed: Partial<LeaseFields<'status'>> = {}): Uint8Array =>
  encode('status', {
    seq: 1,
    boardMs: 1000,
    state: 0,
    left: 0,
    right: 0,
    leaseLeftMs: 0,
    notes: 0,
    buttons: 0,
    rxHighWater: 0,
    rxDropped: 0,
    crcBad: 0,
    refused: 0,
    rxFree: 127,
    nonce: 99,
    epoch: 7,
    ...changed,
  });

let world: World;
const pause = (ms: number): Promise<void> => world.pass(ms);
let driver: JohnnyFiveDriver | null = null;
beforeEach(() => {
  world = new World();
});
afterEach(() => {
  driver?.close();
  world.close();
});

function on(options: OtherFirmwareOptions): {
  line: OtherFirmwareLine;
  driver: JohnnyFiveDriver;
  told: string[];
} {
  const line = new OtherFirmwareLine({ ...options, soon: world.soon });
  driver = new JohnnyFiveDriver(line, world.clock);
  const told: string[] = [];
  driver.listen({
    ready: () => told.push('ready'),
    edge: (button, down) => told.push(`${button} ${down ? 'down' : 'up'}`),
    status: ({ duty }) => told.push(`duty ${duty.left}`),
    silence: () => {},
    lost: () => told.push('lost'),
    restarted: () => told.push('restarted'),
  });
  return { line, driver, told };
}

async function tryToDrive(at: JohnnyFiveDriver): Promise<void> {
  at.arm();
  for (let count = 0; count < 4; count++) {
    at.apply({ left: 1, right: 1 }, 250);
    await pause(30);
  }
  at.hush();
  await world.resolved(at.silent());
}

const motorPins: readonly number[] = [pins.left, pins.right];

describe('an imposter', () => {
  it.each([
    ['stock Firmata', {}, 'notOurs', 'StandardFirmata.ino'],
    ['one that calls itself as we do, and says no more', { name: 'Tactus' }, 'notOurs', 'Tactus'],
    ['one that claims 200 pins', { name: 'Tactus', pins: 100 }, 'notOurs', 'Tactus'],
    [
      'ours of another contract',
      { name: 'Tactus', also: hello({ contract: 2 }) },
      'otherContract',
      'Tactus, contract 2',
    ],
    [
      'ours with higher ceilings',
      { name: 'Tactus', also: hello({ kickDuty: 255 }) },
      'otherCeilings',
      'Tactus, contract 1',
    ],
  ] as const)(
    '%s: is known for what it is, and no motor pin of it is ever touched',
    async (_, options, why, name) => {
      const { line, driver: at, told } = on(options);
      expect(await world.resolved(at.connect())).toBeNull();
      expect(at.other).toEqual({ name, why });
      await tryToDrive(at);
      expect(line.analog).toEqual([]);
      expect(line.modes.filter(([, pin]) => motorPins.includes(pin ?? 0))).toEqual([]);
      // Asked who it is, and nothing else of our own.
      expect(line.ours.filter(command => command !== 1)).toEqual([]);
      expect(told).not.toContain('ready');
    },
  );

  it('lights its LED and tells of its buttons', async () => {
    const { line, driver: at, told } = on({});
    // Pull-ups: all high at rest.
    line.port(0b1111_1111);
    await world.resolved(at.connect());
    line.port(0b1111_1011);
    await pause(60);
    line.port(0b1110_1011);
    await pause(60);
    line.port(0b1111_1011);
    await pause(60);
    expect(told.filter(one => one.startsWith('go'))).toEqual(['go down', 'go up']);
    const before = line.digital.length;
    at.light(true);
    expect(line.digital.length).toBeGreaterThan(before);
  });

  it('is believed in nothing that it says of its motors', async () => {
    const { line, driver: at, told } = on({});
    await world.resolved(at.connect());
    line.say(...status({ left: 150 }));
    await pause(30);
    expect(told).toEqual([]);
  });
});

describe('a board of ours', () => {
  it('that starts anew every 100 ms is never armed by itself, and each time it is told', async () => {
    const { line, driver: at, told } = on({ name: 'Tactus', also: hello() });
    await world.resolved(at.connect());
    at.arm();
    await pause(20);
    line.ours.length = 0;
    for (let epoch = 8; epoch < 18; epoch++) {
      line.say(...hello({ epoch, nonce: epoch }));
      at.apply({ left: 1, right: 1 }, 250);
      await pause(100);
      at.apply({ left: 1, right: 1 }, 250);
    }
    expect(told.filter(one => one === 'restarted')).toHaveLength(10);
    expect(line.ours.filter(command => command === 2)).toEqual([]);
  });

  it('that babbles a megabyte is heard again behind it; nothing is thrown, little is kept', async () => {
    const { line, driver: at, told } = on({ name: 'Tactus', also: hello() });
    await world.resolved(at.connect());
    const random = seeded(20_261_123);
    const before = keptBytes();
    for (let chunk = 0; chunk < 1024; chunk++)
      line.emit(
        'data',
        Uint8Array.from({ length: 1024 }, () => Math.floor(random() * 256)),
      );
    // And a sysex without an end on top.
    line.emit('data', new Uint8Array(65_536).fill(1).fill(0xf0, 0, 1));
    expect(keptBytes() - before).toBeLessThan(32 * 1024 * 1024);
    told.length = 0;
    line.say(...status({ left: 7 }));
    await pause(30);
    expect(told).toContain('duty 7');
  });

  it('whose ring is full gets no frame until it has room, and then the newest alone; a stop at once', async () => {
    const { line, driver: at } = on({ name: 'Tactus', also: hello() });
    await world.resolved(at.connect());
    line.say(...status());
    await pause(60);
    at.arm();
    line.say(...status({ state: 1, rxFree: 4 }));
    await pause(60);
    line.ours.length = 0;
    line.analog.length = 0;
    for (const left of [0.8, 0.9, 1]) at.apply({ left, right: 0 }, 250);
    expect([line.ours, line.analog]).toEqual([[], []]);
    line.say(...status({ state: 1, rxFree: 127, seq: 2 }));
    await pause(5);
    expect(line.ours.filter(command => command === 3)).toHaveLength(1);
    await pause(55);
    line.say(...status({ state: 1, rxFree: 0, seq: 3 }));
    await pause(60);
    line.ours.length = 0;
    at.hush();
    expect(line.ours).toEqual([4]);
  });
});
