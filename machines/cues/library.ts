/** The six cues that come with Tactus, checked as a file of one's own would be. */
import * as v from 'valibot';
import type { CueId } from '../vocabulary.ts';
import ask from './library/ask.json' with { type: 'json' };
import ease from './library/ease.json' with { type: 'json' };
import glide from './library/glide.json' with { type: 'json' };
import next from './library/next.json' with { type: 'json' };
import stop from './library/stop.json' with { type: 'json' };
import tap from './library/tap.json' with { type: 'json' };
import { type Cue, cueSchema } from './schema.ts';

const read = (content: unknown): Cue => v.parse(cueSchema, content);

/** A cue for each of the six meanings. */
export type CueSet = Readonly<Record<CueId, Cue>>;

/** The cues that come with Tactus. Throws at import where a shipped file is faulty: that is our fault. */
export const cues: CueSet = {
  TAP: read(tap),
  GLIDE: read(glide),
  NEXT: read(next),
  ASK: read(ask),
  EASE: read(ease),
  STOP: read(stop),
};

/** The six, some of them replaced by cues of one's own; the last of two with one id counts. */
export const withOwn = (own: readonly Cue[]): CueSet => ({
  ...cues,
  ...Object.fromEntries(own.map(cue => [cue.id, cue])),
});
