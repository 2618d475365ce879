/** Cues, and the cues of a whole session, in formats that others read. Pure. */
import { expand } from '../expand.ts';
import type { Cue } from '../schema.ts';
import { ahapOf } from './ahap.ts';
import { androidOf } from './android.ts';
import { hjifOf } from './hjif.ts';
import type { Score } from './score.ts';
import { webOf } from './web.ts';

export const formatNames = ['hjif', 'ahap', 'android', 'web'] as const;
export type FormatName = (typeof formatNames)[number];

/** What a file in this format is named at its end. */
export const formatEndings: Readonly<Record<FormatName, string>> = {
  hjif: '.hjif',
  ahap: '.ahap',
  android: '.android.json',
  web: '.web.json',
};

/** A cue played once from its beginning, A first. */
export const scoreOfCue = (cue: Cue): Score => ({
  title: cue.id,
  means: cue.means,
  pulses: expand(cue, 0),
});

const documentOf: Readonly<Record<FormatName, (score: Score, date: string) => object>> = {
  hjif: hjifOf,
  ahap: ahapOf,
  android: androidOf,
  web: webOf,
};

/** A score as text. `date` as in `2026-01-31`: HJIF says when it was made. */
export const exported = (score: Score, format: FormatName, date: string): string =>
  `${JSON.stringify(documentOf[format](score, date), null, 2)}\n`;
