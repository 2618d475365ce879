import { describe, expect, it } from 'vitest';
import { positions, techniques } from '../../../machines/routine/names.ts';
import { faultsOf, fileOf, phaseFile } from '../../support/files.ts';
import {
  cooldown,
  type Fields,
  inching,
  phaseFields,
  ramp,
  routineFields,
  warmUp,
} from '../../support/routines.ts';

const plain = (issues: readonly string[]): readonly string[] =>
  issues.map(issue => issue.replace(/@\d+/, ''));
const ofPhase = (change: Fields): readonly string[] => plain(faultsOf(phaseFile(change)));
const ofPhases = (phases: readonly Fields[], root: Fields = {}): readonly string[] =>
  plain(faultsOf(fileOf(routineFields(phases, root))));
/** A full routine of these phases, between the shortest warm-up and cooldown. */
const full = (between: readonly Fields[], root: Fields = {}): readonly string[] =>
  ofPhases([warmUp({ durationS: 180 }), ...between, cooldown({ durationS: 180 })], { kind: 'full', ...root });

describe('a phase by itself', () => {
  it('does not end lighter than it may begin', () => {
    expect(ofPhase({ pressureStart: 2, pressureMax: 1 })).toEqual([
      '$.phases[1].pressureMax must not be below pressureStart 2',
    ]);
  });

  it.each([
    ['warmUp', warmUp({ pressureMax: 2 }), 'must equal pressureStart: warmUp has no rise'],
    ['cooldown', cooldown({ pressureMax: 2 }), 'must equal pressureStart: cooldown has no rise'],
  ])('plans no rise in %s', (stage, phase, message) => {
    const phases = stage === 'warmUp' ? [phase, phaseFields(), cooldown()] : [warmUp(), phaseFields(), phase];
    expect(ofPhases(phases)).toEqual([`$.phases[${stage === 'warmUp' ? 0 : 2}].pressureMax ${message}`]);
  });

  it('plans a rise in a pressure ramp', () => {
    expect(ofPhases([warmUp(), ramp({ pressureMax: 1 }), cooldown()])).toEqual([
      '$.phases[1].pressureMax a pressure ramp plans a rise: must be above pressureStart',
    ]);
  });

  it('gives both sides equal whole seconds, at least 30 each', () => {
    expect(ofPhase({ side: 'both', durationS: 61 })).toEqual([
      '$.phases[1].durationS must be even: both sides get equal time',
    ]);
    expect(ofPhase({ side: 'both', durationS: 58 })).toEqual([
      '$.phases[1].durationS each side needs at least 30 s',
    ]);
    expect(ofPhase({ side: 'both', durationS: 60 })).toEqual([]);
  });

  it('lasts between its own least and most', () => {
    expect(ofPhase({ durationMinS: 41 })).toEqual(['$.phases[1].durationMinS must be at most durationS 40']);
    expect(ofPhase({ durationMaxS: 39 })).toEqual(['$.phases[1].durationMaxS must be at least durationS 40']);
    expect(ofPhase({ durationMinS: 40, durationMaxS: 40 })).toEqual([]);
    expect(ofPhase({ side: 'both', durationS: 80, durationMinS: 58 })).toEqual([
      '$.phases[1].durationMinS each side needs at least 30 s',
    ]);
  });

  it('has room for one stroke at least, in either technique', () => {
    const slow = { strokeCm: 80, speedCmPerS: 1, returnMs: 10_000 };
    expect(ofPhase({ ...slow, durationS: 90, durationMinS: 89 })).toEqual([
      '$.phases[1].strokeCm one stroke takes 90000 ms: longer than the phase',
    ]);
    expect(ofPhase({ ...slow, durationS: 90, durationMinS: 90 })).toEqual([]);
    const otherTechnique = { technique: 'kneading', instruction: 'Knead.', ...slow };
    expect(ofPhase({ otherTechnique })[0]).toContain('$.phases[1].otherTechnique one stroke takes 90000 ms');
  });

  it('has no strokes faster than their cues may be played', () => {
    const fast = { strokeCm: 5, speedCmPerS: 15, returnMs: 500 };
    expect(ofPhase({ ...fast, strokeCm: 3.74 })).not.toEqual([]);
    expect(ofPhase(fast)).toEqual([]);
    // The fastest stroke that the single bounds allow takes 833 ms; TAPs of 150 ms need 750.
    expect(Math.round((5 / 15) * 1000) + 500).toBeGreaterThan(750);
  });
});

