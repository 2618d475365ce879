/** Where a key is meant as text. */

/** Whether a letter would be text, or a choice in a list. */
export const isTyping = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox') ||
  (target instanceof HTMLElement && target.isContentEditable);
