/**
 * Who may speak to this controller at all. Pure checks, before any upgrade and before any page.
 *
 * Listening on loopback is no defence: any page in any tab can reach it, and a name that an attacker rebinds can
 * too. So the Host has to be one of ours and the Origin exactly ours, for loopback as for anything else.
 */

export type Asked = Readonly<{
  method: string | undefined;
  url: string | undefined;
  host: string | undefined;
  origin: string | undefined;
}>;

/** An HTTP status to refuse with, and why; or null where nothing speaks against it. */
export type RefusedStatus = Readonly<{ status: number; why: string }> | null;

/** Names under which a loopback server of this port may be asked for. */
export const loopbackHosts = (port: number): ReadonlySet<string> =>
  new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);

const refuse = (status: number, why: string): RefusedStatus => ({ status, why });

/** A request for the page: GET or HEAD, under one of our names. */
export function pageRefusal(asked: Asked, hosts: ReadonlySet<string>): RefusedStatus {
  if (!asked.host || !hosts.has(asked.host.toLowerCase()))
    return refuse(421, 'this is not the host asked for');
  if (asked.method !== 'GET' && asked.method !== 'HEAD') return refuse(405, 'only GET and HEAD');
  return null;
}

/**
 * A request beside the page: under one of our names. What changes something has to come from our own page, and to say
 * that it sends JSON, so that no other page's form can send it.
 */
export function apiRefusal(
  asked: Asked & Readonly<{ contentType: string | undefined }>,
  hosts: ReadonlySet<string>,
): RefusedStatus {
  if (!asked.host || !hosts.has(asked.host.toLowerCase()))
    return refuse(421, 'this is not the host asked for');
  const isOurs = [...hosts].some(host => asked.origin === `http://${host}`);
  if (asked.origin !== undefined && !isOurs) return refuse(403, 'this origin may not');
  if (asked.method === 'GET') return null;
  if (!['PUT', 'POST', 'DELETE'].includes(asked.method ?? '')) return refuse(405, 'not with this method');
  if (asked.origin === undefined) return refuse(401, 'an origin is needed');
  if (asked.method !== 'DELETE' && !/^application\/json\s*(;|$)/i.test(asked.contentType ?? ''))
    return refuse(415, 'must be application/json');
  return null;
}

/** A request for the socket: GET /ws and nothing behind it, under one of our names, from our own page. */
export function socketRefusal(asked: Asked, hosts: ReadonlySet<string>): RefusedStatus {
  if (!asked.host || !hosts.has(asked.host.toLowerCase()))
    return refuse(421, 'this is not the host asked for');
  if (asked.method !== 'GET') return refuse(405, 'only GET');
  if (asked.url !== '/ws')
    return refuse(asked.url?.startsWith('/ws?') ? 400 : 404, 'the socket is /ws, without a query');
  if (asked.origin === undefined) return refuse(401, 'an origin is needed');
  if (![...hosts].some(host => asked.origin === `http://${host}`)) return refuse(403, 'this origin may not');
  return null;
}
