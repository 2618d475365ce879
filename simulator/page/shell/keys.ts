/**
 * Keys of the whole page: Escape stops from anywhere, Space while hands move and no control would take it, letters turn
 * to a look. A key that is held down counts once, whatever it does.
 */
import { pressesFocused } from '../common/contact.ts';
import { isTyping } from '../common/typing.ts';
import { hashOf, type Route, routeNames, routes } from './routes.ts';

export type KeysPorts = Readonly<{
  stop(): void;
  /** Escape was pressed where nothing could run. */
  nothingRuns(): void;
  look(): Route;
  /** Whether single letters are keys (WCAG 2.1.4). */
  hasLetters(): boolean;
  couldRun(): boolean;
  /** Whether hands move. */
  moves(): boolean;
}>;

/** What does something of its own at Space. A heading that was given the focus does nothing. */
const taking =
  'button, input, select, textarea, a[href], summary, [tabindex="0"], [contenteditable]:not([contenteditable="false"])';
/** A Space this soon after one that a control took was meant for that control: it went, and the focus with it. */
const hasteMs = 1000;
/** The key of a composition that an input method has in hand, where `isComposing` is already over. */
const composingCode = 229;

export function pageKeys({ stop, nothingRuns, look, hasLetters, couldRun, moves }: KeysPorts) {
  let takenAt = Number.NEGATIVE_INFINITY;

  const pressEscape = (event: KeyboardEvent): void => {
    event.preventDefault();
    if (event.repeat) return;
    if (couldRun()) stop();
    else nothingRuns();
  };

  const pressSpace = (event: KeyboardEvent, isTaken: boolean): void => {
    const wasInHaste = event.timeStamp - takenAt < hasteMs;
    if (isTaken) takenAt = event.timeStamp;
    // Outside of motion it scrolls, as everywhere.
    if (isTaken || !moves()) return;
    event.preventDefault();
    if (!event.repeat && !wasInHaste) stop();
  };

  return (event: KeyboardEvent): void => {
    // It only ends a composition, or picks from its list.
    if (event.isComposing || event.keyCode === composingCode) return;
    if (event.key === 'Escape') {
      pressEscape(event);
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const [target] = event.composedPath();
    const isTaken = isTakenBy(event);
    // Of a held Enter a browser makes a click each time it repeats.
    if (event.repeat && isTaken && pressesFocused(event) && !isTyping(target)) event.preventDefault();
    if (event.key === ' ') pressSpace(event, isTaken);
    const now = look();
    if (event.repeat || routes[now].isAlone || !hasLetters() || isTyping(target)) return;
    const letter = event.key.toLowerCase();
    const wanted = routeNames.find(name => routes[name].key === letter);
    if (wanted) location.hash = now === wanted ? '' : hashOf(wanted);
  };
}

const isTakenBy = (event: KeyboardEvent): boolean =>
  event.composedPath().some(element => element instanceof Element && element.matches(taking));
