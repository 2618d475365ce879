/** Keys of the whole page: Escape stops from anywhere, Space where no control would take it, letters turn to a look. */
import { hashOf, type Look, lookNames, looks } from './looks.ts';

export type KeysPorts = Readonly<{
  stop(): void;
  look(): Look;
  /** Whether single letters are keys (WCAG 2.1.4). */
  hasLetters(): boolean;
}>;

/** What does something of its own at Space. A heading that was given the focus does nothing. */
const taking = 'button, input, select, textarea, a[href], summary, [tabindex="0"]';

export const pageKeys =
  ({ stop, look, hasLetters }: KeysPorts) =>
  (event: KeyboardEvent): void => {
    const path = event.composedPath();
    const [target] = path;
    const free = !path.some(element => element instanceof Element && element.matches(taking));
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
