/** A board that would not let itself be armed, under the driver that asks it why. In virtual time. */
import { describe, expect, it } from 'vitest';
import { copperOf } from '../../hardware/copper.ts';
import type { BoardStatus } from '../../hardware/driver.ts';
import type { JohnnyFiveDriver } from '../../hardware/johnny-five-driver.ts';
import type { LeaseFields } from '../../hardware/lease.ts';
import { motorPaths } from '../../simulator/avr/copper.ts';
import type { Uno } from '../../simulator/avr/uno.ts';
import { copperWrongs } from '../../src/app/setup/copper-wrongs.ts';
import { firmwareHex } from '../../src/installed.ts';
import { emulatedStage } from '../../src/simulation/emulated-stage.ts';

/** A board with something done to it before it starts, and what it drives when it is told to. */
async function on(breakIt: (uno: Uno) => void) {
  let uno: Uno | undefined;
  const stage = await emulatedStage(firmwareHex(), 1, board => {
    uno = board;
    breakIt(board);
  });
  const driver = stage.driver as JohnnyFiveDriver;
  const statuses: BoardStatus[] = [];
  driver.listen({
    ready: () => {},
    edge: () => {},
    status: status => statuses.push(status),
    silence: () => {},
    lost: () => {},
    restarted: () => {},
  });
  const pass = async (ms: number): Promise<void> => {
    let arrived = false;
    stage.clock.at(stage.clock.now() + ms, () => {
      arrived = true;
    });
    while (!arrived) await stage.hop();
  };
  const runs = async (): Promise<boolean> => {
    driver.arm();
    driver.apply({ left: 1, right: 1 }, 250);
    let isDriven = false;
    for (let time = 0; time < 12; time++) {
      await pass(10);
      isDriven = isDriven || (uno?.duty(5) ?? 0) > 0 || (uno?.duty(6) ?? 0) > 0;
    }
    driver.hush();
    await pass(300);
    return isDriven;
  };
  const check = async (): Promise<LeaseFields<'check'> | null> => {
    let answer: LeaseFields<'check'> | null | undefined;
    void driver.check().then(found => {
      answer = found;
    });
    for (let time = 0; time < 60 && answer === undefined; time++) await pass(10);
    return answer ?? null;
  };
  return { stage, driver, uno, statuses, pass, runs, check };
}

describe('a board whose STOP nobody has tried', () => {
  it('says so, runs nothing, and runs once it has been pressed', async () => {
    const { stage, statuses, pass, runs } = await on(uno => uno.reset('powerOn'));
    try {
      await pass(300);
      expect(statuses.at(-1)?.hindrances).toEqual(['stopUntried']);
      expect(await runs()).toBe(false);
      stage.boardControls.button('stop', true);
      await pass(60);
      stage.boardControls.button('stop', false);
      await pass(300);
      expect(statuses.at(-1)?.hindrances).toEqual([]);
      expect(await runs()).toBe(true);
    } finally {
      stage.close();
    }
  });
});

describe('a board with a broken path', () => {
  it.each(motorPaths.filter(path => path !== 'whole'))(
    'that is %s runs nothing, and tells which',
    async path => {
      const { stage, statuses, pass, runs, check } = await on(uno => {
        uno.copper.paths.left = path;
      });
      try {
        await pass(300);
        expect(statuses.at(-1)?.hindrances).toEqual(['motorPath']);
        expect(await runs()).toBe(false);
        const found = await check();
        expect(found && copperOf(found).paths).toEqual({
          left: path === 'noFeedback' ? 'unfitted' : 'low',
          right: 'whole',
        });
        const [wrong] = found ? copperWrongs(found) : [];
        expect(`${wrong?.what} ${wrong?.todo}`).toMatch(
          path === 'noFeedback' ? /A0.*R5.*100 kΩ/s : /[Mm]otor A/,
        );
      } finally {
        stage.close();
      }
    },
  );

  it('in both at once is the master switch, not two faults', async () => {
    const { stage, check } = await on(uno => {
      uno.copper.masterSwitchClosed = false;
    });
    try {
      const found = await check();
      expect(found && copperWrongs(found).map(({ todo }) => todo)).toEqual([
        expect.stringContaining('close the master switch'),
      ]);
    } finally {
      stage.close();
    }
  });
});

it('a board that is well has nothing to tell but its supply and its fuses', async () => {
  const { stage, check } = await on(() => {});
  try {
    const found = await check();
    expect(found && copperWrongs(found)).toEqual([]);
    const { supplyMv, fuses } = copperOf(found as NonNullable<typeof found>);
    expect(supplyMv).toBeGreaterThan(4900);
    expect(supplyMv).toBeLessThan(5100);
    expect(fuses).toEqual({ low: 'FF', high: 'DE', extended: 'FD', brownOut: '2.7 V' });
  } finally {
    stage.close();
  }
});
