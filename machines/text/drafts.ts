/** What a first draft of a routine says of its places and phases, and why answers make none. */
import en from './en/drafts.json' with { type: 'json' };

export const draftWords = en;
