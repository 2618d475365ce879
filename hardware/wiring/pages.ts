/** Parts list, electrical facts and acceptance sheet, as Markdown. */
import { motorLimits } from '../../machines/limits.ts';
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
cannot tell a broken wire from a released button then, so after every start of the board it wants STOP pressed once
before anything can run. Where there is a choice, take the one that opens.

## Without building anything

\`diagram.json\` and \`wokwi.toml\` are the same board for [Wokwi](https://docs.wokwi.com), with the very hex that is
flashed. It has no vibration motor and no button that opens: LEDs show the duty, and STOP is a slide switch, right is
pressed. By itself the board only waits: motors run under a controller's lease.
`;
}

export function acceptance(): string {
  const rows: readonly (readonly [string, string])[] = [
    ['No power. Gate of Q1 to ground, gate of Q2 to ground', '10 kΩ each'],
    [`No power. D${uno.stop} to ground, STOP at rest; then pressed`, 'under 1 Ω; then open'],
    ['No power. +5 V motors to ground, S0 open; then closed', 'open; then not shorted'],
    ['On USB, reset held for 10 s', 'both motors still all the time'],
    ['On USB, reset pressed ten times in a row', 'neither motor moves, not even once'],
    ['Plugged in and out ten times', 'neither motor moves, not even once'],
    ['`tactus bringup`, each question', 'ends with "Everything works"'],
    [
      'A motor at its ceiling (`tactus calibrate`, first pulse), voltage across it, with a meter',
      `${((5 * motorLimits.runningDuty) / 255).toFixed(1)} V ± 0.2 V`,
    ],
    ['The same, current', 'at most 100 mA each'],
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
