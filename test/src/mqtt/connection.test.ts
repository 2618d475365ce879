/** How a broker is named and who one is to it. */
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addressText,
  type BrokerIdentity,
  brokerAddress,
  clientOptions,
  isLoopback,
  tellsPasswordOpenly,
} from '../../../src/mqtt/connection.ts';
import { brokerIdentity, type CredentialsEnv } from '../../../src/mqtt/credentials.ts';

describe('the address of a broker', () => {
  it.each([
    ['mqtt://broker.lan', { protocol: 'mqtt', host: 'broker.lan', port: 1883 }],
    ['mqtt://broker.lan/', { protocol: 'mqtt', host: 'broker.lan', port: 1883 }],
    ['mqtts://Broker.lan', { protocol: 'mqtts', host: 'broker.lan', port: 8883 }],
    ['mqtt://127.0.0.1:18830', { protocol: 'mqtt', host: '127.0.0.1', port: 18830 }],
    ['mqtts://[::1]:8884', { protocol: 'mqtts', host: '::1', port: 8884 }],
  ])('%s is understood', (text, address) => {
    expect(brokerAddress(text)).toEqual(address);
  });

  it.each([
    ['mqtt://anna:secret@broker.lan', 'secret'],
    ['mqtt://anna@broker.lan', 'secret'],
    ['anna:secret@broker.lan', 'secret'],
    ['broker.lan', 'notUrl'],
    ['', 'notUrl'],
    [`mqtt://${'a'.repeat(400)}`, 'notUrl'],
    ['http://broker.lan', 'protocol'],
    ['ws://broker.lan', 'protocol'],
    ['mqtt://broker.lan:0', 'port'],
    ['mqtt://broker.lan:65536', 'port'],
    ['mqtt://broker.lan/path', 'more'],
    ['mqtt://broker.lan?clientId=x', 'more'],
    ['mqtt://broker.lan#x', 'more'],
    ['mqtt://bro%1bker', 'host'],
  ])('%s is refused: %s', (text, fault) => {
    expect(brokerAddress(text)).toBe(fault);
  });

  it('is told as it was read, an address of IPv6 in brackets', () => {
    expect(addressText({ protocol: 'mqtts', host: '::1', port: 8883 })).toBe('mqtts://[::1]:8883');
    expect(addressText({ protocol: 'mqtt', host: 'broker.lan', port: 1 })).toBe('mqtt://broker.lan:1');
  });

  it('is this machine only where it is surely this machine', () => {
    const at = (host: string) => isLoopback({ protocol: 'mqtt', host, port: 1883 });
    expect(['localhost', '127.0.0.1', '127.9.9.9', '::1'].map(at)).toEqual([true, true, true, true]);
    expect(['127.0.0.1.example.org', 'localhost.lan', '192.168.0.9'].map(at)).toEqual([false, false, false]);
  });
});

const nobody: BrokerIdentity = { username: null, password: null, ca: null, cert: null, key: null };
const at = (host: string, protocol: 'mqtt' | 'mqtts') => ({ protocol, host, port: 1883 });

describe('what the client is told', () => {
  it('is MQTT 5, and a certificate that is always checked', () => {
    expect(
      clientOptions({ address: at('broker.lan', 'mqtts'), identity: { ...nobody, ca: 'PEM' } }),
    ).toMatchObject({ protocolVersion: 5, rejectUnauthorized: true, ca: 'PEM' });
  });

  it('is no certificate on a plain line, which the package would turn into TLS', () => {
    const options = clientOptions({
      address: at('broker.lan', 'mqtt'),
      identity: { ...nobody, ca: 'A', cert: 'B', key: 'C' },
    });
    expect(Object.keys(options).toSorted()).toEqual(['host', 'port', 'protocol', 'protocolVersion']);
  });

  it('is a password that others could read only on a plain line over a network', () => {
    const open = (host: string, protocol: 'mqtt' | 'mqtts', password: string | null = 'secret') =>
      tellsPasswordOpenly({ address: at(host, protocol), identity: { ...nobody, password } });
    expect(open('broker.lan', 'mqtt')).toBe(true);
    expect(open('127.0.0.1', 'mqtt')).toBe(false);
    expect(open('broker.lan', 'mqtts')).toBe(false);
    expect(open('broker.lan', 'mqtt', null)).toBe(false);
  });
});

