/** Takes what a board has played by itself into the history: each session once, as far as somebody has sessions kept. */
import type { LoggedSession } from '../../../hardware/alone/logged.ts';
import type { Ms } from '../../../machines/vocabulary.ts';
import { historyIn } from '../../history/history-folder.ts';
import { version } from '../../installed.ts';
import type { Say } from '../../storage/notices.ts';
import { PreferencesFile } from '../../storage/preferences.ts';
import { Exit, shown } from '../exit.ts';
import { type KnownAlone, knownAlone, rememberVisit, routineByHash } from './alone-boards.ts';
import { lastedMs, logKeyOf, playedHeader, playedRecords, type Span } from './played.ts';

export type PlayedAlone = Readonly<{ folder: string; id: string; sessions: readonly LoggedSession[] }>;

const isoOf = (at: Ms): string => new Date(at).toISOString();
const timeOf = (iso: string | null | undefined): Ms | null => (iso ? Date.parse(iso) : null);

/** Which of them nobody has fetched yet, the oldest first. */
function freshOf(
  { folder, id, sessions }: PlayedAlone,
  known: KnownAlone | null,
  say: Say,
): readonly LoggedSession[] {
  const fetched = new Set(known?.fetched);
  // What is remembered of it may have been lost, and what was fetched be in the history all the same.
  if (fetched.size === 0)
    for (const { header } of historyIn(folder, () => Date.now(), say).glances())
      if (header.alone?.board === id) fetched.add(logKeyOf(header.alone));
  return sessions.filter(session => !fetched.has(logKeyOf(session)));
}

/** One that was on the board already at an earlier visit lies before that. */
function spanOf(session: LoggedSession, known: KnownAlone | null, now: Ms): Span {
  const waiting = known?.waiting.find(({ key }) => key === logKeyOf(session));
  return waiting
    ? { after: timeOf(waiting.after), until: Date.parse(waiting.until) }
    : { after: timeOf(known?.visitedAt), until: now };
}

/** When each began at the latest: none before the one before it was over. */
function latestBegins(spans: readonly Span[], sessions: readonly LoggedSession[]): readonly Ms[] {
  const begins: Ms[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (let index = sessions.length - 1; index >= 0; index--) {
    const session = sessions[index];
    const span = spans[index];
    if (!session || !span) continue;
    next = Math.max(Math.min(next, span.until) - lastedMs(session), span.after ?? 0);
    begins.unshift(next);
  }
  return begins;
}

/**
 * How many were new. Nothing is kept, and nothing remembered, where nobody has sessions kept or that is in doubt. Throws
 * Exit 73 where the history cannot be written; what was not kept can be fetched again.
 */
export function takePlayed(played: PlayedAlone, client: string | null, say: Say): number {
  const { folder, id } = played;
  const keeping = new PreferencesFile(folder, say).keeping;
  if (!keeping || keeping.keep === 'off') return 0;
  const now = Date.now();
  const known = knownAlone(id);
  const fresh = freshOf(played, known, say);
  const spans = fresh.map(session => spanOf(session, known, now));
  const begins = latestBegins(spans, fresh);
  const kept: string[] = [];
  let failure: string | null = null;
  for (const [index, session] of fresh.entries()) {
    const startedAt = begins[index] ?? now;
    const store = historyIn(folder, () => startedAt, say);
    const routine = routineByHash(session.routineHash, known);
    const ports = {
      id: store.newId(),
      board: id,
      product: `tactus ${version}`,
      client,
      keeps: keeping.keep,
      startedAt,
      after: spans[index]?.after ?? null,
      routine,
    };
    const file = store.begin(playedHeader(session, ports));
    for (const record of playedRecords(session, ports)) file.keep(record);
    failure = file.failure;
    file.close();
    if (failure !== null) break;
    kept.push(logKeyOf(session));
  }
  rememberVisit(id, { fetched: kept, ...(failure === null && { visitedAt: isoOf(now) }) });
  if (failure !== null) throw new Exit('cannotWrite', shown(`${folder}: ${failure}`));
  return kept.length;
}

/**
 * A board is about to be given other routines, and nothing of the history is touched: of what it has played so far it is
 * remembered when that was at the latest, for whoever fetches it. Nothing is where nobody has sessions kept.
 */
export function rememberWaiting({ folder, id, sessions }: PlayedAlone, say: Say): void {
  const keeping = new PreferencesFile(folder, say).keeping;
  if (!keeping || keeping.keep === 'off') return;
  const known = knownAlone(id);
  const until = isoOf(Date.now());
  const seen = new Set([...(known?.fetched ?? []), ...(known?.waiting ?? []).map(({ key }) => key)]);
  const fresh = sessions.map(logKeyOf).filter(key => !seen.has(key));
  rememberVisit(id, {
    visitedAt: until,
    waiting: fresh.map(key => ({ key, after: known?.visitedAt ?? null, until })),
  });
}
