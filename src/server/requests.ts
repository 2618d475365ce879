/** One request beside the page: its body is read within its bounds, its answer is told. */

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Ms } from '../../machines/vocabulary.ts';
import { codeOf } from '../storage/error-code.ts';
import type { HttpAnswer, MadeAnswer } from './answer.ts';
import type { RefusedStatus, RequestFacts } from './handshake.ts';

/** A report brings its own style and nothing else. */
const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

const only = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const askedOf = ({ method, url, headers }: IncomingMessage): RequestFacts => ({
  method,
  url,
  host: headers.host,
  origin: headers.origin,
  site: only(headers['sec-fetch-site']),
  destination: only(headers['sec-fetch-dest']),
});

/** The other end's address. */
export const addressOf = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? '';

export const requestPath = ({ url }: IncomingMessage): string => url?.split('?')[0] ?? '/';

/** An answer that says why not, as every answer beside the page: JSON. */
export const refusing = ({ status, why }: NonNullable<RefusedStatus>): HttpAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify({ message: why })}\n`,
});

export function tell(
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
  { status, type, body, isReport, cookie }: MadeAnswer,
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
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

/** Nothing moves on a connection while its answer is being made: so long that may take. */
const answerWithinMs: Ms = 150_000;

/** Reads a body of at most so many bytes and has it answered; a fault of ours is told as one. */
export function answerBody(
  request: IncomingMessage,
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
  most: number,
  answer: (body: string) => MadeAnswer | Promise<MadeAnswer>,
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
  const fail = (error: unknown): void => {
    const code = codeOf(error);
    refuse(
      code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS' ? 507 : 500,
      `cannot be done ${code}`.trim(),
    );
  };
  request.on('end', () => {
    if (response.headersSent) return;
    try {
      const made = answer(Buffer.concat(parts).toString('utf8'));
      if (!(made instanceof Promise)) {
        tell(response, headers, made);
        return;
      }
      const { socket } = request;
      const idleMs = socket.timeout ?? 0;
      socket.setTimeout(answerWithinMs);
      made
        .finally(() => socket.setTimeout(idleMs))
        .then(told => tell(response, headers, told), fail)
        // Whoever asked may have gone meanwhile.
        .catch(() => response.destroy());
    } catch (error) {
      fail(error);
    }
  });
}
