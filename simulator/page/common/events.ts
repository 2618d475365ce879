/** The page's own events, each with what it tells: said and heard by these names, and by no others. */
import type { CausesSaid } from '../../../machines/causes.ts';
import type { Intent } from '../../../machines/intent.ts';
import type { PreferencesChange } from '../../../src/server/api-messages.ts';
import type { BenchBatch } from '../../../src/server/messages.ts';
import type { KeepingChosen } from '../history/keeping.ts';
import type { Said } from '../link/said-message.ts';
import type { Baseline } from '../session/baseline.ts';
import type { Settings } from '../shell/settings.ts';

type Of<I extends Intent['intent']> = Extract<Intent, { intent: I }>;

export type PageEvents = {
  /** What a person wants of the session. */
  intend: Intent;
  /** A card of the screening is answered. */
  answered: Omit<Of<'screen'>, 'intent'>;
  /** An answered card is opened again. */
  reopened: Of<'reopen'>['card'];
  /** Whether a screening may be remembered. */
  remember: boolean;
  /** 0 to 10. */
  scored: number;
  /** How it is before the start, as far as it has just been said. */
  baseline: Partial<Baseline>;
  /** A button of the drawn device. */
  pressed: Readonly<{ button: 'go' | 'less' | 'stop'; down: boolean }>;
  /** What is meant for the controller. */
  say: Said;
  /** What the controller tells the bench. */
  bench: BenchBatch;
  /** To a moment of an opened journal. */
  moved: number;
  settings: Settings;
  /** What brings a complaint on, as chosen so far; null while nothing is. */
  causes: CausesSaid | null;
  /** A routine is to be begun with. */
  chosen: Omit<Extract<Said, { type: 'choose' }>, 'type'>;
  liked: PreferencesChange;
  erase: undefined;
  /** A past session is opened, by its id. */
  opened: string;
  /** It is left again, with what there is to say about that. */
  left: string;
  kept: KeepingChosen;
  /** What cannot be brought back is meant. */
  sure: undefined;
  /** What is kept is another than it was: from a file, or erased. */
  taken: undefined;
  /** What was found out is forgotten. */
  undo: undefined;
};

export type PageEventName = keyof PageEvents;
export type PageEvent<K extends PageEventName> = CustomEvent<PageEvents[K]>;

/** Heard beyond the element in which it is said. */
const crossing: ReadonlySet<PageEventName> = new Set(['chosen']);

type Told<K extends PageEventName> = PageEvents[K] extends undefined ? [] : [detail: PageEvents[K]];

export function emit<K extends PageEventName>(from: EventTarget, name: K, ...[detail]: Told<K>): void {
  const far = crossing.has(name);
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: far, composed: far }));
}

/** Hears an event of what is no element of a template; returns how to leave off. */
export function hear<K extends PageEventName>(
  from: EventTarget,
  name: K,
  heard: (detail: PageEvents[K]) => void,
): () => void {
  const listener = (event: Event): void => {
    if (event instanceof CustomEvent) heard(event.detail as PageEvents[K]);
  };
  from.addEventListener(name, listener);
  return () => from.removeEventListener(name, listener);
}
