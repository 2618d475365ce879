import { describe, expect, it } from 'vitest';
import { boardStates, encode, noteBits } from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { leaseLimits } from '../../machines/limits.ts';
import { isLong, someBelow } from '../support/length.ts';
import { hasNote, Rig, type Status } from './rig.ts';

const stateOf = (status: Status): string => boardStates[status.state] ?? 'unknown';
const noted = (status: Status, name: (typeof noteBits)[number]): boolean =>
  hasNote(status, noteBits.indexOf(name));

describe('an armed board under a lease', () => {
  it('drives the lower of what is asked and what the lease allows', () => {
    const rig = new Rig().ready();
    for (const [asked, allowed] of [
      [150, 100],
      [90, 140],
      [120, 120],
    ] as const) {
      rig.analog('left', asked).lease(allowed, 0).for(40);
      expect(rig.uno.duty(pins.left)).toBe(Math.min(asked, allowed));
      expect(rig.status.left).toBe(Math.min(asked, allowed));
    }
  });

  it('shows on the pin exactly the duty that STATUS says, for every duty up to the running ceiling', () => {
    const rig = new Rig().ready();
    for (let duty = 153; duty >= 2; duty -= isLong ? 1 : 7) {
      if (duty % 30 === 0) rig.hold(3000, 0, 0);
      rig.ask(duty, 0).lease(duty, 0).for(12);
      expect(rig.uno.duty(pins.left)).toBe(duty);
    }
  });

  it.each([
    ['the lease alone', 0, 150],
    ['the analog message alone', 150, 0],
  ])('stays still with %s', (_, asked, allowed) => {
    const rig = new Rig().ready().ask(asked, asked).lease(allowed, allowed).for(200);
    expect(rig.edges).toEqual([]);
  });

  it('is driving within 7 ms of the first byte of ARM, two analog messages and LEASE in one burst', () => {
    for (const phase of someBelow(32, 6)) {
      const rig = new Rig().to(300 + phase * 0.41);
      const sentAt = rig.nowMs;
      rig.arm().ask(150, 0).lease(150, 0).for(30);
      expect((rig.rises('left')[0] ?? Number.NaN) - sentAt).toBeLessThan(7);
    }
  });

  it('follows a frame behind a lease within 6 ms', () => {
    for (const phase of someBelow(16, 4)) {
      const rig = new Rig().running(100).for(phase * 0.43);
      const sentAt = rig.nowMs;
      rig.ask(140, 0).lease(140, 0).for(40);
      const change = rig.events.find(event => event.type === 'duty' && event.duty === 140);
      expect((change?.atMs ?? Number.NaN) - sentAt).toBeLessThan(6);
    }
  });

  it('goes silent by itself within 250 ms of the last lease, and not much earlier', () => {
    for (const phase of someBelow(32, 6)) {
      const rig = new Rig().running().for(phase * 1.37);
      rig.lease(150, 0);
      const arrivedAtMs = rig.nowMs + 17 * 0.1736;
      rig.for(400);
      const silence = rig.silentSinceMs - arrivedAtMs;
      expect(silence).toBeLessThanOrEqual(leaseLimits.leaseMs);
      expect(silence).toBeGreaterThan(240);
      expect(stateOf(rig.status)).toBe('disarmed');
      expect(noted(rig.status, 'leaseLapsed')).toBe(true);
    }
  });

  it('keeps to a shorter lease where one is named', () => {
    const rig = new Rig().running();
    rig.lease(150, 0, { leaseMs: 60 });
    const arrivedAtMs = rig.nowMs + 17 * 0.1736;
    rig.for(200);
    expect(rig.silentSinceMs - arrivedAtMs).toBeLessThanOrEqual(60);
    expect(rig.silentSinceMs - arrivedAtMs).toBeGreaterThan(50);
  });

  it('survives a lease that is 240 ms late, and one at 260 ms starts nothing', () => {
    const late = new Rig().running(60);
    const renewed = late.status;
    late.lease(60, 0).for(240).lease(60, 0).for(40);
    expect(stateOf(late.status)).toBe('leased');
    const tooLate = new Rig().running(60);
    tooLate.lease(60, 0).for(260).lease(60, 0).for(40);
    expect(stateOf(tooLate.status)).toBe('disarmed');
    expect(tooLate.status.refused).toBe(renewed.refused + 1);
  });

  it('forgets what was asked at every disarm', () => {
    const rig = new Rig().running().for(300);
    expect(stateOf(rig.status)).toBe('disarmed');
    rig.arm().lease(150, 150).for(200);
    expect(stateOf(rig.status)).toBe('leased');
    expect(rig.silentSinceMs).toBeLessThan(rig.nowMs - 210);
  });

  it('says STATUS each 100 ms while it may be driven, and each 250 ms otherwise', () => {
    const gaps = (rig: Rig): number[] =>
      rig.statuses.slice(1).map((status, index) => status.boardMs - (rig.statuses[index]?.boardMs ?? 0));
    const idle = new Rig().to(3000);
    expect(Math.max(...gaps(idle))).toBeLessThanOrEqual(251);
    const held = new Rig().ready().for(20);
    const before = held.statuses.length;
    held.hold(2000, 0, 0);
    held.statuses.splice(0, before);
    expect(Math.max(...gaps(held))).toBeLessThanOrEqual(101);
    expect(held.statuses.length).toBeGreaterThanOrEqual(19);
  });

  it('numbers each STATUS and counts real milliseconds', () => {
    const rig = new Rig().to(5000);
    expect(rig.statuses.map(({ seq }) => seq)).toEqual(rig.statuses.map((_, index) => index));
    const { heardAtMs, boardMs } = rig.status;
    const [first] = rig.statuses;
    const drift = boardMs - (first?.boardMs ?? 0) - (heardAtMs - (first?.heardAtMs ?? 0));
    expect(Math.abs(drift)).toBeLessThan(7);
  });
});

