/** The log of a board's last sessions by itself, out of its bytes. */
import { hereBands, legBands } from '../../machines/response.ts';
import { endReasons, type Reason } from '../../machines/session.lists.ts';
import {
  type BodySide,
  type Fault,
  faults,
  type MovingStage,
  movingStages,
  type Outcome,
  outcomes,
} from '../../machines/vocabulary.ts';
import { numberAt } from './bytes.ts';
import {
  crc16,
  crcStarts,
  logBodyBytes,
  logEntryBytes,
  logHeadBytes,
  logMarkEveryMin,
  logSlots,
} from './layout.ts';

/** How a session went that came to its end. */
export type LoggedEnd = Readonly<{
  outcome: Outcome;
  reason: Reason | null;
  fault: Fault | null;
  /** From the beginning to the end, pauses and all. */
  seconds: number;
  /** Minutes in which hands moved; what they did on both sides counts for each. At most 63.5. */
  minutes: Readonly<Record<MovingStage, Readonly<Record<BodySide, number>>>>;
  eases: number;
  rises: number;
  pauses: number;
  /** How many answers lay in each band: up to 7. */
  here: Readonly<Record<(typeof hereBands)[number], number>>;
  leg: Readonly<Record<(typeof legBands)[number], number>>;
}>;

export type LoggedSession = Readonly<{
  /** For whom the board is loaded now, a letter; missing where nobody said. No entry of its log has one. */
  client?: string;
  /** Counts sessions; 8 bits. */
  sequence: number;
  /** Which start of the board it was in; 14 bits. */
  epoch: number;
  routineHash: number;
  /** Null: it broke off. */
  end: LoggedEnd | null;
  /** How far one came that broke off, as far as that is known. */
  atLeastMinutes: number;
}>;

const isWhole = (bytes: Uint8Array, until: number): boolean =>
  crc16(bytes.subarray(0, until), crcStarts.log) === numberAt(bytes, until, 2);

/** What stands in a half of the bytes from `at` on, by name. */
const counts = <Name extends string>(
  names: readonly Name[],
  count: (index: number) => number,
): Readonly<Record<Name, number>> =>
  Object.fromEntries(names.map((name, index) => [name, count(index)])) as Record<Name, number>;

const halves =
  (body: Uint8Array, at: number) =>
  (index: number): number =>
    ((body[at + (index >> 1)] ?? 0) >> (index % 2 === 0 ? 0 : 4)) & 7;

function endOf(body: Uint8Array): LoggedEnd | null {
  const [eases = 0, rises = 0, pauses = 0] = body.subarray(8, 11);
  const [low = 0, high = 0, outcomeAndFault = 0, reason = 0] = body.subarray(15, 19);
  const outcome = outcomes[outcomeAndFault & 7];
  if (!outcome) return null;
  const minutesOf = (stage: number): Readonly<Record<BodySide, number>> => ({
    left: (body[stage * 2] ?? 0) / 2,
    right: (body[stage * 2 + 1] ?? 0) / 2,
  });
  return {
    outcome,
    reason: endReasons[reason] ?? null,
    fault: faults[outcomeAndFault >> 3] ?? null,
    seconds: low + high * 128,
    minutes: {
      warmUp: minutesOf(movingStages.indexOf('warmUp')),
      strokes: minutesOf(movingStages.indexOf('strokes')),
      pressureRamp: minutesOf(movingStages.indexOf('pressureRamp')),
      cooldown: minutesOf(movingStages.indexOf('cooldown')),
    },
    eases,
    rises,
    pauses,
    here: counts(hereBands, halves(body, 11)),
    leg: counts(legBands, halves(body, 13)),
  };
}

/** The sessions of a whole log, the oldest first. An entry that is not whole is left out. */
export function loggedSessions(log: Uint8Array): readonly LoggedSession[] {
  const sessions = Array.from({ length: logSlots }, (_, slot): LoggedSession[] => {
    const bytes = log.subarray(slot * logEntryBytes, (slot + 1) * logEntryBytes);
    const [sequence = 0] = bytes;
    if (sequence % logSlots !== slot || !isWhole(bytes, logHeadBytes - 2)) return [];
    const body = bytes.subarray(logHeadBytes, logHeadBytes + logBodyBytes);
    const marks = [...body].reverse();
    return [
      {
        sequence,
        epoch: numberAt(bytes, 1, 2),
        routineHash: numberAt(bytes, 3, 4),
        end: isWhole(bytes, logEntryBytes - 2) ? endOf(body) : null,
        atLeastMinutes: (marks.lastIndexOf(0x80 | sequence) + 1) * logMarkEveryMin,
      },
    ];
  }).flat();
  /** Sequences go round: whichever is followed by all others within half a turn is the oldest. */
  const ahead = (one: number, other: number): number => ((one - other + 384) % 256) - 128;
  return sessions.toSorted((one, other) => ahead(one.sequence, other.sequence));
}
