/** A routine while it is being written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { library } from '../../../../machines/routine/library.ts';
import { parseRoutine } from '../../../../machines/routine/parse.ts';
import {
  added,
  copied,
  type Draft,
  draftOf,
  fileOf,
  freshName,
  moved,
  removed,
  Typed,
  textOf,
  valueAt,
  withTechnique,
  withValue,
} from '../../../../simulator/page/write/draft.ts';

const of = (id: string): Draft => {
  const draft = draftOf(library().find(routine => routine.id === id));
  if (!draft) throw new Error(`no routine ${id}`);
  return draft;
};
const ids = (draft: Draft): unknown[] => draft.phases.map(({ id }) => id);

describe('a draft', () => {
  it.each(library().map(({ id }) => id))('of %s is its file again', id => {
    const parsed = parseRoutine(textOf(of(id)));
    expect(parsed.ok && parsed.routine).toEqual(library().find(routine => routine.id === id));
  });

  it.each([
    ['7.5', 1, 7.5],
    ['7,5', 1, 7.5],
    [' 12 ', 1, 12],
    ['2.3', 1000, 2300],
    ['1.001', 1000, 1001],
    ['', 1, undefined],
    ['1.', 1, 1],
    ['ten', 1, 'ten'],
    ['1e999', 1, '1e999'],
  ])('takes "%s", typed where one is %i, as %j', (typed, factor, value) => {
    const draft = withValue(of('evening-legs'), ['phases', 0, 'strokeCm'], new Typed(typed, factor));
    expect(valueAt(fileOf(draft), ['phases', 0, 'strokeCm'])).toEqual(value);
  });

  it('keeps the order of its fields, and what nobody touched', () => {
    const before = of('evening-legs');
    const after = withValue(before, ['phases', 1, 'title'], 'Thighs');
    expect(Object.keys(after.phases[1] ?? {})).toEqual(Object.keys(before.phases[1] ?? {}));
    expect(after.phases[0]).toBe(before.phases[0]);
    expect(withValue(after, ['preparation', 'oil'], undefined)).not.toHaveProperty('preparation.oil');
    expect(withValue(before, ['checkIn', 'timeoutS'], 20)).toHaveProperty('checkIn.timeoutS', 20);
  });

  it.each([null, 1, 'text', [], {}, { phases: {} }, { phases: [1] }])('%j is none', value => {
    expect(draftOf(value)).toBeNull();
  });
});

describe('what hands do', () => {
  const of = (technique: string) => ({ technique, strokeCm: 10, instruction: 'Slowly.' });

  it('climbs where it becomes small pulls, and keeps what was written of that', () => {
    expect(withTechnique(of('kneading'), 'inching')).toMatchObject({
      technique: 'inching',
      ascent: { pulls: 8, stepCm: 5, returnMs: 3500 },
    });
    const own = { ...of('inching'), ascent: { pulls: 5, stepCm: 6, returnMs: 2000 } };
    expect(withTechnique(own, 'inching')).toEqual(own);
  });

  it('climbs no more where it becomes anything else', () => {
    const own = { ...of('inching'), ascent: { pulls: 5, stepCm: 6, returnMs: 2000 } };
    expect(withTechnique(own, 'effleurage')).toEqual(of('effleurage'));
  });
});

describe('phases', () => {
  it('change places with their neighbours, and at the ends with nobody', () => {
    const draft = of('evening-legs');
    expect(ids(moved(draft, 1, 1))).toEqual(['warmUp', 'calves', 'thighs', ...ids(draft).slice(3)]);
    expect(moved(draft, 0, -1)).toBe(draft);
    expect(moved(draft, draft.phases.length - 1, 1)).toBe(draft);
  });

  it('of a routine that is right stay right when one is copied or put in, but for what is still to be said', () => {
    for (const id of ['evening-legs', 'knee-to-hip-alone', 'piriformis-and-sacral-edge']) {
      const draft = of(id);
      const parsed = parseRoutine(textOf(added(draft, 1, 'New phase')));
      expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path)).toEqual(
        expect.arrayContaining(['$.phases[2].instruction']),
      );
      const said = withValue(added(draft, 1, 'New phase'), ['phases', 2, 'instruction'], 'Slowly.');
      const faults = parseRoutine(textOf(said));
      // Work with a limit of its own may be too much by then; nothing else is wrong.
      expect(faults.ok ? [] : faults.issues.filter(({ message }) => !message.includes('in all'))).toEqual([]);
    }
  });

  it('never share a name, whatever is done to them', () => {
    const deed = fc.record({ what: fc.constantFrom('move', 'copy', 'add', 'remove'), at: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), deeds => {
        let draft = of('evening-legs');
        for (const { what, at } of deeds) {
          const index = at % Math.max(1, draft.phases.length);
          if (what === 'move') draft = moved(draft, index, at % 2 === 0 ? 1 : -1);
          else if (what === 'copy') draft = copied(draft, index);
          else if (what === 'add') draft = added(draft, index, 'New');
          else if (draft.phases.length > 1) draft = removed(draft, index);
        }
        expect(new Set(ids(draft)).size).toBe(draft.phases.length);
      }),
    );
  });

  it('are named anew within the length of a name', () => {
    expect(freshName('a', ['b'], 40)).toBe('a');
    expect(freshName('a', ['a', 'a2'], 40)).toBe('a3');
    expect(freshName('x'.repeat(40), ['x'.repeat(40)], 40)).toBe(`${'x'.repeat(39)}2`);
    expect(freshName('mine', ['mine'], 48, '-')).toBe('mine-2');
  });
});
