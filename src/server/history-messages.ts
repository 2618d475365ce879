/** What a page is told of the history, over HTTP: made by the controller, read by the page. */
import type { SessionHeader } from '../history/records.ts';
import type { Summary } from '../history/summary.ts';
import type { Listed } from '../history/tables.ts';

/** GET /sessions, one of them. */
export type ListedSession = Listed & Readonly<{ underWay: boolean }>;

/** GET /sessions/ID. */
export type SessionFacts = Readonly<{
  header: Omit<SessionHeader, 'pid' | 'journal'>;
  summary: Summary;
  /** The drawing in a sentence. */
  described: string;
  underWay: boolean;
}>;

/** GET /sessions/place. */
export type HistoryPlace = Readonly<{
  folder: string;
  /** It stands in this very browser; `persisted`: whether that has promised to keep it, null where it does not say. */
  browser?: Readonly<{ persisted: boolean | null }>;
  /** Which files cannot be understood, read or written, each with what to do. */
  notices?: readonly string[];
}>;
