import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Edge,
  felt,
  isDown,
  nextTouchDue,
  restingHands,
  type Word,
} from '../../../machines/touch/hands.ts';
import type { Button, Ms } from '../../../machines/vocabulary.ts';

type Move = readonly [Ms, Button, boolean];

const spoken = (word: Word): string => {
  const what =
    word.type === 'gesture'
      ? `${word.button} ${word.kind}`
      : word.type === 'chord'
        ? word.kind
        : word.type === 'joined'
          ? `joined ${word.first}`
          : `${word.type} ${word.button}`;
  return `${what} ${word.at}`;
};

/** What hands say by these moves, each at its time, everything that is due in between. */
function said(moves: readonly Move[], until: Ms = 10_000): string[] {
  let hands = restingHands();
  const words: string[] = [];
  const tell = (edges: readonly Edge[], at: Ms): void => {
    const [next, more] = felt(hands, edges, at);
    hands = next;
    words.push(...more.map(spoken));
  };
  const times = [...new Set(moves.map(([at]) => at)), until].toSorted((one, other) => one - other);
  for (const at of times) {
    for (let due = nextTouchDue(hands); due !== null && due < at; due = nextTouchDue(hands)) tell([], due);
    tell(
      moves.filter(([when]) => when === at).map(([, button, down]) => ({ button, down })),
      at,
    );
  }
  return words;
}

const press = (button: Button, from: Ms, until: Ms): readonly Move[] => [
  [from, button, true],
  [until, button, false],
];

describe('two buttons', () => {
  it.each([0, 20, 280])('%i ms apart are one gesture: what the first did is taken back', gap => {
    for (const [one, other] of [
      ['go', 'less'],
      ['less', 'go'],
    ] as const)
      expect(said([...press(one, 100, 4000), ...press(other, 100 + gap, 4000)])).toEqual([
        `${one} press 100`,
        `takeBack ${one} ${100 + gap}`,
        `joined ${one} ${100 + gap}`,
        `together ${3100 + gap}`,
      ]);
  });

  it.each([300, 320, 900])('%i ms apart are one gesture, and what the first did stands', gap => {
    expect(said([...press('go', 100, 4500), ...press('less', 100 + gap, 4500)])).toEqual([
      'go press 100',
      `joined go ${100 + gap}`,
      `together ${3100 + gap}`,
    ]);
  });

  it('what had been held for its second before the other came stands', () => {
    expect(said([...press('less', 0, 3000), ...press('go', 1000, 3000)])).toEqual([
      'less press 0',
      'less hold 1000',
      'joined less 1000',
    ]);
  });

  it('neither is a hold or a tap, whichever leaves first, nor what the other still does', () => {
    for (const [go, less] of [
      [600, 5000],
      [5000, 600],
      [600, 600],
    ] as const)
      expect(said([...press('go', 0, go), ...press('less', 100, less)])).toEqual([
        'go press 0',
        'takeBack go 100',
        'joined go 100',
      ]);
  });

  it('no press of a chord makes a double or a triple of the next one', () => {
    const words = said([
      ...press('go', 0, 200),
      ...press('less', 20, 200),
      ...press('go', 300, 360),
      ...press('less', 500, 560),
    ]);
    expect(words.slice(3)).toEqual(['go press 300', 'less press 500', 'less tap 600']);
  });

  it('a second press beside one that is still held is no press either', () => {
    expect(
      said([...press('go', 0, 3000), ...press('less', 100, 400), ...press('less', 800, 1000)]).slice(3),
    ).toEqual(['joined go 800']);
  });

  it('a bounce of either is nothing, and the time goes on', () => {
    const words = said([...press('go', 0, 1500), ...press('less', 100, 4000), ...press('go', 1520, 4000)]);
    expect(words).toEqual(['go press 0', 'takeBack go 100', 'joined go 100', 'together 3100']);
  });

  it('are heard as two where one has been let go before the other comes', () => {
    expect(said([...press('go', 0, 60), ...press('less', 100, 160)])).toEqual([
      'go press 0',
      'less press 100',
      'less tap 200',
    ]);
  });
});

describe('with STOP down', () => {
  it('only STOP counts, in whatever order three come down, and nothing is a slip', () => {
    for (const order of [
      ['go', 'less', 'stop'],
      ['stop', 'go', 'less'],
      ['go', 'stop', 'less'],
    ] as const) {
      const words = said(order.flatMap((button, index) => press(button, 100 * index, 9000)));
      const after = words.slice(words.findIndex(word => word.startsWith('stop press')) + 1);
      expect(after.filter(word => !word.startsWith('underStop'))).toEqual(
        after.filter(word => word.startsWith('stop')),
      );
    }
  });

  it('what was held when it came means nothing until it has been let go', () => {
    expect(said([...press('less', 0, 3000), ...press('stop', 400, 500)])).toEqual([
      'less press 0',
      'stop press 400',
    ]);
    expect(
      said([...press('go', 0, 5000), ...press('less', 100, 5000), ...press('stop', 2000, 2100)]).filter(
        word => word.startsWith('together'),
      ),
    ).toEqual([]);
  });
});

describe('a contact that bounces', () => {
  it.each([2, 5, 10])('for %i ms at a time, on press and release, is one press', ms => {
    const bounces = (from: Ms, down: boolean): readonly Move[] =>
      Array.from(
        { length: 9 },
        (_, index) => [from + index * ms, 'less', (index % 2 === 0) === down] as const,
      );
    expect(said([...bounces(100, true), ...bounces(400, false)])).toEqual([
      'less press 100',
      `less tap ${400 + 8 * ms + 40}`,
    ]);
  });

  it('does not end a hold', () => {
    expect(said([...press('less', 0, 700), ...press('less', 705, 1500)])).toEqual([
      'less press 0',
      'less hold 1000',
    ]);
  });
});

it('what is held exactly as long as its limit has been held', () => {
  expect(said(press('less', 0, 1000))).toEqual(['less press 0', 'less hold 1000']);
  expect(said(press('less', 0, 980))).toEqual(['less press 0']);
  expect(said(press('receiver', 0, 800))).toEqual(['receiver press 0', 'receiver hold 800']);
  expect(said([...press('go', 0, 3000), ...press('less', 0, 3000)])).toContain('together 3000');
  expect(said([...press('go', 0, 2980), ...press('less', 0, 2980)])).not.toContain('together 3000');
});

it('whatever hands do, nothing is said of one button while both are down, nor of any while STOP is', () => {
  const moves = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 60 }).map(steps => steps * 20),
      fc.constantFrom<Button>('go', 'less', 'stop', 'receiver'),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(moves, list => {
      let hands = restingHands();
      let at = 0;
      let words: readonly Word[] = [];
      const hear = (edges: readonly Edge[]): void => {
        const both = isDown(hands, 'go') && isDown(hands, 'less');
        const stop = isDown(hands, 'stop');
        [hands, words] = felt(hands, edges, at);
        for (const word of words) {
          const isOwn = word.type === 'gesture' && (word.button === 'go' || word.button === 'less');
          if (both) expect([isOwn, word]).toEqual([false, word]);
          if (stop && !edges.some(({ button }) => button === 'stop'))
            expect([word.type === 'underStop' || ('button' in word && word.button === 'stop'), word]).toEqual(
              [true, word],
            );
        }
      };
      for (const [wait, button] of list) {
        const end = at + wait;
        for (let due = nextTouchDue(hands); due !== null && due < end; due = nextTouchDue(hands)) {
          at = due;
          hear([]);
        }
        at = end;
        hear([{ button, down: !isDown(hands, button) }]);
      }
    }),
    { numRuns: 60 },
  );
});
