/** The page that runs with no server, as it was built before any test, served as any static host would. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { packageRoot } from '../../src/installed.ts';
import { notInstallable, pageFiles } from '../../src/server/page-files.ts';

export const builtDemo = join(packageRoot, 'dist', 'demo');

export type Demo = Readonly<{
  address: string;
  /** Nobody answers there any more. */
  close(): void;
  /** After it was closed: the same address serves another build. */
  reopen(folder: string): Promise<void>;
}>;

type Hosted = Readonly<{
  /** Another build of it than the one that people get. */
  folder?: string;
  /** The path that it stands under, with a stroke at both ends. */
  base?: string;
  /** Whether the browser may keep it; otherwise each test would have it kept anew. */
  isInstallable?: boolean;
}>;

export async function serveDemo({
  folder = builtDemo,
  base = '/',
  isInstallable = false,
}: Hosted = {}): Promise<Demo> {
  const read = (from: string) => {
    if (!existsSync(from)) throw new Error(`${from}: the demo is not built`);
    const files = pageFiles(from, base.slice(0, -1));
    return isInstallable ? files : notInstallable(files);
  };
  let files = read(folder);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = files.get(pathname.replace(/\/index\.html$/, '/'));
    // As GitHub Pages has it: ten minutes, for whatever it is.
    if (file)
      response.writeHead(200, { 'Content-Type': file.type, 'Cache-Control': 'max-age=600' }).end(file.body);
    else response.writeHead(404).end();
  });
  const listen = (at: number) => new Promise<void>(resolve => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${base}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
    reopen: async other => {
      files = read(other);
      await listen(port);
    },
  };
}
