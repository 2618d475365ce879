/** What a routine or a phase is called in the language of the catalogue; else as its file calls it. Pure. */
import { catalogue } from '../text/text.ts';
import type { Phase, Routine } from './schema.ts';

type Titled = Pick<Routine | Phase, 'title' | 'titles'>;

/** `language`: a tag such as `de-AT`; where that has no title, one of `de` will do. */
export function titleOf({ title, titles = [] }: Titled, language = catalogue.language.tag): string {
  const [general = language] = language.split('-');
  const found = [language, general].flatMap(tag => titles.filter(one => one.language === tag));
  return found[0]?.title ?? title;
}
