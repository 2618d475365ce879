/** Each source of the board alone by itself, compiled for the chip: whoever builds all of it sees no warning in between. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recipe, targets } from '../../../hardware/firmware/recipe.ts';
import { aloneSources, sketchFolder } from '../../../hardware/firmware/sources.ts';
import { findToolchain } from '../../../hardware/firmware/toolchain.ts';
import { keptBuilds } from '../host/kept.ts';

const toolchain = findToolchain();
it.skipIf(typeof toolchain === 'string')(
  'the sources of the board alone compile for the chip, without a word',
  () => {
    if (typeof toolchain === 'string') return;
    const chip = {
      compiler: `${toolchain.bin}g++`,
      flags: ['-Os', '-Wall', '-Wextra', ...recipe.cpp, `-mmcu=${targets.uno.mcu}`],
    };
    const said = aloneSources().flatMap(name => {
      try {
        keptBuilds.object(chip, join(sketchFolder, name));
        return [];
      } catch (error) {
        return [`${name}: ${error}`];
      }
    });
    expect(said).toEqual([]);
  },
);
