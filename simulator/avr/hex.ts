/** Reads Intel HEX (Intel "Hexadecimal Object File Format Specification", 1988): what `flash` and the emulator load. */

const recordData = 0x00;
const recordEnd = 0x01;
/** Extended segment and linear addresses: avr-objcopy writes them only above 64 kB, or as a plain zero. */
const recordSegment = 0x02;
const recordSegmentStart = 0x03;
const recordLinear = 0x04;
const recordLinearStart = 0x05;

/** A hex file that is not one. Says the line. */
export class HexError extends Error {
  override readonly name = 'HexError';
}

const bytesOf = (text: string, line: number): Uint8Array => {
  if (!/^:(?:[0-9a-fA-F]{2}){5,}$/.test(text))
    throw new HexError(`line ${line}: not a record of Intel HEX: "${text.slice(0, 20)}"`);
  const bytes = new Uint8Array((text.length - 1) / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(text.slice(1 + 2 * index, 3 + 2 * index), 16);
  return bytes;
};

/** The flash image that a hex file describes, `size` bytes, FFh where it says nothing. Throws HexError. */
export function loadHex(text: string, size: number): Uint8Array<ArrayBuffer> {
  const image = new Uint8Array(size).fill(0xff);
  let ended = false;
  let base = 0;
  const lines = text.split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const record = raw.trim();
    if (record === '') continue;
    if (ended) throw new HexError(`line ${line}: a record after the end record`);
    const bytes = bytesOf(record, line);
    const [length = 0, high = 0, low = 0, kind = 0] = bytes;
    if (bytes.length !== length + 5)
      throw new HexError(`line ${line}: says ${length} bytes, has ${bytes.length - 5}`);
    if (bytes.reduce((sum, byte) => sum + byte, 0) % 256 !== 0)
      throw new HexError(`line ${line}: the checksum is wrong`);
    const content = bytes.subarray(4, 4 + length);
    const word = (content[0] ?? 0) * 256 + (content[1] ?? 0);
    if (kind === recordData) {
      const address = base + high * 256 + low;
      if (address + length > size)
        throw new HexError(
          `line ${line}: address ${address + length - 1} lies beyond ${size} bytes of flash`,
        );
      image.set(content, address);
    } else if (kind === recordEnd) ended = true;
    else if (kind === recordSegment) base = word * 16;
    else if (kind === recordLinear) base = word * 65_536;
    else if (kind !== recordSegmentStart && kind !== recordLinearStart)
      throw new HexError(`line ${line}: record type ${kind} is unknown`);
  }
  if (!ended) throw new HexError('the end record is missing: the file has been cut short');
  return image;
}
