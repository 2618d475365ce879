/** What the board asks of its switch, its supply and its copper before it takes an ARM. */
import { describe, expect, it } from 'vitest';
import {
  boardStates,
  buttonBits,
  decode,
  firstHindranceBit,
  hindranceBits,
  noteBits,
} from '../../hardware/lease.ts';
import { uno as pins } from '../../hardware/pins.ts';
import { type MotorPath, motorPaths } from '../../simulator/avr/copper.ts';
import { isLong } from '../support/length.ts';
import { hasNote, Rig } from './rig.ts';

const stateOf = (rig: Rig): string => boardStates[rig.status.state] ?? 'unknown';
const hindrances = (rig: Rig): string[] =>
  hindranceBits.filter((_, index) => rig.status.buttons & (1 << (firstHindranceBit + index)));
const stopBit = 1 << buttonBits.indexOf('stop');
const tryToDrive = (rig: Rig): Rig => rig.arm().ask(150, 150).lease(150, 150).for(120);
const drives = (rig: Rig): boolean => {
  const before = rig.edges.length;
  tryToDrive(rig);
  return rig.edges.length > before;
};
const check = (rig: Rig) => {
  rig.send(0xf0, 0x06, 0xf7).for(30);
  const answer = rig.others.map(({ bytes }) => decode('check', Uint8Array.from(bytes))).findLast(Boolean);
  if (!answer) throw new Error('no answer to CHECK');
  return answer;
};

describe('STOP, after the power has come on', () => {
  it('has to be pressed and let go once before anything is armed, and the board says so', () => {
    const rig = Rig.fresh().to(300);
    expect(hindrances(rig)).toEqual(['stopUntried']);
    expect(drives(rig)).toBe(false);
    expect(stateOf(rig)).toBe('disarmed');
    expect(hasNote(rig.status, noteBits.indexOf('stopPin'))).toBe(true);
    rig.tryStop();
    expect(hindrances(rig)).toEqual([]);
    expect(drives(rig)).toBe(true);
  });

  it('is only tried by that press: the board is as still as before, and says that the switch is down', () => {
    const rig = Rig.fresh().to(300);
    rig.uno.press('stop');
    rig.for(40);
    expect(rig.status.buttons & stopBit).toBe(stopBit);
    expect(stateOf(rig)).toBe('disarmed');
    expect(drives(rig)).toBe(false);
    rig.uno.release('stop');
    rig.for(40);
    expect(rig.status.buttons).toBe(0);
    expect(stateOf(rig)).toBe('disarmed');
  });

  it('counts only where it was seen at rest before: a loose wire that makes contact has not been pressed', () => {
    const rig = Rig.fresh();
    rig.uno.press('stop');
    rig.to(300);
    rig.uno.release('stop');
    rig.for(300);
    expect(hindrances(rig)).toEqual(['stopUntried']);
    expect(drives(rig)).toBe(false);
    expect(hindrances(rig.tryStop())).toEqual([]);
  });

  it.each([
    ['wet, so that it always reads released', false],
    ['held down', 'open'],
  ] as const)('that is %s never lets anything be armed', (_, level) => {
    const rig = Rig.fresh().to(300);
    rig.uno.setPin(pins.stop, level);
    rig.for(2000);
    expect(hindrances(rig)).toContain('stopUntried');
    expect(drives(rig)).toBe(false);
  });

  it.each(['external', 'brownOut', 'watchdog'] as const)('is remembered through a reset by %s', cause => {
    const rig = Rig.fresh().to(300).tryStop();
    rig.uno.reset(cause);
    rig.for(300);
    expect(hindrances(rig)).toEqual([]);
    expect(drives(rig)).toBe(true);
  });

  it('is forgotten with the power', () => {
    const rig = Rig.fresh().to(300).tryStop();
    rig.uno.reset('powerOn');
    rig.for(300);
    expect(hindrances(rig)).toEqual(['stopUntried']);
    expect(drives(rig)).toBe(false);
  });
});

