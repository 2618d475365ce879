/** The network as tests find it, and phones on it: TLS without knowing the certificate, as a phone whose owner went on. */
import { request } from 'node:https';
import { networkInterfaces } from 'node:os';
import { WebSocket } from 'ws';

/** An address of this machine outside loopback; where it has none, another one of loopback. */
export const lanAddress = (): string =>
  Object.values(networkInterfaces())
    .flatMap(all => all ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.2';

export type PhoneAnswer = Readonly<{
  status: number;
  body: string;
  cookie: string | null;
  headers: NodeJS.Dict<string | string[]>;
}>;

type Asking = Readonly<{
  method?: string;
  path?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  cookie?: string;
}>;

/** Asks as the page on a phone does. */
export function askFrom(
  address: URL,
  { method = 'GET', path = '/', body, headers = {}, cookie }: Asking,
): Promise<PhoneAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: address.hostname.replace(/^\[|\]$/g, ''),
        port: address.port,
        method,
        path,
        rejectUnauthorized: false,
        agent: false,
        headers: {
          ...(method !== 'GET' && { Origin: address.origin, 'Content-Type': 'application/json' }),
          ...(cookie !== undefined && { Cookie: cookie }),
          ...headers,
        },
      },
      response => {
        let text = '';
        response.on('data', (part: Buffer) => {
          text += part.toString('utf8');
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: text,
            cookie: response.headers['set-cookie']?.[0] ?? null,
            headers: response.headers,
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body));
  });
}

/** What a browser sends back of a cookie. */
export const sentBack = (cookie: string | null): string => cookie?.split(';')[0] ?? '';

/** Pairs with a code; the cookie as it is sent back. */
export async function pairWith(address: URL, code: string, name = ''): Promise<string> {
  const { status, cookie, body } = await askFrom(address, {
    method: 'POST',
    path: '/pair',
    body: { code, name },
  });
  if (status !== 201) throw new Error(`not paired: ${status} ${body}`);
  return sentBack(cookie);
}

/** A socket as the page on a phone opens it. */
export const phoneSocket = (
  address: URL,
  cookie: string | null,
  { path = '/ws', origin = address.origin, ...headers }: Readonly<Record<string, string>> = {},
): WebSocket =>
  new WebSocket(`wss://${address.host}${path}`, {
    rejectUnauthorized: false,
    headers: { ...headers, ...(cookie !== null && { Cookie: cookie }) },
    ...(origin && { origin }),
  });

/** The status with which an upgrade was refused. */
export const refusedWith = (socket: WebSocket): Promise<number> =>
  new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => reject(new Error('it was let in')));
    socket.on('error', () => {});
  });
