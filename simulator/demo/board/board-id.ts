/** Which board is behind a port, as far as a browser tells: its maker and product, and no serial number. */
import { setupWords } from '../../../machines/text/setup.ts';
import { fill } from '../../../machines/text/text.ts';

const unknown = 'kind:none';
const hex = (id: number): string => id.toString(16).padStart(4, '0');

export const boardKindId = ({
  usbVendorId,
  usbProductId,
}: Readonly<{ usbVendorId?: number; usbProductId?: number }>): string =>
  usbVendorId === undefined || usbProductId === undefined
    ? unknown
    : `kind:${hex(usbVendorId)}:${hex(usbProductId)}`;

/** Where it is kept, as a sentence that says what it does not tell apart. */
export const keptForKind = (id: string): string => {
  const { kind, kinds } = setupWords.kept;
  return fill(kind, {
    kind: id === unknown ? kinds.none : fill(kinds.usb, { id: id.slice('kind:'.length) }),
  });
};