describe('the path of a motor', () => {
  const broken = motorPaths.filter(path => path !== 'whole');
  const ways = (['left', 'right'] as const).flatMap(motor => broken.map(path => [motor, path] as const));

  it.each(ways)(
    'on the %s that is %s lets nothing be armed, and does again once it is mended',
    (motor, path) => {
      const rig = new Rig().to(300);
      rig.uno.copper.paths[motor] = path;
      rig.for(300);
      expect(hindrances(rig)).toEqual(['motorPath']);
      expect(drives(rig)).toBe(false);
      expect(stateOf(rig)).toBe('disarmed');
      rig.uno.copper.paths[motor] = 'whole';
      rig.for(300);
      expect(hindrances(rig)).toEqual([]);
      expect(drives(rig)).toBe(true);
    },
  );

  it('that was never there is noticed at the very start', () => {
    for (const path of broken) {
      const rig = Rig.fresh();
      rig.uno.copper.paths.right = path;
      rig.to(45).tryStop();
      expect(hindrances(rig), path).toEqual(['motorPath']);
      expect(drives(rig), path).toBe(false);
    }
  });

  it('is broken for both by the master switch', () => {
    const rig = new Rig().to(300);
    rig.uno.copper.masterSwitchClosed = false;
    rig.for(300);
    expect(hindrances(rig)).toEqual(['motorPath']);
    expect(drives(rig)).toBe(false);
  });

  it('tells a resistor that is not fitted from all else: with the pull-up on nothing holds the pin', () => {
    const read = (path: MotorPath) => {
      const rig = new Rig();
      rig.uno.copper.paths.left = path;
      return check(rig.to(300));
    };
    expect(read('whole')).toMatchObject({ leftAtRest: 1023, rightAtRest: 1023 });
    expect(read('noFeedback')).toMatchObject({ leftAtRest: 0, leftPulledUp: 1023, rightAtRest: 1023 });
    for (const path of ['shorted', 'torn'] as const) {
      const { leftAtRest, leftPulledUp } = read(path);
      expect(leftAtRest).toBeLessThan(100);
      expect(leftPulledUp).toBeLessThan(900);
    }
  });

  it('is looked at in the pauses of a session too, never while a motor runs, and a cue is no broken path', () => {
    const rig = new Rig().ready();
    for (let round = 0; round < 5; round++) {
      rig.hold(400, 150, 150);
      rig.hold(600, 0, 0);
    }
    expect(rig.statuses.filter(({ buttons }) => buttons !== 0)).toEqual([]);
    rig.uno.copper.paths.left = 'shorted';
    rig.hold(500, 0, 0);
    expect(hindrances(rig)).toEqual(['motorPath']);
    expect(stateOf(rig)).toBe('leased');
    rig.send(0xff).for(20);
    expect(drives(rig)).toBe(false);
  });
});

describe('the supply', () => {
  const at = (mv: number): Rig => {
    const rig = new Rig();
    rig.uno.copper.supplyMv = mv;
    return rig.to(400);
  };

  it.each([3000, 3500, 3900, 3980])('of %i mV lets nothing be armed, and the board says so', mv => {
    const rig = at(mv);
    expect(hindrances(rig)).toEqual(['lowSupply']);
    expect(drives(rig)).toBe(false);
  });

  it.each([4020, 4650, 5000, 5400])('of %i mV is enough', mv => {
    const rig = at(mv);
    expect(hindrances(rig)).toEqual([]);
    expect(drives(rig)).toBe(true);
  });

  it('that sinks while the board is still is noticed, and has to come back by more than it wanted', () => {
    const rig = at(5000);
    rig.uno.copper.supplyMv = 3900;
    expect(hindrances(rig.for(400))).toEqual(['lowSupply']);
    rig.uno.copper.supplyMv = 4040;
    expect(hindrances(rig.for(400))).toEqual(['lowSupply']);
    rig.uno.copper.supplyMv = 4200;
    expect(hindrances(rig.for(400))).toEqual([]);
  });

  it('is told with the fuses when asked', () => {
    const { bandgap, lowFuse, highFuse, extendedFuse } = check(at(4650));
    expect(Math.round((1100 * 1024) / bandgap)).toBeGreaterThan(4600);
    expect(Math.round((1100 * 1024) / bandgap)).toBeLessThan(4700);
    expect([lowFuse, highFuse, extendedFuse]).toEqual([0xff, 0xde, 0xfd]);
  });
});

describe('bytes that have waited', () => {
  /** An ARM, duties and a LEASE, all true when they were made, that arrive so much later. */
  const late = (ageMs: number, phase: number): Rig => {
    const rig = new Rig({ seed: 1 + phase }).to(300 + phase * 37);
    const bytes = [...rig.armBytes(), 0xe5, 0x16, 0x01, 0xe6, 0x16, 0x01, ...rig.leaseBytes(150, 150)];
    return rig
      .for(ageMs)
      .send(...bytes)
      .for(60);
  };

  const agesMs = [1100, 5000, 16_384, 16_484];
  const othersMs = [1400, 16_084, 16_700, 33_100, 32_768, 49_152, 49_400, 65_536, 65_800, 70_000];
  it.each(isLong ? [...agesMs, ...othersMs] : agesMs)('for %i ms move no motor', ageMs => {
    for (let phase = 0; phase < (isLong ? 3 : 1); phase++)
      expect(late(ageMs, phase).edges, `phase ${phase}`).toEqual([]);
  });

  it('for no time at all do: the same bytes are good ones', () => {
    expect(late(0, 0).edges.length).toBeGreaterThan(0);
  });
});
