import { describe, expect, it } from 'vitest';
import { askHello, encode, stopNow, systemReset } from '../../../../hardware/lease.ts';
import { Decoder } from '../../../../simulator/page/bench/firmata.ts';

const hexOf = (bytes: ArrayLike<number>): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const heard = (toward: 'board' | 'host', ...parts: readonly ArrayLike<number>[]) => {
  const decoder = new Decoder(toward);
  return parts.flatMap(part => decoder.take(0, hexOf(part))).map(({ kind, words }) => `${kind}: ${words}`);
};

describe('bytes on the line, in words', () => {
  it.each([
    ['a stop', stopNow, 'STOP: motors off, disarm'],
    ['who are you', askHello, 'HELLO: who are you?'],
    ['a system reset', systemReset, 'RESET: system reset: stop and forget'],
    ['an analog write', [0xe5, 0x19, 0x01], 'analog: pin 5 = 153'],
    ['a pin mode', [0xf4, 5, 3], 'pin mode: pin 5 PWM'],
    ['a digital write', [0xf5, 13, 1], 'digital: pin 13 high'],
    ['a port', [0x90, 0x04, 0x00], 'port: port 0 = 00000100'],
    ['a capability query', [0xf0, 0x6b, 0xf7], 'sysex: what can the pins do?'],
    [
      'a lease',
      encode('lease', { seq: 7, epoch: 3, leaseMs: 250, statusMs: 100, left: 122, right: 0 }),
      'LEASE: A 122 · B 0 for 250 ms, no. 7',
    ],
  ])('%s', (_, bytes, words) => {
    expect(heard('board', bytes)).toEqual([words]);
  });

  it('a message in two pieces is one message', () => {
    expect(heard('board', [0xf0], [0x04, 0xf7])).toEqual(['STOP: motors off, disarm']);
  });

  it('a damaged message is called damaged, and the next is read', () => {
    const lease = [
      ...encode('lease', { seq: 7, epoch: 3, leaseMs: 250, statusMs: 100, left: 122, right: 0 }),
    ];
    lease[3] = 5;
    expect(heard('board', lease, stopNow)).toEqual([
      'LEASE: damaged: its checksum or length is wrong',
      'STOP: motors off, disarm',
    ]);
  });

  it('a message that another cuts off is told as such', () => {
    expect(heard('board', [0xf0, 0x03, 0x01], stopNow)).toEqual([
      'cut: cut off by what follows',
      'STOP: motors off, disarm',
    ]);
  });

  it('a sysex that never ends does not fill the memory', () => {
    const endless = new Array<number>(5000).fill(1);
    expect(heard('host', [0xf0, ...endless]).length).toBeGreaterThan(1);
  });
});
