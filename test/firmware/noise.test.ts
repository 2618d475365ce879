import { describe, expect, it } from 'vitest';
import { boardStates, encode, noteBits } from '../../hardware/lease.ts';
import { noise } from '../../simulator/avr/noise.ts';
import { isLong, someBelow } from '../support/length.ts';
import { hasNote, Rig } from './rig.ts';

const byteMs = 10 / 57.6;
const randomBytes = (seed: number, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  noise(seed, bytes);
  return bytes;
};

describe('a line that is not clean', () => {
  it('cannot start a motor by a minute of random bytes, and the board answers afterwards', () => {
    const rig = new Rig().to(300);
    const forMs = isLong ? 60_000 : 8000;
    for (let time = 0; time < forMs / (1000 * byteMs); time++) {
      rig.uno.write(randomBytes(time, 1000));
      rig.for(1000 * byteMs);
    }
    expect(rig.edges).toEqual([]);
    rig.send(0xf7).for(300).arm().lease(0, 0).for(40);
    expect(boardStates[rig.status.state]).toBe('leased');
  });

  it('cannot keep a motor running by random bytes', () => {
    for (const seed of someBelow(20, 4)) {
      const rig = new Rig().running();
      const runningAt = rig.nowMs;
      rig.uno.write(randomBytes(seed, 3000));
      rig.for(500);
      expect(rig.silentSinceMs - runningAt).toBeLessThan(250);
    }
  });

  it('loses any one byte of any message, and still stops', () => {
    const rig = new Rig().to(300);
    const { epoch, nonce } = rig.status;
    const arm = [...encode('arm', { epoch, nonce })];
    const lease = [...rig.leaseBytes(150, 150)];
    const whole = [...arm, 0xe5, 22, 1, 0xe6, 22, 1, ...lease];
    for (const lost of someBelow(whole.length, 10)) {
      const one = new Rig().running();
      one.send(...whole.slice(0, lost), ...whole.slice(lost + 1), 0xf0, 0x04, 0xf7);
      const arrivedAt = one.nowMs + (whole.length + 2) * byteMs;
      one.for(60);
      expect(one.silentSinceMs, `without byte ${lost}`).toBeLessThan(arrivedAt + 1);
    }
  });

  it('drops the frame under way when a byte is broken, and counts it', () => {
    const rig = new Rig().ready().ask(150, 0);
    const bytes = rig.leaseBytes(150, 0);
    rig.uno.write(bytes.subarray(0, 8));
    rig.uno.write(bytes.subarray(8, 9), true);
    rig.uno.write(bytes.subarray(9));
    rig.for(40);
    expect(rig.edges).toEqual([]);
    expect(rig.status.rxDropped).toBe(1);
    expect(rig.status.crcBad).toBe(0);
    expect(hasNote(rig.status, noteBits.indexOf('rxDropped'))).toBe(true);
  });

  it('hears nothing of a host at another speed, counts that, and goes silent with its lease', () => {
    const rig = new Rig().running(150);
    const from = rig.nowMs;
    // At a wrong speed stop bits are not where they should be: every frame is broken.
    for (let beat = 0; beat < 4; beat++) {
      rig.uno.write(Uint8Array.from([0xe5, 22, 1, ...rig.leaseBytes(150, 0)]), true);
      rig.for(100);
    }
    expect(rig.silentSinceMs - from).toBeLessThanOrEqual(250);
    expect(rig.status.rxDropped).toBeGreaterThan(50);
    expect(boardStates[rig.status.state]).toBe('disarmed');
  });

  it('without the end of a sysex takes the next message for one of its own', () => {
    const rig = new Rig().running(150);
    const lease = rig.leaseBytes(150, 0);
    rig.uno.write(lease.subarray(0, lease.length - 1));
    const from = rig.nowMs;
    rig.send(0xf0, 0x04, 0xf7).for(20);
    expect(rig.silentSinceMs - from).toBeLessThan(10);
  });

  it('does not join two halves of analog messages over a broken byte', () => {
    const rig = new Rig().ready().lease(150, 0).send(0xe5, 22);
    rig.uno.write(Uint8Array.of(0), true);
    rig.send(1, 0).for(30);
    expect(rig.edges).toEqual([]);
  });

  it('obeys FF even when that very byte is broken', () => {
    const rig = new Rig().running();
    const sentAt = rig.nowMs;
    rig.uno.write(Uint8Array.of(0xff), true);
    rig.for(30);
    expect(rig.silentSinceMs - sentAt).toBeLessThan(1);
  });

  it('counts what a full ring refuses, drops the frame with the hole, and goes on', () => {
    const rig = new Rig().ready().lease(150, 0).for(10).hang();
    // 127 bytes fit: 42 whole messages and the first byte of one. The 43 bytes behind it are lost, then come two
    // that would end it.
    for (let time = 0; time < 56; time++) rig.analog('left', 0);
    rig
      .send(0xe5, 0x16)
      .for(171 * byteMs)
      .unhang()
      .for(2)
      .send(0x01, 0x00)
      .for(60);
    expect(rig.status.rxDropped).toBe(170 - 127);
    expect(hasNote(rig.status, noteBits.indexOf('rxDropped'))).toBe(true);
    expect(rig.edges).toEqual([]);
    rig.lease(150, 0).analog('left', 100).for(40);
    expect(rig.status.left).toBe(100);
  });
});
