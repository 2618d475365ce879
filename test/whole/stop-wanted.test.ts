/** The firmware's binary just switched on, under the whole stack: its light asks for the press of STOP that it wants. */
import { describe, expect, it } from 'vitest';
import type { Intent } from '../../machines/intent.ts';
import { firmwareHex } from '../../src/installed.ts';
import { Run } from '../../src/session/run.ts';
import type { TraceLine } from '../../src/session/trace.ts';
import { emulatedStage } from '../../src/simulation/emulated-stage.ts';
import { countedFrom } from '../../src/time/clock.ts';
import { routine } from '../support/routines.ts';

/** Prepared on a board whose power has just come on, and what its LED pin shows from then on. */
async function prepared(answers: object) {
  const shown: { at: number; lit: boolean }[] = [];
  const stage = await emulatedStage(firmwareHex(), 1, uno => {
    uno.reset('powerOn');
    uno.scope.subscribe(event => {
      if (event.type === 'level') shown.push({ at: event.atMs, lit: event.high });
    });
  });
  const lines: TraceLine[] = [];
  const run = new Run({
    routine: routine(),
    clock: countedFrom(stage.clock, stage.clock.now()),
    driver: stage.driver,
    speaks: stage.speaks,
    boardReady: true,
    trace: line => lines.push(line),
    journal: () => {},
    product: 'test',
  });
  const pass = async (ms: number): Promise<void> => {
    const until = stage.clock.now() + ms;
    let isOver = false;
    stage.clock.at(until, () => {
      isOver = true;
    });
    while (!isOver) await stage.hop();
  };
  const intend = (...intents: readonly Intent[]): void => {
    for (const intent of intents) run.intend(intent);
  };
  run.open();
  intend({ intent: 'screen', complaint: true, answers, others: 'no' } as Intent);
  for (const step of ['bath', 'oil', 'position'] as const)
    if (run.snapshot.context.steps.includes(step)) intend({ intent: 'confirm', step });
  intend({ intent: 'baseline', local: 0, leg: 0 });
  await pass(400);
  const lit = (): boolean => run.led.lit;
  /** How often the light comes on while this passes. */
  const comesOn = async (ms: number): Promise<number> => {
    const from = shown.length;
    await pass(ms);
    return shown.slice(from).filter(change => change.lit).length;
  };
  const close = (): void => {
    run.close();
    stage.close();
  };
  return { run, stage, lines, pass, intend, lit, comesOn, close };
}

describe('a board that wants its STOP tried', () => {
  it('asks for it by its light once a second, answers the press, and then waits with a steady light', async () => {
    const { run, stage, lines, pass, intend, lit, comesOn, close } = await prepared({});
    try {
      expect(run.state).toBe('preparation');
      expect(await comesOn(4000)).toBe(4);
      intend({ intent: 'start' });
      expect(run.state).toBe('preparation');
      expect(lines.findLast(({ type }) => type === 'refusal')).toMatchObject({ limit: 'stopUntried' });
      expect(await comesOn(3000)).toBe(3);
      stage.boardControls.button('stop', true);
      await pass(400);
      expect(lit()).toBe(true);
      expect(await comesOn(2500)).toBe(0);
      expect(lit()).toBe(true);
      stage.boardControls.button('stop', false);
      await pass(400);
      expect(await comesOn(2500)).toBe(0);
      expect(lit()).toBe(true);
      expect(run.state).toBe('preparation');
      intend({ intent: 'start' });
      await pass(100);
      expect(run.state).toBe('warmUp');
    } finally {
      close();
    }
  });

  it('asks for it by staying dark where no light may blink, and is lit from the press on', async () => {
    const { stage, pass, lit, comesOn, close } = await prepared({ K4: 'unsure' });
    try {
      expect(lit()).toBe(false);
      expect(await comesOn(3000)).toBe(0);
      stage.boardControls.button('stop', true);
      await pass(400);
      expect(lit()).toBe(true);
      stage.boardControls.button('stop', false);
      expect(await comesOn(3000)).toBe(0);
      expect(lit()).toBe(true);
    } finally {
      close();
    }
  });
});
