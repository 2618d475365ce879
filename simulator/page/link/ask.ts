/**
 * Asks for what stands beside the live session: routines, preferences, the history. One function, whoever answers:
 * the controller over HTTP, or the demo's worker over its port.
 */
import { catalogue } from '../../../machines/text/text.ts';

/** `body` is what the answer's JSON says, or its text where it is none. Status 0: nobody answered. */
export type Answered = Readonly<{ status: number; body: unknown }>;
export type Asking = (
  method: string,
  path: string,
  body: string | undefined,
) => Promise<Readonly<{ status: number; body: string }>>;

/** A controller answers within milliseconds; later than this it does not. */
const answerWithinMs = 10_000;

const overHttp: Asking = async (method, path, body) => {
  const response = await fetch(path, {
    method,
    signal: AbortSignal.timeout(answerWithinMs),
    ...(body !== undefined && { body, headers: { 'Content-Type': 'application/json' } }),
    // A change has to say that it is JSON, even where it has nothing more to say.
    ...(body === undefined && method !== 'GET' && { headers: { 'Content-Type': 'application/json' } }),
  });
  return { status: response.status, body: await response.text() };
};

let asking = overHttp;
let place: 'controller' | 'browser' = 'controller';

/** Has somebody else answer, who keeps things in this browser. */
export function askInBrowser(other: Asking): void {
  asking = other;
  place = 'browser';
}

/** Where things are kept: with the controller, or in this very browser. */
export const keptIn = (): typeof place => place;

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Never rejects. A body that is text already goes as it is. */
export async function ask(method: string, path: string, body?: unknown): Promise<Answered> {
  try {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await asking(method, path, text);
    return { status: answer.status, body: read(answer.body) };
  } catch {
    return { status: 0, body: { message: catalogue.page.notices.noAnswer } };
  }
}

export const isDone = ({ status }: Answered): boolean => status >= 200 && status < 300;

/** Why something was not done, in the answer's own words. */
export function whyNot({ body }: Answered): string {
  if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
  return String(body);
}