describe('a piriformis phase', () => {
  const piriformis = (change: Fields = {}): Fields =>
    phaseFields({ zone: 'piriformis', technique: 'broadPress', ...change });

  it('is pressed broadly only, in its other technique too', () => {
    expect(full([piriformis()])).toEqual([]);
    expect(full([piriformis({ technique: 'kneading' })])).toEqual([
      '$.phases[1].technique piriformis: broadPress only, no point pressure near the nerve',
    ]);
    const otherTechnique = {
      technique: 'friction',
      strokeCm: 10,
      speedCmPerS: 5,
      returnMs: 1000,
      instruction: 'Small circles.',
    };
    expect(full([piriformis({ otherTechnique })])).toEqual([
      '$.phases[1].otherTechnique.technique piriformis: broadPress only, no point pressure near the nerve',
    ]);
  });

  it('lasts at most 180 s a side', () => {
    expect(full([piriformis({ side: 'both', durationS: 360 })])).toEqual([]);
    expect(full([piriformis({ side: 'both', durationS: 362 })])).toEqual([
      '$.phases[1].durationS piriformis: at most 180 s a side',
    ]);
    expect(full([piriformis({ side: 'left', durationS: 181 })])[0]).toContain('at most 180 s a side');
    expect(full([piriformis({ durationS: 100, durationMaxS: 181 })])[0]).toContain('at most 180 s a side');
  });

  it('counts together with every other one on the same side', () => {
    const two = (one: Fields, other: Fields): readonly string[] =>
      full([piriformis({ id: 'one', ...one }), piriformis({ id: 'other', ...other })]);
    expect(two({ side: 'left', durationS: 100 }, { side: 'right', durationS: 180 })).toEqual([]);
    expect(two({ side: 'left', durationS: 100 }, { side: 'left', durationS: 80 })).toEqual([]);
    expect(two({ side: 'left', durationS: 100 }, { side: 'left', durationS: 81 })).toEqual([
      '$.phases[2].durationS piriformis: 181 s on one side in all, at most 180 s',
    ]);
    expect(two({ side: 'both', durationS: 240 }, { side: 'together', durationS: 61 })).toEqual([
      '$.phases[2].durationS piriformis: 181 s on one side in all, at most 180 s',
    ]);
  });
});

describe('a vibration phase', () => {
  const vibration = (change: Fields = {}): Fields =>
    phaseFields({ zone: 'buttocks', technique: 'vibration', ...change });
  const shaking = {
    technique: 'vibration',
    strokeCm: 10,
    speedCmPerS: 5,
    returnMs: 1000,
    instruction: 'Tremble.',
  };

  it('lasts at most 120 s an area and side', () => {
    expect(full([vibration({ durationS: 120 })])).toEqual([]);
    expect(full([vibration({ side: 'both', durationS: 240 })])).toEqual([]);
    expect(full([vibration({ durationS: 121 })])).toEqual([
      '$.phases[1].durationS vibration: at most 120 s an area and side',
    ]);
  });

  it('is limited where it is only the other technique, because nobody can be made to switch back', () => {
    expect(full([phaseFields({ durationS: 120, otherTechnique: shaking })])).toEqual([]);
    expect(full([phaseFields({ durationS: 121, otherTechnique: shaking })])).toEqual([
      '$.phases[1].durationS vibration: at most 120 s an area and side',
    ]);
  });

  it('counts together with every other one of the same area and side', () => {
    const two = (one: Fields, other: Fields): readonly string[] =>
      full([vibration({ id: 'one', ...one }), vibration({ id: 'other', ...other })]);
    expect(two({ durationS: 120 }, { zone: 'calf', durationS: 120 })).toEqual([]);
    expect(two({ side: 'left', durationS: 120 }, { side: 'right', durationS: 120 })).toEqual([]);
    expect(two({ side: 'left', durationS: 90 }, { durationS: 31 })).toEqual([
      '$.phases[2].durationS vibration: 121 s on one area and side in all, at most 120 s',
    ]);
  });
});

