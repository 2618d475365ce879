import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { causes } from '../../../machines/causes.ts';
import { directions, positions, techniques, zones } from '../../../machines/routine/names.ts';
import { preparationSteps, symptoms } from '../../../machines/session.lists.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import { faults, finalFaults, sides, stages } from '../../../machines/vocabulary.ts';
import { packageRoot } from '../../../src/installed.ts';

function* sentences(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) yield* sentences(one);
}
const folder = join(packageRoot, 'machines', 'text', 'en');
const parts = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const all = [...sentences([catalogue, ...parts])];

describe('the catalogue', () => {
  it.each([
    ['zones', catalogue.zones, zones],
    ['directions', catalogue.directions, directions],
    ['techniques', catalogue.techniques, techniques],
    ['sides', catalogue.sides, sides],
    ['stages', catalogue.stages, ['screening', ...stages]],
    ['symptoms', catalogue.symptoms, symptoms],
    ['causes', catalogue.causes.choices, causes],
    ['faults', catalogue.faults, faults],
    ['turns', catalogue.turns, [...sides, ...positions, 'otherSide']],
    ['pressures', catalogue.pressure, ['1', '2', '3', '4', '5']],
  ] as const)('has a sentence for each of the %s and no other', (_, found, wanted) => {
    expect(Object.keys(found).toSorted()).toEqual([...wanted].toSorted());
  });

  it('has a sentence for each step of preparation, and for the start', () => {
    for (const step of preparationSteps)
      expect(Object.keys(catalogue.preparation).some(key => key.split('.')[0] === step)).toBe(true);
    for (const position of positions)
      expect(Object.keys(catalogue.preparation)).toContain(`position.${position}`);
  });

  it('asks what brings a complaint on, and offers what is lighter, in sentences of at most twelve words', () => {
    const { choices, ...asked } = catalogue.causes;
    const said = [...Object.values(asked), ...Object.values(choices), catalogue.lighter];
    for (const sentence of said.flatMap(text => text.split(/(?<=[.?:]) /)))
      expect([sentence, sentence.split(/\s+/).length <= 12]).toEqual([sentence, true]);
  });

  it('says something of every end, and of every symptom when to seek help', () => {
    for (const [reason, sentence] of Object.entries(catalogue.outcomes))
      expect([reason, sentence.length > 20]).toEqual([reason, true]);
    for (const symptom of symptoms) expect(catalogue.symptoms[symptom]).toMatch(/hospital|doctor|ambulance/);
  });

  it('says of every final fault that the session is over', () => {
    for (const fault of finalFaults) expect(catalogue.faults[fault]).toMatch(/session is over/);
  });

  it('claims nothing: no treating, relieving, curing or healing, no promise of safety', () => {
    // That there is none is no claim.
    const claims =
      /(?<!\bno )\b(treats?|treatment|relieves?|cures?|heals?|decompress|clinically|medical grade|safe for|prescribe)/i;
    expect(all.filter(sentence => claims.test(sentence))).toEqual([]);
  });

  it('has no empty sentence and no place that is left open at its end', () => {
    for (const sentence of all) expect(sentence.trim()).toBe(sentence);
    expect(all.every(sentence => sentence.length > 0)).toBe(true);
    expect(all.filter(sentence => /\{[^}]*$/.test(sentence))).toEqual([]);
  });
});

describe('fill', () => {
  it('puts values into their places, each as often as it stands', () => {
    expect(fill('{a} and {b} and {a}', { a: 1, b: 'two' })).toBe('1 and two and 1');
  });
  it('leaves a place visible that has no value', () => {
    expect(fill('in {wait}', {})).toBe('in {wait}');
  });
  it('leaves a sentence without places alone', () => {
    expect(fill('Rest.', { rest: 1 })).toBe('Rest.');
  });
});
