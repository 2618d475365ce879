/** Ports as the system lists them, and who holds one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bridgeAddress } from '../../hardware/bridge.ts';
import { type FoundPort, kindOf, listPorts, portsOf } from '../../hardware/find.ts';
import { holderOf, noteHolder } from '../../hardware/holder.ts';
import { tactus } from '../support/cli.ts';
import { udevFolder } from '../support/serial-board.ts';

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

const three = [
  { path: '/dev/ttyUSB0', vendor: '1a86', product: '7523', maker: 'QinHeng' },
  { path: '/dev/ttyACM1', vendor: '2341', product: '0043', maker: 'Arduino', serial: '9553034323435150B0C1' },
  { path: '/dev/ttyACM2', vendor: '2341', product: '0069', maker: 'Arduino', serial: '0000' },
] as const;

describe.runIf(process.platform === 'linux')('ports', () => {
  it('are told with maker and serial number; a clone has none, and one that everybody has is none', async () => {
    process.env.PATH = `${udevFolder(three)}${delimiter}${path}`;
    const found = await listPorts();
    expect(found.map(port => [port.path, kindOf(port), port.serialNumber])).toEqual([
      ['/dev/ttyACM1', 'uno', '9553034323435150B0C1'],
      ['/dev/ttyACM2', 'unoR4', null],
      ['/dev/ttyUSB0', 'clone', null],
    ]);
  });

  it('are none where the system cannot list them', async () => {
    process.env.PATH = '/nowhere';
    expect(await listPorts()).toEqual([]);
  });

  it('are printed by tactus ports, a line each, or as JSON', async () => {
    process.env.PATH = `${udevFolder(three)}${delimiter}${path}`;
    const plain = await tactus(['ports']);
    expect(plain.code).toBe(0);
    expect(plain.out.split('\n')[0]).toBe(
      '/dev/ttyACM1 · Arduino Uno R3 · Arduino · serial number 9553034323435150B0C1',
    );
    expect(plain.out).toContain('no serial number: known by its port alone');
    const json = JSON.parse((await tactus(['ports', '--json'])).out) as readonly FoundPort[];
    expect(json.map(port => port.path)).toEqual(['/dev/ttyACM1', '/dev/ttyACM2', '/dev/ttyUSB0']);
  }, 20_000);

  it('without any say what to try', async () => {
    process.env.PATH = `${udevFolder([])}${delimiter}${path}`;
    expect((await tactus(['ports'])).out).toContain('Some cables only charge');
  });
});

describe('who holds a port', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-'));

  it('is not oneself', () => {
    const release = noteHolder(folder, '/dev/ttyX', 'tactus start');
    expect(holderOf(folder, '/dev/ttyX')).toBeNull();
    release();
  });

  it('is whoever has noted it and lives, and nobody once it has ended', async () => {
    const child = spawn('sleep', ['30']);
    noteHolder(folder, 'tcp://here:1', 'tactus start')();
    noteHolder(folder, 'tcp://here:1', 'x');
    const file = join(folder, 'ports', 'tcp-here-1.json');
    writeFileSync(file, JSON.stringify({ pid: child.pid, what: 'tactus start' }));
    expect(holderOf(folder, 'tcp://here:1')).toEqual({ pid: child.pid, what: 'tactus start' });
    child.kill();
    await once(child, 'exit');
    expect(holderOf(folder, 'tcp://here:1')).toBeNull();
  });

  it.each(['', '{', '[]', '{"pid":"1","what":"x"}', '{"pid":-1,"what":"x"}', '{"pid":1.5,"what":2}'])(
    'is not told by a note that says %j',
    note => {
      noteHolder(folder, 'tcp://there:1', 'x');
      writeFileSync(join(folder, 'ports', 'tcp-there-1.json'), note);
      expect(holderOf(folder, 'tcp://there:1')).toBeNull();
    },
  );
});

it.each([
  ['tcp://board.local:3333', { host: 'board.local', port: 3333 }],
  ['tcp://10.0.0.7:1/', { host: '10.0.0.7', port: 1 }],
  ['tcp://[fe80::1]:4000', { host: 'fe80::1', port: 4000 }],
  ['tcp://host', null],
  ['tcp://host:0', null],
  ['tcp://host:70000', null],
  ['tcp://a b:1', null],
  ['tcp://x:y@host:1', null],
  ['http://host:80', null],
  ['/dev/ttyACM0', null],
])('the address of a bridge: %s', (text, address) => {
  expect(bridgeAddress(text)).toEqual(address);
});

describe('what a system lists', () => {
  const cp2102 = { vendorId: '10C4', productId: 'EA60', manufacturer: 'Silicon Labs', serialNumber: '0001' };

  it('a serial number that two ports show at once is none; with one of them alone it is one', () => {
    const two = portsOf([
      { path: '/dev/ttyUSB0', ...cp2102 },
      { path: '/dev/ttyUSB1', ...cp2102 },
    ]);
    expect(two.map(({ serialNumber }) => serialNumber)).toEqual([null, null]);
    expect(portsOf([{ path: 'COM3', ...cp2102 }])).toMatchObject([{ path: 'COM3', serialNumber: '0001' }]);
  });

  it('macOS: tty.* is the port that waits for a carrier; cu.* is meant, once', () => {
    expect(
      portsOf([
        { path: '/dev/tty.usbserial-1410', ...cp2102 },
        { path: '/dev/cu.usbserial-1410', ...cp2102 },
        { path: '/dev/tty.Bluetooth-Incoming-Port' },
      ]).map(({ path, serialNumber }) => [path, serialNumber]),
    ).toEqual([
      ['/dev/cu.usbserial-1410', '0001'],
      ['/dev/cu.Bluetooth-Incoming-Port', null],
    ]);
  });

  it('Linux: the names stay as they are, those on USB first', () => {
    expect(
      portsOf([{ path: '/dev/ttyS0' }, { path: '/dev/ttyACM0', vendorId: '2341', productId: '0043' }]).map(
        ({ path }) => path,
      ),
    ).toEqual(['/dev/ttyACM0', '/dev/ttyS0']);
  });
});
