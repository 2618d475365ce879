/** The firmware for a STOP that closes when pressed, as it comes along, under the driver that knows of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { JohnnyFiveDriver } from '../../hardware/johnny-five-driver.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { SerialLine } from '../../hardware/port.ts';
import { packageRoot } from '../../src/installed.ts';
import { SystemClock } from '../../src/time/system-clock.ts';
import { plugBoard } from '../support/serial-board.ts';
import { repeatedIfStarved } from '../support/starved.ts';

const hex = readFileSync(join(packageRoot, 'hardware', 'firmware', 'tactus-uno-normally-open.hex'), 'utf8');
const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

it(
  'tells its presses the right way round, and runs nothing until it has been tried',
  repeatedIfStarved(async () => {
    const board = await plugBoard({ hex });
    board.uno.setPin(pins.stop, 'open');
    const clock = new SystemClock();
    const line = new SerialLine(board.path, clock);
    await line.open();
    const driver = new JohnnyFiveDriver(line, clock, { stop: 'normallyOpen' });
    const edges: string[] = [];
    driver.listen({
      ready: () => {},
      edge: (button, down) => edges.push(`${button} ${down ? 'down' : 'up'}`),
      status: () => {},
      silence: () => {},
      lost: () => {},
      restarted: () => {},
    });
    try {
      await driver.connect();
      await pause(300);
      expect(edges).toEqual([]);
      const run = async (): Promise<number> => {
        driver.arm();
        driver.apply({ left: 1, right: 0 }, 250);
        await pause(100);
        const duty = board.uno.duty(pins.left);
        await driver.silent();
        return duty;
      };
      expect(await run()).toBe(0);
      board.uno.setPin(pins.stop, false);
      await pause(80);
      board.uno.setPin(pins.stop, 'open');
      await pause(80);
      expect(edges).toEqual(['stop down', 'stop up']);
      expect(await run()).toBeGreaterThan(0);
    } finally {
      driver.close();
      line.close();
      board.unplug();
    }
  }),
  20_000,
);
