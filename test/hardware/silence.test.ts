import { beforeEach, expect, test } from 'vitest';
import { Silence, type SilenceState } from '../../hardware/silence.ts';
import { VirtualClock } from '../../src/time/virtual-clock.ts';

let clock: VirtualClock;
let said: string[];
let states: SilenceState[];
let silence: Silence;

beforeEach(() => {
  clock = new VirtualClock();
  said = [];
  states = [];
  const say = (word: string) => () => {
    said.push(`${clock.now()} ${word}`);
  };
  silence = new Silence({
    clock,
    stop: say('stop'),
    systemReset: say('reset'),
    hangUp: say('hang up'),
    changed: state => states.push(state),
  });
});

test('a stop that is confirmed at once is asked for once', () => {
  silence.ask();
  clock.runUntil(12);
  silence.heard(true);
  clock.runUntil(5000);
  expect(said).toEqual(['0 stop']);
  expect(states).toEqual(['asked', 'confirmed']);
});

test('a stop that is not confirmed is asked for ever more firmly, and then the line is hung up', () => {
  silence.ask();
  clock.runUntil(5000);
  expect(said).toEqual(['0 stop', '40 stop', '80 stop', '120 reset', '400 hang up']);
  expect(states).toEqual(['asked', 'escalated']);
});

test('a report of a motor that still runs confirms nothing', () => {
  silence.ask();
  silence.heard(false);
  expect(silence.state).toBe('asked');
});

test('what is confirmed late is confirmed, and nothing more is asked', () => {
  silence.ask();
  clock.runUntil(200);
  silence.heard(true);
  clock.runUntil(5000);
  expect(silence.state).toBe('confirmed');
  expect(said).not.toContain('400 hang up');
});

test('a person who goes on takes the asking back', () => {
  silence.ask();
  silence.over();
  clock.runUntil(5000);
  expect(said).toEqual(['0 stop']);
  expect(silence.state).toBe('none');
});

test('a report while nothing was asked says nothing', () => {
  silence.heard(true);
  expect(states).toEqual([]);
});

test('after a standstill each step has its time anew, so that an answer can be read', () => {
  silence.ask();
  clock.pass(700);
  clock.runUntil(710);
  expect(said).toEqual(['0 stop', '700 stop']);
  silence.heard(true);
  clock.runUntil(5000);
  expect([silence.state, said.length]).toEqual(['confirmed', 2]);
});

test('a motor that runs after all is silenced anew', () => {
  silence.ask();
  silence.heard(true);
  clock.runUntil(1000);
  silence.heard(false);
  expect([silence.state, said]).toEqual(['asked', ['0 stop', '1000 stop']]);
});

test('however often it is asked for, it is asked for ever more firmly', () => {
  for (let at = 0; at < 600; at += 10) {
    clock.runUntil(at);
    silence.ask();
  }
  expect(said).toContain('120 reset');
  expect(said).toContain('400 hang up');
  expect(said.filter(word => word.endsWith('stop')).length).toBeLessThanOrEqual(16);
});

test('a second stop within the first changes nothing of its steps', () => {
  silence.ask();
  clock.runUntil(30);
  silence.ask();
  clock.runUntil(75);
  expect(said).toEqual(['0 stop', '40 stop']);
});

test('a line that is back is not hung up for what was asked on the one before, and hears of it at once', () => {
  silence.ask();
  clock.runUntil(390);
  said.length = 0;
  silence.reopened();
  clock.runUntil(5000);
  expect(said).toEqual(['390 stop']);
});

test('on a line that is back a motor that runs is asked to stop from the beginning, to the hanging up', () => {
  silence.ask();
  clock.runUntil(390);
  silence.reopened();
  said.length = 0;
  clock.runUntil(1000);
  silence.heard(false);
  clock.runUntil(5000);
  expect(said).toEqual(['1000 stop', '1040 stop', '1080 stop', '1120 reset', '1400 hang up']);
});

test('a line that is back hears nothing where nothing was asked, or all is confirmed', () => {
  silence.reopened();
  silence.ask();
  silence.heard(true);
  silence.reopened();
  clock.runUntil(5000);
  expect(said).toEqual(['0 stop']);
});
