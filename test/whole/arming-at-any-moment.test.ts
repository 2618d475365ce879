/** The board's nonce is renewed once a second while it rests: whoever arms it in that very moment arms it all the same. */
import { expect, it } from 'vitest';
import type { BoardStatus } from '../../hardware/driver.ts';
import { encode } from '../../hardware/lease.ts';
import type { Uno } from '../../simulator/avr/uno.ts';
import { firmwareHex } from '../../src/installed.ts';
import { emulatedStage } from '../../src/simulation/emulated-stage.ts';
import type { Stage } from '../../src/simulation/simulate.ts';
import { isLong } from '../support/length.ts';

async function pass(stage: Stage, ms: number): Promise<void> {
  let isOver = false;
  stage.clock.at(stage.clock.now() + ms, () => {
    isOver = true;
  });
  while (!isOver) await stage.hop();
}

/** Hears whatever the board says of itself from now on. */
function hearing(stage: Stage, status: (said: BoardStatus) => void): void {
  const nothing = (): void => {};
  stage.driver.listen({
    ready: nothing,
    edge: nothing,
    silence: nothing,
    lost: nothing,
    restarted: nothing,
    status,
  });
}

/** What the board has said of itself last. */
function stateOf(stage: Stage): () => string {
  let last = 'unknown';
  hearing(stage, ({ state }) => {
    last = state;
  });
  return () => last;
}

/**
 * Enough for all phases of a second, a rest of so many ms between two armings. Those of `npm test` are a tenth as many,
 * in a rhythm in which the renewal is met more than once.
 */
const armings = isLong ? 1000 : 100;
const restMs = isLong ? 61 : 41;

it.each([
  ['disarmed', (stage: Stage) => pass(stage, 40)],
  [
    'stopped',
    async (stage: Stage) => {
      stage.boardControls.button('stop', true);
      await pass(stage, 40);
      stage.boardControls.button('stop', false);
      await pass(stage, 40);
    },
  ],
] as const)(
  'a board that is %s is armed in every one of the milliseconds of a second',
  async (state, rest) => {
    const stage = await emulatedStage(firmwareHex(), 1);
    try {
      const said = stateOf(stage);
      await pass(stage, 300);
      const missed: number[] = [];
      for (let arming = 0; arming < armings; arming++) {
        await rest(stage);
        await pass(stage, restMs);
        expect(said()).toBe(state);
        stage.driver.arm();
        stage.driver.apply({ left: 0, right: 0 }, 250);
        await pass(stage, 40);
        if (said() !== 'leased') missed.push(arming);
        stage.driver.hush();
      }
      expect(missed).toEqual([]);
    } finally {
      stage.close();
    }
  },
);

it('what a board says before it has heard the ARM is known as that, for as long as the ARM may still be taken', async () => {
  const stage = await emulatedStage(firmwareHex(), 1);
  const said: BoardStatus[] = [];
  hearing(stage, status => said.push(status));
  const isArmed = ({ state }: BoardStatus): boolean => state === 'armed' || state === 'leased';
  try {
    await pass(stage, 300);
    let early = 0;
    for (let arming = 0; arming < armings; arming++) {
      await pass(stage, restMs);
      said.length = 0;
      stage.driver.arm();
      stage.driver.apply({ left: 0, right: 0 }, 250);
      await pass(stage, 40);
      const before = said.slice(0, said.findIndex(isArmed));
      expect(before.filter(({ armOnItsWay }) => !armOnItsWay)).toEqual([]);
      early += before.length;
      stage.driver.hush();
      await pass(stage, 40);
    }
    expect(early).toBeGreaterThan(0);
    // Of a board that is held stopped none will be taken: after the last time that it is sent, that is no excuse any more.
    stage.boardControls.button('stop', true);
    for (const waitMs of [300, 500, 700, 900]) {
      await pass(stage, waitMs);
      stage.driver.arm();
      stage.driver.apply({ left: 0, right: 0 }, 250);
      await pass(stage, 310);
      said.length = 0;
      await pass(stage, 300);
      expect(said.map(({ state, armOnItsWay }) => [state, armOnItsWay])).toContainEqual(['stopped', false]);
      expect(said.some(({ armOnItsWay }) => armOnItsWay)).toBe(false);
      stage.driver.hush();
    }
  } finally {
    stage.close();
  }
});

it('a stop that is pressed while it is armed stays one', async () => {
  const stage = await emulatedStage(firmwareHex(), 1);
  let ran = 0;
  stage.tell?.(line => {
    if (line.type === 'pin' && line.duty > 0) ran += 1;
  }, 0);
  try {
    const said = stateOf(stage);
    await pass(stage, 300);
    for (let afterMs = 0; afterMs < 60; afterMs += isLong ? 1 : 4) {
      // From one stop no arming leads to another but through a board that was armed in between.
      stage.driver.arm();
      stage.driver.apply({ left: 0, right: 0 }, 250);
      await pass(stage, 60);
      stage.driver.hush();
      await pass(stage, 400 + afterMs);
      expect(said()).toBe('disarmed');
      stage.driver.arm();
      stage.driver.apply({ left: 0, right: 0 }, 250);
      await pass(stage, afterMs);
      stage.boardControls.button('stop', true);
      await pass(stage, 20);
      stage.boardControls.button('stop', false);
      await pass(stage, 100);
      // Nobody has told the driver of it: whatever it does now it does by itself.
      expect([afterMs, said()]).toEqual([afterMs, 'stopped']);
      stage.driver.hush();
      await pass(stage, 400);
    }
    expect(ran).toBe(0);
  } finally {
    stage.close();
  }
});

it('a stop that comes before the ARM stays one, whatever the board has refused before', async () => {
  let board: Uno | null = null;
  const stage = await emulatedStage(firmwareHex(), 1, uno => {
    board = uno;
  });
  try {
    const said = stateOf(stage);
    await pass(stage, 300);
    const ends: string[] = [];
    for (let pressedMs = 3; pressedMs < 15; pressedMs++) {
      stage.driver.arm();
      stage.driver.apply({ left: 0, right: 0 }, 250);
      await pass(stage, 60);
      stage.driver.hush();
      await pass(stage, 400);
      expect(said()).toBe('disarmed');
      // Refused: the board notes the wrong nonce from now on.
      (board as Uno | null)?.write(encode('arm', { epoch: 1, nonce: 1 }));
      await pass(stage, 20);
      stage.boardControls.button('stop', true);
      stage.driver.arm();
      stage.driver.apply({ left: 0, right: 0 }, 250);
      await pass(stage, pressedMs);
      stage.boardControls.button('stop', false);
      await pass(stage, 100);
      ends.push(`${pressedMs} ms: ${said()}`);
      stage.driver.hush();
      await pass(stage, 100);
    }
    expect(ends.filter(end => !end.endsWith('stopped'))).toEqual([]);
  } finally {
    stage.close();
  }
});
