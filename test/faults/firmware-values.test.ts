/** Every value to every pin, on the emulated board: looked at from outside, at all twenty pins. */
import { describe, expect, it } from 'vitest';
import { uno as pins } from '../../hardware/pins.ts';
import { motorLimits } from '../../machines/limits.ts';
import { Rig } from '../firmware/rig.ts';
import { note, sized } from './figures.ts';
import { BoundsWatch } from './support/bounds-watch.ts';
import { Chance, seed } from './support/chance.ts';

const values = 2 ** 14;
const everything = values - 1;
/** DDRB, PORTB, DDRC, PORTC, DDRD, PORTD (datasheet 30). */
const portRegisters = [0x24, 0x25, 0x27, 0x28, 0x2a, 0x2b] as const;
/** PORTC of A0 and A1: while the firmware looks at a motor's path it switches that input's own pull-up, by itself. */
const ownBits: Readonly<Record<number, number>> = { 40: 0x03 };

const analog = (rig: Rig, channel: number, value: number): Rig =>
  rig.send(0xe0 | channel, value & 0x7f, value >> 7);
const extended = (rig: Rig, pin: number, value: number): Rig =>
  rig.send(0xf0, 0x6f, pin, value & 0x7f, (value >> 7) & 0x7f, ...(value >> 14 ? [value >> 14] : []), 0xf7);

/** A board that is leased to the full, with a watch on its motors. */
const leased = () => {
  const rig = new Rig({ seed }).ready();
  const watch = new BoundsWatch();
  rig.uno.scope.subscribeEdges(edge => watch.edge(edge));
  const ports = (): number[] => {
    // Asleep: awake it may just be emptying that input, which is an output then for a microsecond.
    // biome-ignore lint/complexity/useLiteralKeys: brackets reach what the chip keeps private
    while (!rig.uno.chip['asleep']) rig.for(0.01);
    return portRegisters.map(register => (rig.uno.chip.cpu.data[register] ?? 0) & ~(ownBits[register] ?? 0));
  };
  return { rig, watch, ports };
};

/** Within its budgets: never a window of 10 s with more than a quarter of it. */
const rest = (rig: Rig): void => {
  rig.hold(300, 0, 0);
  rig.edges.length = 0;
  rig.events.length = 0;
};

describe('an analog message', () => {
  it('of any value of 14 bits drives its motor no higher than the ceilings, and no other pin', () => {
    const step = sized(1, 61);
    const { rig, watch, ports } = leased();
    const chance = new Chance(seed);
    const before = ports();
    let messages = 0;
    for (const motor of ['left', 'right'] as const)
      for (let value = 0; value < values; value += step) {
        if (messages % 40 === 0) rest(rig.ask(0, 0));
        const isExtended = chance.oneIn(2);
        (isExtended ? extended : analog)(
          rig,
          pins[motor],
          isExtended && chance.oneIn(4) ? value | values : value,
        );
        rig.lease(everything, everything).drain().for(chance.between(0, 3));
        messages++;
        expect(ports()).toEqual(before);
      }
    const { worst } = watch;
    expect(worst.duty).toBe(motorLimits.kickDuty);
    expect(worst.kickMs).toBeLessThanOrEqual(motorLimits.kickMaxMs);
    note({
      id: 'values-duty',
      what: 'highest duty at a motor pin, of all 14-bit values by analog and extended analog messages',
      value: worst.duty,
      unit: 'of 255',
      bound: motorLimits.kickDuty,
      of: `${messages} messages, longest above the running ceiling ${worst.kickMs.toFixed(1)} ms`,
    });
  });

  it('to any pin that is no motor changes nothing at any pin', () => {
    const { rig, watch, ports } = leased();
    const chance = new Chance(seed + 1);
    const others = Array.from({ length: 128 }, (_, pin) => pin).filter(
      pin => pin !== pins.left && pin !== pins.right,
    );
    const each = sized(40, 4);
    const before = ports();
    rig.edges.length = 0;
    for (const pin of others)
      for (let time = 0; time < each; time++) {
        const value = time === 0 ? everything : chance.below(values);
        if (pin < 16) analog(rig, pin, value);
        extended(rig, pin, value | (chance.below(2) * values));
        // A mode for it, and its bit of a port, belong to how a pin might come to be driven.
        rig.send(0xf4, pin, chance.pick([0x01, 0x03, 0x04]));
        if (pin < 16 && pin !== pins.led) rig.send(0x90 | (pin >> 3), ...digital(pin));
        rig.lease(everything, everything).drain();
        expect(ports(), `pin ${pin}`).toEqual(before);
      }
    expect(watch.worst.starts).toBe(0);
    expect(rig.edges).toEqual([]);
    note({
      id: 'values-other-pins',
      what: 'pins other than the motors that a value, a mode or a port message has moved',
      value: 0,
      unit: 'pins',
      bound: 0,
      of: `${others.length} pins, ${others.length * each} values`,
    });
  });
});

/** A port message with this pin's bit, and not the LED's, which is the one pin that it may move. */
const digital = (pin: number): readonly [number, number] => {
  const bits = 1 << (pin & 7);
  return [bits & 0x7f, bits >> 7];
};