describe('knee to hip', () => {
  const pull = (change: Fields = {}): Fields =>
    ramp({ zone: 'thighOuter', technique: 'kneeToHipPull', durationS: 900, ...change });

  it('runs over the outer thigh, as the other technique too', () => {
    expect(full([pull({ zone: 'calf' })])).toEqual(['$.phases[1].zone kneeToHipPull runs over thighOuter']);
    const otherTechnique = {
      technique: 'kneeToHipPull',
      strokeCm: 45,
      speedCmPerS: 5,
      returnMs: 2000,
      instruction: 'Pull.',
    };
    expect(full([phaseFields({ zone: 'calf', otherTechnique })])).toEqual([
      '$.phases[1].zone kneeToHipPull runs over thighOuter',
    ]);
  });

  it.each([
    [898, false],
    [900, true],
    [1200, true],
  ])('lasts 900 to 1200 s in all in a full routine: %i s', (durationS, right) => {
    const issues = full([pull({ side: 'both', durationS })]);
    if (right) expect(issues).toEqual([]);
    else
      expect(issues).toEqual([
        `$.phases[1].durationS knee to hip lasts ${durationS} s in all: must be 900 to 1200 s`,
      ]);
  });

  it('is counted over all its phases', () => {
    const sides = ['left', 'right'].map(side => pull({ id: side, side, durationS: 450 }));
    expect(full(sides)).toEqual([]);
    expect(full([...sides, pull({ id: 'more', durationS: 301 })])[0]).toContain('knee to hip lasts 1201 s');
  });

  it('may be left out', () => {
    expect(full([phaseFields()])).toEqual([]);
  });
});

