/**
 * What an instruction word is, decided once for all 65,536 of them.
 *
 * The table is indexed by the word itself and not by its place in flash: flash that is written to, by a bootloader or
 * by a test, is simply read again, and there is nothing that could have gone stale.
 */

/** The numbers are those of the cases in instructions.ts: written out there, so that they become a jump table. */
const patterns: readonly (readonly [kind: number, name: string, mask: number, match: number])[] = [
  [1, 'ADD', 0xfc00, 0x0c00],
  [2, 'ADC', 0xfc00, 0x1c00],
  [3, 'ADIW', 0xff00, 0x9600],
  [4, 'AND', 0xfc00, 0x2000],
  [5, 'ANDI', 0xf000, 0x7000],
  [6, 'ASR', 0xfe0f, 0x9405],
  [7, 'BCLR', 0xff8f, 0x9488],
  [8, 'BLD', 0xfe08, 0xf800],
  [9, 'BRBC', 0xfc00, 0xf400],
  [10, 'BRBS', 0xfc00, 0xf000],
  [11, 'BSET', 0xff8f, 0x9408],
  [12, 'BST', 0xfe08, 0xfa00],
  [13, 'COM', 0xfe0f, 0x9400],
  [14, 'CP', 0xfc00, 0x1400],
  [15, 'CPC', 0xfc00, 0x0400],
  [16, 'CPI', 0xf000, 0x3000],
  [17, 'CPSE', 0xfc00, 0x1000],
  [18, 'DEC', 0xfe0f, 0x940a],
  [19, 'EOR', 0xfc00, 0x2400],
  [20, 'ICALL', 0xffff, 0x9509],
  [21, 'IJMP', 0xffff, 0x9409],
  [22, 'IN', 0xf800, 0xb000],
  [23, 'INC', 0xfe0f, 0x9403],
  [24, 'LDI', 0xf000, 0xe000],
  // Load and store differ in one bit, which instructions.ts asks for itself.
  [25, 'LD X, ST X', 0xfc0f, 0x900c],
  [26, 'LD X+, ST X+', 0xfc0f, 0x900d],
  [27, 'LD -X, ST -X', 0xfc0f, 0x900e],
  [28, 'LDD Y+q, STD Y+q', 0xd008, 0x8008],
  [29, 'LD Y+, ST Y+', 0xfc0f, 0x9009],
  [30, 'LD -Y, ST -Y', 0xfc0f, 0x900a],
  [31, 'LDD Z+q, STD Z+q', 0xd008, 0x8000],
  [32, 'LD Z+, ST Z+', 0xfc0f, 0x9001],
  [33, 'LD -Z, ST -Z', 0xfc0f, 0x9002],
  [34, 'LPM r, Z', 0xfe0f, 0x9004],
  [35, 'LPM r, Z+', 0xfe0f, 0x9005],
  [36, 'LSR', 0xfe0f, 0x9406],
  [37, 'MOV', 0xfc00, 0x2c00],
  [38, 'MOVW', 0xff00, 0x0100],
  [39, 'MUL', 0xfc00, 0x9c00],
  [40, 'MULS', 0xff00, 0x0200],
  [41, 'MULSU', 0xff88, 0x0300],
  [42, 'NEG', 0xfe0f, 0x9401],
  [43, 'OR', 0xfc00, 0x2800],
  [44, 'ORI', 0xf000, 0x6000],
  [45, 'OUT', 0xf800, 0xb800],
  [46, 'POP', 0xfe0f, 0x900f],
  [47, 'PUSH', 0xfe0f, 0x920f],
  [48, 'RCALL', 0xf000, 0xd000],
  [49, 'RET', 0xffff, 0x9508],
  [50, 'RETI', 0xffff, 0x9518],
  [51, 'RJMP', 0xf000, 0xc000],
  [52, 'ROR', 0xfe0f, 0x9407],
  [53, 'SBC', 0xfc00, 0x0800],
  [54, 'SBCI', 0xf000, 0x4000],
  [55, 'SBIC', 0xff00, 0x9900],
  [56, 'SBIS', 0xff00, 0x9b00],
  [57, 'SBIW', 0xff00, 0x9700],
  [58, 'SBRC', 0xfe08, 0xfc00],
  [59, 'SBRS', 0xfe08, 0xfe00],
  [60, 'SLEEP', 0xffff, 0x9588],
  [61, 'SUB', 0xfc00, 0x1800],
  [62, 'SUBI', 0xf000, 0x5000],
  [63, 'SWAP', 0xfe0f, 0x9402],
  [64, 'SEI', 0xffff, 0x9478],
  [65, 'NOP', 0xffff, 0x0000],
  // Two words each, and nothing above them is: what skips an instruction asks for that.
  [66, 'LDS, STS', 0xfc0f, 0x9000],
  [67, 'JMP', 0xfe0e, 0x940c],
  [68, 'CALL', 0xfe0e, 0x940e],
];

/** From this kind on an instruction has two words. */
export const firstOfTwoWords = 66;

/** Kind 0 is everything else: avr8js' own function carries it out. */
function kindsOfWords(): Uint8Array {
  const kinds = new Uint8Array(65_536);
  for (const [kind, , mask, match] of patterns) {
    // Every word that has the fixed bits: counts through those that the mask leaves open.
    const open = ~mask & 0xffff;
    for (let bits = open; ; bits = (bits - 1) & open) {
      kinds[match | bits] = kind;
      if (bits === 0) break;
    }
  }
  return kinds;
}

export const kindOfWord: Uint8Array = kindsOfWords();
