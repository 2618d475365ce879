/** Where kept sessions stand: the files of a folder, or the rows of a browser's database. One text each. */
import type { KeptText } from '../storage/kept-text.ts';
import type { KeptWords } from '../storage/kept-words.ts';
import type { Say } from '../storage/notices.ts';
import type { SessionHeader, SessionRecord } from './records.ts';

/** One session as it is written, record by record. Never throws. */
export interface SessionSink {
  /** Why nothing is kept any more; null while all is well. */
  readonly failure: string | null;
  keep(record: SessionRecord): void;
  close(): void;
}

export type EraseFailed = (path: string, error: unknown) => void;

export interface SessionPlace {
  /** As people are told. */
  readonly path: string;
  readonly words: KeptWords;
  /** Is told of each session that cannot be read. */
  readonly say: Say;
  /** Of all sessions, in any order. Never throws. */
  ids(): readonly string[];
  /** Also of what stands beside sessions: set aside, half written. Never throws. */
  idsOfAll(): ReadonlySet<string>;
  /** One session's own path, as people are told. */
  pathOf(id: string): string;
  /** The session that something at this path is of. */
  idAt(path: string): string;
  /** `isBeginning`: no more than its header is wanted. Never throws. */
  textOf(id: string, isBeginning?: boolean): KeptText;
  /** What changes with each line that is added; the same where nothing was. */
  stampOf(id: string): string;
  /** Whether someone is still writing this one; `pid` as its header has it. */
  isWritten(id: string, pid: number): boolean;
  /** Never throws: what fails is the sink's own failure. */
  begin(header: SessionHeader): SessionSink;
  /** Adds a whole line to what is there, also behind one that was cut off. Throws the system's error. */
  append(id: string, line: string): void;
  /** Erases these with all that stands beside them, whichever of them fails. */
  erase(ids: ReadonlySet<string>, failed: EraseFailed): void;
  /** Erases whatever is no session's, and what sessions that broke off have left elsewhere. */
  eraseRest(failed: EraseFailed): void;
  /** Erases what sessions that broke off have left elsewhere, and nobody has touched since `before`, ms since 1970. */
  eraseLeft(before: number, failed: EraseFailed): void;
}

export class SessionMissing extends Error {}
export class SessionUnderWay extends Error {}
