import { describe, expect, it } from 'vitest';
import { Recorder } from '../../../hardware/recorder.ts';
import { Run } from '../../../src/session/run.ts';
import { ScriptPlayer, scriptedRun } from '../../../src/simulation/script-player.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { isLong } from '../../support/length.ts';
import { cooldown, phaseFields, routine, warmUp } from '../../support/routines.ts';
import { begun, linesOf, type RawStep, simulated, stepsOf } from '../../support/simulated.ts';

const states = async (...steps: RawStep[]): Promise<string[]> =>
  linesOf(await simulated({ steps: [...begun, ...steps] }), 'state').map(({ state, at }) => `${state} ${at}`);
const playing = async (...steps: RawStep[]) => simulated({ steps: [...begun, ...steps] });

describe('a step', () => {
  it('is played at its time', async () => {
    expect(await states({ at: 1234, intent: 'pause' }, { at: 5678, intent: 'end' })).toEqual([
      'screening 0',
      'preparation 0',
      'warmUp 0',
      'paused 1234',
      'interrupted 5678',
    ]);
  });

  it('of one time is played in the order of the file', async () => {
    const seen = await states(
      { at: 2000, intent: 'end' },
      { at: 1000, intent: 'pause' },
      { at: 1000, intent: 'resume' },
      { at: 1000, intent: 'checkIn', local: 4, leg: 0 },
    );
    expect(seen.slice(3)).toEqual(['paused 1000', 'warmUp 1000', 'eased 1000', 'interrupted 2000']);
  });

  it('on a state is played each time it is entered, at that very instant', async () => {
    const seen = await states(
      { on: 'paused', intent: 'resume' },
      { at: 1000, intent: 'pause' },
      { at: 2000, intent: 'pause' },
      { at: 3000, intent: 'end' },
    );
    expect(seen.slice(3)).toEqual([
      'paused 1000',
      'warmUp 1000',
      'paused 2000',
      'warmUp 2000',
      'interrupted 3000',
    ]);
  });

  it('on the nth time is played only then, and after its delay', async () => {
    const seen = await states(
      { on: 'paused', nth: 2, afterMs: 500, intent: 'resume' },
      { at: 1000, intent: 'pause' },
      { at: 1100, intent: 'resume' },
      { at: 2000, intent: 'pause' },
      { at: 4000, intent: 'end' },
    );
    expect(seen.slice(3)).toEqual([
      'paused 1000',
      'warmUp 1100',
      'paused 2000',
      'warmUp 2500',
      'interrupted 4000',
    ]);
  });

  it('on the last part of a state’s name is played there too', async () => {
    const asked = routine(
      [warmUp({ durationS: 180 }), phaseFields({ durationS: 400 }), cooldown({ durationS: 180 })],
      {
        kind: 'full',
      },
    );
    for (const on of ['checkIn', 'strokes.checkIn']) {
      const played = await simulated({
        routine: asked,
        steps: [...begun, { on, intent: 'checkIn', local: 7, leg: 0 }],
      });
      expect([on, played.outcome.reason]).toEqual([on, 'scoreTooHigh']);
    }
  });

  it('that is not possible now leaves a refusal, and the run goes on', async () => {
    const played = await playing({ at: 500, intent: 'resume' }, { at: 700, intent: 'end' });
    expect(linesOf(played, 'refusal')).toEqual([
      {
        at: 500,
        type: 'refusal',
        asked: 'resume',
        gave: 'nothing',
        limit: 'notNow',
        next: 'Less and STOP work at any time.',
      },
    ]);
    expect(played.outcome.outcome).toBe('interrupted');
  });

  it('after the outcome is ignored, whatever it is', async () => {
    const played = await playing(
      { at: 1000, intent: 'end' },
      { at: 2000, intent: 'start' },
      { at: 2000, expect: 'warmUp' },
      { at: 2000, button: 'go', down: true },
      { at: 2000, fault: 'boardReset' },
    );
    expect(played.lines.at(-1)).toMatchObject({ type: 'outcome', at: 1020 });
  });

  it('that presses a button meets the board on the input grid', async () => {
    expect(
      (
        await states(
          { at: 1001, button: 'stop', down: true },
          { at: 1002, button: 'stop', down: false },
          { at: 3000, intent: 'end' },
        )
      ).slice(3),
    ).toEqual(['stopped 1040']);
  });
});

