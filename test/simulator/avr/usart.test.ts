import { describe, expect, it } from 'vitest';
import { noise } from '../../../simulator/avr/noise.ts';
import { Uno } from '../../../simulator/avr/uno.ts';
import { hexOf, ldi, lds, put, reti, rjmpBack, sei, sts } from './program.ts';

const UCSRA = 0xc0;
const UCSRB = 0xc1;
const UDR = 0xc6;
const byteMs = 10 / 57.6;

const baud57600 = [...put(0xc4, 34), ...put(UCSRA, 0x02)];

/** Sends back each byte from its receive interrupt. 57143 baud out for 57600 in: the host must leave gaps. */
const echo = (): Uno => {
  const vector = 0x24;
  const words = new Array<number>(vector).fill(0);
  words[0] = 0xc000 | (vector + 5);
  words.push(...lds(20, UDR), ...sts(UDR, 20), reti);
  words.push(0, ...baud57600, ...put(UCSRB, 0x98), sei, rjmpBack(1));
  return new Uno(hexOf(words));
};

/** Enables the receiver and waits: a test reads for it. */
const deaf = (): Uno => new Uno(hexOf([...baud57600, ...put(UCSRB, 0x18), rjmpBack(1)]));

describe('the serial port', () => {
  it('carries 10,000 bytes each way at once without loss', () => {
    const uno = echo();
    uno.advanceTo(1);
    const sent = new Uint8Array(10_000);
    noise(3, sent);
    const heard: number[] = [];
    const hear = (untilMs: number): void => {
      while (uno.nowMs < untilMs) heard.push(...(uno.advanceTo(untilMs).bytes ?? []));
    };
    for (let at = 0; at < sent.length; at += 100) {
      uno.write(sent.subarray(at, at + 100));
      hear(uno.nowMs + 100 * byteMs + 1.2);
    }
    hear(uno.nowMs + 5);
    expect(heard).toEqual([...sent]);
  });

  it('takes 173.6 µs a byte from the host, beginning no earlier than now', () => {
    const uno = echo();
    uno.advanceTo(10);
    uno.write(new Uint8Array(50));
    expect(uno.queuedBytes).toBe(50);
    uno.advanceTo(10 + 49.9 * byteMs);
    expect(uno.queuedBytes).toBe(1);
    while (uno.nowMs < 10 + 50.1 * byteMs) uno.advanceTo(10 + 50.1 * byteMs);
    expect(uno.queuedBytes).toBe(0);
  });

  it('refuses more than its queue holds, and keeps what was queued', () => {
    const uno = echo();
    uno.write(new Uint8Array(4000));
    expect(() => uno.write(new Uint8Array(97))).toThrow(RangeError);
    expect(uno.queuedBytes).toBe(4000);
    uno.write(new Uint8Array(96));
  });

  it('gives bytes in chunks: when the line rests for a byte, or at 64', () => {
    const uno = echo();
    uno.advanceTo(1);
    uno.write(Uint8Array.of(1, 2, 3));
    const first = uno.advanceTo(50);
    expect([...(first.bytes ?? [])]).toEqual([1, 2, 3]);
    expect(first.nowMs).toBeLessThan(1 + 6 * byteMs);
    uno.write(new Uint8Array(100));
    const sizes: number[] = [];
    while (uno.nowMs < 60) {
      const { bytes } = uno.advanceTo(60);
      if (bytes) sizes.push(bytes.length);
    }
    expect(sizes).toEqual([64, 36]);
  });

  it('holds two bytes and one in its shift register, then raises the overrun flag', () => {
    const uno = deaf();
    uno.advanceTo(1);
    const { cpu } = uno.chip;
    uno.write(Uint8Array.of(1, 2, 3));
    uno.advanceTo(1 + 3.5 * byteMs);
    expect((cpu.data[UCSRA] ?? 0) & 0x88).toBe(0x80);
    uno.write(Uint8Array.of(4));
    uno.advanceTo(uno.nowMs + 2 * byteMs);
    expect((cpu.data[UCSRA] ?? 0) & 0x88).toBe(0x88);
    expect([cpu.readData(UDR), cpu.readData(UDR), cpu.readData(UDR)]).toEqual([1, 2, 4]);
    expect((cpu.data[UCSRA] ?? 0) & 0x88).toBe(0);
  });

  it('flags a broken frame, and everything at a wrong speed', () => {
    const uno = deaf();
    uno.advanceTo(1);
    const { cpu } = uno.chip;
    uno.write(Uint8Array.of(9), true);
    uno.advanceTo(2);
    expect((cpu.data[UCSRA] ?? 0) & 0x90).toBe(0x90);
    cpu.readData(UDR);
    cpu.writeData(0xc4, 103);
    uno.write(Uint8Array.of(9));
    uno.advanceTo(3);
    expect((cpu.data[UCSRA] ?? 0) & 0x90).toBe(0x90);
  });

  it('keeps a received byte while other bits of UCSRB change', () => {
    const uno = deaf();
    uno.advanceTo(1);
    uno.write(Uint8Array.of(0x41));
    uno.advanceTo(2);
    const { cpu } = uno.chip;
    cpu.writeData(UCSRB, 0x38);
    cpu.writeData(UCSRB, 0x18);
    expect((cpu.data[UCSRA] ?? 0) & 0x80).toBe(0x80);
    expect(cpu.readData(UDR)).toBe(0x41);
  });

  it('calls for data as long as its register is empty, also when the call before sent nothing', () => {
    // The "data register empty" interrupt only counts in r20.
    const vector = 0x26;
    const words = new Array<number>(vector).fill(0);
    words[0] = 0xc000 | (vector + 1);
    words.push(0x9543, reti, 0, ...baud57600, ldi(20, 0), ...put(UCSRB, 0x28), sei, rjmpBack(1));
    words[0] = 0xc000 | (vector + 2);
    const uno = new Uno(hexOf(words));
    uno.advanceTo(0.1);
    expect(uno.chip.cpu.data[20]).toBeGreaterThan(20);
  });
});
