/** What a request is answered with, and the usual ways to make one. */

export type HttpAnswer<Body extends string | Uint8Array = string> = Readonly<{
  status: number;
  type: string;
  body: Body;
  isReport?: true;
  /** What the browser is to keep. */
  cookie?: string;
}>;

/** One that may have been made elsewhere, as the bytes that it is sent as. */
export type MadeAnswer = HttpAnswer | HttpAnswer<Uint8Array>;

export const json = (value: unknown, status = 200): HttpAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(value)}\n`,
});

export const refused = (status: number, message: string): HttpAnswer => json({ message }, status);

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The parts of a path after its first stroke. */
export const pathParts = (path: string): readonly string[] => path.split('/').slice(1).map(decoded);

/** One part, as it was meant; empty where it means nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
