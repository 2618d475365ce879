/** Every parameter of a routine beyond its bounds, and every rule that spans several: field, value, bounds. */
import { describe, expect, it } from 'vitest';
import { type Issue, parseRoutine } from '../../../machines/routine/parse.ts';
import { fileOf } from '../../support/files.ts';
import {
  inching as climbing,
  cooldown,
  type Fields,
  phaseFields,
  ramp,
  routineFields,
  warmUp,
} from '../../support/routines.ts';

const full = (between: readonly Fields[], root: Fields = {}): string =>
  fileOf(
    routineFields([warmUp({ durationS: 180 }), ...between, cooldown({ durationS: 180 })], {
      kind: 'full',
      ...root,
    }),
  );
const inPhase = (change: Fields): string => full([phaseFields({ durationS: 120, ...change })]);
const inRoot = (change: Fields): string => full([phaseFields({ durationS: 120 })], change);
const issuesOf = (text: string): readonly Issue[] => {
  const parsed = parseRoutine(text);
  return parsed.ok ? [] : parsed.issues;
};

type Case = readonly [string, string, string, string, RegExp];
const below = 'below';
const above = 'above';
const oil = (tempC: number): Fields => ({ preparation: { oil: { blend: 'plain', tempC } } });
const bath = (change: Fields): Fields => ({
  preparation: { bath: { tempC: 38, minutes: 12, restMin: 5, ...change } },
});
const checkIn = (change: Fields): Fields => ({ checkIn: change });
const inching = (change: Fields): string =>
  full([climbing({ durationS: 900, ascent: { pulls: 5, stepCm: 8, returnMs: 4000, ...change } })]);
const pull = (durationS: number): string =>
  full([
    phaseFields({
      technique: 'kneeToHipPull',
      zone: 'thighOuter',
      side: 'both',
      durationS,
      durationMaxS: Math.min(1200, durationS * 2),
    }),
  ]);

const single: readonly Case[] = [
  ['sessionMaxMin', below, inRoot({ sessionMaxMin: 4 }), '4', /5 to 90 min/],
  ['sessionMaxMin', above, inRoot({ sessionMaxMin: 91 }), '91', /5 to 90 min/],
  ['hoursBetween', below, inRoot({ hoursBetween: 11 }), '11', /12 to 168 h/],
  ['hoursBetween', above, inRoot({ hoursBetween: 169 }), '169', /12 to 168 h/],
  ['preparation.bath.tempC', below, inRoot(bath({ tempC: 35.9 })), '35.9', /36 to 40 °C/],
  ['preparation.bath.tempC', above, inRoot(bath({ tempC: 40.1 })), '40.1', /36 to 40 °C/],
  ['preparation.bath.minutes', above, inRoot(bath({ minutes: 16 })), '16', /1 to 15 min/],
  ['preparation.bath.restMin', below, inRoot(bath({ restMin: 4 })), '4', /5 to 15 min/],
  ['preparation.bath.restMin', above, inRoot(bath({ restMin: 16 })), '16', /5 to 15 min/],
  ['preparation.oil.tempC', below, inRoot(oil(29)), '29', /30 to 42 °C/],
  ['preparation.oil.tempC', above, inRoot(oil(43)), '43', /30 to 42 °C/],
  ['riseDwellS', below, inRoot({ riseDwellS: 119 }), '119', /120 to 600 s/],
  ['riseDwellS', above, inRoot({ riseDwellS: 601 }), '601', /120 to 600 s/],
  ['checkIn.everyS', below, inRoot(checkIn({ everyS: 59 })), '59', /60 to 300 s/],
  ['checkIn.everyS', above, inRoot(checkIn({ everyS: 301 })), '301', /60 to 300 s/],
  ['checkIn.timeoutS', below, inRoot(checkIn({ timeoutS: 14 })), '14', /15 to 60 s/],
  ['checkIn.timeoutS', above, inRoot(checkIn({ timeoutS: 61 })), '61', /15 to 60 s/],
  ['checkIn.raiseAtMost', above, inRoot(checkIn({ raiseAtMost: 3 })), '3', /0 to 2 points/],
  ['checkIn.easeAt', below, inRoot(checkIn({ easeAt: 2 })), '2', /3 to 4 points/],
  ['checkIn.easeAt', above, inRoot(checkIn({ easeAt: 5 })), '5', /3 to 4 points/],
  ['checkIn.stopAt', below, inRoot(checkIn({ stopAt: 4 })), '4', /5 to 6 points/],
  ['checkIn.stopAt', above, inRoot(checkIn({ stopAt: 7 })), '7', /5 to 6 points/],
  ['checkIn.legWorse', below, inRoot(checkIn({ legWorse: 0 })), '0', /1 to 2 points/],
  ['checkIn.legWorse', above, inRoot(checkIn({ legWorse: 3 })), '3', /1 to 2 points/],
  ['phases[1].durationS', below, inPhase({ durationS: 29 }), '29', /30 to 1200 s/],
  ['phases[1].durationS', above, inPhase({ durationS: 1201 }), '1201', /30 to 1200 s/],
  ['phases[1].strokeCm', below, inPhase({ strokeCm: 4 }), '4', /5 to 90 cm/],
  ['phases[1].strokeCm', above, inPhase({ strokeCm: 91 }), '91', /5 to 90 cm/],
  ['phases[1].ascent.pulls', below, inching({ pulls: 2 }), '2', /3 to 30 pulls/],
  ['phases[1].ascent.pulls', above, inching({ pulls: 31 }), '31', /3 to 30 pulls/],
  ['phases[1].ascent.stepCm', below, inching({ stepCm: 0.5 }), '0.5', /1 to 10 cm/],
  ['phases[1].ascent.stepCm', above, inching({ stepCm: 11 }), '11', /1 to 10 cm/],
  ['phases[1].ascent.returnMs', below, inching({ returnMs: 999 }), '999', /1000 to 10000 ms/],
  ['phases[1].ascent.returnMs', above, inching({ returnMs: 10_001 }), '10001', /1000 to 10000 ms/],
  ['phases[1].speedCmPerS', below, inPhase({ speedCmPerS: 0.5 }), '0.5', /1 to 15 cm\/s/],
  ['phases[1].speedCmPerS', above, inPhase({ speedCmPerS: 16 }), '16', /1 to 15 cm\/s/],
  ['phases[1].returnMs', below, inPhase({ returnMs: 400 }), '400', /500 to 10000 ms/],
  ['phases[1].returnMs', above, inPhase({ returnMs: 10_001 }), '10001', /500 to 10000 ms/],
  ['phases[1].pressureStart', below, inPhase({ pressureStart: 0 }), '0', /1 to 2/],
  ['phases[1].pressureStart', above, inPhase({ pressureStart: 3, pressureMax: 3 }), '3', /1 to 2/],
  ['phases[1].pressureMax', above, inPhase({ pressureMax: 5 }), '5', /1 to 4/],
  ['phases[1].zone', 'no-press', inPhase({ zone: 'popliteal' }), '"popliteal"', /one of lowerBack/],
  ['phases[1].side', 'unknown', inPhase({ side: 'all' }), '"all"', /one of left, right, both, together/],
];

