/** What a process holds on to, without what only waits to be collected: how much that is depends on when one looks. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';

setFlagsFromString('--expose-gc');
const collect = v.parse(v.function(), runInNewContext('gc'));

/** Of the heap, in bytes, once all that nobody holds has been collected. */
export function keptBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
