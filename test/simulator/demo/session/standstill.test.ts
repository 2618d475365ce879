/** What becomes of a session in the browser whose tab is frozen, or whose machine sleeps, under the very firmware. */
import { afterEach, describe, expect, it } from 'vitest';
import { fromLibrary } from '../../../../machines/routine/library.ts';
import { PacedStage } from '../../../../simulator/demo/session/paced-stage.ts';
import { Standstill, stoodStillMs } from '../../../../simulator/demo/session/standstill.ts';
import { TelemetryBuffer } from '../../../../src/server/telemetry.ts';
import { Sessions } from '../../../../src/session/sessions.ts';
import { emulatedStage } from '../../../../src/simulation/emulated-stage.ts';
import { hex } from '../../../firmware/rig.ts';
import { WorkerTime } from '../../../support/worker-time.ts';

let close = (): void => {};
afterEach(() => close());

/** A session on the emulated board whose hands move, in a worker. */
async function moving() {
  const routine = fromLibrary('first-touch');
  if (!routine) throw new Error('first-touch is not in the library');
  const stage = await emulatedStage(hex, 1);
  ({ close } = stage);
  const time = new WorkerTime();
  const bench = new TelemetryBuffer();
  const { clock, driver } = stage;
  const sessions = new Sessions(
    {
      clock,
      driver,
      product: 'tactus test',
      trace: () => {},
      journal: { failure: null, begin: () => () => {}, over: () => {} },
    },
    { routine },
  );
  let isOn = false;
  stage.tell?.(line => {
    if (line.type === 'pin') isOn = line.duty > 0;
  }, 0);
  const paced = new PacedStage(stage, bench, time.ports, () =>
    stage.boardControls.fault({ kind: 'fault', fault: 'stall' }),
  );
  paced
    .run(sessions, () => {})
    .catch((error: unknown) => {
      throw error;
    });
  paced.jump('steady');
  await time.pass(3000);
  expect(sessions.run.state).toBe('strokes');
  return { sessions, time, paced, at: () => sessions.run.clock.now(), isOn: () => isOn };
}

const fault = (sessions: Sessions): string | null => sessions.run.snapshot.context.fault ?? null;

describe('a tab that was frozen', () => {
  it('keeps the place with the motors off and says so, makes nothing up for, and goes on when a person has it go on', async () => {
    const { sessions, time, at, isOn } = await moving();
    const before = at();
    await time.turn(60_000);
    await time.pass(1500);
    expect([sessions.run.state, isOn()]).toEqual(['faulted', false]);
    expect(at() - before).toBeLessThan(3000);
    sessions.run.intend({ intent: 'acknowledge' });
    await time.pass(500);
    sessions.run.intend({ intent: 'resume' });
    await time.pass(3000);
    expect(sessions.run.state).toBe('strokes');
  });

  it('on a machine that slept, whose own clock stood meanwhile, does the same', async () => {
    const { sessions, time } = await moving();
    await time.turn(5, 3_600_000);
    await time.pass(1500);
    expect([sessions.run.state, fault(sessions)]).toEqual(['faulted', 'loopStalled']);
  });

  it('stays paused where it was paused', async () => {
    const { sessions, time } = await moving();
    sessions.run.intend({ intent: 'pause' });
    await time.pass(3000);
    await time.turn(60_000);
    await time.pass(1500);
    expect(sessions.run.state).toBe('paused');
  });

  it('meets nothing where time was held from the bench', async () => {
    const { sessions, time, paced } = await moving();
    paced.setRate(0);
    await time.turn(60_000);
    paced.setRate(1);
    await time.pass(500);
    expect(sessions.run.state).toBe('strokes');
  });
});

describe('a worker that is merely late', () => {
  it('goes on, for as long as its turns come within two seconds', async () => {
    const { sessions, time } = await moving();
    for (let turns = 0; turns < 3; turns++) await time.turn(stoodStillMs);
    await time.pass(500);
    expect(sessions.run.state).toBe('strokes');
  });

  it('minds no clock that is set back', () => {
    const standstill = new Standstill();
    expect([
      standstill.turn(0, 5_000_000),
      standstill.turn(4, 1_000_000),
      standstill.turn(8, 1_000_004),
    ]).toEqual([false, false, false]);
  });
});
