/** The package of serial ports, loaded by whoever opens one or lists them: most commands never do. */
import { createRequire } from 'node:module';
import type { SerialPort } from 'serialport';

const require = createRequire(import.meta.url);

/** What serialport exports, as far as it is used here. */
export const serialport = (): Readonly<{ SerialPort: typeof SerialPort }> => require('serialport');
