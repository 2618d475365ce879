/** The broker's thread as the session's sees it: told little at a time, never waited for, replaced when it is gone. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { MqttNews, MqttResult, MqttTask } from '../../../src/mqtt/between-threads.ts';
import type { DeviceEvent, DeviceState } from '../../../src/mqtt/messages.ts';
import { MqttThread } from '../../../src/mqtt/mqtt-thread.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { settled } from '../../support/broker-rig.ts';

const at = '2026-11-30T12:00:00.000Z';
const state = (secondsLeft: number): DeviceState => ({
  v: 1,
  at,
  activity: 'underway',
  stage: 'warmUp',
  phase: null,
  zone: null,
  side: null,
  secondsLeft,
  runs: true,
  pressure: null,
  board: 'real',
  outcome: null,
});
const event = (id: number): DeviceEvent => ({ v: 1, id: `e-${id}`, at, type: 'began' });

type Told = Extract<MqttTask, { state: DeviceState }>;

class Rig {
  readonly clock = new VirtualClock();
  readonly asked: MqttTask[] = [];
  readonly said: string[] = [];
  stops = 0;
  /** By which name the thread answers; null where it hangs. */
  name: string | null = 'one';
  #held: (() => void)[] = [];
  holds = false;
  closed = false;
  heard: (news: MqttNews) => void = () => {};
  readonly thread: MqttThread;

  constructor() {
    this.thread = new MqttThread(state(100), {
      clock: this.clock,
      begin: heard => {
        this.heard = heard;
        return {
          ask: task => {
            this.asked.push(task);
            return new Promise<Readonly<{ result: MqttResult }> | null>(resolve => {
              const answer = (): void =>
                resolve(this.name === null ? null : { result: { thread: this.name } });
              if (this.holds) this.#held.push(answer);
              else answer();
            });
          },
          close: async () => {
            this.closed = true;
          },
        };
      },
      notice: () => {},
      say: ({ word }) => this.said.push(word),
      stop: () => {
        this.stops += 1;
      },
    });
  }
  get told(): readonly Told[] {
    return this.asked.filter((task): task is Told => typeof task === 'object' && 'state' in task);
  }
  async release(): Promise<void> {
    for (const answer of this.#held.splice(0)) answer();
    await settled();
  }
  async for(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    for (await settled(); this.clock.now() < until; await settled())
      this.clock.runUntil(Math.min(until, this.clock.now() + 500));
  }
}

let rig: Rig;
beforeEach(async () => {
  rig = new Rig();
  await settled();
});

it('is told at once how it stands, and every five seconds that somebody is there', async () => {
  await rig.for(21_000);
  expect(rig.told.map(({ state: { secondsLeft } }) => secondsLeft)).toEqual([100, 100, 100, 100, 100]);
});

it('while it is busy only the newest state is kept for it, and its events in order', async () => {
  rig.holds = true;
  rig.thread.tell(state(90), [event(1)]);
  for (let left = 89; left > 80; left--) rig.thread.tell(state(left), [event(90 - left + 1)]);
  expect(rig.told).toHaveLength(2);
  await rig.release();
  expect(rig.told).toHaveLength(3);
  expect(rig.told[2]?.state.secondsLeft).toBe(81);
  expect(rig.told[2]?.events.map(({ id }) => id)).toEqual(
    Array.from({ length: 9 }, (_, index) => `e-${index + 2}`),
  );
});

it('keeps a bounded number of events for it, and counts the rest', async () => {
  rig.holds = true;
  rig.thread.tell(state(90));
  for (let count = 0; count < 1000; count++) rig.thread.tell(state(80), [event(count)]);
  await rig.release();
  const last = rig.told.at(-1);
  expect([last?.events.length, last?.dropped, last?.events.at(-1)?.id]).toEqual([200, 800, 'e-999']);
});

it('hands a wish to stop on in the very moment', () => {
  rig.heard('stop');
  expect(rig.stops).toBe(1);
});

describe('that is gone', () => {
  it('is said once, begun again later each time, and told all that it may have lost', async () => {
    rig.name = null;
    rig.thread.tell(state(90), [event(1), event(2)]);
    await rig.for(200_000);
    expect(rig.said).toEqual(['threadLost']);
    const tries = rig.told.length;
    expect(tries).toBeLessThan(7);
    rig.name = 'two';
    rig.thread.tell(state(50), [event(3)]);
    await rig.for(600_000);
    const last = rig.told.find(({ events }) => events.length === 3);
    expect(last?.events.map(({ id }) => id)).toEqual(['e-1', 'e-2', 'e-3']);
    expect(last?.state.secondsLeft).toBe(50);
  });

  it('unnoticed between two words is said as well', async () => {
    await rig.for(6000);
    rig.name = 'two';
    await rig.for(6000);
    rig.name = 'three';
    await rig.for(6000);
    expect(rig.said).toEqual(['threadLost']);
  });
});

describe('at the end', () => {
  it('is told the last state, then to close, and nothing after it', async () => {
    rig.thread.tell(state(1), [event(9)]);
    await rig.thread.close();
    rig.thread.tell(state(0));
    await rig.for(30_000);
    expect(rig.asked.slice(-2)).toEqual([{ state: state(1), events: [event(9)], dropped: 0 }, 'close']);
    expect(rig.closed).toBe(true);
  });

  it('also while it is busy', async () => {
    rig.holds = true;
    rig.thread.tell(state(2));
    rig.thread.tell(state(1), [event(9)]);
    const closed = rig.thread.close();
    await rig.release();
    await closed;
    expect(rig.asked.slice(-2)).toEqual([{ state: state(1), events: [event(9)], dropped: 0 }, 'close']);
  });
});
