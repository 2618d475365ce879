/** What `doctor` says of the copper round a board: the emulated one, broken, in virtual time. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { usbUno } from '../support/serial-board.ts';
import { World } from '../support/world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

type Finding = Readonly<{ what: string; good: boolean; todo?: string }>;

const said = (found: readonly Finding[]): string =>
  found.map(({ what, todo = '' }) => `${what} ${todo}`).join('\n');

test('a shorted transistor, and a supply that is too low: what is wrong, the one thing to do, and the fuses', async () => {
  const { uno, path } = world.plug();
  uno.copper.paths.left = 'shorted';
  uno.copper.supplyMv = 3600;
  const { out } = await world.ran(['doctor', '--json', path], { ports: [usbUno(path)] });
  const found = JSON.parse(out) as readonly Finding[];
  expect(said(found)).toContain('fuses FF, DE, FD: brown-out 2.7 V');
  const wrongs = found.filter(({ good }) => !good);
  expect(said(wrongs)).toContain('The board has 3.6 V');
  expect(said(wrongs)).toContain('Motor A has no supply at rest, or its transistor always conducts');
  expect(said(wrongs)).toContain('open the master switch');
});
