/** A QR code for a terminal: two rows of it in each line, by half blocks. */
import { encode } from 'uqr';

/** Light all around it, four modules wide, as ISO/IEC 18004 asks for. */
const border = 4;
/** Black on white whatever the terminal's own colours are, and back to them. */
const painted = (line: string): string => `\u001b[30;107m${line}\u001b[0m`;

/** Its lines. With `colours` they are painted; without, light is drawn, as it shows on a dark ground. */
export function qrText(text: string, colours: boolean): string {
  const { data } = encode(text, { ecc: 'M', border });
  const isInk = (row: number, column: number): boolean => (data[row]?.[column] ?? false) === colours;
  const lines: string[] = [];
  for (let row = 0; row < data.length; row += 2) {
    const line = data
      .map((_, column) => {
        const below = row + 1 < data.length && isInk(row + 1, column);
        if (isInk(row, column)) return below ? '█' : '▀';
        return below ? '▄' : ' ';
      })
      .join('');
    lines.push(colours ? painted(line) : line);
  }
  return lines.join('\n');
}
