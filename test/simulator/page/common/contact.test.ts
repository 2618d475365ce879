/** When a touch, a click and a key are presses, and how many. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Contact, clickFollowsMs, isKeyPress } from '../../../../simulator/page/common/contact.ts';

/** What a browser tells of fingers, in time order; how many presses come of it. */
type Told = Readonly<{ type: 'down' | 'up' | 'click'; pointerId: number; timeStamp: number }>;

function pressesOf(told: readonly Told[]): number {
  const contact = new Contact();
  let presses = 0;
  for (const event of told) {
    if (event.type === 'down') {
      contact.touch(event);
      presses += 1;
    } else if (event.type === 'up') contact.lift(event);
    else if (contact.isPress(event)) presses += 1;
  }
  return presses;
}

describe('a press', () => {
  test('of one finger counts once, however long it lies there before it lifts', () => {
    for (const heldMs of [1, 80, 3000])
      expect(
        pressesOf([
          { type: 'down', pointerId: 3, timeStamp: 10 },
          { type: 'up', pointerId: 3, timeStamp: 10 + heldMs },
          { type: 'click', pointerId: 3, timeStamp: 10 + heldMs },
        ]),
      ).toBe(1);
  });

  test('counts though no click comes, and the next click of a tool counts all the same', () => {
    const slid: Told[] = [
      { type: 'down', pointerId: 3, timeStamp: 10 },
      { type: 'up', pointerId: 3, timeStamp: 90 },
    ];
    expect(pressesOf(slid)).toBe(1);
    expect(pressesOf([...slid, { type: 'click', pointerId: -1, timeStamp: 91 + clickFollowsMs }])).toBe(2);
  });

  test('of a tool is a click alone, or a touch and a click in the same millisecond: one each', () => {
    expect(pressesOf([{ type: 'click', pointerId: -1, timeStamp: 5 }])).toBe(1);
    expect(
      pressesOf([
        { type: 'down', pointerId: 1, timeStamp: 5 },
        { type: 'up', pointerId: 1, timeStamp: 5 },
        { type: 'click', pointerId: -1, timeStamp: 5 },
      ]),
    ).toBe(1);
  });

  test('whose lift was lost costs neither the next touch nor the next tool', () => {
    const lost: Told = { type: 'down', pointerId: 1, timeStamp: 0 };
    expect(pressesOf([lost, { type: 'down', pointerId: 1, timeStamp: 900 }])).toBe(2);
    expect(pressesOf([lost, { type: 'click', pointerId: -1, timeStamp: 900 }])).toBe(2);
  });

  test('of any hands: as many as touch, each finger’s own click adding none', () => {
    const finger = fc.record({
      pointerId: fc.integer({ min: 1, max: 5 }),
      at: fc.integer({ min: 0, max: 2000 }),
      heldMs: fc.integer({ min: 0, max: 3000 }),
      clicks: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(finger, { maxLength: 5, selector: one => one.pointerId }), fingers => {
        const told = fingers
          .flatMap(({ pointerId, at, heldMs, clicks }): Told[] => [
            { type: 'down', pointerId, timeStamp: at },
            { type: 'up', pointerId, timeStamp: at + heldMs },
            ...(clicks ? [{ type: 'click' as const, pointerId, timeStamp: at + heldMs }] : []),
          ])
          .toSorted((one, other) => one.timeStamp - other.timeStamp);
        expect(pressesOf(told)).toBe(fingers.length);
      }),
    );
  });
});

describe('a key', () => {
  const pressOf = (key: string, repeat: boolean): [boolean, boolean] => {
    let prevented = false;
    const isPress = isKeyPress({
      key,
      repeat,
      preventDefault: () => {
        prevented = true;
      },
    });
    return [isPress, prevented];
  };

  test('presses once however long it is held, and makes no click beside', () => {
    for (const key of [' ', 'Enter']) {
      expect(pressOf(key, false)).toEqual([true, true]);
      expect(pressOf(key, true)).toEqual([false, true]);
    }
  });

  test('that presses nothing is left to the browser', () => {
    for (const key of ['Tab', 'a', 'Escape']) expect(pressOf(key, false)).toEqual([false, false]);
  });
});
