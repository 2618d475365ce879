/** Every gesture in every place, and around every limit: what the page on buttons promises, held against what the machines do. */
import { describe, expect, it } from 'vitest';
import { placeNames } from '../../../machines/touch/places.ts';
import { sweptGestures, sweptLimits, wrongAround, wrongGestures } from '../../support/swept.ts';

describe('every gesture', () => {
  it.each(placeNames)('does in %s what the page says, and is answered', name => {
    expect(wrongGestures(name, sweptGestures)).toEqual([]);
  });
});

describe('around every limit', () => {
  it.each(placeNames)(
    '%s: nothing raises pressure, wakes what is still by itself, or is met with nothing',
    name => {
      expect(wrongAround(name, sweptLimits)).toEqual([]);
    },
  );
});
