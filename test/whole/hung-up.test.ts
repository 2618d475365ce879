/** A line that was hung up because a stop was not confirmed: the board comes back by itself, still and disarmed. */
import { expect, it } from 'vitest';
import { openLiveBoard } from '../../src/cli/live-board.ts';
import { SystemClock } from '../../src/system-clock.ts';

it('the emulated board is there again within seconds, and is not driven', async () => {
  const board = await openLiveBoard('emulated', new SystemClock());
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
    await expect.poll(() => told.includes('ready'), { timeout: 20_000 }).toBe(true);
    expect(board.driver.isPresent).toBe(true);
    expect(told.filter(word => word === 'armed' || word === 'leased')).toEqual([]);
  } finally {
    await board.close();
  }
});
