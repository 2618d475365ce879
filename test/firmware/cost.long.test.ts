/** Cycles awake for each tick, of the 16,384 that one has: what a player on the same chip can count on. */
import { expect, it } from 'vitest';
import { type Scene, scenes, ticksOf } from './cost.ts';
import { Rig } from './rig.ts';

it.each<[Scene, number]>([
  ['idle, nobody armed', 300],
  ['a session, motors at rest', 430],
  ['a session, a cue of half a second each 2 s', 500],
])('%s: at most %i cycles a tick', (scene, most) => {
  const rig = new Rig();
  const play = scenes[scene](rig, 2);
  let sum = 0;
  const ticks = ticksOf(rig, play, (_, cycles) => {
    sum += cycles;
  });
  expect(sum / ticks).toBeLessThanOrEqual(most);
  expect(sum / ticks).toBeGreaterThan(most / 2);
});
