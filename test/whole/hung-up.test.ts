/** A line that was hung up because a stop was not confirmed: the board comes back by itself, still and disarmed. */
import { expect, it } from 'vitest';
import { openLiveBoard } from '../../src/app/live-board.ts';
import { World } from '../support/world.ts';

it('the emulated board is there again within seconds, and is not driven', async () => {
  const world = new World();
  const board = await world.resolved(openLiveBoard('emulated', world.surroundings()));
  try {
    const told: string[] = [];
    board.driver.listen({
      ready: () => told.push('ready'),
      edge: () => {},
      status: ({ state }) => told.push(state),
      silence: () => {},
      lost: () => told.push('lost'),
      restarted: () => {},
    });
    expect(board.driver.isPresent).toBe(true);
    board.line.hangUp('for this test');
    expect([told.at(-1), board.driver.isPresent]).toEqual(['lost', false]);
    expect(await world.until(() => told.includes('ready'), 20_000)).toBe(true);
    expect(board.driver.isPresent).toBe(true);
    expect(told.filter(word => word === 'armed' || word === 'leased')).toEqual([]);
  } finally {
    await board.close();
    world.close();
  }
});
