/**
 * Keeps the page: every file of the build is fetched when it is installed, and answered from the browser's cache from
 * then on, so that the page opens with no network. It answers for nothing else of its host's.
 *
 * A new version waits until no tab of the old one is left, or until somebody takes it on a page where no session is under
 * way. What only the version before had is erased when it begins.
 */
import { precacheAndRoute } from 'workbox-precaching';

/** A file's address, and what tells its versions apart where its name does not. */
type KeptFile = Readonly<{ url: string; revision: string | null }>;

/** What is used of a service worker's own globals. */
type WorkerEvent = Event & Readonly<{ waitUntil(done: Promise<unknown>): void; data?: unknown }>;
declare const self: Readonly<{
  /** Put in by the build, once all files are written. */
  __KEPT_FILES: KeptFile[];
  skipWaiting(): Promise<void>;
  clients: Readonly<{ claim(): Promise<void> }>;
  addEventListener(type: 'message' | 'activate', listener: (event: WorkerEvent) => void): void;
}>;

// A query changes nothing of a page that has no server.
precacheAndRoute(self.__KEPT_FILES, { ignoreURLParametersMatching: [/./] });

self.addEventListener('message', event => {
  if (event.data === 'take') event.waitUntil(self.skipWaiting());
});

// The page of the first visit is answered for as well, so that no later version is taken beneath it.
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
