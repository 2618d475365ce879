/** Messages of devices as a broker passes them on. */
import type { HeardMessage } from '../../src/mqtt/fleet.ts';
import type { DeviceState } from '../../src/mqtt/messages.ts';
import { type Topics, topicsOf } from '../../src/mqtt/topics.ts';

/** 2026-11-22 18:00:00 UTC. */
export const wallStart = Date.UTC(2026, 10, 22, 18);

export const deviceState = (changes: Partial<DeviceState> = {}): DeviceState => ({
  v: 1,
  at: new Date(wallStart).toISOString(),
  activity: 'underway',
  stage: 'strokes',
  phase: { number: 3, of: 12 },
  zone: 'calf',
  side: 'left',
  secondsLeft: 600,
  runs: true,
  pressure: 'light',
  board: 'real',
  outcome: null,
  ...changes,
});

/** A session that stands open nowhere. */
export const idleState = (changes: Partial<DeviceState> = {}): DeviceState =>
  deviceState({
    activity: 'idle',
    stage: null,
    phase: null,
    zone: null,
    side: null,
    secondsLeft: null,
    runs: false,
    pressure: null,
    ...changes,
  });

export const heardFrom = (
  name: string,
  topic: keyof Topics,
  payload: unknown,
  { retained = false } = {},
): HeardMessage => ({
  topic: topicsOf(name)[topic],
  payload: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
  retained,
});
