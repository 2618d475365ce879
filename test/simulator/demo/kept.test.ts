/** What the demo keeps in a browser. */
import { describe, expect, it } from 'vitest';
import { mostOwn } from '../../../machines/limits.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { Kept } from '../../../simulator/demo/kept.ts';

const mine = (id: string): Routine => {
  const routine = fromLibrary('first-touch');
  if (!routine) throw new Error('the library has lost first-touch');
  return { ...routine, id };
};

describe('what the demo keeps', () => {
  it('is there again at the next visit: routines, and how somebody likes it', () => {
    const first = new Kept(null);
    expect(first.keep(mine('mine'))).toBe(true);
    first.like({ firstSide: 'right', for: 'self' });
    const second = new Kept(first.text);
    expect(second.find('mine')).toEqual(mine('mine'));
    expect(second.preferences()).toMatchObject({ firstSide: 'right', for: 'self' });
    expect(second.all().at(-1)?.id).toBe('mine');
  });

  it('holds nothing of what was merely begun, and nothing that was erased', () => {
    const kept = new Kept(null);
    kept.change({ routine: 'first-touch', minutes: 4 });
    expect(kept.preferences().routine).toBe('first-touch');
    kept.keep(mine('mine'));
    expect(kept.erase('mine')).toBe(true);
    expect(kept.erase('mine')).toBe(false);
    expect(new Kept(kept.text).preferences().routine).toBeNull();
    expect(kept.text).not.toContain('mine');
  });

  it('takes no name of the library, and no more than anyone looks through', () => {
    const kept = new Kept(null);
    expect(kept.keep(mine('first-touch'))).toBe(false);
    for (let index = 0; index < mostOwn; index++) expect(kept.keep(mine(`mine-${index}`))).toBe(true);
    expect(kept.keep(mine('one-more'))).toBe(false);
    expect(kept.keep(mine('mine-0'))).toBe(true);
  });

  it.each([
    '',
    '{',
    '[]',
    '{"v":2}',
    '{"v":1,"routines":[{}],"likes":{}}',
    '{"v":1,"routines":[],"likes":{"for":"dog"}}',
  ])('begins anew where the storage holds %s', text => {
    const kept = new Kept(text);
    expect(kept.all().every(({ id }) => fromLibrary(id))).toBe(true);
    expect(kept.preferences().for).toBeNull();
  });
});
