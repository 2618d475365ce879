import { setImmediate as turn } from 'node:timers/promises';
import firmata from 'firmata-io';
import { firmwareHex, pins, Uno, UnoTransport } from 'tactus-pacer/emulated-uno';
import { expect, test } from 'vitest';

test('a Firmata program of my own lights the LED of the emulated board', async () => {
  const uno = new Uno(firmwareHex());
  const line = new UnoTransport(uno);
  const board = new firmata.Firmata(line);
  line.open();
  for (let ms = 0; ms < 2000 && !board.isReady; ms += line.advanceTo(ms + 1) - ms) await turn();
  board.pinMode(pins.led, board.MODES.OUTPUT);
  board.digitalWrite(pins.led, 1);
  line.advanceTo(uno.nowMs + 10);
  expect(uno.pinLevel(pins.led)).toBe(true);
});
