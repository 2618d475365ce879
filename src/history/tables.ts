/** A kept session, or many, as CSV and as JSON. What a spreadsheet would run as a formula is made plain text. */
import type { Outcome } from '../../machines/vocabulary.ts';
import type { KeptSession } from './records.ts';
import { type Summary, summaryOf } from './summary.ts';

type Value = string | number | null;

/** What a spreadsheet takes for a formula, also behind spaces, quotes and marks that nobody sees. */
const formula = /^(?=[\s"'\p{Cf}]*[=+\-@|%＝＋－＠])/u;
/** Where commas are decimal signs a spreadsheet parts cells by semicolons, and heeds no quotes in mid-line. */
const formulaBehind = /;(?=[\s"'\p{Cf}]*[=+\-@|%＝＋－＠])/gu;

/**
 * One cell. A text that a spreadsheet would take for a formula begins with an apostrophe instead; every text is
 * quoted, so that neither comma nor line break leaves its cell.
 */
export function csvCell(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = value.replace(/\p{Cc}/gu, ' ');
  const tamed = plain.replace(formula, "'").replace(formulaBehind, ";'");
  return `"${tamed.replaceAll('"', '""')}"`;
}

export const csvOf = (head: readonly string[], rows: readonly (readonly Value[])[]): string =>
  [head, ...rows]
    .map(row => row.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n');

const seconds = (ms: number): number => Math.round(ms / 100) / 10;

/** What is known of a session by its stages alone, in the columns of a phase. */
const stageRows = (
  { header }: KeptSession,
  { stages, outcome, notes }: Summary,
): readonly (readonly Value[])[] =>
  (stages ?? []).flatMap(({ stage, leftMs, rightMs }) =>
    ([['left', leftMs] as const, ['right', rightMs] as const] as const)
      .filter(([, ms]) => ms > 0)
      .map(([side, ms]) => [
        header.id,
        header.startedAt,
        header.client,
        header.routine.id,
        ...[null, null, stage, null, side, null, null, null, seconds(ms), null, null, null, null],
        outcome?.outcome ?? 'brokeOff',
        notes.map(({ text }) => text).join(' / '),
        null,
      ]),
  );

/** A row a phase and side; a stage and side where no more is known. */
export function csvReport(kept: KeptSession): string {
  const { header } = kept;
  const summary = summaryOf(kept);
  return csvOf(
    [
      'session',
      'startedAt',
      'client',
      'routine',
      'phase',
      'title',
      'stage',
      'zone',
      'side',
      'technique',
      'fromS',
      'plannedS',
      'actualS',
      'strokes',
      'pressureMax',
      'eased',
      'addedMin',
      'outcome',
      'notes',
      'practice',
    ],
    summary.stages !== null
      ? stageRows(kept, summary)
      : summary.stretches.map(stretch => [
          header.id,
          header.startedAt,
          header.client,
          header.routine.id,
          stretch.phase,
          stretch.title,
          stretch.stage,
          stretch.zone,
          stretch.side,
          stretch.technique,
          seconds(stretch.from),
          seconds(stretch.plannedMs),
          seconds(stretch.movedMs),
          stretch.strokes,
          stretch.pressureMax,
          stretch.eased,
          stretch.extended,
          summary.outcome?.outcome ?? 'brokeOff',
          summary.notes.map(({ text }) => text).join(' / '),
          summary.practice ? 'steered' : null,
        ]),
  );
}

/** One session of a list, as figures. */
export type Listed = Readonly<{
  id: string;
  startedAt: string;
  client: string | null;
  routine: string;
  title: string;
  minutes: number;
  strokes: number;
  pressureMax: number | null;
  /** Mean of the numbers given where the hands are; null where none are kept. */
  answersMean: number | null;
  lateP99Ms: number | null;
  outcome: Outcome | 'brokeOff';
  notes: number;
  /** Why it ended so; null where that is not kept. */
  reason: string | null;
  /** A board has played it by itself: it began after that moment, or nobody knows after which, and by `startedAt`. */
  alone: Readonly<{ startedAfter: string | null }> | null;
  /** Played in steered time: counted nowhere. */
  practice: boolean;
}>;

/** Those whose minutes were minutes. */
export const timeAsItWas = <T extends Pick<Listed, 'practice'>>(sessions: readonly T[]): readonly T[] =>
  sessions.filter(({ practice }) => !practice);

export function listedSession(kept: KeptSession, summary: Summary = summaryOf(kept)): Listed {
  const { header, records } = kept;
  const scores = records.flatMap(record =>
    record.type === 'answer' && record.local !== undefined ? [record.local] : [],
  );
  const pressure = Math.max(0, summary.pressureMax.left ?? 0, summary.pressureMax.right ?? 0);
  return {
    id: header.id,
    startedAt: header.startedAt,
    client: header.client,
    routine: header.routine.id,
    title: header.routine.title,
    minutes: Math.round(summary.movedMs / 6000) / 10,
    strokes: summary.strokes,
    pressureMax: pressure === 0 ? null : pressure,
    answersMean:
      scores.length === 0
        ? null
        : Math.round((scores.reduce((sum, score) => sum + score, 0) / scores.length) * 10) / 10,
    lateP99Ms: summary.late?.p99Ms ?? null,
    outcome: summary.outcome?.outcome ?? 'brokeOff',
    notes: summary.notes.length,
    reason: summary.outcome?.reason ?? null,
    alone: header.alone ? { startedAfter: header.alone.startedAfter } : null,
    practice: summary.practice,
  };
}

/** A row a session. */
export const csvTrends = (sessions: readonly Listed[]): string =>
  csvOf(
    [
      'session',
      'startedAt',
      'client',
      'routine',
      'title',
      'minutes',
      'strokes',
      'pressureMax',
      'answersMean',
      'lateP99Ms',
      'outcome',
      'notes',
      'reason',
      'playedBy',
      'startedAfter',
      'practice',
    ],
    sessions.map(({ alone, practice, ...row }) => [
      ...Object.values(row),
      alone ? 'board' : null,
      alone?.startedAfter ?? null,
      practice ? 'steered' : null,
    ]),
  );

export const jsonTrends = (sessions: readonly Listed[]): string => `${JSON.stringify(sessions)}\n`;

export const jsonReport = (kept: KeptSession): string =>
  `${JSON.stringify({ ...kept, summary: summaryOf(kept) }, null, 2)}\n`;