describe('inching', () => {
  const climbing = (change: Fields = {}): Fields => inching({ durationS: 900, ...change });
  const ascent = { pulls: 5, stepCm: 8, returnMs: 4000 };

  it('is right as the small pulls of one ascent after the other', () => {
    expect(full([climbing()])).toEqual([]);
    expect(full([climbing({ side: 'both' })])).toEqual([]);
  });

  it('runs over the outer thigh and nowhere else', () => {
    expect(full([climbing({ zone: 'thighFront' })])).toEqual([
      '$.phases[1].zone inching runs over thighOuter',
    ]);
  });

  it.each([
    [899, false],
    [900, true],
    [1200, true],
  ])('lasts 900 to 1200 s in all in a full routine, together with knee-to-hip pulls: %i s', (all, right) => {
    const pull = ramp({ zone: 'thighOuter', technique: 'kneeToHipPull', durationS: 400 });
    const issues = full([climbing({ durationS: all - 400 }), pull]);
    expect(issues).toEqual(
      right ? [] : [`$.phases[1].durationS knee to hip lasts ${all} s in all: must be 900 to 1200 s`],
    );
  });

  it.each([
    [3, 6, false],
    [4, 5, true],
    [5, 10, true],
    [17, 3, false],
  ])('climbs from the knee to the hip: %i pulls of %i cm', (pulls, stepCm, right) => {
    const issues = full([climbing({ ascent: { ...ascent, pulls, stepCm } })]);
    expect(issues).toEqual(
      right
        ? []
        : [
            `$.phases[1].ascent.pulls ${pulls} pulls of ${stepCm} cm climb ${pulls * stepCm} cm: from the knee to the hip they climb 20 to 50 cm`,
          ],
    );
  });

  it('has an ascent, and no other technique has one', () => {
    expect(full([climbing({ ascent: undefined })])).toEqual([
      '$.phases[1].ascent inching needs an ascent: how many pulls, how high each step is, and the time back to the knee',
    ]);
    for (const technique of techniques.filter(one => one !== 'inching' && one !== 'vibration')) {
      const issues = full([climbing({ technique })]);
      expect([technique, ...issues]).toEqual([technique, '$.phases[1].ascent only inching has an ascent']);
    }
  });

  it('pulls a little, and slowly enough for a cue of its own each', () => {
    expect(full([climbing({ strokeCm: 15, speedCmPerS: 10 })])).toEqual([]);
    expect(full([climbing({ strokeCm: 15.5 })])).toEqual([
      '$.phases[1].strokeCm a pull of inching is small: at most 15 cm',
    ]);
    expect(full([climbing({ speedCmPerS: 10, returnMs: 2000 })])).toEqual([]);
    expect(full([climbing({ speedCmPerS: 10, returnMs: 1999 })])).toEqual([
      '$.phases[1].strokeCm a pull every 2999 ms: each has a cue of its own, so 3000 ms or more',
    ]);
  });

  it('has time for a whole ascent', () => {
    const short = (durationS: number) => ofPhase({ ...inching(), durationS, durationMinS: durationS });
    expect(short(30)).toEqual([]);
    const slow = { ascent: { pulls: 5, stepCm: 8, returnMs: 10_000 }, returnMs: 3000 };
    // 5 s from pull to pull, four times, then 2 s of pull and 10 s back.
    expect(ofPhase({ ...inching(slow), durationS: 32, durationMinS: 32 })).toEqual([]);
    expect(ofPhase({ ...inching(slow), durationS: 31, durationMinS: 31 })).toEqual([
      '$.phases[1].strokeCm one ascent takes 32000 ms: longer than the phase',
    ]);
  });

  it('is held to all of it as the other technique too', () => {
    const { technique, strokeCm, speedCmPerS, returnMs, instruction } = inching() as Record<string, unknown>;
    const other = { technique, strokeCm, speedCmPerS, returnMs, instruction };
    const at = '$.phases[1].otherTechnique';
    const issues = (change: Fields): readonly string[] =>
      full([phaseFields({ zone: 'thighOuter', otherTechnique: { ...other, ...change } })]);
    expect(issues({ ascent })).toEqual([]);
    expect(issues({})).toEqual([expect.stringContaining(`${at}.ascent inching needs an ascent`)]);
    expect(issues({ ascent, strokeCm: 20 })).toEqual([expect.stringContaining(`${at} a pull of inching`)]);
    expect(issues({ ascent, technique: 'effleurage' })).toEqual([`${at}.ascent only inching has an ascent`]);
  });
});

describe('lying on the side', () => {
  const sideLying = { instruction: 'From behind.' };

  it('is offered instead of lying face down, and instead of nothing else', () => {
    expect(full([phaseFields({ position: 'prone', sideLying })])).toEqual([]);
    for (const position of positions.filter(one => one !== 'prone'))
      expect(full([phaseFields({ position, sideLying })])).toEqual([
        '$.phases[1].sideLying only of a phase that lies prone: what lies otherwise stays so',
      ]);
  });
});

describe('the longest stroke', () => {
  it.each([
    ['legBack', 90, true],
    ['thighBack', 80, true],
    ['thighBack', 80.5, false],
    ['calf', 90, false],
  ])('over %s of %d cm: %s', (zone, strokeCm, right) => {
    const issues = full([phaseFields({ zone, strokeCm })]);
    expect(issues).toEqual(
      right ? [] : ['$.phases[1].strokeCm at most 80 cm, but over the whole back of the leg'],
    );
  });
});