describe('an expectation', () => {
  it.each([
    ['a state', 'warmUp'],
    ['a place', { state: 'warmUp', phase: 'warmUp', side: 'together', pressure: 1 }],
    ['nothing but a pressure', { pressure: 1 }],
  ])('of %s that holds says nothing', async (_, expected) => {
    const played = await playing({ at: 1000, expect: expected }, { at: 2000, intent: 'end' });
    expect(played.outcome.outcome).toBe('interrupted');
  });

  it.each([
    ['strokes', 'step 5: expected state strokes at 1000 ms, found warmUp'],
    [{ phase: 'calf' }, 'step 5: expected phase calf at 1000 ms, found warmUp'],
    [{ side: 'left' }, 'step 5: expected side left at 1000 ms, found together'],
    [{ pressure: 2 }, 'step 5: expected pressure 2 at 1000 ms, found 1'],
  ])('of %j that does not hold names its step', async (expected, message) => {
    await expect(playing({ at: 1000, expect: expected })).rejects.toThrow(message);
  });

  it('sees what all steps before it at that instant have led to', async () => {
    const played = await playing(
      { on: 'paused', expect: 'paused' },
      { at: 1000, intent: 'pause' },
      { at: 1000, expect: 'paused' },
      { at: 1000, intent: 'resume' },
      { at: 1000, expect: 'warmUp' },
      { at: 1001, intent: 'end' },
    );
    expect(played.outcome.outcome).toBe('interrupted');
  });

  it.each([
    [{ on: 'transition', expect: { phase: 'calf' } }, 'step 5: what it expects on "transition" was never'],
    [{ on: 'paused', nth: 2, expect: 'paused' }, 'step 5: what it expects on "paused", time 2, was never'],
    [{ on: 'paused', afterMs: 60_000, expect: 'paused' }, 'step 5: what it expects on "paused" was never'],
  ])('that was never put to the test is no test that was passed: %j', async (step, message) => {
    const rest = [
      { at: 1000, intent: 'pause' },
      { at: 2000, intent: 'end' },
    ];
    await expect(playing(step, ...rest)).rejects.toThrow(message);
  });

  it('before anything began finds no place', async () => {
    await expect(simulated({ steps: [{ at: 5, expect: { phase: 'warmUp' } }] })).rejects.toThrow(
      'step 1: expected phase warmUp at 5 ms, found none',
    );
  });
});

describe('a script that answers itself', () => {
  it('at one instant is stopped and named', async () => {
    await expect(
      playing({ on: 'warmUp', intent: 'pause' }, { on: 'paused', intent: 'resume' }),
    ).rejects.toThrow(/^step [56]: more than 100 steps at 0 ms, the script answers itself$/);
  });

  if (isLong)
    it('a millisecond later each time is stopped too, before it has filled the memory', async () => {
      await expect(
        playing(
          { on: 'warmUp', afterMs: 1, intent: 'pause' },
          { on: 'paused', afterMs: 1, intent: 'resume' },
        ),
      ).rejects.toThrow(/^step [56]: more than 20000 steps, the script answers itself$/);
    });
});

describe('what happens to the board', () => {
  it('unplugs and replugs: a ready board after two seconds, and nothing by itself', async () => {
    const seen = await states(
      { at: 1000, fault: 'unplug' },
      { at: 1500, intent: 'acknowledge' },
      { at: 2000, fault: 'replug' },
      { at: 3900, intent: 'resume' },
      { at: 4100, intent: 'resume' },
      { at: 5000, intent: 'end' },
    );
    expect(seen.slice(3)).toEqual(['faulted 1000', 'warmUp 4100', 'interrupted 5000']);
  });

  it('is played on a clock whose every timer is late by a fraction, or by more than can be waited for', async () => {
    for (const jitterMs of [1.5, 40]) {
      const clock = new VirtualClock({ jitterMs });
      const driver = new Recorder();
      const run = new Run({
        routine: routine(),
        clock,
        driver,
        speaks: false,
        boardReady: true,
        product: 'test',
      });
      const pressed: string[] = [];
      const player = new ScriptPlayer(
        scriptedRun(run),
        clock,
        stepsOf([{ at: 1000, button: 'stop', down: true }]),
        {
          button: (button, down) => pressed.push(`${button} ${down}`),
          fault: () => {},
        },
      );
      player.start();
      run.open();
      clock.runUntil(2000);
      expect(pressed).toEqual(['stop true']);
      run.close();
    }
  });

  it('stalls for minutes while nothing may run, and the session goes on from there', async () => {
    const seen = await states(
      { at: 2000, intent: 'stop' },
      { at: 3000, fault: 'stall', forMs: 260_000 },
      { at: 264_000, intent: 'afterStop', why: 'slip' },
      { at: 265_000, intent: 'end' },
    );
    expect(seen.slice(3)).toEqual(['stopped 2000', 'paused 264000', 'interrupted 265000']);
  });

  it('waits until what a finger has just done has counted', async () => {
    const seen = await states(
      { at: 1000, button: 'stop', down: true },
      { at: 1000, fault: 'unplug' },
      { at: 1000, button: 'stop', down: false },
      { at: 5000, intent: 'end' },
    );
    expect(seen.slice(3)).toEqual(['stopped 1020']);
  });

  it('stalls the loop for as long as it says, a second otherwise', async () => {
    expect((await states({ at: 1000, fault: 'stall' }, { at: 9000, intent: 'end' }))[3]).toBe('faulted 2000');
    expect((await states({ at: 1000, fault: 'stall', forMs: 300 }, { at: 9000, intent: 'end' }))[3]).toBe(
      'faulted 1300',
    );
    expect((await states({ at: 1000, fault: 'stall', forMs: 120 }, { at: 9000, intent: 'end' }))[3]).toBe(
      'interrupted 9000',
    );
  });

  it('lets the clock jump, the board start anew, and bytes be lost that nobody misses without a board', async () => {
    expect((await states({ at: 1000, fault: 'clockJump' }, { at: 2000, intent: 'end' }))[3]).toBe(
      'faulted 1000',
    );
    expect((await playing({ at: 1000, fault: 'boardReset' })).outcome.reason).toBe('boardReset');
    expect(
      (await playing({ at: 1000, fault: 'loseBytes' }, { at: 2000, intent: 'end' })).outcome.outcome,
    ).toBe('interrupted');
  });
});
