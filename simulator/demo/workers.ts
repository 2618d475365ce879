/** The workers of the page that runs with no server: of the controller, of a board by itself, of what is kept, and the service worker. */
import boardUrl from './alone/board-worker.ts?worker&url';
import keeperUrl from './kept/kept-worker.ts?worker&url';
import controllerUrl from './session/worker.ts?worker&url';

type Policy = Readonly<{ createScriptURL(url: string): string }>;
type Policies = Readonly<{
  createPolicy(name: string, rules: Readonly<{ createScriptURL(url: string): string }>): Policy;
}>;

const absolute = (url: string): string => new URL(url, import.meta.url).href;
const addresses = {
  controller: absolute(controllerUrl),
  board: absolute(boardUrl),
  keeper: absolute(keeperUrl),
} as const;

/** Where the page enforces Trusted Types only these addresses pass. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as unknown as { trustedTypes?: Policies };
  policy ??=
    trustedTypes?.createPolicy('tactus-worker', {
      createScriptURL: url => {
        if (!Object.values<string>(addresses).includes(url) && url !== serviceWorker)
          throw new TypeError(`${url} is no worker of the demo's`);
        return url;
      },
    }) ?? null;
  return policy ? policy.createScriptURL(address) : address;
}
let policy: Policy | null = null;
/** Of the service worker, which stands beside the page and has no hash in its name. */
let serviceWorker: string | null = null;

/** The address of the service worker of a page at `scope`, as `register` may have it. */
export function trustedServiceWorker(scope: string): string {
  serviceWorker = new URL('sw.js', scope).href;
  return trusted(serviceWorker);
}

export const newWorker = (name: keyof typeof addresses): Worker =>
  new Worker(trusted(addresses[name]), { type: 'module' });
