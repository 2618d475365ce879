/** Writes the routines that lie in the board's flash, for whoever has loaded none, as C++. */
import { defaultRoutineId, fromLibrary } from '../../../machines/routine/library.ts';
import { routineBytes } from '../../alone/routine-bytes.ts';
import { header } from './names.ts';

/** The first is what begins where nothing is chosen; the other one teaches what the device says. */
const inFlash = [defaultRoutineId, 'first-touch'] as const;

const encoded = (): readonly (readonly [id: string, bytes: Uint8Array])[] =>
  inFlash.map(id => {
    const routine = fromLibrary(id);
    if (!routine) throw new Error(`no routine ${id} in the library`);
    return [id, routineBytes({ routine, easierSide: 'left' })];
  });

/** Where each begins. */
function starts(): readonly number[] {
  let at = 0;
  return encoded().map(([, { length }]) => {
    at += length;
    return at - length;
  });
}

/** The whole text of `flash_routines.h`. */
export const flashRoutinesHeader = (): string =>
  [
    header('The routines in flash: what there is where nothing has been loaded.'),
    'namespace alone {\n',
    `constexpr uint8_t flashRoutineCount = ${inFlash.length};`,
    `// ${inFlash.join(', ')}.`,
    `constexpr uint16_t flashRoutinesAt[flashRoutineCount] = {${starts().join(', ')}};`,
    'extern const uint8_t flashRoutines[];\n',
    '}  // namespace alone\n',
  ].join('\n');

const rows = (bytes: Uint8Array): readonly string[] =>
  Array.from(
    { length: Math.ceil(bytes.length / 20) },
    (_, row) => `  ${[...bytes.subarray(row * 20, row * 20 + 20)].join(', ')},`,
  );

/** The whole text of `flash_routines.cpp`. */
export const flashRoutinesSource = (): string =>
  [
    '// Written by hardware/firmware/build.ts from machines/routine/library. Do not edit: a test compares it with them.',
    '#include "flash_routines.h"',
    '#include "flash.h"',
    '',
    'namespace alone {',
    '',
    'const uint8_t flashRoutines[] PROGMEM = {',
    ...encoded().flatMap(([id, bytes]) => [`  // ${id}`, ...rows(bytes)]),
    '};',
    '',
    '}  // namespace alone',
    '',
  ].join('\n');
