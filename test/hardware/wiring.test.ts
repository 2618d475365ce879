/** What lies in hardware/wiring is what the pin table makes of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { uno } from '../../hardware/pins.ts';
import { generated, wiringFolder } from '../../hardware/wiring/generate.ts';

test.each(Object.keys(generated()))('%s is as generated from the pin table', name => {
  expect(readFileSync(join(wiringFolder, name), 'utf8')).toBe(generated()[name]);
});

test('nothing else that was generated once lies there', () => {
  const others = readdirSync(wiringFolder).filter(name => !name.endsWith('.ts'));
  expect(others.toSorted()).toEqual(Object.keys(generated()).toSorted());
});

type Diagram = Readonly<{
  parts: readonly Readonly<{ type: string; id: string }>[];
  connections: readonly (readonly [string, string, ...unknown[]])[];
}>;

test('the Wokwi project runs the hex that is flashed, each pin joined to its own part', () => {
  const diagram = JSON.parse(generated()['diagram.json'] ?? '') as Diagram;
  const ids = new Set(diagram.parts.map(({ id }) => id));
  for (const [from, to] of diagram.connections)
    for (const end of [from, to]) expect(ids.has(end.split(':')[0] ?? '')).toBe(true);
  for (const name of ['stop', 'go', 'less', 'receiver'] as const)
    expect(
      diagram.connections.some(([from, to]) => from === `uno:${uno[name]}` && to.startsWith(`${name}:`)),
    ).toBe(true);
  const [, path = ''] = /firmware = '([^']+)'/.exec(generated()['wokwi.toml'] ?? '') ?? [];
  expect(readFileSync(join(wiringFolder, path), 'utf8')).toMatch(/^:/);
});

test('the schematic names every pin once as a net', () => {
  const svg = generated()['schematic.svg'] ?? '';
  for (const pin of [uno.stop, uno.go, uno.left, uno.right, uno.less, uno.receiver])
    expect(svg.match(new RegExp(`class="netname"[^>]*>D${pin}<`, 'g'))).toHaveLength(1);
});
