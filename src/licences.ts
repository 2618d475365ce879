/**
 * What a build has taken in of other people's packages, and under which licence: a file beside what was built.
 *
 * Vite's own `build.license` sees no worker and no licence that stands in a README.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export const licencesFile = 'licences.txt';

/** The firmware's own, which every build brings along as built. */
const firmware = `The firmware (hexes of hardware/firmware) is MIT, too. With it are linked parts of the Arduino AVR core
(LGPL 2.1 or later) and of avr-libc (modified BSD). Their licences, and all that is needed to link it anew, are in
hardware/firmware of the package.`;

/** The folder of the package that a module is from; undefined for a module of the house. */
function packageFolderOf(moduleId: string): string | undefined {
  const path = moduleId.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '');
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
}

/** The text of a package's licence: its file, or what its README says under that heading. */
function textOf(folder: string): string | undefined {
  const names = readdirSync(folder);
  const own = names.find(name => /^(licen[cs]e|copying)/i.test(name));
  if (own !== undefined) return readFileSync(join(folder, own), 'utf8').trim();
  const readme = names.find(name => /^readme/i.test(name));
  const [, , said] = readme ? readFileSync(join(folder, readme), 'utf8').split(/^#+ (licen[cs]e)\s*$/im) : [];
  return said?.split(/^#/m)[0]?.trim();
}

/** One package as it is told of. Throws where it says nothing of its licence: such a one is not to be bundled. */
export function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, unknown>>;
  const text = textOf(folder);
  if (typeof license !== 'string' || !text)
    throw new Error(`${String(name)} is bundled and says nothing of its licence: see src/licences.ts`);
  return `${String(name)} ${String(version)} (${license})\n\n${text}`;
}

/** For one build and its workers: `collect` in each, `write` in the build itself. */
export function licences(): Readonly<{ collect: () => Plugin; write: () => Plugin }> {
  const folders = new Set<string>();
  const take: Plugin['generateBundle'] = (_, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      for (const id of chunk.moduleIds) {
        const folder = packageFolderOf(id);
        if (folder !== undefined && existsSync(join(folder, 'package.json'))) folders.add(folder);
      }
    }
  };
  return {
    collect: () => ({ name: 'licences-of-worker', generateBundle: take }),
    write: () => ({
      name: 'licences',
      generateBundle(options, bundle, isWrite) {
        take.call(this, options, bundle, isWrite);
        const each = [...folders].map(licenceOf).toSorted();
        this.emitFile({
          type: 'asset',
          fileName: licencesFile,
          source: `${[firmware, ...each].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`,
        });
      },
    }),
  };
}
