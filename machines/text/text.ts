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
