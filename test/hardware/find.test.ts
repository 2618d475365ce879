/** Ports as the system lists them, and who holds one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { kindOf } from '../../hardware/board-kind.ts';
import { bridgeAddress } from '../../hardware/bridge.ts';
import { type FoundPort, listPorts, portsOf } from '../../hardware/find.ts';
import { SerialLine } from '../../hardware/port.ts';
import type { Connection } from '../../hardware/reopening.ts';
import { refuseHeld, whyNotOpen } from '../../src/app/open-port.ts';
import { holderOf, noteHolder } from '../../src/app/port-lock.ts';
import { thisProcess } from '../../src/storage/processes.ts';
import { VirtualClock } from '../../src/time/virtual-clock.ts';
import { tactusHere } from '../support/in-process.ts';
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
    const plain = await tactusHere(['ports']);
    expect(plain.code).toBe(0);
    expect(plain.out.split('\n')[0]).toBe(
      '/dev/ttyACM1 · Arduino Uno R3 · Arduino · serial number 9553034323435150B0C1',
    );
    expect(plain.out).toContain('no serial number: known by its port alone');
    const json = JSON.parse((await tactusHere(['ports', '--json'])).out) as readonly FoundPort[];
    expect(json.map(port => port.path)).toEqual(['/dev/ttyACM1', '/dev/ttyACM2', '/dev/ttyUSB0']);
  });

  it('without any say what to try', async () => {
    process.env.PATH = `${udevFolder([])}${delimiter}${path}`;
    expect((await tactusHere(['ports'])).out).toContain('Some cables only charge');
  });
});

describe('who holds a port', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-'));

  it('is not oneself', () => {
    const release = noteHolder(folder, '/dev/ttyX', 'tactus start');
    expect(holderOf(folder, '/dev/ttyX')).toBeNull();
    release();
  });

  const since = '2026-03-01T18:30:00.000Z';
  const what = 'tactus start';
  const note = (fields: object, name = 'tcp://here:1'): void => {
    noteHolder(folder, name, 'x');
    writeFileSync(
      join(folder, 'ports', `${name.replace(/[^A-Za-z0-9]+/g, '-')}.json`),
      JSON.stringify({ ...thisProcess(), what, since, ...fields }),
    );
  };
  const beganOf = (pid: number): string =>
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';

  it('is whoever has noted it and lives, and nobody once it has ended', async () => {
    const child = spawn('sleep', ['30']);
    const pid = child.pid ?? 0;
    note({ pid, began: beganOf(pid) });
    expect(holderOf(folder, 'tcp://here:1')).toEqual({ pid, what, since, isCertain: true });
    child.kill();
    await once(child, 'exit');
    expect(holderOf(folder, 'tcp://here:1')).toBeNull();
  });

  it.each([
    ['that began at another time', { began: '1' }],
    ['of another start of the machine', { boot: 'another' }],
    ['of an older program, which told no start', { boot: undefined, began: undefined }],
  ])('is no stranger who has the number of a note %s by now', async (_, fields) => {
    const child = spawn('sleep', ['30']);
    const pid = child.pid ?? 0;
    note({ pid, began: beganOf(pid), ...fields });
    expect(holderOf(folder, 'tcp://here:1')).toBeNull();
    child.kill();
    await once(child, 'exit');
  });

  it('may be somebody by the number alone, where no system tells more: that explains, and holds nothing', () => {
    note({ pid: process.ppid, began: null });
    expect(holderOf(folder, 'tcp://here:1')).toMatchObject({ pid: process.ppid, isCertain: false });
    const before = process.env.TACTUS_STATE;
    process.env.TACTUS_STATE = folder;
    try {
      expect(() => refuseHeld('tcp://here:1')).not.toThrow();
      expect(whyNotOpen('tcp://here:1', new Error('Cannot lock port'))).toMatchObject({
        kind: 'busy',
        message: expect.stringMatching(
          /tactus start \(process \d+, since 2026-\d\d-\d\d \d\d:\d\d\) holds it/,
        ),
      });
      note({ pid: process.ppid, began: beganOf(process.ppid) });
      expect(() => refuseHeld('tcp://here:1')).toThrow(/holds it/);
    } finally {
      if (before === undefined) delete process.env.TACTUS_STATE;
      else process.env.TACTUS_STATE = before;
    }
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

  it('Windows: a clone’s made-up instance is no serial number, a number of its own is one, ids in any letters', () => {
    const listed = [
      {
        path: 'COM1',
        manufacturer: '(Standard port types)',
        pnpId: 'ACPI\\PNP0501\\0',
        friendlyName: 'Communications Port (COM1)',
      },
      {
        path: 'COM3',
        manufacturer: 'wch.cn',
        serialNumber: '5&2D3E4F5A&0&2',
        pnpId: 'USB\\VID_1A86&PID_7523\\5&2D3E4F5A&0&2',
        vendorId: '1A86',
        productId: '7523',
        friendlyName: 'USB-SERIAL CH340 (COM3)',
      },
      {
        path: 'COM12',
        manufacturer: 'Arduino LLC (www.arduino.cc)',
        serialNumber: '9553034323435150B0C1',
        pnpId: 'USB\\VID_2341&PID_0043\\9553034323435150B0C1',
        vendorId: '2341',
        productId: '0043',
        friendlyName: 'Arduino Uno (COM12)',
      },
    ];
    expect(portsOf(listed).map(port => [port.path, kindOf(port), port.serialNumber])).toEqual([
      ['COM12', 'uno', '9553034323435150B0C1'],
      ['COM3', 'clone', null],
      ['COM1', 'notUsb', null],
    ]);
  });

  it.each([
    ['Windows, in use', 'Opening COM3: Access denied', 'busy'],
    ['Windows, not there', 'Opening COM3: File not found', 'noDevice'],
    ['Linux, in use', 'Error Resource temporarily unavailable Cannot lock port', 'busy'],
    ['Linux, not there', 'Error: No such file or directory, cannot open /dev/ttyACM0', 'noDevice'],
    ['Linux, not allowed', 'Error: Permission denied, cannot open /dev/ttyACM0', 'notPermitted'],
    ['macOS, in use', 'Error: Resource busy, cannot open /dev/cu.usbmodem1410', 'busy'],
    ['macOS, not there', 'Error: No such file or directory, cannot open /dev/cu.usbmodem1410', 'noDevice'],
  ])('%s: what the system says of an opening is told apart', (_, message, kind) => {
    expect(whyNotOpen('COM3', new Error(message)).kind).toBe(kind);
  });

  it('Linux: the names stay as they are, those on USB first', () => {
    expect(
      portsOf([{ path: '/dev/ttyS0' }, { path: '/dev/ttyACM0', vendorId: '2341', productId: '0043' }]).map(
        ({ path }) => path,
      ),
    ).toEqual(['/dev/ttyACM0', '/dev/ttyS0']);
  });
});

describe('a board that was known by its number, when another one with that number has come', () => {
  class Line extends SerialLine {
    isThere(): boolean | Promise<boolean> {
      return this.present();
    }
    protected override async connect(): Promise<Connection> {
      return { write: (_, written) => written(null), drop: () => {} };
    }
  }
  const cp2102 = { vendorId: '10c4', productId: 'ea60', serialNumber: '0001' };
  const ch340 = { vendorId: '1a86', productId: '7523' };
  const listing = (...ports: readonly (readonly [path: string, like: object])[]) =>
    portsOf(ports.map(([path, like]) => ({ path, ...like })));

  it.each([
    ['alone at another place', listing(['/dev/ttyUSB3', cp2102]), true, '/dev/ttyUSB3'],
    [
      'with its twin, where it was',
      listing(['/dev/ttyUSB0', cp2102], ['/dev/ttyUSB1', cp2102]),
      true,
      '/dev/ttyUSB0',
    ],
    [
      'with its twin, both elsewhere',
      listing(['/dev/ttyUSB1', cp2102], ['/dev/ttyUSB2', cp2102]),
      false,
      '/dev/ttyUSB0',
    ],
    [
      'gone, and a board of another kind in its place',
      listing(['/dev/ttyUSB0', ch340]),
      false,
      '/dev/ttyUSB0',
    ],
    ['gone', [], false, '/dev/ttyUSB0'],
  ] as const)('is found: %s', async (_, after, isThere, name) => {
    let ports: readonly FoundPort[] = listing(['/dev/ttyUSB0', cp2102]);
    const line = new Line('/dev/ttyUSB0', new VirtualClock(), {
      names: () => 'ttyUSB0',
      list: async () => ports,
    });
    await line.open();
    await expect.poll(() => line.serialNumber).toBe('0001');
    ports = after;
    expect([await line.isThere(), line.name]).toEqual([isThere, name]);
    line.close();
  });
});

describe('a port that was lost, where no files tell of ports', () => {
  class Line extends SerialLine {
    isThere(): boolean | Promise<boolean> {
      return this.present();
    }
  }

  it.each([
    ['COM3', ['COM3'], true],
    ['com3', ['COM1', 'COM3'], true],
    ['\\\\.\\COM3', ['COM3'], true],
    ['COM3', ['COM30', 'COM1'], false],
    ['COM3', [], false],
  ] as const)('%s is there where the system lists it: %j', async (path, listed, isThere) => {
    const line = new Line(path, new VirtualClock(), {
      names: () => null,
      list: async () => portsOf(listed.map(name => ({ path: name }))),
    });
    expect(await line.isThere()).toBe(isThere);
  });
});