describe('ARM', () => {
  it.each([
    ['the nonce before', (rig: Rig) => rig.arm({ nonce: (rig.status.nonce + 1) % 2 ** 14 })],
    ['another epoch', (rig: Rig) => rig.arm({ epoch: (rig.status.epoch + 1) % 2 ** 14 })],
  ])('is refused with %s', (_, send) => {
    const rig = new Rig().to(300);
    send(rig);
    rig.ask(150, 150).lease(150, 150).for(100);
    expect(stateOf(rig.status)).toBe('disarmed');
    expect(noted(rig.status, 'wrongNonce')).toBe(true);
    expect(rig.status.refused).toBe(4);
    expect(rig.edges).toEqual([]);
  });

  it('lapses within 1 s without a lease', () => {
    const rig = new Rig().to(300).arm().for(980);
    expect(stateOf(rig.status)).toBe('armed');
    rig.for(60);
    expect(stateOf(rig.status)).toBe('disarmed');
    expect(noted(rig.status, 'armLapsed')).toBe(true);
  });

  it('is refused while another host holds the board, even with the right nonce', () => {
    const rig = new Rig().ready();
    const before = rig.status.refused;
    rig.arm().for(30);
    expect(rig.status.refused).toBe(before + 1);
    expect(stateOf(rig.status)).toBe('leased');
  });

  it('clears the notes of what was before', () => {
    const rig = new Rig().running().for(400);
    expect(rig.status.notes).not.toBe(0);
    rig.arm().lease(0, 0).for(30);
    expect(rig.status.notes).toBe(0);
  });
});

describe('the nonce', () => {
  it('is new after each kind of disarm, and never the next number', () => {
    const rig = new Rig().to(300);
    const seen = [rig.status.nonce];
    const disarms: readonly ((rig: Rig) => unknown)[] = [
      () => rig.send(0xff),
      () => rig.send(0xf0, 0x04, 0xf7),
      () => rig.arm().lease(0, 0).for(300),
      () => rig.arm().for(1010),
      () => {
        rig.uno.press('stop');
        rig.for(30);
        rig.uno.release('stop');
      },
      () => rig.uno.reset('external'),
    ];
    for (let round = 0; round < (isLong ? 5 : 2); round++)
      for (const disarm of disarms) {
        disarm(rig);
        rig.for(300);
        seen.push(rig.status.nonce);
      }
    const steps = seen.slice(1).map((nonce, index) => (nonce - (seen[index] ?? 0) + 2 ** 14) % 2 ** 14);
    expect(steps).not.toContain(0);
    expect(steps.filter(step => step === 1)).toEqual([]);
    expect(new Set(seen).size).toBeGreaterThan(seen.length - 3);
  });
});

