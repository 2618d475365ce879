/** The text between the machines and their compiled twin: what one side writes the other reads, and prints back. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hasSanitizers } from '../host/build.ts';
import { memoryDifferences, memoryText, planText } from './context-text.ts';
import { answersOf, buildAlone } from './program.ts';
import { chanceOf, walk } from './walks.ts';

describe.skipIf(!hasSanitizers)('the text of a session', () => {
  let program = '';
  beforeAll(() => {
    program = buildAlone(['echo.cpp'], []);
  }, 120_000);

  it('comes back as it was, of sessions of all routines', () => {
    const chance = chanceOf(1);
    const walks = Array.from({ length: 30 }, () => walk(chance, 60));
    const lines = walks.flatMap(moments =>
      moments.map(
        ({ context }, index) => `${index === 0 ? `1 ${planText(context)}` : '0'} ${memoryText(context)}`,
      ),
    );
    const answers = answersOf(program, lines);
    const wrong = walks
      .flat()
      .flatMap(({ context }, index) => memoryDifferences(context, answers[index] ?? ''));
    expect(wrong).toEqual([]);
    expect(answers.length).toBe(lines.length);
    expect(lines.length).toBeGreaterThan(1000);
  });

  it('tells a field that is another by its name', () => {
    const [first] = walk(chanceOf(2), 1);
    if (!first) throw new Error('no session has begun');
    const { context } = first;
    const other = memoryText({ ...context, passIndex: 3, pressure: { left: null, right: 2 } });
    expect(memoryDifferences(context, other)).toEqual([
      'passIndex: 3 instead of 0',
      'pressure right: 2 instead of 0',
    ]);
  });
});
