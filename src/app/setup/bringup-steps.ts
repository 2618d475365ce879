/**
 * The steps of a bringup on a board that runs our firmware, in order: LED, buttons, copper, motors. Each ends it with
 * what is wrong and the one thing to do; what shows that is the dialogue's business.
 */
import { copperOf } from '../../../hardware/copper.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { Button, Motor, Ms } from '../../../machines/vocabulary.ts';
import { shown } from '../exit.ts';
import type { BoardSettings } from '../known-board.ts';
import type { BoardUnderTest } from './board-under-test.ts';
import { copperWrongs } from './copper-wrongs.ts';
import type { Dialogue } from './dialogue.ts';
import { nearer } from './motor-steps.ts';
import { SetupWrong, setupWrong } from './setup-wrong.ts';

/** A person looks for a button, finds it and presses it. */
const pressWithinMs: Ms = 60_000;
const pulseMs: Ms = 700;

async function light(dialogue: Dialogue, bench: BoardUnderTest): Promise<void> {
  const words = dialogue.words.bringup;
  dialogue.reached('led');
  const blinking = bench.blink(4);
  const seen = await dialogue.yes(words.led);
  await blinking;
  if (!seen) throw setupWrong(words, 'led');
}

/** One button: not down by itself, and down when pressed; another one going down is a wire in the wrong place. */
async function press(dialogue: Dialogue, bench: BoardUnderTest, button: 'go' | 'less'): Promise<void> {
  const words = dialogue.words.bringup;
  const name = button.toUpperCase();
  const pin = words.pins[button];
  dialogue.reached(button);
  if (bench.down.has(button)) throw setupWrong(words, 'stuck', { name, pin });
  const heard = async (): Promise<Button | null> => {
    let seen: Button | null = null;
    const stop = bench.presses(pressed => {
      seen ??= pressed;
    });
    await bench.until(() => seen !== null, pressWithinMs);
    stop();
    return seen;
  };
  const seen = await dialogue.press(fill(words.press, { name }), button, heard());
  if (seen === null) throw setupWrong(words, 'dead', { name, pin });
  if (seen !== button)
    throw setupWrong(words, 'crossed', {
      name,
      pin,
      other: seen.toUpperCase(),
      otherPin: words.pins[seen],
    });
  await bench.until(() => !bench.down.has(button), pressWithinMs);
  dialogue.say(words.heard);
}

/** STOP opens its contact when pressed. One that closes it reads the other way round. */
async function pressStop(dialogue: Dialogue, bench: BoardUnderTest): Promise<void> {
  const words = dialogue.words.bringup;
  const pin = words.pins.stop;
  dialogue.reached('stop');
  const atRest = bench.down.has('stop');
  const heard = async (): Promise<Readonly<{ other: Button | null; edge: boolean | undefined }>> => {
    let other: Button | null = null;
    const stop = bench.presses(pressed => {
      if (pressed !== 'stop') other ??= pressed;
    });
    bench.stopEdges = [];
    await bench.until(() => bench.stopEdges[0] !== undefined || other !== null, pressWithinMs);
    stop();
    return { other, edge: bench.stopEdges[0] };
  };
  const asked = atRest ? words.stopInverted : fill(words.press, { name: 'STOP' });
  const { other, edge } = await dialogue.press(asked, 'stop', heard());
  if (other !== null)
    throw setupWrong(words, 'crossed', {
      name: 'STOP',
      pin,
      other: other.toUpperCase(),
      otherPin: words.pins[other],
    });
  if (edge === undefined) throw setupWrong(words, atRest ? 'stopOpen' : 'stopDead', { pin });
  // What went up by being pressed was down at rest.
  if (!edge) throw setupWrong(words, 'stopNormallyOpen', { path: shown(bench.path), pin });
  await bench.until(() => bench.stopEdges[1] === false, pressWithinMs);
  dialogue.say(words.stopHeard);
}

/** What the board reads of its supply and of its motors at rest: before any of them is to run. */
async function copper(dialogue: Dialogue, bench: BoardUnderTest): Promise<void> {
  const words = dialogue.words.bringup;
  dialogue.reached('supply');
  const check = await bench.driver.check();
  if (!check) {
    dialogue.say(words.noPaths);
    return;
  }
  const [first] = copperWrongs(check);
  if (first) throw new SetupWrong(first.what, words.oneThing, first.todo);
  dialogue.say(fill(words.paths, { volts: (copperOf(check).supplyMv / 1000).toFixed(1) }));
}

/** One motor: felt, feeble, or not there; a board that falls over by it has it straight on a pin. */
async function motor(dialogue: Dialogue, bench: BoardUnderTest, which: Motor): Promise<void> {
  const words = dialogue.words.bringup;
  const name = which === 'left' ? 'A' : 'B';
  const pin = words.pins[which];
  dialogue.reached(which);
  await dialogue.enter(fill(words.motor, { name }));
  for (;;) {
    const stood = await bench.pulse(which, pulseMs);
    if (!stood) throw setupWrong(words, 'motorFells', { name, pin });
    if (bench.wasStalled) dialogue.say(catalogue.calibration.problems.stalled);
    else if (!bench.wasDriven) throw setupWrong(words, 'motorRefused', { name });
    const felt = await dialogue.ask(fill(words.felt, { name }), [
      { key: 'y', word: 'yes', button: 'go' },
      { key: 'n', word: 'no', button: 'less' },
      { key: 'w', word: 'weak' },
      { key: 'a', word: 'again' },
    ]);
    if (felt === 'n') throw setupWrong(words, 'motorDead', { name, pin });
    if (felt === 'w') throw setupWrong(words, 'motorWeak', { name, pin });
    if (felt === 'y') return;
  }
}

/** What is known of the board once all of it was tried. Throws Exit with what is wrong, and whatever the dialogue throws. */
export async function triedOut(dialogue: Dialogue, bench: BoardUnderTest): Promise<BoardSettings> {
  const words = dialogue.words.bringup;
  await bench.looked();
  dialogue.say(words.isOurs);
  await light(dialogue, bench);
  await press(dialogue, bench, 'go');
  await press(dialogue, bench, 'less');
  await pressStop(dialogue, bench);
  await copper(dialogue, bench);
  dialogue.say(words.motors);
  await motor(dialogue, bench, 'left');
  await motor(dialogue, bench, 'right');
  const before = bench.settings.calibration;
  dialogue.reached('nearer');
  const calibration = await nearer(dialogue, bench, before);
  if (calibration.swapped !== before.swapped) dialogue.say(words.swapped);
  return {
    ...bench.settings,
    at: new Date().toISOString(),
    calibration: structuredClone(calibration) as BoardSettings['calibration'],
  };
}