describe('the order of phases', () => {
  it('follows the stages', () => {
    expect(ofPhases([warmUp(), ramp({ durationS: 60 }), phaseFields(), cooldown()])).toEqual([
      '$.phases[2].stage strokes must not follow pressureRamp',
    ]);
    expect(ofPhases([phaseFields(), warmUp(), cooldown()])[0]).toContain('warmUp must not follow strokes');
  });

  it('begins with a warm-up, works, and ends with a cooldown', () => {
    expect(ofPhases([phaseFields(), cooldown()])).toEqual(['$.phases must have a phase of stage warmUp']);
    expect(ofPhases([warmUp(), phaseFields()])).toEqual(['$.phases must have a phase of stage cooldown']);
    expect(ofPhases([warmUp(), cooldown()])).toEqual([
      '$.phases must have a phase of stage strokes or pressureRamp',
    ]);
    expect(ofPhases([warmUp(), ramp({ durationS: 60 }), cooldown()])).toEqual([]);
  });

  it('names each phase once', () => {
    expect(ofPhases([warmUp(), phaseFields(), phaseFields(), cooldown()])).toEqual([
      '$.phases[2].id "steady" is phase 2 already',
    ]);
  });
});

describe('times of the whole', () => {
  it.each([
    ['warmUp', 178],
    ['warmUp', 602],
    ['cooldown', 178],
    ['cooldown', 602],
  ])('%s of %i s is refused in a full routine', (stage, durationS) => {
    const phases = [
      warmUp({ durationS: stage === 'warmUp' ? durationS : 180 }),
      phaseFields(),
      cooldown({ durationS: stage === 'cooldown' ? durationS : 180 }),
    ];
    expect(ofPhases(phases, { kind: 'full' })).toEqual([
      `$.phases ${stage} lasts ${durationS} s: must be 180 to 600 s`,
    ]);
    expect(full([phaseFields()])).toEqual([]);
  });

  it('a trial lasts 300 s at most and is never firmer than 2', () => {
    const trial = (steadyS: number): readonly string[] =>
      ofPhases([
        warmUp({ durationS: 100 }),
        phaseFields({ durationS: steadyS }),
        cooldown({ durationS: 100 }),
      ]);
    expect(trial(100)).toEqual([]);
    expect(trial(101)).toEqual(['$.phases a trial lasts 300 s at most, this one 301 s']);
    expect(ofPhases([warmUp(), ramp({ pressureMax: 3, durationS: 60 }), cooldown()])).toEqual([
      '$.phases[1].pressureMax a trial stays at 2 or less',
    ]);
  });

  it('a routine lasts 90 minutes at most', () => {
    const long = (lastS: number): readonly string[] =>
      full([
        ...Array.from({ length: 4 }, (_, index) => phaseFields({ id: `p${index}`, durationS: 1200 })),
        phaseFields({ id: 'last', durationS: lastS }),
      ]);
    expect(long(5400 - 4800 - 360)).toEqual([]);
    expect(long(5400 - 4800 - 359)).toEqual(['$.phases lasts 5401 s: a session ends after 5400 s']);
  });

  it.each([
    // 180 + 40 + 180 s: 7 minutes begun, and 15 minutes more than 6 whole ones.
    [6, false],
    [7, true],
    [21, true],
    [22, false],
  ])('a session cap of %i min for a routine of 400 s: %s', (sessionMaxMin, right) => {
    const issues = full([phaseFields()], { sessionMaxMin });
    expect(issues).toEqual(right ? [] : ['$.sessionMaxMin must be 7 to 21 min for a routine of 400 s']);
  });

  it('has room for its questions, with the numbers where it has not', () => {
    const room = (durationS: number) =>
      full([phaseFields({ durationS })], { checkIn: { everyS: 70, timeoutS: 60 } });
    // 20 s of strokes, one stroke of 4 s, 60 s to answer.
    expect(room(83)).toEqual([expect.stringMatching(/a question needs 84 s .*60 s to answer.* lasts 83 s$/)]);
    expect(room(84)).toEqual([]);
    expect(room(60)).toEqual([]);
  });

  it('asks again only after a question has had its time', () => {
    expect(ofPhase({})).toEqual([]);
    expect(full([phaseFields()], { checkIn: { everyS: 60, timeoutS: 60 } })).toEqual([
      '$.checkIn.timeoutS must be below everyS 60',
    ]);
    expect(full([phaseFields()], { checkIn: { everyS: 60, timeoutS: 59 } })).toEqual([]);
  });
});