describe('credentials', () => {
  const folder = (): string => mkdtempSync(join(tmpdir(), 'tactus-mqtt-'));
  function file(text: string, mode = 0o600, where = folder()): string {
    const path = join(where, 'mqtt.json');
    writeFileSync(path, text);
    chmodSync(path, mode);
    return where;
  }
  const read = (where: string, env: CredentialsEnv = {}) => brokerIdentity(env, where);
  const good = JSON.stringify({ username: 'anna', password: 'of the file' });

  it('are not needed', () => {
    expect(read(folder())).toEqual(nobody);
  });

  it('come from a file of the state folder that is nobody else’s', () => {
    expect(read(file(good))).toEqual({ ...nobody, username: 'anna', password: 'of the file' });
  });

  it.each([0o640, 0o604, 0o660, 0o644])('are refused from a file of mode %o', mode => {
    expect(read(file(good, mode))).toMatchObject({ why: 'open', mode: `0${mode.toString(8)}` });
  });

  it('are refused from a link to a file that others can read', () => {
    const [where, other] = [folder(), file(good, 0o644)];
    symlinkSync(join(other, 'mqtt.json'), join(where, 'mqtt.json'));
    expect(read(where)).toMatchObject({ why: 'open' });
  });

  it('come from the variables before the file, and never half from each', () => {
    const where = file(good);
    expect(read(where, { TACTUS_MQTT_USERNAME: 'bert', TACTUS_MQTT_PASSWORD: 'of bert' })).toMatchObject({
      username: 'bert',
      password: 'of bert',
    });
    expect(read(where, { TACTUS_MQTT_USERNAME: 'bert' })).toMatchObject({ username: 'bert', password: null });
    expect(read(where, { TACTUS_MQTT_PASSWORD: 'of nobody' })).toEqual({ why: 'lonePassword' });
  });

  it('come from another file where one is named, and it has to be there', () => {
    const named = join(file(good), 'mqtt.json');
    expect(read(folder(), { TACTUS_MQTT_FILE: named })).toMatchObject({ username: 'anna' });
    const path = join(folder(), 'none.json');
    expect(read(folder(), { TACTUS_MQTT_FILE: path })).toEqual({ why: 'missing', path });
  });

  it('say what is wrong with their file without a word of what is in it', () => {
    for (const [text, why] of [
      ['secret', { why: 'notJson' }],
      ['{"username":"anna","pass":"secret"}', { why: 'field', field: 'pass' }],
      ['{"username":"anna","password":["secret"]}', { why: 'field', field: 'password', says: 'string' }],
      ['{"password":"secret"}', { why: 'field', says: 'a password needs a username beside it' }],
      ['{"cert":"secret"}', { why: 'field', says: 'cert and key go together, or neither is there' }],
      ['["secret"]', { why: 'field' }],
    ] as const) {
      const fault = read(file(text));
      expect(fault).toMatchObject(why);
      expect(JSON.stringify(fault)).not.toContain('secret"');
    }
    expect(read(file(' '.repeat(300_000)))).toMatchObject({ why: 'tooLarge' });
    const where = folder();
    mkdirSync(join(where, 'mqtt.json'), { mode: 0o700 });
    expect(read(where)).toMatchObject({ why: 'notRegular' });
  });

  it('name PEM files beside their own, of which the key is nobody else’s', () => {
    const pem = '-----BEGIN CERTIFICATE-----\n';
    const where = file('{"ca":"ca.pem","cert":"my.pem","key":"my.key"}');
    for (const name of ['ca.pem', 'my.pem', 'my.key']) writeFileSync(join(where, name), pem, { mode: 0o644 });
    expect(read(where)).toMatchObject({ why: 'open', path: join(where, 'my.key') });
    chmodSync(join(where, 'my.key'), 0o600);
    expect(read(where)).toEqual({ ...nobody, ca: pem, cert: pem, key: pem });
    writeFileSync(join(where, 'ca.pem'), 'no certificate');
    expect(read(where)).toMatchObject({ why: 'noPem', path: join(where, 'ca.pem') });
  });
});
