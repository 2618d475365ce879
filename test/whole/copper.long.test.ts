/** What `doctor` says of the copper round a board: the emulated one, broken by the words that `tactus board` obeys. */
import { afterEach, expect, test } from 'vitest';
import { BoardProcess } from '../faults/support/board-process.ts';
import { tactus } from '../support/cli.ts';

let board: BoardProcess | null = null;
afterEach(async () => {
  await board?.stop();
  board = null;
});

type Finding = Readonly<{ what: string; good: boolean; todo?: string }>;

async function doctor(...words: readonly string[]): Promise<readonly Finding[]> {
  board = await BoardProcess.start();
  for (const word of words) board.say(word);
  const { out } = await tactus(['doctor', '--json', board.path]);
  return JSON.parse(out) as Finding[];
}
const said = (found: readonly Finding[]): string =>
  found.map(({ what, todo = '' }) => `${what} ${todo}`).join('\n');

test('a shorted transistor, and a supply that is too low: what is wrong, the one thing to do, and the fuses', async () => {
  const found = await doctor('short A', 'supply 3600');
  expect(said(found)).toContain('fuses FF, DE, FD: brown-out 2.7 V');
  const wrongs = found.filter(({ good }) => !good);
  expect(said(wrongs)).toContain('The board has 3.6 V');
  expect(said(wrongs)).toContain('Motor A has no supply at rest, or its transistor always conducts');
  expect(said(wrongs)).toContain('open the master switch');
});
