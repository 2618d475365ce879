/** The board alone, with no page at all: a therapist's session by buttons, the next client, a favourite by count. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKept, recordsOf } from '../../src/history/records.ts';
import { packageRoot } from '../../src/installed.ts';
import { BoardProcess } from '../faults/support/board-process.ts';

const ledPin = 13;

let state: string;
let board: BoardProcess;
let controller: ChildProcess;
let errors = '';

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** Down until the board has seen it and `enough` is there, up until the board has seen that, and a moment of nothing. */
async function press(button: string, enough: () => Promise<unknown> = () => pause(150)): Promise<void> {
  board.say(`press ${button}`);
  await board.mark();
  await enough();
  board.say(`release ${button}`);
  await board.mark();
  // Longer than a double's gap: the next press is one of its own.
  await pause(700);
}

const keptNow = () =>
  readdirSync(join(state, 'history'))
    .sort()
    .flatMap(name => readKept(readFileSync(join(state, 'history', name), 'utf8')) ?? []);
const statesNow = (): readonly string[] =>
  keptNow().flatMap(kept => recordsOf(kept, 'state').map(one => one.state));

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'tactus-state-'));
  board = await BoardProcess.start();
  controller = spawn(
    process.execPath,
    [
      'src/tactus.js',
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
    { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TACTUS_STATE: state } },
  );
  controller.stderr?.on('data', bytes => {
    errors += String(bytes);
  });
  await new Promise<void>((resolve, reject) => {
    controller.stdout?.on('data', bytes => {
      if (String(bytes).includes('ready')) resolve();
    });
    controller.once('exit', code => reject(new Error(`the controller ended with ${code}: ${errors}`)));
  });
}, 60_000);

afterAll(async () => {
  if (controller?.exitCode === null) {
    controller.kill('SIGTERM');
    await once(controller, 'exit');
  }
  await board?.stop();
  rmSync(state, { recursive: true, force: true });
});

test('GO confirms the position and the beginning, and begins', async () => {
  // Position, baseline, start.
  for (let count = 0; count < 3; count++) await press('go');
  await expect.poll(statesNow, { timeout: 10_000 }).toContain('warmUp');
  const [kept] = keptNow();
  expect(kept?.header).toMatchObject({ client: 'A', intakeAttested: true, for: 'therapist', keeps: 'plain' });
});

test('held GO goes from phase to phase, and at the end one press says that it was noticed', async () => {
  for (const next of ['strokes', 'pressureRamp', 'cooldown', 'finishing']) {
    await press('go', () => expect.poll(statesNow, { timeout: 15_000 }).toContain(next));
  }
  await press('go');
  await expect
    .poll(() => keptNow().map(kept => recordsOf(kept, 'outcome').length), { timeout: 10_000 })
    .toEqual([1]);
  expect(recordsOf(keptNow()[0] ?? never(), 'outcome')).toMatchObject([
    { outcome: 'completed', reason: 'routineDone' },
  ]);
});

test('one press of GO opens the next session, with the questions asked anew', async () => {
  await pause(3000);
  await press('go');
  // Not begun: the attestation was for client A alone, so GO begins nothing.
  await press('go');
  await press('go');
  expect(keptNow()).toHaveLength(1);
});

test('LESS goes to the next favourite, and the LED blinks its place, at most once a second', async () => {
  const from = board.lines.length;
  const began = await board.mark();
  await press('less');
  const lit = () =>
    board.lines.slice(from).filter(({ pin, duty, at }) => pin === ledPin && duty === 255 && at >= began);
  await expect.poll(() => lit().length, { timeout: 6000 }).toBe(2);
  await pause(1500);
  const all = lit();
  expect(all).toHaveLength(2);
  expect((all[1]?.at ?? 0) - (all[0]?.at ?? 0)).toBeGreaterThan(900);
  const motors = board.lines.slice(from).filter(({ pin, duty }) => (pin === 5 || pin === 6) && duty);
  expect(motors).toEqual([]);
});

test('what was begun is remembered for the next start, and nothing was said that is an error', () => {
  expect(JSON.parse(readFileSync(join(state, 'preferences.json'), 'utf8'))).toMatchObject({
    routine: 'first-touch',
    for: 'therapist',
    quiet: 'phases',
    favourites: ['first-touch', 'therapist-pacer', 'lower-back'],
  });
  expect(errors).not.toMatch(/error|tactus:/i);
});

function never(): never {
  throw new Error('nothing was kept');
}
