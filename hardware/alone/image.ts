/** What lies in the EEPROM of a board onto which routines have been loaded: for one that is emulated. */
import { little } from './bytes.ts';
import {
  crc16,
  crcStarts,
  eepromBytes,
  type RecordKind,
  recordBytes,
  routinesAt,
  slotAt,
  storeVersion,
} from './layout.ts';
import { type AloneSettings, contentCrc, settingsContent, stretchContent } from './records.ts';
import { NotForBoard, type RoutineChoice, routineBytes } from './routine-bytes.ts';

const erased = 0xff;

function record(kind: RecordKind, content: Uint8Array): Uint8Array {
  const whole = [storeVersion, 0, ...content];
  const sum = crc16(whole, crcStarts[kind]);
  return Uint8Array.from([...whole, ...little(sum, recordBytes - whole.length)]);
}

/** Throws NotForBoard where the routines do not fit. */
export function eepromImage(choices: readonly RoutineChoice[], settings?: AloneSettings): Uint8Array {
  const image = new Uint8Array(eepromBytes).fill(erased);
  const routines = Uint8Array.from(choices.flatMap(choice => [...routineBytes(choice)]));
  if (routinesAt + routines.length > eepromBytes)
    throw new NotForBoard(
      `These routines take ${routines.length} bytes; a board keeps ${eepromBytes - routinesAt}.`,
    );
  image.set(routines, routinesAt);
  const stretch = { from: routinesAt, length: routines.length, crc: contentCrc(routines) };
  image.set(record('routines', stretchContent(stretch)), slotAt('routines', 0));
  if (settings) image.set(record('settings', settingsContent(settings)), slotAt('settings', 0));
  return image;
}
