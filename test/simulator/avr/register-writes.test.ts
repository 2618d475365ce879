import { expect, it } from 'vitest';
import { Uno } from '../../../simulator/avr/uno.ts';
import { hexOf, ldi, put, rjmpBack, sts } from './program.ts';

const register = 0x3e;
/** OUT to the same register, by its I/O address. */
const out = (source: number): number => 0xb800 | (0x1e & 0x0f) | ((0x1e & 0x30) << 5) | (source << 4);

const program = hexOf([...put(register, 7), ldi(17, 200), out(17), ...sts(0x100, 17), rjmpBack(1)]);

it('tells each byte that a program writes to a register, in order, by whichever instruction', () => {
  const uno = new Uno(program);
  const heard: number[] = [];
  uno.writes.listen(register, value => heard.push(value));
  uno.run(1);
  expect(heard).toEqual([7, 200]);
  expect(uno.chip.cpu.data[register]).toBe(200);
});

it('goes on telling after a reset', () => {
  const uno = new Uno(program);
  const heard: number[] = [];
  uno.writes.listen(register, value => heard.push(value));
  uno.run(1);
  uno.reset('external');
  uno.run(2);
  expect(heard).toEqual([7, 200, 7, 200]);
});

it('listens to no register at which something else happens, nor twice to one', () => {
  const uno = new Uno(program);
  // UDR0: the serial line.
  expect(() => uno.writes.listen(0xc6, () => {})).toThrow('register 0xc6: something else happens at it');
  uno.writes.listen(register, () => {});
  expect(() => uno.writes.listen(register, () => {})).toThrow(RangeError);
});

it('puts nothing in the way of a register that nobody listens to', () => {
  expect(new Uno(program).chip.cpu.writeHooks[register]).toBeUndefined();
});
