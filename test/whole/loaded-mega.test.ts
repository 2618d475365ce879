/** The shipped firmware of a Mega on an emulated one: loaded, played without a computer, and fetched from. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cardIds } from '../../machines/screening.questions.ts';
import type { Button } from '../../machines/vocabulary.ts';
import { SerialBoard } from '../../simulator/avr/serial-board.ts';
import { triedMega } from '../../simulator/avr/tried.ts';
import { aloneHex } from '../../src/installed.ts';
import type { Ended } from '../support/cli.ts';
import { isLong } from '../support/length.ts';
import type { UsbPort } from '../support/serial-board.ts';
import { Wire, WireLine } from '../support/wire.ts';
import { World } from '../support/world.ts';

const path = '/dev/ttyMega';
const port: UsbPort = { path, vendor: '2341', product: '0042', maker: 'Arduino', serial: '7543' };

let world: World;
let board: SerialBoard;
let state: string;
let wire: Wire;
beforeEach(() => {
  world = new World();
  wire = new Wire(path);
  board = new SerialBoard(triedMega(aloneHex()), wire.boardEnd, world.clock, () => {});
  board.start();
  state = mkdtempSync(join(tmpdir(), 'tactus-state-'));
});
afterEach(() => {
  board.stop();
  world.close();
});

const ran = (...words: readonly string[]): Promise<Ended> =>
  world.ran(words, {
    state,
    ports: [port],
    around: { lineTo: name => new WireLine(name, world.clock, new Map([[path, wire]])) },
  });

const press = async (button: Button, forMs = 140): Promise<void> => {
  board.button(button, true);
  await world.pass(forMs);
  board.button(button, false);
};
const both = async (): Promise<void> => {
  board.button('go', true);
  await world.pass(60);
  board.button('less', true);
  await world.pass(3300);
  board.button('go', false);
  board.button('less', false);
  await world.pass(800);
};

if (isLong)
  it('plays them by itself, and what it has played is fetched, once', async () => {
    await ran('load', 'first-touch', '--no-clock');
    // Whoever has spoken to it has it until it begins anew.
    board.reset();
    await world.pass(2000);
    for (const _ of cardIds) await both();
    // Two steps of the preparation, and the start.
    for (let step = 0; step < 3; step++) {
      await world.pass(1200);
      await press('go');
    }
    await world.pass(95_000);
    await press('stop');
    // Each half minute that is full, of both hands at once; and nobody says that it was a slip.
    await world.pass(6 * 60_000);
    const fetched = await ran('sessions', 'fetch');
    expect([fetched.code, fetched.out]).toEqual([0, 'New sessions fetched: 1.\n']);
    const [one] = JSON.parse((await ran('sessions', 'list', '--json')).out);
    expect(one).toMatchObject({
      routine: 'first-touch',
      outcome: 'stopped',
      reason: 'unanswered',
      minutes: 1.5,
    });
    expect((await ran('sessions', 'fetch')).out).toBe('There is no new session on the board.\n');
  }, 600_000);

it('takes routines and settings, and reads them back', async () => {
  // A minute of its clock is measured in the long run; in memory whole/load does that in every run.
  const words = isLong ? [] : ['--no-clock'];
  const { code, out, err } = await ran('load', 'first-touch', 'evening-legs', '--json', ...words);
  expect([code, err]).toEqual([0, '']);
  const told = JSON.parse(out);
  expect(told).toMatchObject({
    routines: [{ id: 'first-touch' }, { id: 'evening-legs' }],
    ...(isLong && { clock: { ok: true } }),
  });
  expect(Math.abs(told.settings.clockPpm)).toBeLessThan(40);
  const { out: again } = await ran('load', '--list', '--json');
  expect(JSON.parse(again)).toMatchObject({ routines: [{ id: 'first-touch' }, { id: 'evening-legs' }] });
});
