/** A routine chosen without a screen: each short press of LESS goes to the next of at most six, and round. Pure. */

/** `place`: of what is chosen, from 0; below 0 while it is none of them. Null where there is nothing to choose from. */
export const nextFavourite = (place: number, count: number): number | null =>
  count === 0 ? null : (place + 1) % count;
