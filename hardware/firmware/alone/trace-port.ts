/** Writes the trace port's numbers as C++, from the one place where its contract stands. */
import { noNumber, tracePortAddress, traceRecords } from '../../alone/trace-port.ts';
import { header } from './names.ts';

const capital = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;

/** The whole text of `trace_port.h`. */
export const tracePortHeader = (): string =>
  [
    header(
      'The trace port: records that only an emulated chip lets anybody see. See hardware/alone/trace-port.ts.',
    ),
    'namespace alone {\n',
    'namespace trace {',
    '// GPIOR0, by its data address. Byte after byte of a record is written to it, little endian.',
    `constexpr uint8_t portAddress = 0x${tracePortAddress.toString(16)};`,
    '// Work, where there is none.',
    `constexpr uint8_t noNumber = ${noNumber};`,
    '',
    '// The first byte of each. Then comes the time, in ms of the session, in 4 bytes.',
    `enum class Record : uint8_t { ${traceRecords.map(({ type, number }) => `${type} = ${number}`).join(', ')} };`,
    '',
    '// Whole lengths, number and time included.',
    ...traceRecords.map(({ type, bytes }) => `constexpr uint8_t bytesOf${capital(type)} = ${bytes};`),
    '}  // namespace trace\n',
    '}  // namespace alone\n',
  ].join('\n');
