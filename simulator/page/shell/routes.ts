/**
 * The looks of the page: which hash shows which, and where it is drawn. A look that not everybody turns to comes when
 * it is asked for; a new one is a line here and its word in the catalogue.
 */
import type { TemplateResult } from 'lit';
import { isGuest } from '../link/where.ts';
import { draw as session } from '../session/look.ts';
import { hashLook } from './hash.ts';
import type { Desk } from './page-context.ts';

/** Draws what stands in the middle of the page. */
export type Drawing = Readonly<{ draw(desk: Desk): TemplateResult }>;

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
  routines: { load: () => import('../routines/look.ts'), isTab: true, key: 'r' },
  write: { load: () => import('../write/look.ts'), under: 'routines', isAtHome: true },
  far: { load: () => import('../distance/look.ts'), isTab: true, key: 'f' },
  bench: { load: () => import('../bench/look.ts'), isTab: true, key: 'b' },
  history: { load: () => import('../history/look.ts'), isTab: true, isAtHome: true },
  calibrate: { load: () => import('../calibrate/look.ts') },
  receiver: { load: () => import('../receiver/look.ts'), isAlone: true },
  phone: { load: () => import('../phone/look.ts'), isAtHome: true },
} as const satisfies Readonly<Record<string, Entry>>;

export type Look = keyof typeof entries;
export const looks: Readonly<Record<Look, Entry>> = entries;
export const lookNames = Object.keys(entries) as Look[];

/** The session is what stands without a hash. */
export const hashOf = (look: Look): string => (look === 'session' ? '' : look);
export const mayTurnTo = (look: Look): boolean => !isGuest() || looks[look].isAtHome !== true;
export const lookNow = (): Look =>
  lookNames.find(look => hashOf(look) === hashLook() && mayTurnTo(look)) ?? 'session';
