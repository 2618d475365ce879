/** What the controller answers a page, or whoever else asks it, where it does not do what was asked. */
import en from './en/answers.json' with { type: 'json' };

export const answerWords = en;
