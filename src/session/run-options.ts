/** What a run is made with, and what its machines begin with. */
import type { Driver } from '../../hardware/driver.ts';
import type { Cue } from '../../machines/cues/schema.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import type { ReceiverMeans } from '../../machines/session.lists.ts';
import type { SessionInput, Unfinished } from '../../machines/session.types.ts';
import type { BodySide, Ms } from '../../machines/vocabulary.ts';
import type { JournalSink } from '../journal/journal.ts';
import type { Clock } from '../time/clock.ts';
import type { Trace } from './trace.ts';

export type RunOptions = Readonly<{
  routine: Routine;
  /** Session time: its zero is the opening of screening. */
  clock: Clock;
  driver: Driver;
  /** Whether the board reports its status; a remembered one does not. */
  speaks: boolean;
  easierSide?: BodySide;
  /** Whether strokes have cues; without them only what is next, asked, eased or ended is felt. */
  strokeCues?: boolean;
  /** Cues of one's own, checked, each in the place of the one with its id. */
  cues?: readonly Cue[];
  /** Session time at which it all has to be over. */
  endsAt?: Ms;
  /** The board is worn the other way round: what would begin on one motor begins on the other. */
  turned?: boolean;
  /** Name of the session where it is kept, so that what belongs to it can be found. */
  id?: string;
  /** Whether the board is ready when screening opens. */
  boardReady?: boolean;
  /** What is fitted for the person being massaged to stop with. */
  receiver?: ReceiverMeans;
  /** Whether all was clear lately and may be asked in short. */
  isRemembered?: boolean;
  /** What an earlier process left behind, to be gone on with. */
  unfinished?: Unfinished;
  /** From one onset of a GLIDE to the other, as this hand feels it as one movement; asked at each. */
  glideMs?: () => Ms;
  trace?: Trace;
  journal?: JournalSink;
  /** Why nothing is recorded, where that was asked for; a session then does not begin. */
  recordingFailure?: () => string | null;
  product: string;
}>;

/** What the session machine begins with; the journal begins with the same. */
export const sessionInputOf = (options: RunOptions): SessionInput => ({
  routine: options.routine,
  easierSide: options.easierSide ?? 'left',
  boardReady: options.boardReady ?? false,
  ...(options.receiver && { receiver: options.receiver }),
  ...(options.strokeCues !== undefined && { strokeCues: options.strokeCues }),
  ...(options.cues && options.cues.length > 0 && { cues: options.cues }),
  ...(options.endsAt !== undefined && { endsAt: options.endsAt }),
  ...(options.unfinished && { unfinished: options.unfinished }),
});
