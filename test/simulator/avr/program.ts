/** Small programs for the emulated chip, made of machine words, where the firmware is not what is tested. */

/** Intel HEX of these words from address 0. */
export function hexOf(words: readonly number[]): string {
  const bytes = words.flatMap(word => [word & 0xff, word >> 8]);
  const lines: string[] = [];
  for (let address = 0; address < bytes.length; address += 16) {
    const chunk = bytes.slice(address, address + 16);
    const record = [chunk.length, address >> 8, address & 0xff, 0, ...chunk];
    const sum = record.reduce((total, byte) => total + byte, 0);
    record.push((256 - (sum % 256)) % 256);
    lines.push(`:${record.map(byte => byte.toString(16).padStart(2, '0')).join('')}`);
  }
  return `${lines.join('\n')}\n:00000001FF\n`;
}

/** LDI of an upper register (16 to 31). */
export const ldi = (register: number, value: number): number =>
  0xe000 | ((value & 0xf0) << 4) | ((register - 16) << 4) | (value & 0x0f);
/** STS: two words. */
export const sts = (address: number, register: number): number[] => [0x9200 | (register << 4), address];
/** LDS: two words. */
export const lds = (register: number, address: number): number[] => [0x9000 | (register << 4), address];
/** Sets a register of the chip by way of r16. */
export const put = (address: number, value: number): number[] => [ldi(16, value), ...sts(address, 16)];
export const sleep = 0x9588;
export const sei = 0x9478;
export const reti = 0x9518;
/** Back by `words` words, this one included: `rjmp(1)` stands still. */
export const rjmpBack = (words: number): number => 0xc000 | (-words & 0x0fff);
/** To a word further on, counted from behind this one. */
export const rjmpOver = (words: number): number => 0xc000 | words;
