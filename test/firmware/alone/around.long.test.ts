/** What stands around a session on a board alone: the card by touch, the favourites, another session after the end. */
import { beforeAll, describe, expect, it } from 'vitest';
import { byTouch, byTouchWithCare, noCaution, strictest } from '../../../machines/screening.caps.ts';
import { nextFavourite } from '../../../machines/touch/favourites.ts';
import type { UnstampedEvent } from '../../../machines/touch/meaning.ts';
import { ScreeningTalk } from '../../../src/session/screening-talk.ts';
import { hasSanitizers } from '../host/build.ts';
import { TouchProgram } from './touch-program.ts';

const open = 'o 1 0';

/** None of the card, a caution, a stop. */
const doings = ['n', 'c', 'x'] as const;
type Doing = (typeof doings)[number];

/** Every way of so many doings; a longer one begins with a shorter one, so each of those is told on its way. */
const waysOf = (length: number): readonly (readonly Doing[])[] =>
  length === 0 ? [[]] : waysOf(length - 1).flatMap(way => doings.map(doing => [...way, doing]));

/** What screening answers on a way, in the board's words. Once it has cleared it hears nothing more. */
function screened(way: readonly Doing[]): readonly string[] {
  let told: UnstampedEvent | null = null;
  const talk = new ScreeningTalk('all', {
    now: () => 0,
    over: (_, wish) => {
      told = wish;
    },
  });
  return [
    'o',
    ...way.flatMap(doing => {
      const wasOver = told !== null;
      if (!wasOver && doing === 'n') talk.touched('screening.noneOfCard');
      else if (!wasOver && doing === 'c') talk.touched('screening.someCaution');
      else if (doing === 'x') talk.stopped();
      const { touched, someCaution } = talk.snapshot.context;
      const caps = strictest(noCaution, someCaution ? byTouchWithCare : byTouch);
      if (told !== null) expect(told).toEqual({ type: 'screening.cleared', by: 'touch', caps });
      return [
        doing === 'n' ? `n ${Number(!wasOver && told !== null)}` : doing,
        `u ${Number(talk.isUntouched)},${Number(someCaution)},${touched ?? 0}`,
      ];
    }),
  ];
}

describe.skipIf(!hasSanitizers)('around a session on a board alone', () => {
  let program: TouchProgram;
  beforeAll(() => {
    program = new TouchProgram();
  }, 120_000);

  it('the card is counted as screening counts it, on every way through', () => {
    // Six cards, with a caution or a stop before any of them, and what comes after the last.
    const short = waysOf(7);
    const clearing = waysOf(2).flatMap(before =>
      waysOf(2).map((after): readonly Doing[] => [...before, 'n', 'n', 'n', 'n', 'n', 'n', ...after]),
    );
    const ways = [...short, ...clearing];
    const lines = ways.flatMap(way => [open, ...way.flatMap(doing => [doing, 'u'])]);
    const expected = ways.flatMap(screened);
    expect(expected.filter(answer => answer === 'n 1').length).toBeGreaterThan(80);
    expect(program.answers(lines)).toEqual(expected);
  });

  it('the light blinks for whom no caution was answered yes, and for nobody before that', () => {
    const caps = [null, byTouch, byTouchWithCare].map(more => more && strictest(noCaution, more));
    expect(program.answers(['i 0', 'i 1', 'i 2'])).toEqual(
      caps.map(cap => `i ${Number(cap?.light !== 'blinking')}`),
    );
  });

  it('the next favourite is the next, and round; none where there are none', () => {
    const noFavourite = 255;
    const all = Array.from({ length: 8 }, (_, count) =>
      Array.from({ length: Math.max(1, count) + 1 }, (__, place) => ({ count, place: place - 1 })),
    ).flat();
    const lines = all.map(({ count, place }) => `f ${place < 0 ? noFavourite : place} ${count}`);
    expect(program.answers(lines)).toEqual(
      all.map(({ count, place }) => `f ${nextFavourite(place, count) ?? noFavourite}`),
    );
  });

  it('GO begins another session three seconds after the end at the soonest', () => {
    expect(program.answers(['g 2999 0', 'g 3000 0', 'g 90000 87001', 'g 90000 87000', 'g 90000 -1'])).toEqual(
      ['g 0', 'g 1', 'g 0', 'g 1', 'g 0'],
    );
  });
});
