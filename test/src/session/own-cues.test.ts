/** A cue of one's own in a session: played in the place of the one with its id, and folded again from the journal. */
import { expect, it } from 'vitest';
import { checkCue } from '../../../machines/cues/check.ts';
import { cues } from '../../../machines/cues/library.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { JournalWriter, readJournal, replay, stateHash } from '../../../src/journal/journal.ts';
import { begun, linesOf, simulated } from '../../support/simulated.ts';

const pulse = (fromMs: Ms, forMs: Ms) => ({ motor: 'first' as const, fromMs, forMs, intensity: 0.8 });
const twoTaps = { ...cues.TAP, means: 'heard, twice', pulses: [pulse(0, 120), pulse(320, 120)] };

const pausing = [
  ...begun,
  { at: 20_500, button: 'go', down: true },
  { at: 20_600, button: 'go', down: false },
];

it('is right as it stands here', () => {
  expect(checkCue(JSON.stringify(twoTaps))).toMatchObject({ ok: true });
});

it('is what is felt, and a press is answered whole before the motors are let go', async () => {
  const usual = await simulated({ steps: pausing });
  const own = await simulated({ steps: pausing, cues: [twoTaps] });
  const paused = (played: typeof usual): number[] => {
    const from = linesOf(played, 'state').find(({ state }) => state === 'pausing')?.at ?? 0;
    const until = linesOf(played, 'state').find(({ state }) => state === 'paused')?.at ?? 0;
    return linesOf(played, 'frame')
      .filter(({ at, motors }) => at >= from && at <= until && (motors?.left ?? 0) > 0)
      .map(({ at }) => at - from)
      .concat(until - from);
  };
  expect(paused(usual)).toEqual([0, 210]);
  expect(paused(own)).toEqual([0, 320, 500]);
  // All else is told as ever.
  const others = (played: typeof usual) =>
    linesOf(played, 'cue')
      .filter(({ cue }) => cue !== 'TAP')
      .map(({ at, cue }) => `${at} ${cue}`);
  expect(others(own)).toEqual(others(usual));
});

it('is in the journal, so that folding it leads to the same state; a journal with a broken one is refused', async () => {
  const own = await simulated({ steps: pausing, cues: [twoTaps] });
  const journal = readJournal(own.journal);
  if (!journal.ok) throw new Error(journal.message);
  expect(stateHash(replay(journal.header.input, journal.events))).toBe(own.stateHash);
  expect(journal.header.input.cues).toEqual([twoTaps]);
  let broken = '';
  const { input, product, screeningVersion } = journal.header;
  const faulty = { ...twoTaps, pulses: [] };
  new JournalWriter(
    line => {
      broken += line;
    },
    { product, screeningVersion, input: { ...input, cues: [faulty] } },
  );
  expect(readJournal(broken)).toMatchObject({ ok: false, record: 0 });
});
