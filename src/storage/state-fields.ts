/** One kept JSON object, read field by field; wherever it stands. */
import { jsonFields } from './json-fields.ts';

export type StateReading = Readonly<{
  /** Empty where there is none, or none that can be read. */
  fields: ReadonlyMap<string, unknown>;
  /** `part`: only what could be made out of it; `other`: as another version wrote it; `closed`: it may not be read. */
  is: 'absent' | 'whole' | 'part' | 'other' | 'closed';
}>;

/** Name of the field that holds the version, and which one is ours; none at all is ours too. */
export type StateVersion = readonly [name: string, version: number];

export interface StateFields {
  /** Where it stands, as people are told. */
  readonly path: string;
  /** Never throws; says what is wrong with it as a whole. */
  read(): StateReading;
  /**
   * Puts in its place what `change` makes of it, unless that is null; `change` may be asked more than once. Throws where
   * that cannot be; what was there is whole then.
   */
  change(change: (reading: StateReading) => ReadonlyMap<string, unknown> | null): void;
}

/** What a text says. `isSound`: each of its bytes was a letter. */
export function stateReading(text: string, isSound: boolean, [name, version]: StateVersion): StateReading {
  const { fields, isWhole } = jsonFields(text);
  const isOther = fields.has(name) && fields.get(name) !== version;
  return { fields, is: !isWhole || !isSound ? 'part' : isOther ? 'other' : 'whole' };
}