const several: readonly Case[] = [
  [
    'phases',
    'a short warm-up',
    fileOf(
      routineFields([warmUp({ durationS: 100 }), phaseFields(), cooldown({ durationS: 180 })], {
        kind: 'full',
      }),
    ),
    '',
    /warmUp lasts 100 s: must be 180 to 600/,
  ],
  [
    'phases',
    'no cooldown',
    fileOf(routineFields([warmUp({ durationS: 180 }), phaseFields()], { kind: 'full' })),
    '',
    /must have a phase of stage cooldown/,
  ],
  ['phases[1].durationS', 'a knee to hip too short', pull(800), '800', /800 s in all: must be 900 to 1200 s/],
  [
    'phases[1].durationS',
    'piriformis too long on a side',
    inPhase({ zone: 'piriformis', technique: 'broadPress', durationS: 181 }),
    '181',
    /at most 180 s a side/,
  ],
  [
    'phases[1].durationS',
    'vibration too long on an area',
    inPhase({ technique: 'vibration', durationS: 121 }),
    '121',
    /at most 120 s an area and side/,
  ],
  [
    'phases[1].pressureMax',
    'lighter at most than at the start',
    inPhase({ pressureStart: 2, pressureMax: 1 }),
    '1',
    /not be below pressureStart 2/,
  ],
  [
    'phases[1].pressureMax',
    'a ramp without a rise',
    full([ramp({ durationS: 120, pressureMax: 1 })]),
    '1',
    /above pressureStart/,
  ],
  [
    'checkIn.timeoutS',
    'a timeout that outlasts its question',
    inRoot(checkIn({ everyS: 60, timeoutS: 60 })),
    '60',
    /below everyS 60/,
  ],
  ['sessionMaxMin', 'an end before the routine is over', inRoot({ sessionMaxMin: 7 }), '7', /8 to 23 min/],
  ['sessionMaxMin', 'an end too long after it', inRoot({ sessionMaxMin: 24 }), '24', /8 to 23 min/],
  [
    'phases',
    'more than a session may last',
    full(Array.from({ length: 5 }, (_, index) => phaseFields({ id: `p${index}`, durationS: 1200 }))),
    '',
    /lasts 6360 s: a session ends after 5400 s/,
  ],
  [
    'phases[1].durationS',
    'sides that cannot be equal',
    inPhase({ side: 'both', durationS: 121 }),
    '121',
    /must be even/,
  ],
  [
    'phases[1].strokeCm',
    'a stroke longer than its phase',
    inPhase({ strokeCm: 80, speedCmPerS: 1, durationS: 60 }),
    '80',
    /one stroke takes 81000 ms/,
  ],
  [
    'phases[1].strokeCm',
    'a stroke longer than its place',
    inPhase({ zone: 'calf', strokeCm: 81 }),
    '81',
    /at most 80 cm/,
  ],
  [
    'phases[1].ascent.pulls',
    'an ascent beyond the hip',
    inching({ pulls: 10, stepCm: 6 }),
    '10',
    /10 pulls of 6 cm climb 60 cm: .* 20 to 50 cm/,
  ],
  [
    'phases[2].stage',
    'stages out of order',
    full([ramp({ durationS: 120 }), phaseFields({ durationS: 120 })]),
    '"strokes"',
    /must not follow pressureRamp/,
  ],
  [
    'phases[1].zone',
    'what nobody reaches alone',
    full([phaseFields({ durationS: 120, zone: 'sacralEdge' })], { for: ['self'] }),
    '"sacralEdge"',
    /one of thighFront, thighOuter, calf/,
  ],
];

describe('a routine beyond a bound', () => {
  it.each([...single, ...several])(
    '%s, %s: is refused with field, value and bounds',
    (field, _, text, value, bounds) => {
      const issue = issuesOf(text).find(({ path, message }) => path === `$.${field}` && bounds.test(message));
      expect(
        issuesOf(text)
          .map(({ path, message }) => `${path} ${message}`)
          .join('\n'),
      ).toMatch(bounds);
      expect(issue).toBeDefined();
      if (value !== '') expect(issue?.value).toBe(value);
    },
  );

  it('is within them all where nothing is changed', () => {
    expect(issuesOf(inPhase({}))).toEqual([]);
    expect(issuesOf(pull(900))).toEqual([]);
  });
});
