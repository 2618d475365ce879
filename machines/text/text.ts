/**
 * The one catalogue of sentences. A language is one file of this shape.
 */
import en from './en.json' with { type: 'json' };

export const catalogue = en;

/** Fills `{name}` places; a place without a value stays visible, so that a test can find it. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
