/**
 * What a board has played by itself, as the history takes it: each session once, with the span in which it lies. Where
 * it is kept, and what is remembered of the board, is for others.
 */
import type { LoggedSession } from '../../../hardware/alone/logged.ts';
import type { Keeping, Ms } from '../../../machines/vocabulary.ts';
import { newSessionId } from '../../history/session-id.ts';
import type { HistoryStore } from '../../history/store.ts';
import type { KnownAlone, OnBoard } from './known-alone.ts';
import { lastedMs, logKeyOf, playedHeader, playedRecords, type Span } from './played.ts';

const timeOf = (iso: string | null | undefined): Ms | null => (iso ? Date.parse(iso) : null);

/** Which of them nobody has fetched yet, the oldest first. */
function freshOf(
  { id, sessions }: PlayedOn,
  known: KnownAlone | null,
  store: Pick<HistoryStore, 'glances'>,
): readonly LoggedSession[] {
  const fetched = new Set(known?.fetched);
  // What is remembered of it may have been lost, and what was fetched be in the history all the same.
  if (fetched.size === 0)
    for (const { header } of store.glances())
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

/** For whom it was played: one that was on the board already at an earlier visit, for whom that was loaded then. */
function clientOf(session: LoggedSession, known: KnownAlone | null): string | null {
  const waiting = known?.waiting.find(({ key }) => key === logKeyOf(session));
  return (waiting ?? session).client ?? null;
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

/** The sessions that stand on a board, and which one it is. */
export type PlayedOn = Readonly<{ id: string; sessions: readonly LoggedSession[] }>;

export type TakePorts = Readonly<{
  store: Pick<HistoryStore, 'glances' | 'begin'>;
  keeps: Exclude<Keeping, 'off'>;
  known: KnownAlone | null;
  routineOf(hash: number): OnBoard | null;
  /** Letter of the receiver of all of them, where one is said now: it counts more than what was said at loading. */
  client: string | null;
  product: string;
  /** Ms since 1970. */
  now: Ms;
}>;

/** `kept`: what those that are kept now are known by; `failure`: why the rest are not. */
export function takeInto(
  played: PlayedOn,
  ports: TakePorts,
): Readonly<{ kept: string[]; failure: string | null }> {
  const { store, known, now, keeps, client, product } = ports;
  const fresh = freshOf(played, known, store);
  const spans = fresh.map(session => spanOf(session, known, now));
  const begins = latestBegins(spans, fresh);
  const kept: string[] = [];
  for (const [index, session] of fresh.entries()) {
    const startedAt = begins[index] ?? now;
    const told = {
      id: newSessionId(startedAt),
      board: played.id,
      product,
      client: client ?? clientOf(session, known),
      keeps,
      startedAt,
      after: spans[index]?.after ?? null,
      routine: ports.routineOf(session.routineHash),
    };
    const file = store.begin(playedHeader(session, told));
    for (const record of playedRecords(session, told)) file.keep(record);
    const { failure } = file;
    file.close();
    if (failure !== null) return { kept, failure };
    kept.push(logKeyOf(session));
  }
  return { kept, failure: null };
}

/** Of what stands on a board and nobody has fetched: at which moments it lies, for whoever fetches it later. */
export function waitingOf(
  { sessions }: Pick<PlayedOn, 'sessions'>,
  known: KnownAlone | null,
  now: Ms,
): Pick<KnownAlone, 'visitedAt' | 'waiting'> {
  const until = new Date(now).toISOString();
  const seen = new Set([...(known?.fetched ?? []), ...(known?.waiting ?? []).map(({ key }) => key)]);
  return {
    visitedAt: until,
    waiting: sessions.flatMap(session => {
      const key = logKeyOf(session);
      const { client } = session;
      if (seen.has(key)) return [];
      return [{ key, after: known?.visitedAt ?? null, until, ...(client !== undefined && { client }) }];
    }),
  };
}
