/** Keys of the whole page: Escape stops from anywhere, Space where no control would take it, letters turn to a look. */
import { hashOf, type Look, lookNames, looks } from './looks.ts';

export type KeysPorts = Readonly<{
  stop(): void;
  look(): Look;
  /** Whether single letters are keys (WCAG 2.1.4). */
  hasLetters(): boolean;
  /** The page itself: focus on it is focus on nothing. */
  page: EventTarget;
}>;

export const pageKeys =
  ({ stop, look, hasLetters, page }: KeysPorts) =>
  (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    const free = target instanceof HTMLBodyElement || target === page;
    if (event.key === 'Escape' || (event.key === ' ' && free)) {
      event.preventDefault();
      // A key that is held down is one stop, not thirty a second.
      if (!event.repeat) stop();
      return;
    }
    const now = look();
    if (looks[now].isAlone || !hasLetters() || isTyping(target)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const wanted = lookNames.find(name => looks[name].key === event.key);
    if (wanted) location.hash = now === wanted ? '' : hashOf(wanted);
  };

/** Whether a letter would be text, or a choice in a list. */
const isTyping = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox');
