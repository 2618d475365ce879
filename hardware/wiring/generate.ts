/**
 * Writes the wiring from the pin table: `npm run wiring`. A test compares what is in the tree with what this makes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acceptance, readme } from './pages.ts';
import { schematic } from './schematic.ts';
import { diagram, project } from './wokwi.ts';

export const wiringFolder = fileURLToPath(new URL('.', import.meta.url));

/** Every generated file, by its name. */
export const generated = (): Readonly<Record<string, string>> => ({
  'schematic.svg': schematic(),
  'diagram.json': diagram(),
  'wokwi.toml': project(),
  'README.md': readme(),
  'acceptance.md': acceptance(),
});

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, content] of Object.entries(generated())) writeFileSync(join(wiringFolder, name), content);
