/** The chart of the board alone: what it is, and what was left out of the session’s. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boardChart, namedByChart } from '../../../hardware/firmware/alone/tables.ts';
import { chartLine, unwanted } from '../../../hardware/firmware/alone/written.ts';
import { aloneSources, sketchFolder } from '../../../hardware/firmware/sources.ts';

const { chart, leftOut } = boardChart();
const textOf = (name: string): string => readFileSync(join(sketchFolder, name), 'utf8');

describe('the chart of the board alone', () => {
  it('leaves out the states that nothing leads to', () => {
    const unreached = leftOut.filter(line => line.endsWith(': nothing leads there'));
    expect(unreached.map(line => line.replace(/:.*/, ''))).toEqual(['stopped.offering', 'declined']);
  });

  it('leaves out what a board can not be told, can not come to, or could only say in words', () => {
    const counts = new Map<string, number>();
    for (const line of leftOut) {
      const why = line.replace(/^.*: /, '');
      counts.set(why, (counts.get(why) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      'a board has no words': 36,
      'after a stop a board can be told only that it was a slip': 1,
      'each session of a board begins anew': 1,
      'nothing leads there': 2,
      'what stands before it is always taken': 10,
      'no such press is remembered': 1,
      'does nothing, and nothing around it hears this': 21,
    });
  });

  it('names nothing that only words or another kind of session need', () => {
    const { guards, actions } = namedByChart();
    for (const name of [
      'saysSlip',
      'saysEnough',
      'enoughWithCooldown',
      'somethingIsUnfinished',
      'stepIsOpen',
    ])
      expect(guards.has(name)).toBe(false);
    for (const name of ['refuse', 'refuseStart', 'takeUp', 'keepDecline', 'undoLess', 'lie', 'notePause'])
      expect(actions.has(name)).toBe(false);
  });

  it('stops from wherever it is, and no guard stands before that', () => {
    const [root] = chart.states;
    const stops = root?.on.get('session.stop') ?? [];
    expect(stops.map(({ guard, target }) => [guard, chart.states[target ?? -1]?.path])).toEqual([
      [null, 'stopped'],
    ]);
    const others = chart.states.filter(({ path, on }) => path !== '' && on.has('session.stop'));
    expect(others.map(({ path }) => path)).toEqual(['stopped']);
  });

  it('is told in one line', () => {
    expect(chartLine()).toMatch(/^The chart of the board alone: 31 of 33 states, \d+ transitions, /);
  });
});

describe('the sources of the board alone', () => {
  it('have no guard or action that the chart does not name', () => {
    expect(unwanted(aloneSources().map(textOf))).toEqual([]);
    const more =
      'namespace guard {\nbool isNew(const Memory& memory, const Event&) { return true; }\n}  // namespace guard\n';
    expect(unwanted([more])).toEqual(['guard::isNew']);
  });
});
