/** Mutated byte streams to the emulated board, each followed by STOP. Their million siblings run on the host. */
import { expect, it } from 'vitest';
import { Rig } from '../firmware/rig.ts';
import { note, sized } from './figures.ts';
import { Chance, seed } from './support/chance.ts';
import { WildHost } from './support/wild-host.ts';

const byteMs = 10 / 57.6;
const stop = [0xf0, 0x04, 0xf7] as const;
const stopWithinMs = 5;
/** The lease, or for a program that hangs the watch over its main loop. */
const deadManMs = 250;

type Ended = Readonly<{ by: 'stop' | 'deadMan'; tookMs: number; wasDriven: boolean; bytes: number }>;

const runStream = (index: number): Ended => {
  const chance = new Chance(seed * 1_000_003 + index);
  const rig = new Rig({ seed: index }).to(60 + chance.between(0, 6));
  const host = new WildHost(rig, chance);
  if (chance.oneIn(8)) host.greet();
  for (let rounds = 1 + chance.below(4); rounds > 0; rounds--) host.round();
  if (chance.oneIn(3)) host.last();
  const wasDriven = rig.isDriven;
  const hangs = chance.oneIn(16);
  const isLost = chance.oneIn(16);
  const bytes = host.sentBytes;
  if (hangs) rig.hang();
  if (hangs || isLost) {
    const silentAt = rig.nowMs;
    if (!isLost) rig.send(...stop);
    rig.for(330);
    return { by: 'deadMan', tookMs: rig.silentSinceMs - silentAt, wasDriven, bytes };
  }
  const arrivesAt = rig.nowMs + (rig.uno.queuedBytes + 2) * byteMs;
  // It stays off: a while each time, and now and then longer than any lease.
  rig.send(...stop).for(chance.oneIn(16) ? 320 : 12);
  return { by: 'stop', tookMs: rig.silentSinceMs - arrivesAt, wasDriven, bytes };
};

it('the emulated board is off within 5 ms of STOP, or by the dead-man, after any mutated stream', () => {
  const streams = sized(10_000, 300);
  const worst = { stop: 0, deadMan: 0 };
  let driven = 0;
  let bytes = 0;
  for (let index = 0; index < streams; index++) {
    const ended = runStream(index);
    const within = ended.by === 'stop' ? stopWithinMs : deadManMs;
    expect(ended.tookMs, `stream ${index} of seed ${seed}, ended by ${ended.by}`).toBeLessThanOrEqual(within);
    worst[ended.by] = Math.max(worst[ended.by], ended.tookMs);
    if (ended.wasDriven) driven++;
    bytes += ended.bytes;
  }
  expect(driven).toBeGreaterThan(streams / 3);
  const of = `${streams} streams of ${bytes} bytes, ${driven} driven at STOP, seed ${seed}`;
  note({
    id: 'fuzz-stop-worst',
    what: 'mutated streams to the emulated board: STOP arrived → both motor pins low, worst',
    value: worst.stop,
    unit: 'ms',
    bound: stopWithinMs,
    of,
  });
  note({
    id: 'fuzz-dead-man-worst',
    what: 'the same with STOP lost or the program hanging → both motor pins low, worst',
    value: worst.deadMan,
    unit: 'ms',
    bound: deadManMs,
    of,
  });
});
