/** What the address names after its hash: a look, and after a stroke something within it. */

const parts = (): readonly string[] => location.hash.slice(1).split('/');

export const hashRoute = (): string => parts()[0] ?? '';
/** A routine, say. Empty where nothing is named. */
export const hashRest = (): string => parts()[1] ?? '';
