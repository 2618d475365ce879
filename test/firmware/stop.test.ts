import { describe, expect, it } from 'vitest';
import { boardStates } from '../../hardware/lease.ts';
import { isLong, someBelow } from '../support/length.ts';
import { Rig } from './rig.ts';

const byteMs = 10 / 57.6;
const stop = [0xf0, 0x04, 0xf7] as const;

describe('STOP and system reset', () => {
  it('FF silences within half a millisecond of its last bit, at any phase', () => {
    let worst = 0;
    for (const phase of someBelow(64, 10)) {
      const rig = new Rig().running().for(phase * 0.333);
      const arrivesAtMs = rig.nowMs + byteMs;
      rig.send(0xff).for(100);
      worst = Math.max(worst, rig.silentSinceMs - arrivesAtMs);
      expect(boardStates[rig.status.state]).toBe('disarmed');
    }
    expect(worst).toBeLessThan(0.5);
  });

  it('STOP silences within a millisecond, without waiting for its F7', () => {
    for (const phase of someBelow(32, 6)) {
      const rig = new Rig().running().for(phase * 0.333);
      const arrivesAtMs = rig.nowMs + 2 * byteMs;
      rig.send(0xf0, 0x04).for(100);
      expect(rig.silentSinceMs - arrivesAtMs).toBeLessThan(1);
    }
  });

  it('FF undoes everything received before it: no driven cycle after', () => {
    for (const phase of someBelow(32, 6)) {
      const rig = new Rig().to(300 + phase * 0.41);
      // ARM 9 bytes, analog messages 3 each, LEASE 17, FF 1.
      const arrivesAtMs = rig.nowMs + 33 * byteMs;
      rig.arm().ask(150, 150).lease(150, 150).send(0xff).for(400);
      expect(rig.silentSinceMs, `phase ${phase}`).toBeLessThan(arrivesAtMs + 0.1);
      expect(boardStates[rig.status.state]).toBe('disarmed');
    }
  });

  it('FF empties the ring of a board whose main loop is behind: nothing of it is even looked at', () => {
    const rig = new Rig().ready().for(30);
    const { refused, crcBad } = rig.status;
    rig.hang().ask(150, 150).lease(150, 150).send(0xf0, 0x02, 0xff).for(8).unhang();
    rig.send(1, 2, 0xf7).for(60);
    expect(rig.edges).toEqual([]);
    expect(rig.status).toMatchObject({ state: 0, refused, crcBad });
  });

  it('without that FF the same bytes do drive', () => {
    const rig = new Rig().ready().for(30);
    rig.hang().ask(150, 150).lease(150, 150).for(8).unhang().for(60);
    expect(rig.status.left).toBe(150);
  });

  it('what follows an FF counts again, but an ARM from before it does not', () => {
    const rig = new Rig().to(300);
    rig.send(0xff).arm().ask(150, 0).lease(150, 0).for(100);
    expect(rig.edges).toEqual([]);
    rig.arm().ask(150, 0).lease(150, 0).for(50);
    expect(rig.status.left).toBe(150);
  });

  it('FF keeps the pull-ups and the reports of the buttons: a stop must not make them deaf', () => {
    const rig = new Rig().to(300).send(0xd0, 1, 0xff, 0xd0, 1).for(20);
    rig.others.length = 0;
    rig.send(0xff).for(20);
    rig.uno.press('go');
    rig.for(10);
    expect(rig.others.map(({ bytes }) => bytes[0])).toContain(0x90);
  });

  it('STOP works after a lost F7, in every message', () => {
    const openings = [
      [0xf0],
      [0xf0, 0x03, 1, 2, 3],
      [0xf0, 0x71, 1, 2],
      [0xe5],
      [0xe5, 1],
      [0xf4, 5],
      [0xf0, 0x03, 0x04],
    ];
    for (const opening of openings) {
      const rig = new Rig().running();
      rig.send(...opening, ...stop).for(40);
      expect(rig.silentSinceMs).toBeLessThan(rig.nowMs - 30);
    }
  });

  it('a sysex of any length without end does not swallow a STOP, and is counted', () => {
    for (const length of [31, 32, 33, 64, 147, 300]) {
      const rig = new Rig().running();
      rig.send(0xf0, ...new Array<number>(length).fill(0x11), 0xf7, ...stop).for(120);
      expect(rig.silentSinceMs).toBeLessThan(rig.nowMs - 50);
      rig.arm().lease(0, 0).for(30);
      expect(boardStates[rig.status.state]).toBe('leased');
    }
  });

  it('a long sysex leaves a note, one of 32 bytes does not', () => {
    const note = (length: number): number =>
      new Rig()
        .to(300)
        .send(0xf0, ...new Array<number>(length).fill(0x11), 0xf7)
        .for(30).status.notes;
    expect(note(32)).toBe(0);
    expect(note(33)).toBe(1 << 10);
  });

  const ending = Array.from({ length: 128 }, (_, index) => index + 128).filter(byte => byte !== 0xf7);
  const special = [0x80, 0xe5, 0xf0, 0xf4, 0xf8, 0xf9, 0xff];
  it.each(ending.filter(byte => isLong || byte % 16 === 11 || special.includes(byte)))(
    'byte %i ends a sysex',
    byte => {
      const rig = new Rig().to(300);
      const { epoch, nonce } = rig.status;
      rig.arm();
      const whole = [epoch & 0x7f, epoch >> 7, nonce & 0x7f, nonce >> 7];
      // Were it taken for content, the rest would still end in an F7 and be looked at.
      rig.send(0xf0, 0x02, ...whole, byte, 0xf7).for(30);
      expect(rig.status.crcBad).toBe(0);
      expect(boardStates[rig.status.state]).toBe(byte === 0xff ? 'disarmed' : 'armed');
    },
  );

  it('STOP behind a burst of 200 writes acts within 40 ms of the last of them', () => {
    const rig = new Rig().running();
    for (let time = 0; time < 200; time++) rig.analog('left', 100 + (time % 50));
    rig.lease(150, 0).send(...stop);
    const arrivedAtMs = rig.nowMs + (200 * 3 + 17 + 3) * byteMs;
    rig.for(400);
    expect(rig.silentSinceMs).toBeLessThan(arrivedAtMs + 1);
    expect(rig.status.rxDropped).toBe(0);
  });

  it('loses nothing of a hundred writes behind a capability query', () => {
    const rig = new Rig().running();
    rig.send(0xf0, 0x6b, 0xf7, 0xf0, 0x69, 0xf7);
    for (let time = 0; time < 100; time++) rig.send(0x91, 0, 0);
    rig.send(...stop).for(200);
    expect(rig.status.rxDropped).toBe(0);
    expect(boardStates[rig.status.state]).toBe('disarmed');
    expect(rig.others.map(({ bytes }) => bytes[1])).toEqual(expect.arrayContaining([0x6c, 0x6a]));
  });
});
