/** A stop is confirmed by what the firmware said after it, never by what was on its way before. */
import { expect, it } from 'vitest';
import type { DriverListener } from '../../hardware/driver.ts';
import { firmwareHex } from '../../src/installed.ts';
import { emulatedStage } from '../../src/simulation/emulated-stage.ts';
import type { Stage } from '../../src/simulation/simulate.ts';
import { isLong } from '../support/length.ts';

/** What the board has said, moment by moment. */
function heardOn(stage: Stage): { at: number; running: boolean }[] {
  const said: { at: number; running: boolean }[] = [];
  const listener: DriverListener = {
    ready: () => {},
    edge: () => {},
    silence: () => {},
    lost: () => {},
    restarted: () => {},
    status: ({ state }) =>
      said.push({ at: stage.clock.now(), running: state === 'armed' || state === 'leased' }),
  };
  stage.driver.listen(listener);
  return said;
}

async function until(stage: Stage, at: number): Promise<void> {
  let there = false;
  stage.clock.at(at, () => {
    there = true;
  });
  while (!there) await stage.hop();
}

/** A STATUS comes each 50 ms: between two of them every second moment, in `npm test` every seventh. */
const everyMs = isLong ? 2 : 7;

it('a STATUS that was on its way when a stop was lost confirms nothing, at any phase', async () => {
  let ran = 0;
  for (let phaseMs = 200; phaseMs < 252; phaseMs += everyMs) {
    const stage = await emulatedStage(firmwareHex(), 1);
    const pins: { at: number; duty: number }[] = [];
    stage.tell?.(line => line.type === 'pin' && pins.push(line), 0);
    try {
      const said = heardOn(stage);
      await until(stage, stage.clock.now() + 300);
      const at = (said.at(-1)?.at ?? 0) + phaseMs;
      await until(stage, at);
      stage.driver.arm();
      stage.driver.apply({ left: 0.8, right: 0 }, 250);
      await until(stage, at + 2);
      stage.boardControls.fault({ kind: 'fault', fault: 'loseBytes', bytes: 9 });
      stage.driver.hush();
      const confirmedAt: number[] = [];
      for (let ms = 3; ms < 600; ms++) {
        await until(stage, at + ms);
        if (stage.driver.silence === 'confirmed') confirmedAt.push(at + ms);
      }
      expect(stage.driver.silence).toBe('confirmed');
      const driven = pins.filter(({ duty }) => duty > 0).map(pin => pin.at);
      const off = pins.filter(({ duty }) => duty === 0).map(pin => pin.at);
      if (driven.length > 0) ran += 1;
      for (const from of driven) {
        const to = off.find(end => end > from) ?? Number.POSITIVE_INFINITY;
        // The scope stamps a change with the beginning of its period, 4 ms before it is known.
        expect(confirmedAt.filter(when => when > from + 4 && when < to)).toEqual([]);
        // Not by the dead-man: it was asked for again.
        expect(to - from).toBeLessThan(100);
      }
    } finally {
      stage.close();
    }
  }
  // By far not at each phase does the ARM come before the stop.
  expect(ran).toBeGreaterThan(isLong ? 10 : 2);
});
