/** A person who brings up a board, in whatever time it is. */
import type { Button } from '../../machines/vocabulary.ts';
import type { PluggedBoard } from './serial-board.ts';
import type { Terminal } from './terminal.ts';

/** At a terminal, or before a page. */
type Mouth = Pick<Terminal, 'type'> & Readonly<{ until(text: string | RegExp): Promise<string> }>;
export type AtTheBench<M extends Mouth = Terminal> = Readonly<{
  at: M;
  on: PluggedBoard;
  pause(ms: number): Promise<void>;
}>;

/** The two questions before anything is opened. */
export async function mayHold(at: Mouth): Promise<void> {
  for (const word of ['pacemaker', 'carpal tunnel']) {
    await at.until(word);
    at.type('n');
  }
}

export async function press({ on, pause }: AtTheBench<Mouth>, button: Button): Promise<void> {
  on.board.button(button, true);
  await pause(120);
  on.board.button(button, false);
  await pause(60);
}

/** From the firmware being right to STOP being asked for. */
export async function toStop(bench: AtTheBench<Mouth>): Promise<void> {
  const { at } = bench;
  await at.until('The Tactus firmware is on it.');
  await at.until('Do you see it?');
  at.type('y');
  await at.until('Now press GO');
  await press(bench, 'go');
  await at.until('Now press LESS');
  await press(bench, 'less');
}

export async function toMotors(bench: AtTheBench<Mouth>): Promise<void> {
  await toStop(bench);
  await bench.at.until('Now press STOP');
  await press(bench, 'stop');
  await bench.at.until('Motor A runs');
}

/** From the motors to the page. */
export async function toFirstTouch(
  bench: AtTheBench,
  drivenByA: (pins: readonly number[]) => void,
): Promise<void> {
  const { at, on } = bench;
  at.type('');
  await at.until('Did you feel motor A?');
  drivenByA(driven(on));
  at.type('y');
  await at.until('Motor B runs');
  at.type('');
  await at.until('Did you feel motor B?');
  at.type('y');
  await at.until('Which was nearer');
  // The second, by its button: LESS.
  await press(bench, 'less');
  await at.until('the two change places');
  await at.until('kept for usb:95530343234351A0B0C1');
  await at.until('first-touch');
  at.type('y');
  await at.until(/ready http:\/\/127\.0\.0\.1:\d+\//);
}

/** Which motor pins were ever driven. */
export const driven = (on: PluggedBoard): readonly number[] => [
  ...new Set(
    on.events.flatMap(event =>
      event.type === 'scope' && event.event.type === 'duty' && event.event.duty > 0 ? [event.event.pin] : [],
    ),
  ),
];
