import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Button, buttons, type Ms } from '../../../machines/vocabulary.ts';
import { Input, nextGridPoint } from '../../../src/session/input.ts';

/** Hands on all buttons: everything counts when it falls due. */
function hands() {
  const heard: string[] = [];
  const input = new Input(word =>
    heard.push(
      word.type === 'gesture'
        ? `${word.button} ${word.kind} ${word.at}`
        : word.type === 'underStop'
          ? `${word.button} under stop ${word.at}`
          : `${word.type} ${word.at}`,
    ),
  );
  const rig = {
    heard,
    input,
    edge(button: Button, down: boolean, at: Ms) {
      rig.until(at - 1);
      input.edge(button, down, at);
      return rig;
    },
    until(at: Ms) {
      for (let due = input.next(); due !== null && due <= at; due = input.next()) input.due(due);
      return rig;
    },
  };
  return rig;
}

it.each([
  [0, 20],
  [1, 20],
  [19, 20],
  [20, 40],
  [39, 40],
  [1000, 1020],
])('an edge at %i ms counts at %i', (at, counts) => {
  expect(nextGridPoint(at)).toBe(counts);
  expect(hands().edge('go', true, at).until(counts).heard).toEqual([`go press ${counts}`]);
});

describe('edges', () => {
  it('count in the order they came, whatever lies between', () => {
    const { heard } = hands().edge('go', true, 5).edge('go', false, 8).edge('go', true, 95).until(200);
    expect(heard).toEqual(['go press 20', 'go double 100']);
  });

  it('that came and went within one step of the grid are a press', () => {
    expect(hands().edge('go', true, 1).edge('go', false, 2).until(100).heard).toEqual(['go press 20']);
  });

  it('of STOP count before all others of that step, and the others are no presses then', () => {
    const { heard } = hands().edge('go', true, 1).edge('less', true, 2).edge('stop', true, 3).until(20);
    expect(heard).toEqual(['stop press 20', 'go under stop 20', 'less under stop 20']);
  });

  it('of several buttons at once are all heard', () => {
    const rig = hands();
    for (const button of buttons) rig.input.edge(button, true, 7);
    const told = (button: Button) => `${button} ${button === 'stop' ? 'press' : 'under stop'} 20`;
    expect(rig.until(20).heard.toSorted()).toEqual(buttons.map(told).toSorted());
  });

  it('make a hold a second after the press counted', () => {
    const rig = hands().edge('go', true, 5);
    expect(rig.until(1019).heard).toEqual(['go press 20']);
    expect(rig.until(1020).heard).toEqual(['go press 20', 'go hold 1020']);
  });

  it('of a release that counts at that very moment come after it: it was held for a second', () => {
    const released = (at: Ms) => hands().edge('go', true, 5).edge('go', false, at).until(5000).heard;
    expect(released(999 - 20)).toEqual(['go press 20']);
    expect(released(1000)).toEqual(['go press 20', 'go hold 1020']);
  });

  it('wait for nothing where there are none', () => {
    const rig = hands();
    expect(rig.input.next()).toBeNull();
    rig.edge('go', true, 5).edge('go', false, 30).until(100);
    expect(rig.input.next()).toBeNull();
  });

  it('say whether a button is down, once they have counted', () => {
    const rig = hands().edge('stop', true, 5);
    expect(rig.input.isDown('stop')).toBe(false);
    expect(rig.until(20).input.isDown('stop')).toBe(true);
    expect(rig.edge('stop', false, 50).until(60).input.isDown('stop')).toBe(false);
  });
});

describe('a broken contact', () => {
  it('of one button never costs another its press, least of all STOP', () => {
    const rig = hands();
    rig.input.edge('stop', true, 1);
    for (let count = 0; count < 500; count++) rig.input.edge('go', count % 2 === 0, 1);
    rig.input.edge('less', true, 1);
    for (let count = 0; count < 500; count++) rig.input.edge('go', count % 2 === 0, 1);
    rig.until(20);
    expect(rig.heard[0]).toBe('stop press 20');
    // GO never comes to rest here, and STOP is down: that LESS was pressed is heard all the same.
    expect(rig.heard).toContain('less under stop 20');
  });

  it('of STOP itself is a stop', () => {
    const rig = hands();
    for (let count = 0; count < 1001; count++) rig.input.edge('stop', count % 2 === 0, 1);
    expect(rig.until(20).heard[0]).toBe('stop press 20');
    expect(rig.input.isDown('stop')).toBe(true);
  });

  it('leaves a button as it was last, and is heard in bounded time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...buttons), fc.boolean()), { minLength: 65, maxLength: 400 }),
        edges => {
          const rig = hands();
          for (const [button, down] of edges) rig.input.edge(button, down, 3);
          rig.until(20);
          for (const button of buttons) {
            const last = edges.findLast(([name]) => name === button)?.[1] ?? false;
            expect(rig.input.isDown(button)).toBe(last);
          }
          expect(rig.heard.length).toBeLessThanOrEqual(130);
          if (edges.some(([name, down]) => name === 'stop' && down))
            expect(rig.heard[0]).toBe('stop press 20');
        },
      ),
    );
  });
});
