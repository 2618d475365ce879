/**
 * The one catalogue of sentences: `en.json` is what the first view of the page and the session say, and beside it, in
 * `en/`, each part that is fetched later or said elsewhere has a file and a module of its own. A language is one set of
 * files of these shapes. Each entry is a whole sentence, or a word that stands alone; what changes has its `{place}`.
 */
import en from './en.json' with { type: 'json' };

export const catalogue = en;

/** Fills `{name}` places; a place without a value stays visible, so that a test can find it. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/** So many as there are, as one text; none is the empty one. */
const joinedBy =
  (sentence: string) =>
  (items: readonly string[]): string =>
    items.length === 0 ? '' : items.reduce((before, next) => fill(sentence, { before, next }));

/** "Calf, lower back": things of one kind. */
export const listed = joinedBy(catalogue.joined.list);
/** "20 min · stopped · with a note": facts about one thing. */
export const facts = joinedBy(catalogue.joined.facts);
/** "A stroke: 120 ms". */
export const named = (name: string, value: string | number): string =>
  fill(catalogue.joined.named, { name, value });
