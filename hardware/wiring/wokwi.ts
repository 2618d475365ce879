/** The same board as a Wokwi project, which runs our very hex: https://docs.wokwi.com/diagram-format */
import { type PinName, uno } from '../pins.ts';

type Connection = readonly [from: string, to: string, colour: string, way: readonly string[]];

const button = (id: PinName, top: number, label: string, colour: string, key: string) => ({
  type: 'wokwi-pushbutton',
  id,
  top,
  left: 420,
  attrs: { color: colour, label, key },
});

/**
 * There is no vibration motor in Wokwi: two LEDs show the duty of the motor pins. There is no button that opens when
 * pressed either: STOP is a slide switch, closed on the left, pressed on the right.
 */
export function diagram(): string {
  const motor = (id: PinName, top: number, label: string) => [
    { type: 'wokwi-led', id, top, left: 420, attrs: { color: 'orange', label } },
    { type: 'wokwi-resistor', id: `${id}R`, top: top + 42, left: 330, attrs: { value: '220' } },
  ];
  const parts = [
    { type: 'wokwi-arduino-uno', id: 'uno', top: 200, left: 20, attrs: {} },
    ...motor('left', -60, 'motor A'),
    ...motor('right', 30, 'motor B'),
    { type: 'wokwi-slide-switch', id: 'stop', top: 140, left: 430, attrs: { value: '' } },
    { type: 'wokwi-text', id: 'stopLabel', top: 130, left: 480, attrs: { text: 'STOP: right is pressed' } },
    button('go', 210, 'GO', 'green', 'g'),
    button('less', 290, 'LESS', 'blue', 'l'),
    button('receiver', 370, 'receiver', 'yellow', 'r'),
  ];
  const connections: Connection[] = [];
  for (const name of ['left', 'right'] as const)
    connections.push(
      [`uno:${uno[name]}`, `${name}R:1`, 'orange', []],
      [`${name}R:2`, `${name}:A`, 'orange', []],
      [`${name}:C`, 'uno:GND.1', 'black', []],
    );
  connections.push([`uno:${uno.stop}`, 'stop:1', 'red', []], ['stop:2', 'uno:GND.1', 'black', []]);
  for (const name of ['go', 'less', 'receiver'] as const)
    connections.push(
      [`uno:${uno[name]}`, `${name}:1.l`, 'green', []],
      [`${name}:2.l`, 'uno:GND.1', 'black', []],
    );
  // There are no drains either: what they are at rest.
  for (const [index, pin] of ['A0', 'A1'].entries()) {
    const id = `${pin}R`;
    parts.push({ type: 'wokwi-resistor', id, top: 420 + index * 30, left: 150, attrs: { value: '100000' } });
    connections.push(['uno:5V', `${id}:1`, 'red', []], [`${id}:2`, `uno:${pin}`, 'orange', []]);
  }
  return `${JSON.stringify({ version: 1, author: 'Tactus', editor: 'wokwi', parts, connections }, null, 2)}\n`;
}

/** Opened by Wokwi's own tools from this folder. */
export const project = (): string => `[wokwi]
version = 1
firmware = '../firmware/tactus-uno.hex'
`;
