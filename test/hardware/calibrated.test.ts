/** What was found out about a board is what its motors are driven by. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { uncalibratedBoard, waitOf } from '../../hardware/duty.ts';
import { JohnnyFiveDriver } from '../../hardware/johnny-five-driver.ts';
import { encode } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import type { BoardCalibration } from '../../machines/vocabulary.ts';
import { OtherFirmwareLine } from '../support/other-firmware.ts';
import { World } from '../support/world.ts';

const hello = encode('hello', {
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
});
let world: World;
const pause = (ms: number): Promise<void> => world.pass(ms);

const status = encode('status', {
  seq: 1,
  boardMs: 1000,
  state: 1,
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
});

let driver: JohnnyFiveDriver | null = null;
beforeEach(() => {
  world = new World();
});
afterEach(() => {
  driver?.close();
  world.close();
});

async function armed(calibration: BoardCalibration) {
  const line = new OtherFirmwareLine({ name: 'Tactus', also: hello, soon: world.soon });
  driver = new JohnnyFiveDriver(line, world.clock, { calibration });
  await world.resolved(driver.connect());
  // As the firmware does at every change: there is room for more.
  const speak = (): void => {
    line.say(...status);
    world.clock.at(world.clock.now() + 10, speak);
  };
  speak();
  await pause(60);
  driver.arm();
  line.analog.length = 0;
  /** Pin and duty of each analog message so far. */
  const said = (): number[][] =>
    line.analog.map(([first = 0, low = 0, high = 0]) => [first & 0x0f, low + high * 128]);
  return { driver, said };
}

const own = { startDuty: 70, ratedDuty: 120, kickDuty: 140 };

it('start duty, duty at intensity 1 and kick are each motor’s own', async () => {
  const { driver: at, said } = await armed({ ...uncalibratedBoard, left: own });
  at.apply({ left: 1, right: 0 }, 250);
  await pause(60);
  at.apply({ left: 0.1, right: 0 }, 250);
  expect(said()).toEqual([
    [pins.left, 140],
    [pins.left, 120],
    [pins.left, 70],
  ]);
});

it('motors that lie the other way round are driven the other way round', async () => {
  const { driver: at, said } = await armed({ ...uncalibratedBoard, swapped: true, left: own });
  at.apply({ left: 1, right: 0 }, 250);
  expect(said()).toEqual([[pins.right, 140]]);
});

it('the motor that is felt sooner waits for the other, and a hush calls that off', async () => {
  const calibration = { ...uncalibratedBoard, lagMs: { left: 0, right: 40 } };
  expect([waitOf('left', calibration), waitOf('right', calibration)]).toEqual([40, 0]);
  const { driver: at, said } = await armed(calibration);
  at.apply({ left: 1, right: 1 }, 250);
  expect(said()).toEqual([[pins.right, 184]]);
  await pause(60);
  expect(said().filter(([pin]) => pin === pins.left)[0]).toEqual([pins.left, 184]);
  at.hush();
  const before = said().length;
  at.arm();
  at.apply({ left: 1, right: 0 }, 250);
  at.hush();
  await pause(80);
  expect(
    said()
      .slice(before)
      .filter(([pin, duty]) => pin === pins.left && (duty ?? 0) > 0),
  ).toEqual([]);
});
