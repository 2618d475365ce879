/** Codes and tokens: how long they live, how often they may be tried, who can read them. */

import crypto from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Lockout, TriesAMinute } from '../../../../src/server/attempts.ts';
import {
  codeLifeMs,
  codeTries,
  codeTriesInAll,
  type Guest,
  mostPaired,
  Pairing,
  tokenLifeMs,
} from '../../../../src/server/lan/pairing.ts';
import { replaced } from '../../../support/replaced.ts';
import { seededBytes } from '../../../support/seeded-bytes.ts';

replaced(crypto, ({ timingSafeEqual }) => ({ timingSafeEqual: vi.fn(timingSafeEqual) }));

let now: number;
let wall: number;
let next: number;
let gone: Guest[];
let pairing: Pairing;

beforeEach(() => {
  now = 0;
  wall = 1_800_000_000_000;
  next = 42;
  gone = [];
  pairing = new Pairing({
    now: () => now,
    wallNow: () => wall,
    random: seededBytes(1),
    randomBelow: () => next,
    gone: guest => gone.push(guest),
  });
});

const pass = (ms: number): void => {
  now += ms;
  wall += ms;
};
const paired = (role: 'remote' | 'receiver' = 'remote') => {
  const { digits } = pairing.open(role);
  const answer = pairing.pair(digits, 'phone', '192.0.2.9');
  if (!answer.ok) throw new Error(answer.why);
  return answer;
};

describe('a code', () => {
  test('has six digits, zeros in front where they are needed', () => {
    expect(pairing.open('remote').digits).toBe('000042');
  });

  test('lets one phone in, in the role that it was made for', () => {
    const { guest, token } = paired('receiver');
    expect(guest).toMatchObject({ id: 1, role: 'receiver', from: '192.0.2.9' });
    expect(pairing.find(token)).toBe(guest);
    expect(pairing.pair('000042', '', 'x')).toEqual({ ok: false, why: 'noCode' });
  });

  test('is over after a minute, by either clock', () => {
    pairing.open('remote');
    pass(codeLifeMs - 1);
    expect(pairing.code).toMatchObject({ digits: '000042', leftMs: 1 });
    pass(1);
    expect(pairing.code).toBeNull();
    expect(pairing.pair('000042', '', 'x')).toEqual({ ok: false, why: 'noCode' });
    for (const sleep of [() => (now += codeLifeMs), () => (wall += codeLifeMs)]) {
      pairing.open('remote');
      sleep();
      expect(pairing.code).toBeNull();
    }
  });

  test('bears five tries, the right one among them', () => {
    pairing.open('remote');
    for (let count = 1; count < codeTries; count++)
      expect(pairing.pair('111111', '', 'x')).toEqual({ ok: false, why: 'wrong' });
    expect(pairing.pair('000042', '', 'x').ok).toBe(true);
    pairing.open('remote');
    for (let count = 1; count < codeTries; count++) pairing.pair('111111', '', 'x');
    expect(pairing.pair('111111', '', 'x')).toEqual({ ok: false, why: 'spent' });
    expect(pairing.pair('000042', '', 'x')).toEqual({ ok: false, why: 'noCode' });
  });

  test('takes the place of the one before', () => {
    pairing.open('remote');
    next = 7;
    pairing.open('receiver');
    expect(pairing.pair('000042', '', 'x')).toEqual({ ok: false, why: 'wrong' });
    expect(pairing.pair('000007', '', 'x')).toMatchObject({ ok: true, guest: { role: 'receiver' } });
  });

  test('closed is none', () => {
    pairing.open('remote');
    pairing.close();
    expect(pairing.pair('000042', '', 'x')).toEqual({ ok: false, why: 'noCode' });
  });

  test('no other text passes for it', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        fc.pre(text !== '000042');
        pairing.open('remote');
        expect(pairing.pair(text, '', 'x').ok).toBe(false);
      }),
    );
  });
});

