/**
 * Reports, tables and drawings by an address that a link can have. A controller has one for each; what this very browser
 * keeps gets an address of its own, good for as long as this page shows it.
 */
import { ask, isDone, keptIn } from '../link/ask.ts';

const types: Readonly<Record<string, string>> = {
  html: 'text/html;charset=utf-8',
  csv: 'text/csv;charset=utf-8',
  json: 'application/json;charset=utf-8',
};

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : `${JSON.stringify(body, null, 2)}\n`;

export class Documents {
  readonly #addresses = new Map<string, string>();
  #fetched = 0;

  /** Makes them ready, in place of those that were; never rejects. */
  async fetch(paths: readonly string[]): Promise<void> {
    if (keptIn() === 'controller') return;
    const mine = ++this.#fetched;
    const made = await Promise.all(paths.map(async path => [path, await addressOf(path)] as const));
    if (mine !== this.#fetched) {
      for (const [, address] of made) revoke(address);
      return;
    }
    this.#revoke();
    for (const [path, address] of made) if (address !== null) this.#addresses.set(path, address);
  }

  /** Null where it is not there, or not yet. */
  address(path: string): string | null {
    return keptIn() === 'controller' ? path : (this.#addresses.get(path.split('?')[0] ?? path) ?? null);
  }

  free(): void {
    this.#fetched += 1;
    this.#revoke();
  }

  #revoke(): void {
    for (const address of this.#addresses.values()) revoke(address);
    this.#addresses.clear();
  }
}

async function addressOf(path: string): Promise<string | null> {
  const answer = await ask('GET', path);
  if (!isDone(answer)) return null;
  const text = textOf(answer.body);
  // An image may come from the page itself or from its own text, and from nowhere else.
  if (path.endsWith('.svg')) return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  const type = types[path.split('.').at(-1) ?? ''] ?? 'text/plain;charset=utf-8';
  return URL.createObjectURL(new Blob([text], { type }));
}

function revoke(address: string | null): void {
  if (address?.startsWith('blob:')) URL.revokeObjectURL(address);
}
