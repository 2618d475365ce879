/**
 * A language that nobody speaks, made from the catalogue: every letter has an accent, every sentence is longer by
 * two fifths and stands in brackets, and it is read from right to left. What stays plain is English in the code; what
 * is too long shows; what is put together from parts shows its seams.
 */
import type { Plugin } from 'vite';

const accents: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'aá',
    'bƀ',
    'cç',
    'dð',
    'eé',
    'fƒ',
    'gĝ',
    'hĥ',
    'ií',
    'jĵ',
    'kķ',
    'lļ',
    'mɱ',
    'nñ',
    'oó',
    'pþ',
    'qʠ',
    'rŕ',
    'sš',
  ]
    .concat([
      'tţ',
      'uú',
      'vṽ',
      'wŵ',
      'xẋ',
      'yý',
      'zž',
      'AÁ',
      'BƁ',
      'CÇ',
      'DÐ',
      'EÉ',
      'FƑ',
      'GĜ',
      'HĤ',
      'IÍ',
      'JĴ',
    ])
    .concat(['KĶ', 'LĻ', 'MṀ', 'NÑ', 'OÓ', 'PÞ', 'QǪ', 'RŔ', 'SŠ', 'TŢ', 'UÚ', 'VṼ', 'WŴ', 'XẊ', 'YÝ', 'ZŽ'])
    .map(([plain, accented]) => [plain, accented]),
);
const longer = 0.4;

/** The sentence in that language, no longer than `most` signs; what is one sign stays one. */
export function pseudo(sentence: string, most = Number.POSITIVE_INFINITY): string {
  if (sentence.length <= 1) return accents[sentence] ?? sentence;
  const room = most - sentence.length - 2;
  let grown = 0;
  const wanted = Math.min(Math.ceil(sentence.length * longer), room);
  const words = sentence.replace(/\{\w+\}|[a-zA-Z]/g, part => {
    const accented = accents[part];
    if (accented === undefined) return part;
    if (!/[aeiouyAEIOUY]/.test(part) || grown >= wanted) return accented;
    grown += 1;
    return accented + accented;
  });
  const rest = 'ú'.repeat(Math.max(0, wanted - grown));
  return room < 0 ? words : `⟦${words}${rest}⟧`;
}

/** A part of the catalogue in that language. */
export function inPseudo<Part>(part: Part): Part {
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return pseudo(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, visit(one)]));
  };
  return visit(part) as Part;
}

/** What of a routine is read by people, and how long each may be. */
const routineTexts: Readonly<Record<string, number>> = { title: 60, summary: 300, instruction: 200 };

const ofRoutine = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) => {
    const most = routineTexts[key];
    return most !== undefined && typeof value === 'string' ? pseudo(value, most) : value;
  });

function ofCatalogue(text: string): unknown {
  const { language, ...part } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return {
    ...inPseudo(part),
    ...(language !== undefined && { language: { tag: 'en-XB', direction: 'rtl' } }),
  };
}

/** Builds with the catalogue, and the routines that are shipped, in that language. */
export const pseudoLanguage = (): Plugin => ({
  name: 'pseudo-language',
  enforce: 'pre',
  transform(text, id) {
    if (/machines\/text\/en(\/\w+)?\.json$/.test(id)) return JSON.stringify(ofCatalogue(text));
    if (/machines\/routine\/library\/[\w-]+\.json$/.test(id)) return JSON.stringify(ofRoutine(text));
    return null;
  },
});
