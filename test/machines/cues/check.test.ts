import { describe, expect, it } from 'vitest';
import { burstsOf, checkCue, checkCues } from '../../../machines/cues/check.ts';
import { cues } from '../../../machines/cues/library.ts';
import { cueIds } from '../../../machines/vocabulary.ts';

const messages = (content: unknown): string[] => {
  const checked = checkCue(typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return checked.ok ? [] : checked.issues.map(({ message }) => message);
};
const pulse = (fromMs: number, forMs: number, motor = 'first', intensity = 0.8) => ({
  motor,
  fromMs,
  forMs,
  intensity,
});

describe('a cue file', () => {
  it.each(cueIds)('%s is right as it ships, felt with as many bursts as it means', id => {
    expect(messages(cues[id])).toEqual([]);
    expect(burstsOf(cues[id])).toBe({ TAP: 1, GLIDE: 1, NEXT: 2, ASK: 4, EASE: 2, STOP: 1 }[id]);
  });

  it('says which pulse is not felt, how long it is and how long it has to be', () => {
    expect(messages({ ...cues.NEXT, pulses: [pulse(0, 250), pulse(450, 90)] })).toEqual([
      'pulse 2 not felt: 90 ms, needs 120',
    ]);
    expect(messages({ ...cues.NEXT, pulses: [pulse(0, 150, 'both'), pulse(450, 250, 'both')] })).toEqual([
      'pulse 1 not felt: 150 ms, needs 180',
    ]);
  });

  it('says what it is too like, how near it is and how far it has to be', () => {
    const [message = ''] = messages({
      ...cues.NEXT,
      pulses: [pulse(0, 480, 'both', 1), pulse(700, 150, 'first', 0.7)],
    });
    expect(message).toMatch(/^too like EASE: 0\.[0-4]\d, needs 0\.5$/);
    expect(messages({ ...cues.TAP, pulses: cues.GLIDE.pulses })).toEqual(['too like GLIDE: 0.00, needs 0.5']);
  });

  it('cannot redefine STOP', () => {
    expect(messages({ ...cues.STOP, pulses: [pulse(0, 1500, 'both', 1)] })).toEqual([
      expect.stringMatching(/^STOP can't be redefined/),
    ]);
    // Nor sound like it under another name.
    const alike = [pulse(0, 500, 'both', 1), pulse(650, 500, 'both', 1), pulse(1300, 500, 'both', 1)];
    expect(messages({ ...cues.EASE, pulses: alike })).toContainEqual(
      expect.stringMatching(/^too like STOP: /),
    );
  });

  it('says where pulses run into each other, and where two motors start at once', () => {
    expect(messages({ ...cues.ASK, pulses: [pulse(0, 200), pulse(300, 200)] })).toEqual([
      'pulse 2 too near pulse 1: 100 ms, needs 150',
    ]);
    expect(messages({ ...cues.GLIDE, pulses: [pulse(0, 200), pulse(30, 200, 'second')] })).toEqual([
      'pulse 2 starts 30 ms from pulse 1, needs 60',
    ]);
  });

  it('says where a motor would run for longer than cues may', () => {
    const often = (count: number, forMs: number) =>
      Array.from({ length: count }, (_, index) => pulse(index * (forMs + 150), forMs));
    expect(messages({ ...cues.EASE, pulses: often(5, 450) })).toEqual(['runs a motor 2250 ms, at most 2000']);
  });

  it.each([
    // Asked again after 6 s, told three times at the end, on each of the first eight fast strokes, each 3 s.
    ['ASK', 2, 300, 4, 'runs a motor 1200 ms, at most 1000, because it can come 2 times in 10 s'],
    ['NEXT', 3, 350, 2, 'runs a motor 700 ms, at most 666, because it can come 3 times in 10 s'],
    ['TAP', 8, 300, 1, 'runs a motor 300 ms, at most 250, because it can come 8 times in 10 s'],
  ] as const)('has to leave %s room to come %i times', (id, _, forMs, count, message) => {
    const pulses = Array.from({ length: count }, (__, index) => pulse(index * (forMs + 150), forMs));
    expect(messages({ ...cues[id], pulses })).toEqual([message]);
  });

  it('may not run a motor for so long that STOP on its heels would be cut', () => {
    expect(messages({ ...cues.EASE, pulses: [pulse(0, 501), pulse(700, 150)] })).toEqual([
      'pulse 1 runs 501 ms without a break, at most 500: STOP can follow at once',
    ]);
  });

  it('may not be like another as often as that is played in a row', () => {
    // Played twice, these two long-and-short are four, as ASK is.
    const next = {
      ...cues.NEXT,
      againAfterMs: 190,
      pulses: [pulse(0, 200, 'second', 1), pulse(410, 130, 'second', 0.7)],
    };
    expect(messages(next)).toEqual([expect.stringMatching(/^too like ASK: 0\.\d\d, needs 0\.5$/)]);
  });

  it('tells every fault of the schema at once, each with its path and line', () => {
    const checked = checkCue(
      '{\n"id": "BUZZ",\n"means": "",\n"rank": 3,\n"loud": true,\n"pulses": [{"motor": "first", "fromMs": 0,\n"forMs": 59, "intensity": 0.8}]}',
    );
    expect(checked.ok ? [] : checked.issues.map(({ path, line }) => `${path} ${line}`).toSorted()).toEqual([
      '$.id 2',
      '$.loud 5',
      '$.means 3',
      '$.pulses[0].forMs 7',
    ]);
  });

  it('keeps what the rules rest on: which goes before which, how long each takes, a way to glide', () => {
    expect(messages({ ...cues.TAP, rank: 5 })).toEqual([
      'must be 1: which cue goes before which cannot be changed',
    ]);
    expect(messages({ ...cues.NEXT, pulses: [pulse(0, 200), pulse(450, 200), pulse(900, 200)] })).toContain(
      'takes 1100 ms, at most 850',
    );
    for (const id of ['ASK', 'EASE'] as const)
      expect(messages({ ...cues[id], pulses: [pulse(0, 300), pulse(1900, 150)] })).toContain(
        'takes 2050 ms, at most 2000',
      );
    for (const pulses of [[pulse(0, 200, 'second'), pulse(120, 200)], [pulse(0, 200, 'both')]])
      expect(messages({ ...cues.GLIDE, pulses })).toContain(
        'must begin on the first motor and end on the second',
      );
  });

  it('has to be felt, and told from the others, by a hand that gets it gently, too', () => {
    // Long and strong against long and weak: gently they are one and the same.
    const mine = { ...cues.EASE, pulses: [pulse(0, 250, 'both', 1), pulse(450, 250, 'both', 1)] };
    expect(messages(mine)).toEqual([expect.stringMatching(/^too like NEXT/)]);
  });

  it('is held beside the cues it comes with: what is too like one that ships may go with another in its place', () => {
    const tap = JSON.stringify({ ...cues.TAP, pulses: [pulse(0, 220, 'both')] });
    expect(messages(tap)).toEqual([expect.stringMatching(/^too like GLIDE: /)]);
    const glide = JSON.stringify({ ...cues.GLIDE, pulses: [pulse(0, 150), pulse(360, 150, 'second')] });
    expect(checkCues([tap, glide])[0]).toMatchObject({ ok: true });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{,'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
    ['pulses that are none', '{"id":"TAP","means":"x","rank":1,"pulses":"x"}'],
  ])('is refused and never throws: %s', (_, text) => {
    expect(messages(text).length).toBeGreaterThan(0);
  });
});
