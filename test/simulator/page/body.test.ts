import { describe, expect, it } from 'vitest';
import { zones } from '../../../machines/routine/names.ts';
import { noPress } from '../../../simulator/page/body/never-pressed.ts';
import { aspectOf, drawingOf, halvesOf, liftsOff } from '../../../simulator/page/body/place.ts';
import { handsAt, progressOf, untilNextPart } from '../../../simulator/page/body/progress.ts';
import { zoneDrawings } from '../../../simulator/page/body/zone-drawings.ts';
import { wayWord } from '../../../simulator/page/common/words.ts';

type Point = readonly [number, number];

/** Whether a point lies in a polygon, by counting crossings of a ray. */
function isWithin([x, y]: Point, area: readonly Point[]): boolean {
  return area.reduce((inside, [ax, ay], index) => {
    const [bx, by] = area[(index + 1) % area.length] ?? [0, 0];
    const crosses = ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
    return crosses ? !inside : inside;
  }, false);
}

describe('parts of a stroke', () => {
  it('are done one after the other, each in its time, and none after the last', () => {
    const course = { at: 1000, strokeMs: 4000, returnMs: 2000 };
    expect([1000, 1100, 1500, 4999, 5000, 6500].map(now => untilNextPart(course, 8, now))).toEqual([
      500,
      400,
      500,
      1,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

describe('the drawn body', () => {
  it('has every zone that a routine can name, and no other', () => {
    expect(Object.keys(zoneDrawings).toSorted()).toEqual([...zones].toSorted());
  });

  it.each(zones)('the way of a stroke on %s touches no place that is never pressed', zone => {
    const { way, aspects } = zoneDrawings[zone];
    for (const aspect of aspects)
      for (const { area } of noPress.filter(one => one.aspects.includes(aspect) && one.id !== 'kneeBack'))
        for (const point of way) expect(isWithin(point, area)).toBe(false);
  });

  it('hands lift off over the back of the knee, and only there', () => {
    const points = zoneDrawings.legBack.way;
    expect(liftsOff(662, 'back')).toBe(true);
    expect(liftsOff(662, 'front')).toBe(false);
    expect(points.filter(([, y]) => liftsOff(y, 'back'))).toEqual([]);
  });

  it.each([
    ['left', 'front', [1]],
    ['left', 'back', [-1]],
    ['right', 'front', [-1]],
    ['right', 'back', [1]],
    ['together', 'back', [1, -1]],
  ] as const)("the receiver's %s, seen from the %s", (side, aspect, halves) => {
    expect(halvesOf(side, aspect)).toEqual(halves);
  });

  it.each([
    ['thighOuter', 'supine', 'front'],
    ['thighOuter', 'prone', 'back'],
    ['thighFront', 'sideLying', 'front'],
    ['calf', 'seated', 'back'],
  ])('%s while %s is seen from the %s', (zone, position, aspect) => {
    expect(aspectOf({ zone, position })).toBe(aspect);
  });

  it('knows nothing of a zone that is not drawn', () => {
    expect(drawingOf('neck')).toBeUndefined();
  });
});

describe('progress of a stroke', () => {
  const course = { at: 1000, strokeMs: 4000, returnMs: 2000 };
  it.each([
    [500, { stroke: 0, back: 0 }],
    [1000, { stroke: 0, back: 0 }],
    [3000, { stroke: 0.5, back: 0 }],
    [5000, { stroke: 1, back: 0 }],
    [6000, { stroke: 1, back: 0.5 }],
    [9000, { stroke: 1, back: 1 }],
  ])('at %d ms', (now, progress) => {
    expect(progressOf(course, now)).toEqual(progress);
  });
});

describe('hands that inch up', () => {
  const pulling = (pull: number) => ({
    at: 1000,
    strokeMs: 2000,
    returnMs: pull === 5 ? 4000 : 1000,
    number: pull,
    climb: { pull, pulls: 5, ascent: 1 },
  });

  it.each([
    ['begin at the knee', 1, 1000, { along: 0, out: 0, back: 0 }],
    ['draw outward where they are', 1, 2000, { along: 0, out: 0.5, back: 0 }],
    ['have drawn out', 3, 3000, { along: 0.5, out: 1, back: 0 }],
    ['go a step higher on the skin', 3, 3500, { along: 0.625, out: 0.5, back: 0 }],
    ['are there for the next pull', 3, 4000, { along: 0.75, out: 0, back: 0 }],
    ['pull at the hip', 5, 3000, { along: 1, out: 1, back: 0 }],
    ['have let go on their way back to the knee', 5, 5000, { along: 0.5, out: 0.5, back: 0.5 }],
    ['are back at the knee', 5, 7000, { along: 0, out: 0, back: 1 }],
  ])('%s: pull %i at %i ms', (_, pull, now, hands) => {
    expect(handsAt(pulling(pull), now)).toEqual(hands);
  });

  it('run along the way where they glide', () => {
    const { climb: _, ...glide } = pulling(1);
    expect(handsAt(glide, 2000)).toEqual({ along: 0.5, out: 0, back: 0 });
    expect(handsAt(glide, 3500)).toEqual({ along: 1, out: 0, back: 0.5 });
  });

  it('are said to go in small pulls, by what is read out too', () => {
    const where = { zone: 'thighOuter', direction: 'towardsHeart' };
    expect(wayWord({ ...where, technique: 'inching' })).toBe('knee to hip, in small pulls');
    expect(wayWord({ ...where, technique: 'kneeToHipPull' })).toBe('knee to hip');
    expect(wayWord(where)).toBe('knee to hip');
  });
});
