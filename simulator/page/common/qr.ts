/** An address drawn to be scanned. */
import { html } from 'lit';
import { encode } from 'uqr';

/** Light all around, in modules, as ISO/IEC 18004 asks for. */
const border = 4;
/** In bytes: a denser one than this is not read from a screen by an ordinary phone. */
const mostBytes = 2300;

export type Drawn = Readonly<{ path: string; size: number }>;

/** The outline of all dark modules. */
function outline(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
}

/** Null where the address is too long to be scanned. */
export function drawn(address: string): Drawn | null {
  const bytes = new TextEncoder().encode(address).length;
  if (bytes > mostBytes) return null;
  // The longer it is, the fewer modules there are to spare for mending it.
  const { data, size } = encode(address, { ecc: bytes > 300 ? 'L' : 'M', border });
  return { path: outline(data), size };
}

export const qr = ({ path, size }: Drawn, label: string) => html`<svg
  class="qr"
  viewBox="0 0 ${size} ${size}"
  role="img"
  aria-label=${label}
>
  <rect width=${size} height=${size} fill="#ffffff" />
  <path d=${path} fill="#000000" shape-rendering="crispEdges" />
</svg>`;
