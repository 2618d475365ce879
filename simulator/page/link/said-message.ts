/** What the page says to the controller: any message of a client's, without what numbers it. */
import type { FromClient } from '../../../src/server/messages.ts';

export type Said = FromClient extends infer One
  ? One extends unknown
    ? Omit<One, 'v' | 'id'>
    : never
  : never;
