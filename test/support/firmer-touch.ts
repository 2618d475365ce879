/** The first touch at a pressure from which it can be lightened: at the lightest, less changes nothing. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/installed.ts';

/** The path of a new file with it, for `--routine`. */
export function firmerTouchFile(): string {
  const text = readFileSync(join(packageRoot, 'machines/routine/library/first-touch.json'), 'utf8');
  const { phases, ...routine } = JSON.parse(text) as { phases: { stage: string }[] };
  // A trial stays at 2 or less, so its ramp begins where it did.
  const firmer = phases.map(phase =>
    phase.stage === 'pressureRamp' ? phase : { ...phase, pressureStart: 2, pressureMax: 2 },
  );
  const file = join(mkdtempSync(join(tmpdir(), 'tactus-routine-')), 'firmer-touch.json');
  writeFileSync(file, JSON.stringify({ ...routine, id: 'firmer-touch', phases: firmer }));
  return file;
}
