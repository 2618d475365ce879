/** What `start --mqtt` is asked for: addresses, credentials that nobody else may read, and what is said before anything leaves. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exit } from '../../../src/app/exit.ts';
import { addressIn, leavingLines, mqttAsked } from '../../../src/app/mqtt/asked.ts';
import { deviceId, nameOfId } from '../../../src/app/mqtt/device-id.ts';
import { namePattern } from '../../../src/mqtt/topics.ts';
import type { FileNotice } from '../../../src/storage/notices.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tactus-mqtt-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function refused(act: () => unknown): Exit {
  try {
    act();
  } catch (error) {
    if (error instanceof Exit) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
const asked = (env: Record<string, string> = {}, mqtt = 'mqtt://broker') => mqttAsked({ mqtt }, env, folder);
function file(content: unknown, mode = 0o600, name = 'mqtt.json'): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(path, mode);
  return path;
}

it('without it nothing is asked for, and nothing is looked at', () => {
  file({ password: 'x' }, 0o644);
  expect(mqttAsked({}, { TACTUS_MQTT_FILE: '/nowhere' }, folder)).toBeNull();
});

describe('an address', () => {
  it.each([
    ['mqtt://192.168.1.5', { host: '192.168.1.5', port: 1883, isSecure: false }],
    ['mqtts://broker.example', { host: 'broker.example', port: 8883, isSecure: true }],
    ['mqtt://localhost:18830/', { host: 'localhost', port: 18_830, isSecure: false }],
    ['mqtts://[fe80::1]:9', { host: 'fe80::1', port: 9, isSecure: true }],
  ])('%s is one', (url, address) => expect(addressIn(url)).toEqual(address));

  it.each([
    'broker',
    'broker:1883',
    'http://broker',
    'ws://broker',
    'mqtt://',
    'mqtt:broker',
    'mqtt://broker:0',
    'mqtt://broker:70000',
    'mqtt://broker/tactus',
    'mqtt://broker?clientId=x',
    'mqtt://broker#x',
    '',
  ])('“%s” is none', url => expect(refused(() => addressIn(url)).code).toBe(64));

  it.each([
    'mqtt://anna:hunter2@broker',
    'mqtt://anna@broker',
    'mqtts://:hunter2@broker',
    'mqtt://anna:hun ter2@bro ker',
  ])('with a user or a password in it is refused, and neither is said again', url => {
    const { code, message } = refused(() => addressIn(url));
    expect(code).toBe(64);
    expect(message).toContain('TACTUS_MQTT_USERNAME');
    expect(message).not.toMatch(/anna|hunter2/);
  });
});

describe('a name', () => {
  it.each(['couch', 'a', 'room-2', 'x'.repeat(32)])('%s is one', mqttName =>
    expect(mqttAsked({ mqtt: 'mqtt://broker', mqttName }, {}, folder)?.host).toBe('broker'),
  );
  it.each(['Couch', 'a/b', '+', '#', '-a', 'a-', '', 'x'.repeat(33), 'ä'])('“%s” is none', mqttName =>
    expect(refused(() => mqttAsked({ mqtt: 'mqtt://broker', mqttName }, {}, folder)).code).toBe(64),
  );
  it('alone is refused', () =>
    expect(refused(() => mqttAsked({ mqttName: 'couch' }, {}, folder)).message).toContain('--mqtt'));
});

describe('credentials', () => {
  it('come from the environment, which goes before the file', () => {
    file({ username: 'anna', password: 'of-file' });
    expect(asked()).toMatchObject({ username: 'anna', password: 'of-file' });
    expect(asked({ TACTUS_MQTT_USERNAME: 'bea', TACTUS_MQTT_PASSWORD: 'of-env' })).toMatchObject({
      username: 'bea',
      password: 'of-env',
    });
  });

  it('is never sent the password of another user: a password of the file belongs to the user of the file', () => {
    file({ username: 'ann', password: 'of-file' });
    expect(asked({ TACTUS_MQTT_USERNAME: 'bea' })).toMatchObject({ username: 'bea', password: null });
    expect(asked({ TACTUS_MQTT_USERNAME: 'ann' })).toMatchObject({ username: 'ann', password: 'of-file' });
    expect(asked({ TACTUS_MQTT_PASSWORD: 'of-env' })).toMatchObject({ username: 'ann', password: 'of-env' });
  });

  it('are none where nobody has given any', () =>
    expect(asked()).toMatchObject({ username: null, password: null, ca: null, cert: null, key: null }));

  it.each([0o644, 0o640, 0o604, 0o660, 0o620])(
    'of a file that others may use (mode %o) are refused',
    mode => {
      const path = file({ password: 'hunter2' }, mode);
      const { code, message } = refused(() => asked());
      expect(code).toBe(77);
      expect(message).toContain(`chmod 600 ${path}`);
      expect(message).not.toContain('hunter2');
    },
  );

  it('may be the owner’s to read only', () => {
    file({ password: 'x' }, 0o400);
    expect(asked()?.password).toBe('x');
  });

  it('stand in the file that is named, which has to be there', () => {
    const path = file({ username: 'carla' }, 0o600, 'other.json');
    expect(asked({ TACTUS_MQTT_FILE: path })?.username).toBe('carla');
    expect(refused(() => asked({ TACTUS_MQTT_FILE: join(folder, 'gone.json') })).code).toBe(66);
  });

  it.each([
    ['{"password":"hunter2"'],
    ['[]'],
    ['{"password":"hunter2","pasword":"x"}'],
    ['{"password":7}'],
    ['null'],
  ])('that cannot be understood are refused, and none is said', text => {
    file(text);
    const { code, message } = refused(() => asked());
    expect(code).toBe(65);
    expect(message).not.toContain('hunter2');
  });

  it('name files, counted from their own, for TLS only', () => {
    file('CA', 0o644, 'ca.pem');
    file('CERT', 0o644, 'cert.pem');
    file('KEY', 0o600, 'key.pem');
    file({ ca: 'ca.pem', cert: 'cert.pem', key: join(folder, 'key.pem') });
    expect(asked({}, 'mqtts://broker')).toMatchObject({ ca: 'CA', cert: 'CERT', key: 'KEY' });
    expect(refused(() => asked({}, 'mqtt://broker')).code).toBe(65);
  });

  it.each([
    [{ ca: 'gone.pem' }, 66],
    [{ cert: 'ca.pem' }, 65],
    [{ cert: 'ca.pem', key: 'open.pem' }, 77],
  ])('%j is refused with %i', (content, code) => {
    file('CA', 0o644, 'ca.pem');
    file('KEY', 0o644, 'open.pem');
    file(content);
    expect(refused(() => asked({}, 'mqtts://broker')).code).toBe(code);
  });
});

describe('what is said before anything leaves', () => {
  const at = (more: object) => ({
    ...{ host: 'broker.example', port: 1883, isSecure: false, username: null, password: null },
    ...{ ca: null, cert: null, key: null },
    ...more,
  });

  it('names the place, the topics and how open they lie there', () => {
    const [line = '', open = '', ...more] = leavingLines(at({}), 'couch');
    for (const part of ['broker.example', '1883', 'not encrypted', 'tactus/couch/', 'homeassistant/'])
      expect(line).toContain(part);
    expect(open).toContain('mqtts://');
    expect(more).toEqual([]);
  });
  it('says that a password lies open, too', () =>
    expect(leavingLines(at({ password: 'x' }), 'couch')[1]).toContain('password'));
  it.each([{ isSecure: true }, { host: '127.0.0.1' }, { host: 'localhost' }, { host: '::1' }])(
    'says nothing of the kind for %o',
    more => expect(leavingLines(at(more), 'couch')).toHaveLength(1),
  );
});

describe('the id of a device', () => {
  it('is made once and stays', () => {
    const id = deviceId(folder, () => {});
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(deviceId(folder, () => {})).toBe(id);
    expect(nameOfId(id)).toMatch(/^tactus-[0-9a-f]{6}$/);
    expect(nameOfId(id)).toMatch(namePattern);
  });

  it('is another one on another machine', () =>
    expect(deviceId(join(folder, '..', `${folder}-b`), () => {})).not.toBe(deviceId(folder, () => {})));

  it('that is damaged is set aside, said, and made anew', () => {
    file('not json at all', 0o600, 'mqtt-id.json');
    const notices: FileNotice[] = [];
    const id = deviceId(folder, notice => notices.push(notice));
    expect(deviceId(folder, () => {})).toBe(id);
    expect(notices.some(({ what }) => what.includes('aside'))).toBe(true);
  });
});
