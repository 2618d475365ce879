/** The conductor of a session: it plays what the machine orders, as this hand feels it, and tells what came of it. */
import { withOwn } from '../../machines/cues/library.ts';
import { questionToldBy } from '../../machines/session.orders.ts';
import { placeOf } from '../../machines/session.view.ts';
import type { CueId, CueWhy, Ms } from '../../machines/vocabulary.ts';
import type { Agenda } from '../motors/agenda.ts';
import { Conductor } from '../motors/conductor.ts';
import type { BoardLink } from './board-link.ts';
import type { SessionCourse } from './course.ts';
import { shapedFor } from './cue-shape.ts';
import type { Narration } from './narration.ts';
import type { RunOptions } from './run-options.ts';

/** A cue that has begun, and why. */
export type BegunCue = Readonly<{ cue: CueId; why: CueWhy; at: Ms }>;

export type SessionConductorPorts = Readonly<{
  course: SessionCourse;
  narration: Narration;
  /** Both come to be after the conductor. */
  agenda(): Pick<Agenda<string>, 'handledAt' | 'happen'>;
  board(): BoardLink;
  began(cue: BegunCue): void;
}>;

export function sessionConductor(
  { clock, driver, cues = [], glideMs }: RunOptions,
  { course, narration, agenda, board, began }: SessionConductorPorts,
): Conductor {
  const hasOwnGlide = cues.some(({ id }) => id === 'GLIDE');
  return new Conductor({
    clock,
    now: () => agenda().handledAt(),
    driver,
    engaged: () => course.snapshot.status === 'active' && course.snapshot.hasTag('engaged'),
    cues: withOwn(cues),
    shaped: (pulses, cue) =>
      shapedFor(pulses, cue, {
        glideMs: hasOwnGlide ? null : (glideMs?.() ?? null),
        isGentle: course.snapshot.context.caps?.cues === 'gentle',
      }),
    played: ({ cue, why }, at) => {
      began({ cue, why, at });
      const place = placeOf(course.snapshot);
      narration.line({ type: 'cue', cue, why, ...(place && { phase: place.phase }) }, at);
    },
    dropped: ({ cue, why, limit }, at) => {
      narration.dropped(`cue ${cue} (${why})`, limit, at);
      const question = questionToldBy(why);
      if (question) agenda().happen(() => course.unfelt(question));
    },
    framed: (frame, at) => {
      board().asked(frame, at);
      narration.line({ type: 'frame', motors: frame }, at);
    },
    stalled: since =>
      agenda().happen(() => {
        board().stalled();
        course.tell({ type: 'session.fault', fault: 'loopStalled', since });
      }),
  });
}
