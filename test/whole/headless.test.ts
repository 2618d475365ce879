/** The board alone, with no page at all: a therapist's session by buttons, the next client, a favourite by count. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uno as pins } from '../../hardware/pins.ts';
import { catalogue } from '../../machines/text/text.ts';
import type { Button } from '../../machines/vocabulary.ts';
import { readSession, recordsOf } from '../../src/history/records.ts';
import type { PluggedBoard } from '../support/serial-board.ts';
import { type Running, World } from '../support/world.ts';

let state: string;
let world: World;
let board: PluggedBoard;
let controller: Running;

const pause = (ms: number): Promise<void> => world.pass(ms);
/** Until it holds, and that it does. */
async function comes(holds: () => boolean, withinMs: number): Promise<void> {
  const end = world.clock.now() + withinMs;
  while (!holds() && world.clock.now() < end) await pause(50);
  expect(holds()).toBe(true);
}

/** Down until `enough` is there, up, and a moment of nothing. */
async function press(button: Button, enough: () => Promise<unknown> = () => pause(150)): Promise<void> {
  board.board.button(button, true);
  await enough();
  board.board.button(button, false);
  // The next press is one of its own, and no haste: within a second of the last a GO starts nothing.
  await pause(1100);
}

const keptNow = () =>
  readdirSync(join(state, 'history'))
    .sort()
    .flatMap(name => readSession(readFileSync(join(state, 'history', name), 'utf8')) ?? []);
const statesNow = (): readonly string[] =>
  keptNow().flatMap(kept => recordsOf(kept, 'state').map(one => one.state));

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'tactus-state-'));
  world = new World();
  board = world.plug();
  controller = world.run(
    [
      'start',
      '--headless',
      '--board',
      board.path,
      '--routine',
      'first-touch',
      '--for',
      'therapist',
      '--quiet',
      'phases',
      '--favourites',
      'first-touch,therapist-pacer,lower-back',
      '--client',
      'A',
      '--intake-attested',
    ],
    { state },
  );
  await controller.until('ready');
});

afterAll(async () => {
  controller.signal('SIGTERM');
  expect(await controller.ended()).toBe(143);
  world.close();
  rmSync(state, { recursive: true, force: true });
});

test('GO confirms the position and the beginning, and begins', async () => {
  // Position, baseline, start.
  for (let count = 0; count < 3; count++) await press('go');
  await comes(() => statesNow().includes('warmUp'), 10_000);
  const [kept] = keptNow();
  // In plain lines, for whoever has no page: each state and phase once, with its place and way.
  const lines = controller.err().split('\n');
  expect(lines.filter(line => /^Getting ready\./.test(line))).toHaveLength(1);
  expect(lines.filter(line => /^[^.]+\. [^,.]+, [^.]+\. Warming up\.$/.test(line))).toHaveLength(1);
  expect(kept?.header).toMatchObject({ client: 'A', intakeAttested: true, for: 'therapist', keeps: 'plain' });
});

test('held GO goes from phase to phase, and at the end one press says that it was noticed', async () => {
  for (const next of ['strokes', 'pressureRamp', 'cooldown', 'finishing']) {
    await press('go', () => comes(() => statesNow().includes(next), 15_000));
  }
  await press('go');
  await comes(() => keptNow().some(kept => recordsOf(kept, 'outcome').length > 0), 10_000);
  expect(keptNow().map(kept => recordsOf(kept, 'outcome').length)).toEqual([1]);
  expect(recordsOf(keptNow()[0] ?? never(), 'outcome')).toMatchObject([
    { outcome: 'completed', reason: 'routineDone' },
  ]);
});

test('one press of GO opens the next session, with the questions asked anew', async () => {
  await pause(3000);
  await press('go');
  // Somebody who has only the terminal can read the questions there, every one of them.
  for (const { ask } of Object.values(catalogue.screening.questions))
    expect(controller.err()).toContain(`- ${ask}`);
  // Not begun: the attestation was for client A alone, so GO begins nothing.
  await press('go');
  await press('go');
  expect(keptNow()).toHaveLength(1);
});

test('LESS goes to the next favourite, and the LED blinks its place, at most once a second', async () => {
  const from = board.events.length;
  await press('less');
  const seen = () => board.events.slice(from).flatMap(event => (event.type === 'scope' ? [event.event] : []));
  const lit = () =>
    seen().flatMap(one => (one.type === 'level' && one.pin === pins.led && one.high ? [one.atMs] : []));
  await comes(() => lit().length >= 2, 6000);
  await pause(1500);
  const all = lit();
  expect(all).toHaveLength(2);
  expect((all[1] ?? 0) - (all[0] ?? 0)).toBeGreaterThan(900);
  const motors = seen().filter(one => one.type === 'duty' && one.duty > 0);
  expect(motors).toEqual([]);
});

test('what was begun is remembered for the next start, and nothing was said that is an error', () => {
  expect(JSON.parse(readFileSync(join(state, 'preferences.json'), 'utf8'))).toMatchObject({
    routine: 'first-touch',
    for: 'therapist',
    quiet: 'phases',
    favourites: ['first-touch', 'therapist-pacer', 'lower-back'],
  });
  expect(controller.err()).not.toMatch(/error|tactus:/i);
});

function never(): never {
  throw new Error('nothing was kept');
}
