/** The built page, read once, with the headers that keep it to itself. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Door } from './handshake.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

export type PageFile = Readonly<{ type: string; body: Buffer }>;

/** Every file below a folder by its path from there (`/`, `/assets/…`), behind a room of its own where one is named. */
export function pageFiles(folder: string, room = ''): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  const visit = (path: string): void => {
    for (const name of readdirSync(join(folder, path))) {
      const inner = `${path}/${name}`;
      if (statSync(join(folder, inner)).isDirectory()) visit(inner);
      else
        files.set(`${room}${inner === '/index.html' ? '/' : inner}`, {
          type: types[extname(name)] ?? 'application/octet-stream',
          body: readFileSync(join(folder, inner)),
        });
    }
  };
  visit('');
  return files;
}

/** What a page needs to be installed and kept by a browser, beside its pictures. */
const installing: readonly string[] = ['/manifest.webmanifest', '/sw.js'];

/**
 * The same files, of a page that is not to be installed or kept by the browser. Whoever can open a controller's page has
 * the controller; a page that a browser kept of it would be shown of another version, or of none.
 */
export function notInstallable(files: ReadonlyMap<string, PageFile>): ReadonlyMap<string, PageFile> {
  const told = [...files].filter(([path]) => !installing.some(name => path.endsWith(name)));
  return new Map(told.map(([path, file]) => [path, path.endsWith('/') ? withoutManifest(file) : file]));
}

/** A page tells a browser of its manifest in its head, and asks there itself whether it has one. */
const withoutManifest = ({ type, body }: PageFile): PageFile => ({
  type,
  body: Buffer.from(body.toString('utf8').replace(/<link rel="manifest"[^>]*>/, '')),
});

/** Headers of every answer. `socket` is the one address the page may connect to beside its own files. */
export function headersFor(
  socket: string,
  { scheme, isLan }: Readonly<Pick<Door, 'scheme' | 'isLan'>>,
): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "worker-src 'self'",
    'trusted-types lit-html tactus-worker',
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${socket}`.trim(),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    // Browsers ignore it where the network could have written it, and complain.
    ...((scheme === 'https' || !isLan) && { 'Cross-Origin-Opener-Policy': 'same-origin' }),
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'serial=(), usb=(), camera=(), microphone=(), geolocation=()',
    'Cache-Control': 'no-store',
  };
}
