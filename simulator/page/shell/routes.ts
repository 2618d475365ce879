/**
 * The looks of the page: which hash shows which, and where it is drawn. A look that not everybody turns to comes when
 * it is asked for; a new one is a line here and its word in the catalogue.
 */
import type { TemplateResult } from 'lit';
import { isGuest } from '../link/where.ts';
import { draw as session } from '../session/session-look.ts';
import { hashRoute } from './hash.ts';
import type { PageContext } from './page-context.ts';

/** Draws what stands in the middle of the page. */
export type Drawing = Readonly<{ draw(context: PageContext): TemplateResult }>;

type Entry = Readonly<{
  /** How it comes; the session's look is there from the start. */
  load(): Drawing | Promise<Drawing>;
  /** A letter that turns to it and back. */
  key?: string;
  /** Whether the header leads there. */
  isTab?: true;
  /** Whose place in the header it has. */
  under?: string;
  /** No header, no letters: the page of somebody who only needs to stop. */
  isAlone?: true;
  /** Of no use to a paired phone, which may not see what stands there. */
  isAtHome?: true;
}>;

/** Each under its hash. */
const entries = {
  session: { load: () => ({ draw: session }), isTab: true },
  routines: { load: () => import('../routines/routines-look.ts'), isTab: true, key: 'r' },
  write: { load: () => import('../write/write-look.ts'), under: 'routines', isAtHome: true },
  far: { load: () => import('../distance/distance-look.ts'), isTab: true, key: 'f' },
  bench: { load: () => import('../bench/bench-look.ts'), isTab: true, key: 'b' },
  history: { load: () => import('../history/history-look.ts'), isTab: true, isAtHome: true },
  board: { load: () => import('../board/board-look.ts') },
  alone: { load: () => import('../alone/alone-look.ts') },
  calibrate: { load: () => import('../calibrate/calibrate-look.ts') },
  receiver: { load: () => import('../receiver/receiver-look.ts'), isAlone: true },
  phone: { load: () => import('../phone/phone-look.ts'), isAtHome: true },
} as const satisfies Readonly<Record<string, Entry>>;

export type Route = keyof typeof entries;
export const routes: Readonly<Record<Route, Entry>> = entries;
export const routeNames = Object.keys(entries) as Route[];
/** Those that the header leads to. */
export type Tab = { [R in Route]: (typeof entries)[R] extends Readonly<{ isTab: true }> ? R : never }[Route];
export const tabs = routeNames.filter((name): name is Tab => routes[name].isTab === true);

/** The session is what stands without a hash. */
export const hashOf = (look: Route): string => (look === 'session' ? '' : look);
export const mayTurnTo = (look: Route): boolean => !isGuest() || routes[look].isAtHome !== true;
export const routeNow = (): Route =>
  routeNames.find(look => hashOf(look) === hashRoute() && mayTurnTo(look)) ?? 'session';
