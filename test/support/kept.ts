/** A kept session as a simulated one leaves it, for tests of the history. */
import { fromLibrary } from '../../machines/routine/library.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { Keeping } from '../../machines/vocabulary.ts';
import { SessionRecorder } from '../../src/history/recorder.ts';
import {
  historyVersion,
  type KeptSession,
  type SessionHeader,
  type SessionRecord,
} from '../../src/history/records.ts';
import { rememberedStage } from '../../src/simulation/recorded-stage.ts';
import { assumedPerson } from '../../src/simulation/script.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { type RawStep, stepsOf } from './simulated.ts';

export const headerOf = (fields: Partial<SessionHeader> = {}): SessionHeader => ({
  type: 'session',
  v: historyVersion,
  id: '20260301-183000-abcd',
  startedAt: '2026-03-01T18:30:00.000Z',
  product: 'tactus test',
  routine: { id: 'small', title: 'Small', plannedMs: 1 },
  for: null,
  client: null,
  intakeAttested: false,
  keeps: 'plain',
  takenUp: false,
  pid: 0,
  ...fields,
});

export type KeptOptions = Readonly<{
  routine?: Routine;
  steps?: readonly RawStep[];
  keeps?: Exclude<Keeping, 'off'>;
  header?: Partial<SessionHeader>;
}>;

const keepings = ['plain', 'bands', 'scores'] as const;
type Written = { begun: Partial<SessionHeader>; readonly records: SessionRecord[] };
type Played = Readonly<Record<(typeof keepings)[number], Written>>;

/** What was played already: nobody changes what was kept, so one play serves all who ask for it. */
const played = new Map<string, Promise<Played>>();

/** Without steps the assumed person; without a routine the default one. */
export async function keptOf({
  routine,
  steps,
  keeps = 'scores',
  header = {},
}: KeptOptions = {}): Promise<KeptSession> {
  const given = routine ?? fromLibrary('evening-legs');
  if (!given) throw new Error('the library has lost evening-legs');
  const key = JSON.stringify([given, steps]);
  const known = played.get(key) ?? play(given, steps);
  played.set(key, known);
  const { begun, records } = (await known)[keeps];
  return {
    header: { ...headerOf({ keeps, ...header }), ...begun },
    records: [...records],
    tailDropped: false,
  };
}

/** The session, kept in each way that there is. */
async function play(given: Routine, steps: readonly RawStep[] | undefined): Promise<Played> {
  const none = (): Written => ({ begun: {}, records: [] });
  const written: Played = { plain: none(), bands: none(), scores: none() };
  const stage = rememberedStage();
  try {
    await simulate(stage, {
      routine: given,
      steps: steps ? stepsOf(steps) : assumedPerson(given),
      product: 'test',
      follow: run => {
        for (const keeps of keepings)
          new SessionRecorder(run, {
            keeps,
            begun: begun => {
              written[keeps].begun = begun;
            },
            keep: record => written[keeps].records.push(record),
            over: () => {},
          });
      },
    });
  } finally {
    stage.close();
  }
  return written;
}

const checkIn = (nth: number, local: number, leg: number, firmer: boolean): RawStep => ({
  on: 'checkIn',
  nth,
  afterMs: 3000,
  intent: 'checkIn',
  local,
  leg,
  firmer,
});

/** An evening with a rise, an ease, a pause and a minute added. */
export const eventful: readonly RawStep[] = [
  { at: 0, intent: 'screen', complaint: true, others: 'no' },
  { at: 0, intent: 'confirm', step: 'bath' },
  { at: 0, intent: 'confirm', step: 'oil' },
  { at: 0, intent: 'confirm', step: 'position' },
  { at: 0, intent: 'baseline', local: 2, leg: 1 },
  { at: 100, intent: 'start' },
  { on: 'transition', afterMs: 6000, intent: 'go' },
  checkIn(1, 2, 1, false),
  checkIn(2, 1, 1, true),
  checkIn(3, 3, 1, true),
  checkIn(4, 2, 1, true),
  checkIn(5, 2, 0, true),
  checkIn(6, 4, 1, false),
  ...[7, 8, 9].map(nth => checkIn(nth, 2, 1, true)),
  { at: 230_000, intent: 'extend' },
  { at: 600_000, intent: 'pause' },
  { at: 690_000, intent: 'resume' },
  { on: 'finishing', afterMs: 2000, intent: 'acknowledge' },
];