describe('a token', () => {
  test('has 256 bits, another each time', () => {
    const tokens = [paired().token, paired().token];
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(new Set(tokens).size).toBe(2);
  });

  test('is kept as a hash alone', () => {
    const kept: unknown[] = [];
    const real = vi.mocked(crypto.timingSafeEqual);
    real.mockClear();
    const { token } = paired();
    pairing.find(token);
    for (const [left, right] of real.mock.calls) kept.push(left, right);
    for (const bytes of kept) {
      expect(bytes).toHaveLength(32);
      expect(Buffer.from(bytes as Uint8Array).equals(Buffer.from(token, 'base64url'))).toBe(false);
    }
    expect(JSON.stringify(pairing)).not.toContain(token);
    expect(JSON.stringify(pairing.guests)).not.toContain(token);
  });

  test('is compared with every kept one, in constant time, whichever fits', () => {
    const first = paired().token;
    paired();
    paired();
    for (const token of [first, 'no such']) {
      vi.mocked(crypto.timingSafeEqual).mockClear();
      pairing.find(token);
      expect(crypto.timingSafeEqual).toHaveBeenCalledTimes(3);
    }
  });

  test('is over after twelve hours, by either clock, and whoever has it is dismissed', () => {
    const { token, guest } = paired();
    pass(tokenLifeMs - 1);
    expect(pairing.find(token)).toBe(guest);
    pass(1);
    expect(pairing.find(token)).toBeNull();
    expect(gone).toEqual([guest]);
    const { token: slept } = paired();
    wall += tokenLifeMs;
    expect(pairing.find(slept)).toBeNull();
  });

  test('that is taken back is nobody’s, and the others stay', () => {
    const first = paired();
    const second = paired();
    expect(pairing.revoke(first.guest.id)).toBe(true);
    expect(pairing.revoke(first.guest.id)).toBe(false);
    expect([pairing.find(first.token), pairing.find(second.token)]).toEqual([null, second.guest]);
    expect(gone).toEqual([first.guest]);
  });

  test('no more phones are let in than a room holds', () => {
    for (let count = 0; count < mostPaired; count++) paired();
    pairing.open('remote');
    expect(pairing.pair('000042', '', 'x')).toEqual({ ok: false, why: 'full' });
  });

  test('a phone’s name is text: no control characters, 32 letters at most', () => {
    pairing.open('remote');
    const answer = pairing.pair('000042', `\u001b[2J${'<img onerror>'.repeat(9)}`, 'x');
    expect(answer.ok && answer.guest.name).toBe('[2J<img onerror><img onerror><im');
  });
});

describe('tries from the network', () => {
  test('five a minute of one address, and none of these are another’s', () => {
    const tries = new TriesAMinute(5);
    expect(Array.from({ length: 6 }, () => tries.take('a', 0))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(tries.take('b', 0)).toBe(true);
    expect([tries.take('a', 11_999), tries.take('a', 12_001)]).toEqual([false, true]);
  });

  test('of endless addresses only the newest are remembered', () => {
    const tries = new TriesAMinute(5);
    for (let count = 0; count < 10_000; count++) tries.take(`fd00::${count}`, 0);
    expect(tries.addresses).toBe(256);
  });

  test('six wrong ones are answered, then none for a minute', () => {
    const lockout = new Lockout(6, 60_000);
    expect(Array.from({ length: 8 }, (_, at) => lockout.wrong('a', at))).toEqual([
      ...Array.from({ length: 6 }, () => 'wrong'),
      'locked',
      'locked',
    ]);
    expect(lockout.wrong('a', 5 + 59_999)).toBe('locked');
    expect(lockout.wrong('a', 5 + 60_000)).toBe('wrong');
    expect(lockout.wrong('b', 7)).toBe('wrong');
  });
});

test('wrong tries cost the address that they come from, and not whoever was told the code', () => {
  const { digits } = pairing.open('remote');
  const wrong = digits === '111111' ? '222222' : '111111';
  for (let count = 0; count < 2 * codeTries; count++) pairing.pair(wrong, '', 'stranger');
  expect(pairing.pair(digits, '', 'stranger')).toEqual({ ok: false, why: 'noCode' });
  expect(pairing.pair(digits, '', 'phone')).toMatchObject({ ok: true });
});

test('however many addresses try, a code bears so many wrong ones in all', () => {
  const { digits } = pairing.open('remote');
  const wrong = digits === '111111' ? '222222' : '111111';
  for (let count = 0; count < codeTriesInAll; count++) pairing.pair(wrong, '', `10.0.0.${count}`);
  expect(pairing.pair(digits, '', 'phone')).toEqual({ ok: false, why: 'noCode' });
});
