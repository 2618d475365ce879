/**
 * The schematic as SVG, drawn from the pin table. Blocks with named nets instead of wires across the sheet: what has
 * the same name is connected.
 */
import { type PinName, uno, wiring } from '../pins.ts';

const width = 1200;
const height = 1065;
const ink = '#1d2b2a';
const accent = '#0f6b63';
const quiet = '#5b6b69';

type Point = readonly [x: number, y: number];

const line = (...points: readonly Point[]): string =>
  `<polyline points="${points.map(point => point.join(',')).join(' ')}"/>`;
const dot = ([x, y]: Point): string => `<circle class="dot" cx="${x}" cy="${y}" r="4"/>`;
const text = ([x, y]: Point, words: string, kind = '', anchor = 'start'): string =>
  `<text${kind && ` class="${kind}"`} x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
const box = ([x, y]: Point, w: number, h: number, kind = 'block'): string =>
  `<rect class="${kind}" x="${x}" y="${y}" width="${w}" height="${h}" rx="10"/>`;

/** A named net's flag, its tip at the point, to the right or to the left of it. */
function net([x, y]: Point, name: string, side: 'left' | 'right' = 'left'): string {
  const w = 22 + name.length * 9;
  const to = side === 'left' ? -1 : 1;
  const points = [
    [x, y],
    [x + to * 10, y - 12],
    [x + to * w, y - 12],
    [x + to * w, y + 12],
    [x + to * 10, y + 12],
  ];
  return (
    `<polygon class="net" points="${points.map(point => point.join(',')).join(' ')}"/>` +
    text([x + to * (w / 2 + 4), y + 5], name, 'netname', 'middle')
  );
}

const ground = ([x, y]: Point): string =>
  line([x, y], [x, y + 12]) +
  line([x - 14, y + 12], [x + 14, y + 12]) +
  line([x - 9, y + 18], [x + 9, y + 18]) +
  line([x - 4, y + 24], [x + 4, y + 24]);

const supply = ([x, y]: Point, name: string): string =>
  line([x, y], [x, y - 14]) +
  line([x - 12, y - 14], [x + 12, y - 14]) +
  text([x, y - 22], name, 'netname', 'middle');

/** 60 long, between its two ends. */
const resistorAcross = ([x, y]: Point, label: string): string =>
  `<rect class="part" x="${x}" y="${y - 8}" width="60" height="16"/>${text([x + 30, y - 14], label, 'label', 'middle')}`;
const resistorDown = ([x, y]: Point, label: string): string =>
  `<rect class="part" x="${x - 8}" y="${y}" width="16" height="60"/>${text([x - 16, y + 35], label, 'label', 'end')}`;

const resistorUp = ([x, y]: Point, label: string): string =>
  `<rect class="part" x="${x - 8}" y="${y - 66}" width="16" height="60"/>${text([x - 16, y - 31], label, 'label', 'end')}`;

/** From a drain to the pin that looks at it. */
function feedback([x, y]: Point, letter: 'A' | 'B', pin: string, index: 1 | 2): string {
  return [
    net([x + 95, y], `drain ${letter}`),
    line([x + 95, y], [x + 135, y]),
    dot([x + 112, y]),
    line([x + 112, y], [x + 112, y + 12]),
    resistorDown([x + 112, y + 12], `R${index + 6} 10 kΩ`),
    ground([x + 112, y + 72]),
    resistorAcross([x + 135, y], `R${index + 4} 100 kΩ`),
    line([x + 195, y], [x + 212, y]),
    net([x + 212, y], pin, 'right'),
  ].join('\n');
}

/** From the contact of a switch on a lead to its pin. */
function switchLine([x, y]: Point, name: 'stop' | 'receiver', contact: string, index: 1 | 2): string {
  return [
    net([x + 68, y], contact),
    line([x + 68, y], [x + 125, y]),
    dot([x + 98, y]),
    line([x + 98, y], [x + 98, y - 6]),
    resistorUp([x + 98, y], `R${index + 8} 2.2 kΩ`),
    supply([x + 98, y - 66], '5V'),
    resistorAcross([x + 125, y], `R${index + 10} 1 kΩ`),
    line([x + 185, y], [x + 222, y]),
    dot([x + 204, y]),
    line([x + 204, y], [x + 204, y + 30]),
    line([x + 188, y + 30], [x + 220, y + 30]),
    line([x + 188, y + 40], [x + 220, y + 40]),
    text([x + 180, y + 40], `C${index + 1} 100 nF`, 'label', 'end'),
    line([x + 204, y + 40], [x + 204, y + 50]),
    ground([x + 204, y + 50]),
    net([x + 222, y], `D${uno[name]}`, 'right'),
  ].join('\n');
}

/** One motor with its transistor. `x`, `y` is the upper left corner of its block. */
function motor([x, y]: Point, letter: 'A' | 'B', pin: number, index: 1 | 2): string {
  const drain = x + 285;
  const gate = x + 105;
  const gateY = y + 205;
  return [
    box([x, y], 420, 320),
    text([x + 18, y + 30], `Motor ${letter}`, 'title'),
    text([x + 18, y + 50], letter === 'A' ? 'nearer the hand that holds it' : 'further away', 'small'),
    supply([drain, y + 60], '+5 V motors'),
    line([drain, y + 60], [drain, y + 80]),
    dot([drain, y + 72]),
    `<circle class="part" cx="${drain}" cy="${y + 106}" r="26"/>`,
    text([drain, y + 112], 'M', 'title', 'middle'),
    text([drain - 38, y + 112], `M${index}`, 'label', 'end'),
    line([drain, y + 132], [drain, y + 182]),
    dot([drain, y + 148]),
    dot([drain, y + 168]),
    line([drain, y + 168], [drain + 30, y + 168]),
    net([drain + 30, y + 168], `drain ${letter}`, 'right'),
    // The diode beside it, stripe towards the supply.
    line([drain, y + 72], [drain + 80, y + 72], [drain + 80, y + 97]),
    line([drain + 66, y + 97], [drain + 94, y + 97]),
    `<polygon class="part" points="${drain + 80},${y + 97} ${drain + 66},${y + 121} ${drain + 94},${y + 121}"/>`,
    line([drain + 80, y + 121], [drain + 80, y + 148], [drain, y + 148]),
    text([drain + 100, y + 114], `CR${index}`, 'label'),
    // The transistor: gate, channel, drain above and source below.
    line([drain - 40, y + 182], [drain - 40, y + 228]),
    ...[184, 205, 226].map(at => line([drain - 32, y + at - 7], [drain - 32, y + at + 7])),
    line([drain - 32, y + 184], [drain, y + 184], [drain, y + 180]),
    line([drain - 32, y + 226], [drain, y + 226], [drain, y + 262]),
    line([drain - 32, gateY], [drain, gateY], [drain, y + 226]),
    `<polygon class="solid" points="${drain - 32},${gateY} ${drain - 20},${gateY - 5} ${drain - 20},${gateY + 5}"/>`,
    text([drain + 14, y + 210], `Q${index}`, 'label'),
    ground([drain, y + 262]),
    // From the pin to the gate.
    net([gate - 40, gateY], `D${pin}`),
    line([gate - 40, gateY], [gate, gateY]),
    resistorAcross([gate, gateY], `R${index} 470 Ω`),
    line([gate + 60, gateY], [drain - 40, gateY]),
    dot([gate + 110, gateY]),
    line([gate + 110, gateY], [gate + 110, gateY + 10]),
    resistorDown([gate + 110, gateY + 10], `R${index + 2} 10 kΩ`),
    ground([gate + 110, gateY + 70]),
  ].join('\n');
}

/** A button from its pin, or from the net that leads there, to ground, in a row. */
function button(
  [x, y]: Point,
  name: PinName & keyof typeof wiring,
  refs: string,
  words: string,
  from = `D${uno[name]}`,
): string {
  const opens = wiring[name] === 'normallyClosed';
  const contact = (at: number): string =>
    opens
      ? // Closed at rest: the bar lies under both contacts, the plunger pushes it away.
        line([at, y], [at + 44, y]) +
        line([at + 22, y], [at + 22, y - 18]) +
        line([at + 12, y - 18], [at + 32, y - 18])
      : line([at, y - 12], [at + 44, y - 12]) +
        line([at + 22, y - 12], [at + 22, y - 24]) +
        line([at + 12, y - 24], [at + 32, y - 24]);
  const ends = (at: number): string =>
    `<circle class="open" cx="${at}" cy="${y}" r="4"/><circle class="open" cx="${at + 44}" cy="${y}" r="4"/>`;
  const first = x + 110;
  const second = x + 220;
  const isStop = name === 'stop';
  return [
    net([x + 70, y], from),
    line([x + 70, y], [first - 4, y]),
    contact(first),
    ends(first),
    isStop
      ? line([first + 48, y], [second - 4, y]) +
        contact(second) +
        ends(second) +
        line([second + 48, y], [x + 300, y])
      : line([first + 48, y], [x + 300, y]),
    ground([x + 300, y]),
    text(
      [x + 345, y - 4],
      `${refs}  ${name === 'receiver' ? "receiver's squeeze" : name.toUpperCase()}`,
      'label',
    ),
    text([x + 345, y + 14], words, 'small'),
  ].join('\n');
}

function board([x, y]: Point): string {
  const rows: readonly (readonly [string, string])[] = [
    ['5V', 'to the motor supply'],
    ['GND', 'ground of everything'],
    [`D${uno.stop}`, 'STOP'],
    [`D${uno.go}`, 'GO'],
    [`D${uno.left}`, 'motor A (Timer0, OC0B)'],
    [`D${uno.right}`, 'motor B (Timer0, OC0A)'],
    [`D${uno.less}`, 'LESS'],
    [`D${uno.receiver}`, 'receiver, optional'],
    [`D${uno.led}`, 'LED, on the board itself'],
    ['A0', 'drain of motor A'],
    ['A1', 'drain of motor B'],
  ];
  return [
    box([x, y], 250, 320, 'board'),
    text([x + 18, y + 30], 'U1  Arduino Uno R3', 'title'),
    text([x + 18, y + 50], 'or Nano (ATmega328P)', 'small'),
    ...rows.map(([pin, use], index) => {
      const at = y + 76 + index * 22.5;
      return `<rect class="pin" x="${x + 14}" y="${at - 10}" width="50" height="20" rx="4"/>${text([x + 39, at + 5], pin, 'pinname', 'middle')}${text([x + 76, at + 5], use, 'small')}`;
    }),
  ].join('\n');
}

function power([x, y]: Point): string {
  const wire = y + 95;
  return [
    box([x, y], 1130, 150),
    text([x + 18, y + 30], 'Motor supply', 'title'),
    net([x + 90, wire], '5V'),
    line([x + 90, wire], [x + 200, wire]),
    `<circle class="open" cx="${x + 204}" cy="${wire}" r="4"/><circle class="open" cx="${x + 262}" cy="${wire}" r="4"/>`,
    line([x + 208, wire], [x + 258, wire - 22]),
    text([x + 233, wire - 34], 'S0  breaks the supply', 'label', 'middle'),
    line([x + 266, wire], [x + 380, wire]),
    `<rect class="part" x="${x + 380}" y="${wire - 9}" width="70" height="18"/>`,
    line([x + 380, wire], [x + 450, wire]),
    text([x + 415, wire - 18], 'F1  500 mA', 'label', 'middle'),
    line([x + 450, wire], [x + 650, wire]),
    dot([x + 530, wire]),
    // The capacitor, its curved plate towards ground.
    line([x + 530, wire], [x + 530, wire + 12]),
    line([x + 514, wire + 12], [x + 546, wire + 12]),
    `<path d="M${x + 514},${wire + 24} Q${x + 530},${wire + 15} ${x + 546},${wire + 24}"/>`,
    text([x + 556, wire + 28], 'C1  22 µF', 'label'),
    text([x + 506, wire + 16], '+', 'label', 'middle'),
    line([x + 530, wire + 20], [x + 530, wire + 22]),
    ground([x + 530, wire + 20]),
    net([x + 650, wire], '+5 V motors', 'right'),
    text([x + 800, wire - 22], 'S0 is the one control that no software has a', 'small'),
    text([x + 800, wire - 4], 'say in: put it within reach of whoever holds it.', 'small'),
    text([x + 800, wire + 22], 'Two motors start at least 60 ms apart: 85 mA', 'small'),
    text([x + 800, wire + 40], 'each then, 75 mA running.', 'small'),
  ].join('\n');
}

export function schematic(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="name what">
<title id="name">Wiring of the Tactus board</title>
<desc id="what">Uno with two motors behind transistors on D${uno.left} and D${uno.right}, STOP normally closed on D${uno.stop}, GO on D${uno.go}, LESS on D${uno.less}, each drain on A0 and A1, and a switch in the motor supply.</desc>
<style>
  polyline, path { fill: none; stroke: ${ink}; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
  .part { fill: #fff; stroke: ${ink}; stroke-width: 2; }
  .solid, .dot { fill: ${ink}; }
  .open { fill: #fff; stroke: ${ink}; stroke-width: 2; }
  .block { fill: #fff; stroke: #cbd6d4; stroke-width: 1.5; }
  .board { fill: #eaf4f2; stroke: ${accent}; stroke-width: 2; }
  .pin { fill: #fff; stroke: ${accent}; stroke-width: 1.5; }
  .net { fill: #eaf4f2; stroke: ${accent}; stroke-width: 1.5; }
  text { font: 14px system-ui, sans-serif; fill: ${ink}; }
  .title { font-size: 17px; font-weight: 600; }
  .label { font-size: 14px; font-weight: 600; }
  .small { font-size: 13px; fill: ${quiet}; }
  .netname, .pinname { font-size: 13px; font-weight: 600; fill: ${accent}; }
</style>
<rect width="${width}" height="${height}" fill="#fbfcfc"/>
${text([35, 42], 'Tactus: wiring of the board', 'title')}
${text([1165, 42], 'what has the same name is connected', 'small', 'end')}
${power([35, 60])}
${board([35, 230])}
${motor([305, 230], 'A', uno.left, 1)}
${motor([745, 230], 'B', uno.right, 2)}
${box([35, 570], 1130, 215)}
${text([53, 600], 'Buttons, each between its pin and ground', 'title')}
${text([1147, 600], 'pull-ups of GO and LESS are inside the chip', 'small', 'end')}
${button([53, 655], 'stop', 'S1, S4', 'opens when pressed; S4 for the receiver', 'STOP')}
${button([53, 735], 'receiver', 'S5', 'optional, on a lead', 'SQZ')}
${button([693, 655], 'go', 'S2', 'raised')}
${button([693, 735], 'less', 'S3', 'hollow')}
${box([35, 800], 1130, 240)}
${text([53, 830], 'What the board sees of its motors at rest', 'title')}
${text([613, 830], 'Leads of STOP and of the squeeze', 'title')}
${text([1147, 830], 'argued, not measured', 'small', 'end')}
${feedback([53, 920], 'A', 'A0', 1)}
${feedback([333, 920], 'B', 'A1', 2)}
${switchLine([613, 945], 'stop', 'STOP', 1)}
${switchLine([893, 945], 'receiver', 'SQZ', 2)}
</svg>
`;
}
