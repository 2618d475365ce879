/** Boards that hang on USB and are no port: told from what a Linux system shows of itself. */
import { expect, test } from 'vitest';
import { runningPrograms, type SystemFiles, usbBoards, whyUnopenable } from '../../hardware/usb-linux.ts';
import { filesOf, pluggedIn } from '../support/system-files.ts';

const whyOf = (files: SystemFiles): unknown =>
  usbBoards(files).map(board => {
    const why = whyUnopenable(files, board);
    if (!why) return null;
    const { board: _, ...rest } = why;
    return rest;
  });

const ch340 = { vendorId: '1a86', productId: '7523', name: 'USB Serial' };
const uno = { vendorId: '2341', productId: '0043', name: 'Arduino Uno' };

test.each([
  ['a clone with its port', pluggedIn(ch340, { driver: 'ch341', port: 'ttyUSB0' }), {}, null],
  ['an Uno with its port', pluggedIn(uno, { driver: 'cdc_acm', port: 'ttyACM0' }), {}, null],
  ['a clone without a driver', pluggedIn(ch340), {}, { why: 'noDriver', module: 'ch341' }],
  ['an Uno without a driver', pluggedIn(uno), {}, { why: 'noDriver', module: 'cdc_acm' }],
  [
    'a CP2102 without a driver',
    pluggedIn({ vendorId: '10C4', productId: 'ea60', name: 'CP2102' }),
    {},
    { why: 'noDriver', module: 'cp210x' },
  ],
  [
    'an FTDI without a driver',
    pluggedIn({ vendorId: '0403', productId: '6001', name: 'FT232R' }),
    {},
    { why: 'noDriver', module: 'ftdi_sio' },
  ],
  [
    'a clone that brltty has taken',
    pluggedIn(ch340, { driver: 'usbfs' }),
    { '/proc/412/comm': 'brltty\n' },
    { why: 'brltty' },
  ],
  [
    'a clone that brltty keeps from its driver',
    pluggedIn(ch340),
    { '/proc/412/comm': 'brltty\n' },
    { why: 'brltty' },
  ],
  [
    'a clone with its port, brltty running',
    pluggedIn(ch340, { driver: 'ch341', port: 'ttyUSB0' }),
    { '/proc/412/comm': 'brltty\n' },
    null,
  ],
  [
    'one that a virtual machine has',
    pluggedIn(uno, { driver: 'usbfs' }),
    {},
    { why: 'otherDriver', driver: 'usbfs' },
  ],
  [
    'one whose port has no name, as in a container',
    pluggedIn(uno, { driver: 'cdc_acm', port: 'ttyACM0', isNamed: false }),
    {},
    { why: 'noName', port: 'ttyACM0' },
  ],
])('%s', (_, plugged, more, why) => {
  expect(whyOf(filesOf({ ...plugged, ...more }))).toEqual([why]);
});

test('what is no board is none, whatever it is: a keyboard, a hub, a device that says nothing', () => {
  const files = filesOf({
    ...pluggedIn({ vendorId: '046d', productId: 'c31c', name: 'Keyboard' }),
    '/sys/bus/usb/devices/usb1/idVendor': '1d6b\n',
    '/sys/bus/usb/devices/2-1/bDeviceClass': '00\n',
  });
  expect(usbBoards(files)).toEqual([]);
});

test('a system that shows nothing shows no board and no program', () => {
  expect([usbBoards(filesOf({})), runningPrograms(filesOf({})).size]).toEqual([[], 0]);
});
