import { describe, expect, it } from 'vitest';
import { uno as pins } from '../../hardware/pins.ts';
import { Rig } from './rig.ts';

const pwm = 0x03;
const output = 0x01;

describe('a stock Firmata client', () => {
  it('never moves a motor by analog messages, whatever the value', () => {
    const rig = new Rig().to(300);
    for (let value = 0; value < 2 ** 14; value += 37) rig.ask(value, value).for(2);
    rig.for(100);
    expect(rig.edges).toEqual([]);
    expect(rig.status.refused).toBeGreaterThan(800);
  });

  it('never moves a motor by pin modes, digital or extended analog messages', () => {
    const rig = new Rig().to(300);
    for (const pin of [pins.left, pins.right]) {
      for (const mode of [output, pwm, 0x00, 0x02, 0x04, 0x0b]) rig.send(0xf4, pin, mode, 0x90, 0x7f, 0x01);
      rig.send(0xf0, 0x6f, pin, 0x7f, 0x01, 0xf7, 0xf0, 0x6f, pin, 1, 0xf7, 0xf5, pin, 1).for(20);
    }
    rig.for(100);
    expect(rig.edges).toEqual([]);
    expect(rig.status.refused).toBe(16);
  });

  it('can not disturb a running motor by modes or digital messages', () => {
    const rig = new Rig().running(100);
    const before = rig.edges.length;
    for (const mode of [output, 0x00, 0x0b, pwm]) rig.send(0xf4, pins.left, mode, 0x90, 0, 0, 0x90, 0x7f, 1);
    rig.hold(300, 100, 0);
    const gaps = rig.rises('left').map((at, index, all) => at - (all[index - 1] ?? at - 1.024));
    expect(Math.max(...gaps) - 1.024).toBeLessThan(1e-6);
    expect(rig.edges.length).toBeGreaterThan(before);
    expect(rig.uno.duty(pins.left)).toBe(100);
  });

  it('may say PWM of a motor pin where armed: it is what the pin does, and no other mode is', () => {
    const rig = new Rig().ready().for(20);
    const { refused } = rig.status;
    rig.send(0xf4, pins.left, pwm).lease(0, 0).for(40);
    expect(rig.status.refused).toBe(refused);
    rig.send(0xf4, pins.left, output).for(40);
    expect(rig.status.refused).toBe(refused + 1);
  });

  it('asks for a duty by extended analog messages as well, where armed', () => {
    const rig = new Rig().ready().send(0xf0, 0x6f, pins.left, 100, 0, 0xf7).lease(150, 0).for(30);
    expect(rig.uno.duty(pins.left)).toBe(100);
    rig.send(0xf0, 0x6f, pins.left, 1, 0, 1, 0xf7).for(30);
    expect(rig.uno.duty(pins.left)).toBe(150);
  });

  it('switches the LED', () => {
    const rig = new Rig().to(300);
    expect(rig.uno.pinLevel(pins.led)).toBe(false);
    rig.send(0xf4, pins.led, output, 0x91, 1 << (pins.led - 8), 0).for(5);
    expect(rig.uno.pinLevel(pins.led)).toBe(true);
    rig.send(0x91, 0, 0).for(5);
    expect(rig.uno.pinLevel(pins.led)).toBe(false);
  });

  it('switches the LED by its pin alone too, and no other pin that way (Firmata 2.5, 0xF5)', () => {
    const rig = new Rig().to(300);
    rig.send(0xf5, pins.led, 1).for(5);
    expect(rig.uno.pinLevel(pins.led)).toBe(true);
    for (let pin = 0; pin < 128; pin++) if (pin !== pins.led) rig.send(0xf5, pin, pin % 2).for(1);
    expect([rig.uno.pinLevel(pins.led), rig.edges, rig.status.refused]).toEqual([true, [], 0]);
    rig.send(0xf5, pins.led, 0).for(5);
    expect(rig.uno.pinLevel(pins.led)).toBe(false);
  });

  it('gets its answers: version, name, capabilities, analog mapping, the state of each pin', () => {
    const rig = new Rig().to(300);
    rig.others.length = 0;
    rig.send(0xf9).send(0xf0, 0x79, 0xf7).send(0xf0, 0x6b, 0xf7).send(0xf0, 0x69, 0xf7);
    for (let pin = 0; pin < 20; pin++) rig.send(0xf0, 0x6d, pin, 0xf7);
    rig.for(150);
    const heard = rig.others.map(({ bytes }) => bytes);
    expect(heard.filter(([first]) => first === 0xf9)).toEqual([[0xf9, 2, 5]]);
    const states = heard.filter(bytes => bytes[1] === 0x6e);
    expect(states.map(bytes => bytes[2]).sort((a = 0, b = 0) => a - b)).toEqual([...Array(20).keys()]);
    expect(states.find(bytes => bytes[2] === pins.left)?.slice(3, 5)).toEqual([pwm, 0]);
    expect(states.find(bytes => bytes[2] === pins.go)?.slice(3, 5)).toEqual([0x0b, 1]);
    const modes = heard.find(bytes => bytes[1] === 0x6c)?.slice(2, -1) ?? [];
    expect(modes.filter(byte => byte === 0x7f)).toHaveLength(20);
    expect(heard.find(bytes => bytes[1] === 0x6a)).toEqual([0xf0, 0x6a, ...Array(20).fill(0x7f), 0xf7]);
  });

  it('asking the same a hundred times gets whole answers, and the board stays prompt', () => {
    const rig = new Rig().running(60);
    rig.others.length = 0;
    for (let time = 0; time < 100; time++) rig.send(0xf0, 0x6b, 0xf7, 0xf9);
    rig.lease(60, 0).for(60).uno.press('stop');
    const pressedAt = rig.nowMs;
    rig.for(60);
    expect(rig.silentSinceMs - pressedAt).toBeLessThan(5);
    const answers = rig.others.filter(({ bytes }) => bytes[1] === 0x6c).map(({ bytes }) => bytes.join());
    expect(new Set(answers).size).toBe(1);
    expect(rig.status.rxDropped).toBe(0);
  });

  it('can not flood the line with STATUS, however much of it is refused', () => {
    const rig = new Rig().to(300);
    const before = rig.statuses.length;
    for (let time = 0; time < 50; time++) {
      for (let message = 0; message < 18; message++) rig.analog('left', 1);
      rig.for(10);
    }
    expect(rig.statuses.length - before).toBeGreaterThan(30);
    expect(rig.statuses.length - before).toBeLessThanOrEqual(50);
  });

  it('may send what this board does not know: sampling interval, strings, servo, I2C, nonsense', () => {
    const rig = new Rig().to(300);
    rig.send(0xf0, 0x7a, 19, 0, 0xf7, 0xf0, 0x71, 65, 0, 0xf7, 0xf0, 0x70, 9, 0, 0, 0, 0, 0xf7);
    rig.send(
      0xf0,
      0x78,
      0,
      0,
      0xf7,
      0xf0,
      0xf7,
      0xf7,
      0xc0,
      1,
      0xc3,
      0,
      0xd5,
      1,
      0xf0,
      0x6d,
      99,
      0xf7,
      1,
      2,
      3,
    );
    rig.for(50);
    expect(rig.status).toMatchObject({ state: 0, crcBad: 0, refused: 0, notes: 0 });
    expect(rig.edges).toEqual([]);
  });
});
