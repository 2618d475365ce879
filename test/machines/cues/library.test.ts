import { expect, it } from 'vitest';
import { cues } from '../../../machines/cues/library.ts';
import { cueIds } from '../../../machines/vocabulary.ts';

it('holds the six cues, each under its own name', () => {
  expect(Object.keys(cues)).toEqual([...cueIds]);
  for (const id of cueIds) expect(cues[id].id).toBe(id);
});

it('ranks them: STOP before EASE before ASK before NEXT before GLIDE before TAP', () => {
  const byRank = [...cueIds].toSorted((one, other) => cues[other].rank - cues[one].rank);
  expect(byRank).toEqual(['STOP', 'EASE', 'ASK', 'NEXT', 'GLIDE', 'TAP']);
  expect(new Set(cueIds.map(id => cues[id].rank)).size).toBe(6);
});

it('says of each what it means', () => {
  for (const id of cueIds) expect(cues[id].means.length).toBeGreaterThan(3);
});
