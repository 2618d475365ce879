/** The three things that a driver can stand on, under one interface: what holds on one has to hold on all. */
import type { Driver } from '../../hardware/driver.ts';
import { JohnnyFiveDriver } from '../../hardware/johnny-five-driver.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { SerialLine } from '../../hardware/port.ts';
import { Recorder } from '../../hardware/recorder.ts';
import type { Button, Ms } from '../../machines/vocabulary.ts';
import { firmwareHex } from '../../src/installed.ts';
import { emulatedStage } from '../../src/simulation/emulated-stage.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { deviceName, type PluggedBoard, plugBoard } from './serial-board.ts';

export interface Stand {
  readonly driver: Driver;
  press(button: Button, down: boolean): void;
  unplug(): void;
  replug(): Promise<void>;
  /** The board starts anew while the line stays. */
  restart(): void;
  /** Whether a motor runs, or would. */
  driven(): boolean;
  /** Lets time go by. */
  pass(ms: Ms): Promise<void>;
  close(): Promise<void>;
}

export const remembered = async (): Promise<Stand> => {
  const driver = new Recorder(1000);
  const driven = (): boolean => {
    const armedAt = driver.orders.findLastIndex(({ type }) => type === 'arm');
    const hushedAt = driver.orders.findLastIndex(({ type }) => type === 'hush');
    const last = driver.orders.findLast(({ type }) => type === 'apply');
    const asked = last?.type === 'apply' && (last.frame.left > 0 || last.frame.right > 0);
    return Boolean(asked && armedAt > hushedAt && driver.plugged);
  };
  return {
    driver,
    press: (button, down) => driver.press(button, down),
    unplug: () => driver.unplug(),
    replug: async () => {
      // A board that was away has forgotten that it was armed.
      driver.hush();
      driver.replug();
      driver.feel();
      driver.ready();
    },
    restart: () => {
      driver.hush();
      driver.restart();
    },
    driven,
    pass: async () => {},
    close: async () => driver.close(),
  };
};

export const inProcess = async (): Promise<Stand> => {
  const stage = await emulatedStage(firmwareHex(), 1);
  const duty = new Map<string, number>();
  stage.tell?.(line => {
    if (line.type === 'pin') duty.set(line.motor, line.duty);
  }, 0);
  const pass = async (ms: Ms): Promise<void> => {
    let arrived = false;
    stage.clock.at(stage.clock.now() + ms, () => {
      arrived = true;
    });
    while (!arrived) await stage.hop();
  };
  return {
    driver: stage.driver,
    press: (button, down) => stage.boardControls.button(button, down),
    unplug: () => stage.boardControls.fault({ fault: 'unplug' } as never),
    replug: async () => stage.boardControls.fault({ fault: 'replug' } as never),
    restart: () => stage.boardControls.fault({ fault: 'boardReset' } as never),
    driven: () => [...duty.values()].some(value => value > 0),
    pass,
    close: async () => stage.close(),
  };
};

export const behindSerial = async (): Promise<Stand> => {
  const name = deviceName();
  let plugged: PluggedBoard = await plugBoard();
  let unplugged = false;
  name.pointTo(plugged.path);
  const clock = new SystemClock();
  const line = new SerialLine(name.path, clock, { list: async () => [] });
  await line.open();
  const driver = new JohnnyFiveDriver(line, clock);
  await driver.connect();
  const driven = (): boolean =>
    (['left', 'right'] as const).some(motor => !unplugged && plugged.uno.duty(pins[motor]) > 0);
  return {
    driver,
    press: (button, down) => plugged.board.button(button, down),
    unplug: () => {
      unplugged = true;
      name.take();
      plugged.unplug();
    },
    replug: async () => {
      plugged = await plugBoard();
      name.pointTo(plugged.path);
      unplugged = false;
    },
    restart: () => plugged.board.reset(),
    driven,
    pass: ms => new Promise(resolve => setTimeout(resolve, ms)),
    close: async () => {
      if (line.isOpen) await driver.silent();
      driver.close();
      line.close();
      if (!unplugged) plugged.unplug();
    },
  };
};
