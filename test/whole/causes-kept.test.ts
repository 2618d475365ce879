/** What was said of what brings a complaint on, and all that a whole program leaves behind: nothing of it is there. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { causes } from '../../machines/causes.ts';
import { catalogue } from '../../machines/text/text.ts';
import { scratch } from '../support/cli.ts';
import { World } from '../support/world.ts';

const { file, path } = scratch();
const telling = [...causes, ...Object.values(catalogue.causes.choices), 'bringsOn', 'worsens'];
const tells = (text: string): readonly string[] => telling.filter(word => text.includes(word));
const filesIn = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), 'latin1')] as const);

const steps = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  { at: 0, intent: 'causes', bringsOn: causes, worsens: causes },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 0, leg: 0 },
  { at: 0, intent: 'start' },
  // Once more, where it is refused: what is said of that tells nothing either.
  { at: 3000, intent: 'causes', bringsOn: causes, worsens: causes },
  { at: 8000, intent: 'end' },
];

it('what brings a complaint on is in no file and no line of a session, under way or over', async () => {
  const state = mkdtempSync(join(tmpdir(), 'tactus-causes-'));
  const world = new World();
  onTestFinished(() => {
    world.close();
    rmSync(state, { recursive: true, force: true });
  });
  expect((await world.ran(['sessions', 'keep', 'scores'], { state })).code).toBe(0);
  const script = file('causes.json', steps);
  const journal = path('kept.jsonl');
  const words = ['start', '--headless', '--routine', 'first-touch', '--script', script, '--journal', journal];
  const running = world.run(words, { state });
  await running.until('ready');
  await world.pass(6000);
  const during = filesIn(state);
  expect(during.map(([, text]) => text).join('').length).toBeGreaterThan(100);
  for (const [name, text] of during) expect([name, tells(text)]).toEqual([name, []]);
  expect(await running.ended()).toBe(0);
  const kept = readFileSync(journal, 'utf8');
  // It has come to what follows, and it is not what was said.
  expect(kept).toContain('session.spare');
  expect(tells(kept)).toEqual([]);
  const after = filesIn(state);
  expect(after.some(([, text]) => text.includes('"baseline"'))).toBe(true);
  for (const [name, text] of after) expect([name, tells(text)]).toEqual([name, []]);
  expect(tells(running.out() + running.err())).toEqual([]);
});
