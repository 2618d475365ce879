/** A file of the page, or why there is none. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type Door, pageRefusal } from './handshake.ts';
import type { PageFile } from './page-files.ts';
import { askedOf, requestPath } from './requests.ts';

export function answerPage(
  files: ReadonlyMap<string, PageFile>,
  { door, headers }: Readonly<{ door: Door; headers: OutgoingHttpHeaders }>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const path = requestPath(request);
  const refusal = pageRefusal(askedOf(request), door);
  const file = files.get(path === '/index.html' ? '/' : path);
  // A room without its last slash would look for its files beside itself.
  if (!refusal && !file && files.has(`${path}/`)) {
    response.writeHead(308, { ...headers, Location: `${path}/` }).end();
    return;
  }
  const status = refusal?.status ?? (file ? 200 : 404);
  const body = refusal
    ? Buffer.from(`${refusal.why}\n`)
    : (file?.body ?? Buffer.from('there is no such page\n'));
  response.writeHead(status, {
    ...headers,
    'Content-Type': status === 200 && file ? file.type : 'text/plain; charset=utf-8',
    'Content-Length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
