/** All routines there are, as whoever answers lists them. */
import type { ListedRoutine } from '../../../src/server/api-messages.ts';
import { ask, isDone, whyNot } from './ask.ts';

/** `failure`: why there is no list, in a sentence. */
export async function routineList(): Promise<
  Readonly<{ list: readonly ListedRoutine[]; failure: string | null }>
> {
  const answer = await ask('GET', '/routines');
  // Of the demo's own worker, or of a controller of this very build.
  return isDone(answer)
    ? { list: answer.body as readonly ListedRoutine[], failure: null }
    : { list: [], failure: whyNot(answer) };
}
