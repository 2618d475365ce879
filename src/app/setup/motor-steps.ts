/** Steps by which a person tells what the two motors feel like. */
import {
  answered,
  answersOf,
  beginCalibration,
  type CalibrationStep,
  type CalibrationWalk,
  type Felt,
  isWalkOver,
  playOf,
} from '../../../machines/calibration.ts';
import { fill } from '../../../machines/text/text.ts';
import type { BoardCalibration, Button } from '../../../machines/vocabulary.ts';
import { Exit } from '../exit.ts';
import type { BoardUnderTest } from './board-under-test.ts';
import type { Dialogue, DialogueAnswer } from './dialogue.ts';

type Words = Dialogue['words'];

/** What comes before a question that is new, waited for. */
const before = ({ calibrate }: Words): Readonly<Partial<Record<CalibrationStep, string>>> => ({
  left: fill(calibrate.start, { name: 'A' }),
  right: fill(calibrate.start, { name: 'B' }),
  match: calibrate.match,
  onset: calibrate.lag,
  glide: calibrate.glide,
  nearer: calibrate.direction,
});
const questions = ({ calibrate, bringup: { holder } }: Words): Readonly<Record<CalibrationStep, string>> => ({
  implant: holder.implant,
  hands: holder.hands,
  left: fill(calibrate.turns, { name: 'A' }),
  right: fill(calibrate.turns, { name: 'B' }),
  match: calibrate.stronger,
  onset: calibrate.longer,
  glide: calibrate.feels,
  nearer: calibrate.nearer,
});
const keys: Readonly<Record<Felt, string>> = {
  yes: 'y',
  no: 'n',
  unsure: 'u',
  first: '1',
  second: '2',
  same: 's',
  moving: 'm',
  two: '2',
  one: '1',
};
/** Two buttons answer where there are two answers, and a hand to give them. */
const buttons: Readonly<Partial<Record<Felt, Button>>> = {
  yes: 'go',
  no: 'less',
  first: 'go',
  second: 'less',
};
const again = { key: 'a', word: 'again' } as const;

/** Plays it and asks, as often as a person wants to feel it once more. */
async function felt(dialogue: Dialogue, bench: BoardUnderTest | null, walk: CalibrationWalk): Promise<Felt> {
  const { step } = walk;
  const { words } = dialogue;
  if (step === 'done' || step === 'refused') throw new Error('nothing is asked any more');
  const play = playOf(walk);
  const possible = answersOf(walk);
  const byButton = play !== null && possible.length === 2;
  const answers: DialogueAnswer<string>[] = possible.map(answer => {
    const button = byButton ? buttons[answer] : undefined;
    return { key: keys[answer], word: answer, ...(button && { button }) };
  });
  for (;;) {
    if (play && bench && !(await bench.play(play.parts, play.calibration)))
      throw new Exit('noDevice', words.calibrate.fell);
    const key = await dialogue.ask(
      questions(words)[step],
      play ? [...answers, again] : answers,
      byButton ? bench?.presses : undefined,
    );
    const answer = possible.find(one => keys[one] === key);
    if (answer) return answer;
  }
}

/** Leads on until `isEnough`. Throws Exit where whoever holds it should not, and where a motor is not felt. */
async function led(
  dialogue: Dialogue,
  bench: BoardUnderTest | null,
  begin: CalibrationWalk,
  isEnough: (walk: CalibrationWalk) => boolean,
): Promise<CalibrationWalk> {
  const { calibrate, bringup } = dialogue.words;
  const { holder } = bringup;
  const comesBefore = before(dialogue.words);
  let walk = begin;
  let asked: CalibrationWalk['step'] | null = null;
  while (!isEnough(walk)) {
    const { step, notes } = walk;
    if (step !== asked && step !== 'done' && step !== 'refused' && comesBefore[step])
      await dialogue.enter(comesBefore[step]);
    asked = step;
    walk = answered(walk, await felt(dialogue, bench, walk));
    if (walk.why === 'implant') throw new Exit('notPermitted', holder.implantYes);
    if (walk.why)
      throw new Exit('noDevice', fill(calibrate.neverTurns, { name: walk.why === 'left' ? 'A' : 'B' }));
    const [note] = walk.notes.slice(notes.length);
    if (note) dialogue.say(note === 'hands' ? holder.handsYes : calibrate.cannotMatch);
  }
  return walk;
}

/** The two questions for whoever holds it, before anything runs. */
export async function holderMay(dialogue: Dialogue, usual: BoardCalibration): Promise<CalibrationWalk> {
  return led(dialogue, null, beginCalibration(usual, usual.swapped), ({ step }) => step === 'left');
}

/** All that comes after those two. */
export async function calibrated(
  dialogue: Dialogue,
  bench: BoardUnderTest,
  begin: CalibrationWalk,
): Promise<BoardCalibration> {
  return (await led(dialogue, bench, begin, isWalkOver)).found;
}

/** A, then B: which is nearer the hand that holds it? What is known of each motor goes with it. */
export async function nearer(
  dialogue: Dialogue,
  bench: BoardUnderTest,
  known: BoardCalibration,
): Promise<BoardCalibration> {
  const begin: CalibrationWalk = { ...beginCalibration(known, known.swapped), step: 'nearer' };
  const answer = await felt(dialogue, bench, begin);
  return answered(begin, answer).found;
}
