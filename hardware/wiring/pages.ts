/** Parts list, electrical facts and acceptance sheet, as Markdown. */
import { uno } from '../pins.ts';
import { electrics, parts } from './facts.ts';

const euro = (value: number): string => value.toFixed(2);

export function readme(): string {
  const sum = parts.reduce((total, part) => total + part.count * part.euro, 0);
  return `# Wiring

All of this is generated from the pin table (\`hardware/pins.ts\`) by \`npm run wiring\`; a test compares.
**Nobody has built it yet.** The [acceptance sheet](acceptance.md) is for whoever is the first.

![The schematic](schematic.svg)

## Parts

| | count | part | for example | about € each | why |
|---|---|---|---|---|---|
${parts.map(part => `| ${part.refs} | ${part.count} | ${part.what} | ${part.number} | ${euro(part.euro)} | ${part.why} |`).join('\n')}

Together about ${Math.round(sum)} €, as single pieces from a hobby shop; a clone of the board costs a fifth of it.

## What has to be known

${electrics.map(sentence => `- ${sentence}`).join('\n')}

## A STOP that closes when pressed

Kit buttons often have no normally closed contact. They work too: \`tactus flash --stop normally-open\`. The firmware
cannot tell a broken wire from a released button then, so it wants STOP pressed once after every start of the board
before anything can run; of a STOP that opens it wants that once after the power has come on. Where there is a choice,
take the one that opens.

## Without building anything

\`diagram.json\` and \`wokwi.toml\` are the same board for [Wokwi](https://docs.wokwi.com), with the very hex that is
flashed. It has no vibration motor and no button that opens: LEDs show the duty, and STOP is a slide switch, right is
pressed. By itself the board only waits: motors run under a controller's lease.
`;
}

export function acceptance(): string {
  const rows: readonly (readonly [string, string])[] = [
    ['No power. Gate of Q1 to ground, gate of Q2 to ground', '10 kΩ each'],
    [`No power. D${uno.stop} to ground, STOP at rest; then pressed`, '1 kΩ; then over 3 kΩ'],
    [`No power. The contact of STOP to 5V, and to D${uno.stop}`, '2.2 kΩ; 1 kΩ'],
    ['No power. +5 V motors to ground, S0 open; then closed', 'open; then not shorted'],
    [
      'No power. Drain of Q1 to A0, of Q2 to A1; each drain to ground, motors off their wires',
      '100 kΩ; 10 kΩ',
    ],
    ['On USB, S0 closed, nothing runs: A0 and A1 to ground, with a meter of 10 MΩ', 'over 4 V both'],
    [
      'The same, S0 open for 1 s; then M1 off its wire; then M2',
      'under 1 V: both; A0; A1. `tactus doctor` names each, and a start is refused',
    ],
    [
      'On USB, S0 closed ten times in a row, an oscilloscope at 5V',
      'never under 4.3 V; the board does not start anew',
    ],
    ['`tactus doctor`: supply, compared with a meter; fuses', 'within 0.4 V; brown-out 2.7 V'],
    [
      'Unplugged for 30 s, plugged in: `tactus start`',
      'prepared, the LED asks for STOP once a second; steady from the press on; begins nothing before',
    ],
    ['STOP pressed, a wet finger across its two terminals', 'still reads as pressed'],
    ['On USB, reset held for 10 s', 'both motors still all the time'],
    ['On USB, reset pressed ten times in a row', 'neither motor moves, not even once'],
    ['Plugged in and out ten times', 'neither motor moves, not even once'],
    ['`tactus bringup`, each question', 'ends with "Everything works"'],
    [
      'A motor at its ceiling (`tactus calibrate`, first pulse): mean current. Its voltage is no test: meters differ on what is chopped',
      'between 30 and 100 mA',
    ],
    ['The same, felt', 'begins at once, and ends at once'],
    ['In a cue: pull the USB plug', 'still at once'],
    [
      'In a cue: `kill -9` of the controller',
      `still within 0.3 s (a phone's slow motion is enough to see it)`,
    ],
    ['In a cue: STOP', 'still at once; the LED blinks'],
    ['In a cue: pull one wire of STOP', 'still at once'],
    ['In a cue: open S0', 'still at once'],
    ['`first-touch`, blindfold: name each of the six cues, ten times each', 'nine of ten right'],
    [
      'Thirty minutes of `evening-legs`: touch motors, transistors, board',
      'nothing warmer than the hand (41 °C)',
    ],
    ['Oil on both hands: each button, ten times', 'every press heard, none mistaken'],
  ];
  return `# Acceptance of a first physical board

No physical board has been tried: all that is said of this firmware was measured on the emulated one. This sheet is
what has to be seen on a real one before anybody else holds it. One line that fails is a no.

Board, serial number: ______________________  Date: ____________  By: ______________________

| | look at | must be | seen | yes / no |
|---|---|---|---|---|
${rows.map(([what, must], index) => `| ${index + 1} | ${what} | ${must} | | |`).join('\n')}

Firmware build (\`tactus doctor\`): ______________________
`;
}
