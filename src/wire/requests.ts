/** One request beside the page: its body is read within its bounds, its answer is told. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { Asked, RefusedStatus } from './handshake.ts';

/** A report brings its own style and nothing else. */
const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

export const askedOf = ({ method, url, headers }: IncomingMessage): Asked => ({
  method,
  url,
  host: headers.host,
  origin: headers.origin,
  site: typeof headers['sec-fetch-site'] === 'string' ? headers['sec-fetch-site'] : undefined,
});

/** The other end's address. */
export const addressOf = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? '';

export const pathOf = ({ url }: IncomingMessage): string => url?.split('?')[0] ?? '/';

/** An answer that says why not, as every answer beside the page: JSON. */
export const refusing = ({ status, why }: NonNullable<RefusedStatus>): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify({ message: why })}\n`,
});

export function tell(
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
  { status, type, body, isReport, cookie }: Answer,
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    ...headers,
    ...(isReport && { 'Content-Security-Policy': reportPolicy }),
    ...(cookie !== undefined && { 'Set-Cookie': cookie }),
    'Content-Type': type,
    'Content-Length': bytes.length,
    // What was not read to its end cannot be followed by anything else.
    ...(status === 413 && { Connection: 'close' }),
  });
  response.end(bytes);
}

/** Reads a body of at most so many bytes and has it answered; a fault of ours is told as one. */
export function answerBody(
  request: IncomingMessage,
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
  most: number,
  answer: (body: string) => Answer,
): void {
  const parts: Buffer[] = [];
  let length = 0;
  const refuse = (status: number, why: string): void => tell(response, headers, refusing({ status, why }));
  request.on('error', () => response.destroy());
  request.on('data', (part: Buffer) => {
    length += part.length;
    if (length <= most) parts.push(part);
    else if (!response.headersSent) refuse(413, `at most ${most / 1024} KB`);
  });
  request.on('end', () => {
    if (response.headersSent) return;
    try {
      tell(response, headers, answer(Buffer.concat(parts).toString('utf8')));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      refuse(
        code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS' ? 507 : 500,
        `cannot be done ${code}`.trim(),
      );
    }
  });
}
