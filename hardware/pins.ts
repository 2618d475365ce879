/**
 * The one pin table. The firmware's header, the wiring drawing, the drawn device and the docs are made from it.
 */
import type { Button, Motor } from '../machines/vocabulary.ts';

/** What a pin is for. */
export type PinName = Motor | Button | 'led';

/** Arduino Uno and Nano. Motors sit on the two outputs of Timer0: D6 is OC0A, D5 is OC0B (ATmega328P datasheet 15). */
export const uno: Readonly<Record<PinName, number>> = {
  stop: 2,
  go: 4,
  left: 5,
  right: 6,
  less: 7,
  receiver: 8,
  led: 13,
};

/** Where each motor's drain is read: A0 and A1. */
export const drains: Readonly<Record<Motor, number>> = { left: 14, right: 15 };

/** How a switch is wired. Every button has the pull-up on. */
export type Wiring = 'normallyOpen' | 'normallyClosed';

/** Stop is normally closed: a broken wire reads as a press. */
export const wiring: Readonly<Record<Button, Wiring>> = {
  go: 'normallyOpen',
  less: 'normallyOpen',
  stop: 'normallyClosed',
  receiver: 'normallyOpen',
};

/** The level of a button's pin while it is pressed (`true` is high), by its wiring against a pull-up. */
export const levelWhenPressed = (button: Button, stop: Wiring = wiring.stop): boolean =>
  (button === 'stop' ? stop : wiring[button]) === 'normallyClosed';
