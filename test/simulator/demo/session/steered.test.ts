/** A session whose time was steered is practice: told apart from the first moment of it, and counted nowhere. */
import { afterEach, expect, it } from 'vitest';
import { fromLibrary } from '../../../../machines/routine/library.ts';
import { PacedStage } from '../../../../simulator/demo/session/paced-stage.ts';
import { HistoryKeeper } from '../../../../src/history/keeper.ts';
import type { SessionRecord } from '../../../../src/history/records.ts';
import { TelemetryBuffer } from '../../../../src/server/telemetry.ts';
import { Sessions } from '../../../../src/session/sessions.ts';
import { emulatedStage } from '../../../../src/simulation/emulated-stage.ts';
import { hex } from '../../../firmware/rig.ts';
import { WorkerTime } from '../../../support/worker-time.ts';

let close = (): void => {};
afterEach(() => close());

/** Sessions as the page's worker has them, and what is kept of each. */
async function paced() {
  const routine = fromLibrary('first-touch');
  if (!routine) throw new Error('first-touch is not in the library');
  const stage = await emulatedStage(hex, 1);
  ({ close } = stage);
  const time = new WorkerTime();
  const wheel = new PacedStage(stage, new TelemetryBuffer(), time.ports, () => {});
  const kept: SessionRecord[][] = [];
  let ids = 0;
  const history = new HistoryKeeper({
    store: {
      newId: () => `20260301-183000-${String(ids++).padStart(4, '0')}`,
      begin: () => {
        const records: SessionRecord[] = [];
        kept.push(records);
        return { failure: null, keep: record => void records.push(record as SessionRecord), close: () => {} };
      },
    },
    preferences: () => ({ keep: 'plain' }),
    wallNow: () => 0,
    product: 'test',
    pid: 0,
    user: () => null,
    steering: wheel,
  });
  const { clock, driver } = stage;
  const journal = { failure: null, begin: () => () => {}, over: () => {} };
  const sessions = new Sessions(
    { clock, driver, product: 'test', trace: () => {}, journal, history },
    { routine },
  );
  wheel
    .run(sessions, () => {})
    .catch((error: unknown) => {
      throw error;
    });
  return { sessions, time, wheel, kept };
}
type Paced = Awaited<ReturnType<typeof paced>>;

async function begin({ sessions, time }: Paced): Promise<void> {
  const say = sessions.run.intend.bind(sessions.run);
  say({ intent: 'screen', complaint: false, answers: {}, others: 'no' });
  say({ intent: 'confirm', step: 'bath' });
  say({ intent: 'confirm', step: 'oil' });
  say({ intent: 'confirm', step: 'position' });
  say({ intent: 'baseline', local: 0, leg: 0 });
  say({ intent: 'start' });
  await time.pass(5000);
  expect(sessions.run.state).toBe('warmUp');
}

const steeredAt = (records: readonly SessionRecord[] | undefined): readonly number[] =>
  (records ?? []).flatMap(record => (record.type === 'steered' ? [record.at] : []));

it('a session in real time is none, whatever was steered before its hands moved', async () => {
  const one = await paced();
  one.wheel.setRate(50);
  await one.time.pass(100);
  one.wheel.setRate(1);
  await begin(one);
  expect(one.kept).toHaveLength(1);
  expect(steeredAt(one.kept[0])).toEqual([]);
});

it.each([
  ['faster', (wheel: PacedStage) => wheel.setRate(10)],
  ['slower', (wheel: PacedStage) => wheel.setRate(0.5)],
  ['not at all', (wheel: PacedStage) => wheel.setRate(0)],
  ['from event to event', (wheel: PacedStage) => wheel.step()],
  ['straight to a phase', (wheel: PacedStage) => wheel.jump('steady')],
] as const)('time that went %s for a moment is kept once, from that moment on', async (_, steer) => {
  const one = await paced();
  await begin(one);
  steer(one.wheel);
  one.wheel.setRate(1);
  one.wheel.setRate(20);
  one.wheel.setRate(1);
  await one.time.pass(200);
  const [at = 0, ...more] = steeredAt(one.kept[0]);
  expect(more).toEqual([]);
  expect(at).toBeGreaterThan(1000);
});

it('a session whose hands began in steered time is one from its beginning', async () => {
  const one = await paced();
  one.wheel.jump('steady');
  await one.time.pass(3000);
  expect(steeredAt(one.kept[0])).toEqual([0]);
});
