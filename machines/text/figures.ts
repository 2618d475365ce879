/** What `bench` says: each figure, what stands beside it, and why one could not be measured. */
import en from './en/figures.json' with { type: 'json' };

export const figureWords = en;
