/** `tactus doctor` where a board is plugged in and cannot be opened. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { thisMachine } from '../../src/app/surroundings.ts';
import type { Ended } from '../support/cli.ts';
import { InProcess } from '../support/in-process.ts';
import { filesOf, type GivenFiles, pluggedIn } from '../support/system-files.ts';

const doctor = (given: GivenFiles | null, port?: string): Promise<Ended> =>
  new InProcess(
    ['doctor', ...(port === undefined ? [] : [port])],
    {
      ...thisMachine(),
      input: new PassThrough(),
      ports: async () => [],
      system: given && filesOf(given),
    },
    mkdtempSync(join(tmpdir(), 'tactus-')),
  ).ended;

const ch340 = pluggedIn({ vendorId: '1a86', productId: '7523', name: 'USB Serial\u001b[2J' });
const fine = 'no board on USB: that is fine';

describe('a board on USB that is no port', () => {
  test.each([
    ['brltty', { ...ch340, '/proc/7/comm': 'brltty\n' }, 'brltty has taken it', 'remove brltty'],
    ['no driver', ch340, 'no driver for it (ch341)', 'modprobe ch341'],
  ])('is told, with the one thing to do: %s', async (_, given, what, todo) => {
    const { code, out } = await doctor(given);
    expect(code).toBe(69);
    expect(out).toContain(`wrong  USB Serial?[2J is plugged in, and`);
    expect(out).toContain(what);
    expect(out.trimEnd().split('\n').at(-1)).toContain(todo);
    expect(out).not.toContain(fine);
  });

  test('ModemManager is named beside a board', async () => {
    const { out } = await doctor({ ...ch340, '/proc/7/comm': 'ModemManager\n' });
    expect(out).toContain('ModemManager is running');
    expect((await doctor({ '/proc/7/comm': 'ModemManager\n' })).out).not.toContain('ModemManager');
  });

  test.each([
    ['another system', null],
    ['nothing plugged in', {}],
  ])('%s: no board is fine', async (_, given) => {
    const { code, out } = await doctor(given);
    expect([code, out.includes(fine)]).toEqual([0, true]);
  });
});

test('what is no port at all is told with the one thing to do, as anything that is wrong', async () => {
  const { code, out } = await doctor(null, tmpdir());
  expect(code).toBe(66);
  expect(out).toContain(`${tmpdir()}: is not a serial port`);
  expect(out.trimEnd().split('\n').at(-1)).toContain('tactus ports lists the ports there are');
});

describe('a board whose port nobody has named', () => {
  const path = '/dev/ttyBoard';
  const opened = async (usb: readonly [string, string], ...words: readonly string[]) => {
    const lines: string[] = [];
    const [vendorId, productId] = usb;
    const { code, out } = await new InProcess(
      ['doctor', ...words],
      {
        ...thisMachine(),
        input: new PassThrough(),
        ports: async () => [{ path, vendorId, productId, maker: null, serialNumber: '1' }],
        system: null,
        lineTo: name => {
          lines.push(name);
          throw new Error('No such file or directory');
        },
      },
      mkdtempSync(join(tmpdir(), 'tactus-')),
    ).ended;
    return { code, out, lines };
  };

  test.each([
    ['a Mega', ['2341', '0042']],
    ['a clone', ['1a86', '7523']],
    ['behind a bridge of FTDI', ['0403', '6001']],
    ['something else', ['dead', 'beef']],
  ] as const)('is not opened where it may play a session by itself: %s', async (_, usb) => {
    const { code, out, lines } = await opened(usb);
    expect([code, lines]).toEqual([0, []]);
    expect(out).toContain(`tactus doctor ${path} looks at it`);
  });

  test('is opened where it has no room for one, and every one that is named', async () => {
    for (const [usb, words] of [
      [['2341', '0043'], []],
      [['2341', '0042'], [path]],
      [['1a86', '7523'], [path]],
    ] as const)
      expect((await opened(usb, ...words)).lines).toEqual([path]);
  });
});
