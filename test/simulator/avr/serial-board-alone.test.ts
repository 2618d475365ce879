/** `tactus board` while nobody has its port open: the chip runs by itself, and its buttons are its buttons. */
import { expect, it } from 'vitest';
import { uno as pins } from '../../../hardware/pins.ts';
import { SerialBoard, type SerialBoardEvent } from '../../../simulator/avr/serial-board.ts';
import { Uno } from '../../../simulator/avr/uno.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { storyHex } from '../../support/fake-board-alone.ts';

it('runs alone: a press of GO reaches its program, and what that drives is told', () => {
  const clock = new VirtualClock();
  const events: SerialBoardEvent[] = [];
  const nobody = { read: () => null, write: () => {}, baud: 0, close: () => {} };
  const uno = new Uno(storyHex([{ until: 'go' }, { left: true }, { waits: 100 }, { left: false }]));
  const board = new SerialBoard(uno, nobody, clock, event => events.push(event));
  const duties = (): readonly number[] =>
    events.flatMap(event =>
      event.type === 'scope' && event.event.type === 'duty' && event.event.pin === pins.left
        ? [event.event.duty]
        : [],
    );
  board.start();
  clock.runUntil(300);
  expect(duties()).toEqual([]);
  board.button('go', true);
  clock.runUntil(400);
  board.button('go', false);
  clock.runUntil(800);
  expect(duties()).toEqual([255, 0]);
  expect(events.map(({ type }) => type)).not.toContain('opened');
  board.stop();
});
