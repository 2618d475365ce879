/** Writes where a board keeps what it keeps, and the messages of it, as C++. */
import { glideLimits, routineLimits } from '../../../machines/limits.ts';
import * as layout from '../../alone/layout.ts';
import { uncalibratedBoard } from '../../duty.ts';
import { commands, keepAnswers, keepDeeds, layouts } from '../../lease.ts';
import { fieldList } from '../contract.ts';
import { enumOf, header } from './names.ts';

const constants = (type: string, entries: Readonly<Record<string, number>>): string =>
  Object.entries(entries)
    .map(([name, value]) => `constexpr ${type} ${name} = ${value};`)
    .join('\n');

const space = (name: string, body: string): string =>
  `namespace ${name} {\n${body}\n}  // namespace ${name}\n`;

/** The whole text of `keep_contract.h`. */
export const keepContractHeader = (): string =>
  [
    header('What a board keeps, where, and the messages that read and write it.'),
    'namespace alone {\n',
    constants('uint8_t', { keepCommand: commands.keep, keptCommand: commands.kept }),
    '',
    '// Fields of the messages in order, with their number of 7-bit bytes.',
    fieldList('KEEP_FIELDS', layouts.keep),
    fieldList('KEPT_FIELDS', layouts.kept),
    enumOf('KeepDeed', keepDeeds),
    enumOf('KeepAnswer', keepAnswers),
    enumOf('RecordKind', layout.recordKinds),
    space(
      'kept',
      [
        constants('uint16_t', {
          recordsAt: layout.recordsAt,
          logAt: layout.logAt,
          routinesAt: layout.routinesAt,
          end: layout.eepromBytes,
          ...Object.fromEntries(
            Object.entries(layout.crcStarts).map(([name, start]) => [`${name}Crc`, start]),
          ),
        }),
        constants('uint8_t', {
          version: layout.storeVersion,
          recordBytes: layout.recordBytes,
          recordContentBytes: layout.recordContentBytes,
          recordSlots: layout.recordSlots,
          logSlots: layout.logSlots,
          logHeadBytes: layout.logHeadBytes,
          logBodyBytes: layout.logBodyBytes,
          logEntryBytes: layout.logEntryBytes,
          logMarkEveryMin: layout.logMarkEveryMin,
          mostRoutines: layout.mostRoutines,
          headerBytes: layout.headerBytes,
          phaseBytes: layout.phaseBytes,
          passBytes: layout.passBytes,
          entryBytes: layout.entryBytes,
        }),
      ].join('\n'),
    ),
    space(
      'keptMost',
      constants('int32_t', {
        sessionMs: routineLimits.sessionMaxMin * 60_000,
      }),
    ),
    '// Of motors that nobody has felt yet, and what no record can change.',
    space(
      'usual',
      constants('uint8_t', {
        startDuty: uncalibratedBoard.left.startDuty,
        ratedDuty: uncalibratedBoard.left.ratedDuty,
        kickDuty: uncalibratedBoard.left.kickDuty,
        glideMs: uncalibratedBoard.glideMs,
        glideLeastMs: glideLimits.min,
        glideMostMs: glideLimits.max,
      }),
    ),
    '}  // namespace alone\n',
  ].join('\n');
