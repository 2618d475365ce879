import { describe, expect, it } from 'vitest';
import { instructions } from '../../../src/simulation/benchmarks.ts';

describe('the figure of the instructions', () => {
  it('refuses to compare two that do not end alike', () => {
    expect(() =>
      instructions(
        () => 'here',
        () => 'there',
      ),
    ).toThrow('the two ended differently: here and there');
  });
});
