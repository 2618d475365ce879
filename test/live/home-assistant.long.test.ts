/**
 * The walk of a stranger through the page about brokers, who has Debian's mosquitto and nothing else: what Home Assistant
 * would be told is read with `mosquitto_sub`, and the stop is pressed with `mosquitto_pub`.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerSchema, stateSchema } from '../../src/mqtt/messages.ts';
import { type BusySession, busySession } from '../support/busy-session.ts';
import { type Controller, startControllerIn } from '../support/controller.ts';
import { fencesOf, pageText } from '../support/markdown.ts';
import { hasMosquittoClients, Mosquitto } from '../support/mosquitto.ts';
import { ownAuthority } from '../support/own-authority.ts';

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
    session = await busySession(0, script, [...words, '--mqtt-name', 'room-1']);
    const shown = async (): Promise<readonly string[]> => {
      const { out } = await broker.sub('-v', '-t', 'homeassistant/#', '-t', 'tactus/#', '-W', '2');
      return out.split('\n').map(line => line.replace(/tactus_[0-9a-f]{32}/, 'ID').replace(/\{.*/, '{'));
    };
    await expect
      .poll(shown, { timeout: 40_000 })
      .toEqual(
        expect.arrayContaining([
          'tactus/room-1/availability online',
          'tactus/room-1/state {',
          'homeassistant/device/ID/config {',
        ]),
      );
    const config = JSON.parse(await kept('homeassistant/device/+/config'));
    expect(config).toMatchObject({
      origin: { name: 'Tactus' },
      state_topic: 'tactus/room-1/state',
      availability: [{ topic: 'tactus/room-1/availability' }],
      components: {
        stop: { platform: 'button', command_topic: 'tactus/room-1/stop', retain: false },
      },
    });
    const components: readonly { unique_id: string }[] = Object.values(config.components);
    expect(new Set(components.map(({ unique_id }) => unique_id)).size).toBe(components.length);
    expect(components.length).toBeGreaterThan(10);
  });

  it('it is on, and how it stands is there for whoever comes later', async () => {
    expect(await kept('tactus/room-1/availability')).toBe('online');
    const state = v.parse(stateSchema, JSON.parse(await kept('tactus/room-1/state')));
    expect(state).toMatchObject({ board: 'emulated', phase: { number: 1, of: 4 } });
  });

  it('the button’s own word stops it, is answered, and the device says that it stands', async () => {
    const answered = broker.sub('-t', 'tactus/room-1/stop/answer', '-C', '1', '-W', '30', '-q', '1');
    // Whoever asks has to listen first.
    await expect.poll(() => broker.log, { timeout: 10_000 }).toContain('/stop/answer');
    await session.intend();
    expect(await broker.pub('-t', 'tactus/room-1/stop', '-m', 'stop', '-q', '1')).toMatchObject({
      code: 0,
    });
    const { code, out } = await answered;
    expect(code).toBe(0);
    expect(v.parse(answerSchema, JSON.parse(out))).toMatchObject({ id: null, confirmed: true });
    await expect
      .poll(async () => JSON.parse(await kept('tactus/room-1/state')).activity, { timeout: 20_000 })
      .toBe('stopped');
  });

  it('a word for a start, or for more pressure, moves nothing', async () => {
    for (const leaf of ['start', 'resume', 'go', 'pressure/set', 'firmer'])
      await broker.pub('-t', `tactus/room-1/${leaf}`, '-m', 'ON', '-q', '1');
    await session.intend();
    expect(session.state()).toBe('stopped');
    expect(JSON.parse(await kept('tactus/room-1/state'))).toMatchObject({
      activity: 'stopped',
      runs: false,
    });
  });

  it('told to end it is off, and says so for good', async () => {
    expect(await session.controller.stop()).toBe(143);
    expect(await kept('tactus/room-1/availability')).toBe('offline');
    expect(JSON.parse(await kept('tactus/room-1/state'))).toMatchObject({ activity: 'idle' });
  });
});

describe.skipIf(!hasMosquittoClients)('with the page’s own list of who may do what', () => {
  const acl = fencesOf(pageText('src/mqtt/README.md')).find(({ language }) => language === 'acl')?.text ?? '';
  const users = {
    'room-1': 'one',
    'room-2': 'two',
    fleet: 'three',
    homeassistant: 'four',
    caretaker: 'five',
  };
  const state = mkdtempSync(join(tmpdir(), 'tactus-acl-'));
  let broker: Mosquitto;
  let controller: Controller;

  beforeAll(async () => {
    const authority = await ownAuthority();
    broker = await Mosquitto.start({ tls: await authority.sign('localhost'), users, acl });
    const credentials = { username: 'room-1', password: users['room-1'], ca: 'ca.crt' };
    writeFileSync(join(state, 'ca.crt'), authority.ca);
    writeFileSync(join(state, 'mqtt.json'), JSON.stringify(credentials), { mode: 0o600 });
    const words = ['--headless', '--mqtt', `mqtts://localhost:${broker.port}`, '--mqtt-name', 'room-1'];
    controller = await startControllerIn(state, ...words);
  });
  afterAll(async () => {
    await controller?.stop();
    await broker?.stop();
    rmSync(state, { recursive: true, force: true });
  });

  const as = (user: keyof typeof users): readonly string[] => {
    const tls = ['--cafile', join(state, 'ca.crt'), '--insecure'];
    return ['-V', '5', '-q', '1', '-u', user, '-P', users[user], ...tls];
  };
  async function stateSeen(): Promise<string> {
    const { out } = await broker.sub(
      ...as('homeassistant'),
      '-t',
      'tactus/room-1/state',
      '-C',
      '1',
      '-W',
      '10',
    );
    return out;
  }

  it('a device is announced and stands there, and everything that it wants is allowed to it', async () => {
    const topics = ['-t', 'homeassistant/device/+/config', '-t', 'tactus/room-1/availability'];
    const shown = async (): Promise<string> =>
      (await broker.sub(...as('homeassistant'), ...topics, '-W', '2')).out;
    await expect.poll(shown, { timeout: 40_000 }).toMatch(/"origin"[\s\S]*online|online[\s\S]*"origin"/);
    expect(JSON.parse(await stateSeen())).toMatchObject({ activity: 'idle' });
    expect(controller.errors()).toContain('MQTT: connected to localhost.');
    expect(controller.errors()).not.toMatch(/does not let|does not take/);
  });

  it('another device can neither speak for it nor stop it', async () => {
    const before = await stateSeen();
    for (const topic of ['state', 'stop', 'stop/answer']) {
      const { err } = await broker.pub(...as('room-2'), '-t', `tactus/room-1/${topic}`, '-m', '{}', '-r');
      expect(err).toContain('Not authorized');
    }
    expect(await stateSeen()).toBe(before);
    expect(controller.errors()).not.toContain('A stop came from the broker.');
  });

  it.each(['fleet', 'homeassistant'] as const)('%s stops it', async user => {
    const stops = (): number => controller.errors().split('A stop came from the broker.').length - 1;
    const before = stops();
    const pressed = async (): Promise<number> => {
      const { code } = await broker.pub(...as(user), '-t', 'tactus/room-1/stop', '-m', 'stop');
      expect(code).toBe(0);
      return stops();
    };
    // Stops within a second are told as one: the next one comes after that.
    await expect.poll(pressed, { timeout: 20_000, interval: 1500 }).toBeGreaterThan(before);
  });
});