describe('a LEASE that is not good', () => {
  const refused = (change: (rig: Rig) => Uint8Array, note?: (typeof noteBits)[number]): Rig => {
    const rig = new Rig().ready();
    const before = rig.status.refused + rig.status.crcBad;
    rig.ask(150, 0);
    rig.uno.write(change(rig));
    rig.for(30);
    expect(rig.status.refused + rig.status.crcBad).toBe(before + 1);
    expect(rig.edges).toEqual([]);
    if (note) expect(noted(rig.status, note)).toBe(true);
    return rig;
  };

  it('is refused when it echoes a STATUS older than 400 ms', () => {
    const rig = new Rig().ready().hold(500, 0, 0);
    const now = rig.status.boardMs;
    const before = rig.status.refused;
    rig
      .ask(150, 0)
      .lease(150, 0, { statusMs: (now - 430) % 2 ** 14 })
      .for(30);
    expect(noted(rig.status, 'staleLease')).toBe(true);
    expect(rig.status.refused).toBe(before + 1);
    expect(rig.edges).toEqual([]);
    rig.lease(150, 0, { statusMs: (rig.status.boardMs - 350) % 2 ** 14 }).for(30);
    expect(rig.uno.duty(pins.left)).toBe(150);
  });

  it('is refused when it echoes a STATUS of the future', () => {
    refused(rig => rig.leaseBytes(150, 0, { statusMs: (rig.status.boardMs + 200) % 2 ** 14 }), 'staleLease');
  });

  it('is refused beyond 250 ms, and with 0', () => {
    refused(rig => rig.leaseBytes(150, 0, { leaseMs: 251 }));
    refused(rig => rig.leaseBytes(150, 0, { leaseMs: 16_383 }));
    refused(rig => rig.leaseBytes(150, 0, { leaseMs: 0 }));
  });

  it('is refused from another epoch', () => {
    refused(rig => rig.leaseBytes(150, 0, { epoch: rig.status.epoch + 1 }));
  });

  it('is refused with the same sequence number, or an older one', () => {
    refused(rig => rig.leaseBytes(150, 0, { seq: 1 }));
    refused(rig => rig.leaseBytes(150, 0, { seq: 0 }));
    refused(rig => rig.leaseBytes(150, 0, { seq: 1 + 2 ** 13 }));
  });

  it('is taken with a sequence number that has gone around', () => {
    const rig = new Rig().to(300).arm().lease(0, 0, { seq: 16_383 }).for(20);
    rig.ask(150, 0).lease(150, 0, { seq: 0 }).for(30);
    expect(rig.uno.duty(pins.left)).toBe(150);
  });

  it('never keeps a board awake by being sent again', () => {
    const rig = new Rig().ready().ask(150, 0);
    const bytes = rig.leaseBytes(150, 0);
    for (let time = 0; time < 20; time++) {
      rig.uno.write(bytes);
      rig.for(50);
    }
    expect(stateOf(rig.status)).toBe('disarmed');
  });

  it.each(isLong ? Array.from({ length: 15 }, (_, index) => index + 1) : [1, 2, 5, 9, 15])(
    'is dropped with any bit of byte %i flipped',
    index => {
      const rig = new Rig().ready().ask(150, 0);
      for (let bit = 0; bit < 7; bit++) {
        const bytes = rig.leaseBytes(150, 0);
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        rig.uno.write(bytes);
        rig.for(20).lease(0, 0).for(5);
      }
      expect(rig.edges).toEqual([]);
    },
  );

  it('is refused before an ARM', () => {
    const rig = new Rig().to(300).ask(150, 150).lease(150, 150).for(100);
    expect(rig.edges).toEqual([]);
    expect(rig.status.refused).toBe(3);
  });

  it('counts a damaged ARM too', () => {
    const rig = new Rig().to(300);
    const bytes = encode('arm', { epoch: rig.status.epoch, nonce: rig.status.nonce });
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    rig.uno.write(bytes);
    rig.for(30);
    expect(rig.status.crcBad).toBe(1);
    expect(noted(rig.status, 'crcBad')).toBe(true);
    expect(stateOf(rig.status)).toBe('disarmed');
  });
});
