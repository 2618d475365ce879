/** A session that a board has played by itself, as the history keeps one. */
import type { LoggedSession } from '../../../hardware/alone/logged.ts';
import { historyWords } from '../../../machines/text/history.ts';
import { type Keeping, type MovingStage, type Ms, movingStages } from '../../../machines/vocabulary.ts';
import { reasonKept } from '../../history/recorder.ts';
import {
  historyVersion,
  type RecordOf,
  type SessionHeader,
  type SessionRecord,
} from '../../history/records.ts';
import type { OnBoard } from './known-alone.ts';

const minuteMs: Ms = 60_000;
/** No process has this number: nobody is writing it any more. */
const nobody = 2 ** 30;

/** Between these moments it lies, ms since 1970; `after` null where nobody knows after which. */
export type Span = Readonly<{ after: Ms | null; until: Ms }>;

/** By what a board's session is known again. Its sequence has 8 bits, so that it alone would not do. */
export const logKeyOf = ({
  epoch,
  sequence,
  routineHash,
}: Pick<LoggedSession, 'epoch' | 'sequence' | 'routineHash'>): string =>
  `${epoch} ${sequence} ${routineHash.toString(16)}`;

/** As far as it is known, of one that broke off too. */
export const lastedMs = ({ end, atLeastMinutes }: LoggedSession): Ms =>
  end ? end.seconds * 1000 : atLeastMinutes * minuteMs;

type Stages = RecordOf<'totals'>['stages'];
const noTime = { left: 0, right: 0 };
const noStages: Stages = { warmUp: noTime, strokes: noTime, pressureRamp: noTime, cooldown: noTime };

function stagesOf({ end }: LoggedSession): Stages {
  if (!end) return noStages;
  const ms = (stage: MovingStage) => ({
    left: end.minutes[stage].left * minuteMs,
    right: end.minutes[stage].right * minuteMs,
  });
  return {
    warmUp: ms('warmUp'),
    strokes: ms('strokes'),
    pressureRamp: ms('pressureRamp'),
    cooldown: ms('cooldown'),
  };
}

/**
 * For how long hands moved, about: what they did on both sides at once stands under each, and counts once. How much that
 * was no board tells; as much as was planned is assumed. Of a routine that nobody knows: nothing at once.
 */
function movedMs(session: LoggedSession, routine: OnBoard | null): Ms {
  const stages = stagesOf(session);
  const sum = movingStages.reduce((all, stage) => {
    const { left, right } = stages[stage];
    return all + left + right - Math.min(left, right) * (routine?.together[stage] ?? 0);
  }, 0);
  return Math.min(Math.round(sum), lastedMs(session));
}

export type PlayedPorts = Readonly<{
  id: string;
  board: string;
  product: string;
  client: string | null;
  keeps: Exclude<Keeping, 'off'>;
  startedAt: Ms;
  after: Ms | null;
  routine: OnBoard | null;
}>;

const isoOf = (at: Ms): string => new Date(at).toISOString();

export function playedHeader(session: LoggedSession, ports: PlayedPorts): SessionHeader {
  const { routine, startedAt, after } = ports;
  const { epoch, sequence, routineHash } = session;
  return {
    type: 'session',
    v: historyVersion,
    id: ports.id,
    startedAt: isoOf(startedAt),
    product: ports.product,
    routine: routine
      ? { id: routine.id, title: routine.title, plannedMs: routine.plannedMs }
      : { id: 'unknown', title: historyWords.alone.unknown, plannedMs: 0 },
    for: null,
    client: ports.client,
    intakeAttested: false,
    keeps: ports.keeps,
    takenUp: false,
    pid: nobody,
    alone: {
      startedAfter: after === null ? null : isoOf(after),
      board: ports.board,
      epoch,
      sequence,
      routineHash,
    },
  };
}

/** What is kept of it. Answers only where somebody chose to keep them; numbers no board knows. */
export function playedRecords(
  session: LoggedSession,
  { keeps, routine }: Pick<PlayedPorts, 'keeps' | 'routine'>,
): readonly SessionRecord[] {
  const { end } = session;
  const at = lastedMs(session);
  const totals: SessionRecord = {
    type: 'totals',
    at,
    movedMs: movedMs(session, routine),
    stages: stagesOf(session),
    eases: end?.eases ?? 0,
    rises: end?.rises ?? 0,
    pauses: end?.pauses ?? 0,
    ...(end && keeps !== 'plain' && { here: { ...end.here }, leg: { ...end.leg } }),
  };
  if (!end) return [totals];
  return [
    totals,
    ...(end.fault === null ? [] : [{ type: 'fault', at, fault: end.fault } as const]),
    { type: 'outcome', at, outcome: end.outcome, reason: reasonKept(end.reason, keeps) },
  ];
}
