/** What a person wants of the session, as elements of the page hand it on to the page: one event, one type. */
import type { Intent } from '../../../machines/intent.ts';
import { emit, type PageEvent } from './events.ts';

/** Of the event `intend`. */
export type Intended = PageEvent<'intend'>;

/** Hands an intent on to whatever the element stands in. */
export const intendFrom = (element: EventTarget, intent: Intent): void => {
  emit(element, 'intend', intent);
};
