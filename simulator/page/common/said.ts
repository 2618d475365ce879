/** What a person wants of the session, as elements of the page hand it on to the page: one event, one type. */
import type { Intent } from '../../../machines/intent.ts';

/** Of the event `intend`. */
export type Intended = CustomEvent<Intent>;

/** Hands an intent on to whatever the element stands in. */
export const intendFrom = (element: EventTarget, intent: Intent): void => {
  element.dispatchEvent(new CustomEvent<Intent>('intend', { detail: intent }));
};
