/** Scripts of chance, the same for the same seed: what people, buttons and cables do within a minute. */
import { seeded } from '../../src/time/virtual-clock.ts';
import { begun, type RawStep } from './simulated.ts';

const intents: readonly RawStep[] = [
  { intent: 'go' },
  { intent: 'pause' },
  { intent: 'resume' },
  { intent: 'resume' },
  { intent: 'less' },
  { intent: 'undo' },
  { intent: 'next' },
  { intent: 'extend' },
  { intent: 'skip' },
  { intent: 'switchTechnique' },
  { intent: 'stop' },
  { intent: 'afterStop', why: 'slip' },
  { intent: 'afterStop', why: 'slip' },
  { intent: 'afterStop', why: 'enough' },
  { intent: 'acknowledge' },
  { intent: 'checkIn', local: 1, leg: 0, firmer: true },
  { intent: 'checkIn', local: 4, leg: 0 },
];
// Of bytes only those to the board: an edge whose own word was lost is made up for, and may count a step later.
const faults: readonly RawStep[] = [
  { fault: 'unplug' },
  { fault: 'replug' },
  { fault: 'stall' },
  { fault: 'stall', forMs: 230 },
  { fault: 'stall', forMs: 2600 },
  { fault: 'clockJump' },
  { fault: 'boardReset' },
  { fault: 'loseBytes', bytes: 1 },
  { fault: 'loseBytes', bytes: 9 },
];
const buttons = ['go', 'less', 'stop', 'receiver'] as const;

/** `lastMs`: when the session is left at the latest. */
export function randomScript(seed: number, lastMs = 40_000): readonly RawStep[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const steps: RawStep[] = [];
  let at = 0;
  while (at < lastMs) {
    at += Math.floor(random() * random() * 6000);
    const kind = random();
    if (kind < 0.45) steps.push({ at, ...pick(intents) });
    else if (kind < 0.6) steps.push({ at, ...pick(faults) });
    else {
      const button = pick(buttons);
      steps.push({ at, button, down: true });
      // Longer than Johnny-Five's debounce, and mostly shorter than a hold.
      at += 20 + Math.floor(random() * random() * 1600);
      steps.push({ at, button, down: false });
    }
  }
  return [...begun, ...steps, { at: at + 1000, intent: 'end' }];
}
