/** Sentences by their key: each word of a closed vocabulary has one, or the program does not compile. */

type Sentences<K extends string> = Readonly<Record<K, string>>;

/** The sentence of a word that is known to be of the vocabulary. */
export const sentenceFor = <K extends string>(
  sentences: Sentences<K>,
  key: string extends K ? never : NoInfer<K>,
): string => sentences[key];

/**
 * The sentence of a text that came over the wire or out of a file: `K`, which has to be named, is the vocabulary that it
 * should be of. Of what is none of it, `otherwise`.
 */
export function sentenceIn<K extends string = never>(
  sentences: Sentences<NoInfer<K>>,
  text: [K] extends [never] ? never : string,
  otherwise: string,
): string {
  const all: Sentences<string> = sentences;
  return Object.hasOwn(all, text) ? (all[text] ?? otherwise) : otherwise;
}
