/** The rows of named texts: what each is called in the database, and for people. */
import { keptWords } from '../../../../machines/text/kept.ts';
import { fill } from '../../../../machines/text/text.ts';
import { noticeSentence } from '../../../../src/storage/notices.ts';

export const rows = { preferences: 'preferences', seen: 'seen', boards: 'boards', before: 'before' } as const;

const routines = 'routine/';
export const routineRow = (id: string): string => `${routines}${id}`;
/** The id of the routine that a row is of; null where it is of something else, or set aside. */
export const routineIn = (name: string): string | null =>
  name.startsWith(routines) && !name.includes('.aside-') ? name.slice(routines.length) : null;

export const isAside = (name: string): boolean => name.includes('.aside-');

export function nameOfRow(name: string): string {
  const [own = '', number] = name.split('.aside-');
  const known = Object.values(rows).find(row => row === own);
  const plain = known ? keptWords.names[known] : fill(keptWords.names.routine, { id: routineIn(own) ?? own });
  return number === undefined ? plain : fill(keptWords.names.aside, { name: plain, number });
}

/** That something stands aside under this name. */
export function asideSentence(aside: string): string {
  const [own = ''] = aside.split('.aside-');
  const { setAside, todo } = keptWords.rows;
  const what = fill(setAside, { aside: nameOfRow(aside) });
  return noticeSentence({ file: nameOfRow(own), what, todo: todo.setAside });
}
