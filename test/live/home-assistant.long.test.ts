/**
 * The walk of a stranger who has Debian's mosquitto and nothing else: what Home Assistant would be told is read with
 * `mosquitto_sub`, and the stop is pressed with `mosquitto_pub`.
 */

import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerSchema, stateSchema } from '../../src/mqtt/messages.ts';
import { type BusySession, busySession } from '../support/busy-session.ts';
import { hasMosquittoClients, Mosquitto } from '../support/mosquitto.ts';

const script = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 500, intent: 'start' },
];

describe.skipIf(!hasMosquittoClients)('with mosquitto alone, beside start --mqtt', () => {
  let broker: Mosquitto;
  let session: BusySession;

  beforeAll(async () => {
    broker = await Mosquitto.start({ settings: ['log_type error', 'log_type subscribe'] });
  });
  afterAll(async () => {
    await session?.end();
    await broker?.stop();
  });

  /** One message that the broker keeps, as a shell shows it; what is not kept yet is asked for again. */
  async function kept(topic: string): Promise<string> {
    let found = '';
    const ask = async (): Promise<string> => {
      // It ends at once where the first that comes is none that was kept.
      const { out, err } = await broker.sub('-t', topic, '-C', '1', '-W', '5', '--retained-only');
      found = out.trim();
      return found === '' ? err : 'kept';
    };
    await expect.poll(ask, { timeout: 40_000 }).toBe('kept');
    return found;
  }

  it('the device is announced with all its entities, and more than ten of them', async () => {
    const words = ['--routine', 'first-touch', '--mqtt', `mqtt://127.0.0.1:${broker.port}`];
    session = await busySession(0, script, [...words, '--mqtt-name', 'treatment-room']);
    const config = JSON.parse(await kept('homeassistant/device/+/config'));
    expect(config).toMatchObject({
      origin: { name: 'Tactus' },
      state_topic: 'tactus/treatment-room/state',
      availability: [{ topic: 'tactus/treatment-room/availability' }],
      components: {
        stop: { platform: 'button', command_topic: 'tactus/treatment-room/stop', retain: false },
      },
    });
    const components: readonly { unique_id: string }[] = Object.values(config.components);
    expect(new Set(components.map(({ unique_id }) => unique_id)).size).toBe(components.length);
    expect(components.length).toBeGreaterThan(10);
  });

  it('it is on, and how it stands is there for whoever comes later', async () => {
    expect(await kept('tactus/treatment-room/availability')).toBe('online');
    const state = v.parse(stateSchema, JSON.parse(await kept('tactus/treatment-room/state')));
    expect(state).toMatchObject({ board: 'emulated', phase: { number: 1, of: 4 } });
  });

  it('the button’s own word stops it, is answered, and the device says that it stands', async () => {
    const answered = broker.sub('-t', 'tactus/treatment-room/stop/answer', '-C', '1', '-W', '30', '-q', '1');
    // Whoever asks has to listen first.
    await expect.poll(() => broker.log, { timeout: 10_000 }).toContain('/stop/answer');
    await session.intend();
    expect(await broker.pub('-t', 'tactus/treatment-room/stop', '-m', 'stop', '-q', '1')).toMatchObject({
      code: 0,
    });
    const { code, out } = await answered;
    expect(code).toBe(0);
    expect(v.parse(answerSchema, JSON.parse(out))).toMatchObject({ id: null, confirmed: true });
    await expect
      .poll(async () => JSON.parse(await kept('tactus/treatment-room/state')).activity, { timeout: 20_000 })
      .toBe('stopped');
  });

  it('a word for a start, or for more pressure, moves nothing', async () => {
    for (const leaf of ['start', 'resume', 'go', 'pressure/set', 'firmer'])
      await broker.pub('-t', `tactus/treatment-room/${leaf}`, '-m', 'ON', '-q', '1');
    await session.intend();
    expect(session.state()).toBe('stopped');
    expect(JSON.parse(await kept('tactus/treatment-room/state'))).toMatchObject({
      activity: 'stopped',
      runs: false,
    });
  });

  it('told to end it is off, and says so for good', async () => {
    expect(await session.controller.stop()).toBe(143);
    expect(await kept('tactus/treatment-room/availability')).toBe('offline');
    expect(JSON.parse(await kept('tactus/treatment-room/state'))).toMatchObject({ activity: 'idle' });
  });
});
