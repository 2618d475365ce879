/** The page that runs with no server: built into a folder of its own, and served as any static host would. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { packageRoot } from '../../src/installed.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export type Demo = Readonly<{ address: string; folder: string; close(): void }>;

export async function serveDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-demo-'));
  const words = [
    'build',
    'simulator/demo',
    '--config',
    'vite.config.ts',
    '--mode',
    'demo',
    '--logLevel',
    'warn',
  ];
  const { status, stderr } = spawnSync(
    join(packageRoot, 'node_modules', '.bin', 'vite'),
    [...words, '--outDir', folder, '--emptyOutDir'],
    { cwd: packageRoot, env: { ...process.env, NODE_ENV: 'production' }, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the demo does not build: ${stderr}`);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    folder,
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
