/** What the bench has been told since the session began: its journal, what was done, and the newest rows of its lists. */
import type { BenchBatch } from '../../../src/server/messages.ts';
import { Decoder, type Heard } from './firmata.ts';
import { type Fold, grow } from './fold.ts';
import type { LogRow } from './log-list.ts';

const mostRows = 50;

const seconds = (at: number): string => (at / 1000).toFixed(3);

function journalRow(line: string): LogRow {
  const record = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const { at, type, check, journal, input: _, ...rest } = record;
  return {
    key: typeof at === 'number' ? seconds(at) : '',
    mark: '',
    word: typeof type === 'string' ? type.replace(/^session\./, '') : 'journal',
    text: journal === undefined && Object.keys(rest).length > 0 ? JSON.stringify(rest) : '',
    hover: String(check),
  };
}

const lineRow = ({ at, toward, kind, words, hex }: Heard): LogRow => ({
  key: seconds(at),
  mark: toward === 'board' ? '→' : '←',
  word: kind,
  text: words,
  hover: hex,
});

const newest = (rows: readonly LogRow[], more: readonly LogRow[]): readonly LogRow[] =>
  [...rows, ...more].slice(-mostRows);

export class BenchRecord {
  lineRows: readonly LogRow[] = [];
  journalRows: readonly LogRow[] = [];
  /** The session folded from its journal so far; null before there is any. */
  fold: Fold | null = null;
  readonly #decoders = { board: new Decoder('board'), host: new Decoder('host') };
  #journal: string[] = [];
  #deeds: BenchBatch['deeds'] = [];

  take({ whole, journal, bytes, deeds }: BenchBatch): void {
    if (whole || journal.some(line => line.startsWith('{"journal"'))) this.#begin();
    const heard = bytes.flatMap(({ at, toward, hex }) => this.#decoders[toward].take(at, hex));
    this.lineRows = newest(this.lineRows, heard.map(lineRow));
    for (const line of journal) this.fold = grow(this.fold, line);
    this.journalRows = newest(this.journalRows, journal.slice(-mostRows).map(journalRow));
    this.#journal.push(...journal);
    this.#deeds = [...this.#deeds, ...deeds];
  }

  /** Another session: what was told is of one that is over. */
  #begin(): void {
    this.fold = null;
    this.#journal = [];
    this.journalRows = [];
    this.#deeds = [];
  }

  get hasJournal(): boolean {
    return this.#journal.length > 0;
  }

  get hasDeeds(): boolean {
    return this.#deeds.length > 0;
  }

  get journalText(): string {
    return `${this.#journal.join('\n')}\n`;
  }

  /** As `simulate` takes it. */
  get scriptText(): string {
    return `[\n${this.#deeds.map(deed => `  ${JSON.stringify(deed)}`).join(',\n')}\n]\n`;
  }
}
