/**
 * Who may speak to this controller at all. Pure checks, before any upgrade and before any page.
 *
 * Listening on loopback is no defence: any page in any tab can reach it, and a name that an attacker rebinds can
 * too. So the Host has to be one of ours and the Origin exactly ours, for loopback as for anything else.
 *
 * From the network a token is needed beside that. From loopback it is not: whoever can reach loopback without a
 * browser already runs programs here and could read the code off the terminal, and the page has to work by itself
 * where there is nobody to type anything. What a browser brings along from elsewhere fails on Host and Origin.
 */
import { answerWords } from '../../machines/text/answers.ts';

export type RequestFacts = Readonly<{
  method: string | undefined;
  url: string | undefined;
  host: string | undefined;
  origin: string | undefined;
  /** What a browser says of where the request comes from (Sec-Fetch-Site); absent where none says it. */
  site?: string | undefined;
  /** What it is asked for as (Sec-Fetch-Dest): a page of its own is `document`; absent where no browser says it. */
  destination?: string | undefined;
}>;

/** An HTTP status to refuse with, and why; or null where nothing speaks against it. */
export type RefusedStatus = Readonly<{ status: number; why: string }> | null;

/** One address that is listened on: the names it may be asked for, and whether it is open to the network. */
export type Door = Readonly<{
  scheme: 'http' | 'https';
  hosts: ReadonlySet<string>;
  isLan: boolean;
}>;

/** A name or address as it stands in an address line. */
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Where a browser finds a host: browsers leave out the port that a scheme has anyway. */
export const hostOf = (scheme: Door['scheme'], host: string, port: number): string =>
  new URL(`${scheme}://${bracketed(host)}:${port}`).host;

/** A loopback server of this port, under each of its names and that of the address that it listens on. */
export const loopbackDoor = (port: number, host = '127.0.0.1'): Door => ({
  scheme: 'http',
  hosts: new Set(['127.0.0.1', 'localhost', '::1', host].map(name => hostOf('http', name, port))),
  isLan: false,
});

const refuse = (status: number, why: string): RefusedStatus => ({ status, why });

const isOtherHost = ({ host }: RequestFacts, { hosts }: Door): boolean =>
  !host || !hosts.has(host.toLowerCase());
const otherHost = refuse(421, 'this is not the host asked for');
const otherOrigin = refuse(403, 'this origin may not');
const noOrigin = refuse(401, 'an origin is needed');

/** `none`: typed, or from a bookmark. */
const isFromElsewhere = ({ site }: RequestFacts): boolean =>
  site !== undefined && site !== 'same-origin' && site !== 'none';

const isOurs = ({ origin }: RequestFacts, { scheme, hosts }: Door): boolean =>
  [...hosts].some(host => origin === `${scheme}://${host}`);

/** Addresses end up in histories and logs: from the network nothing may be told in one. */
const tellsSomething = ({ url }: RequestFacts, { isLan }: Door): boolean =>
  isLan && (url ?? '').includes('?');
const noQuery = refuse(400, 'nothing may stand in the address here');

/** A link on some page may lead here; a picture, a script or a frame of that page may not come from here. */
const isPartOfAnother = (asked: RequestFacts): boolean =>
  isFromElsewhere(asked) && asked.destination !== 'document';

/** A request for the page: GET or HEAD, under one of our names, not from within another page. */
export function pageRefusal(asked: RequestFacts, door: Door): RefusedStatus {
  if (isOtherHost(asked, door)) return otherHost;
  if (isPartOfAnother(asked)) return otherOrigin;
  if (asked.method !== 'GET' && asked.method !== 'HEAD') return refuse(405, 'only GET and HEAD');
  if (tellsSomething(asked, door)) return noQuery;
  return null;
}

/**
 * A request beside the page: under one of our names. What changes something has to come from our own page, and to say
 * that it sends JSON, so that no other page's form can send it.
 */
export function apiRefusal(
  asked: RequestFacts & Readonly<{ contentType: string | undefined }>,
  door: Door,
): RefusedStatus {
  if (isOtherHost(asked, door)) return otherHost;
  if (asked.origin !== undefined && !isOurs(asked, door)) return otherOrigin;
  // A picture or a frame on some page brings no Origin along; browsers say this instead.
  if (isFromElsewhere(asked)) return otherOrigin;
  if (tellsSomething(asked, door)) return noQuery;
  if (asked.method === 'GET') return null;
  if (!['PUT', 'POST', 'DELETE'].includes(asked.method ?? '')) return refuse(405, answerWords.method);
  if (asked.origin === undefined) return noOrigin;
  if (asked.method !== 'DELETE' && !/^application\/json\s*(;|$)/i.test(asked.contentType ?? ''))
    return refuse(415, 'must be application/json');
  return null;
}

/** A request for the socket: GET /ws and nothing behind it, under one of our names, from our own page. */
export function socketRefusal(asked: RequestFacts, door: Door): RefusedStatus {
  if (isOtherHost(asked, door)) return otherHost;
  if (asked.method !== 'GET') return refuse(405, 'only GET');
  if (asked.url !== '/ws')
    return refuse(asked.url?.startsWith('/ws?') ? 400 : 404, 'the socket is /ws, without a query');
  if (asked.origin === undefined) return noOrigin;
  return isOurs(asked, door) ? null : otherOrigin;
}
