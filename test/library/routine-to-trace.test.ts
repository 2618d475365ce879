import { fromLibrary, scaled } from 'tactus-pacer/routine';
import { runToTrace } from 'tactus-pacer/simulate';
import { expect, test } from 'vitest';

test('a routine, made to fit a quarter of an hour, is run to its trace', async () => {
  const routine = fromLibrary('evening-legs');
  const fitted = routine && scaled(routine, { seconds: 15 * 60 });
  if (!fitted?.fits) throw new Error(`it does not fit: ${fitted?.why}`);
  const { trace, outcome, strokes } = await runToTrace({ routine: fitted.routine });
  const told = trace.filter(line => line.type === 'stroke');
  expect(outcome).toBe('completed');
  expect(told.length).toBe(strokes);
  for (const { at, period } of told) expect(at >= 0 && period > 0).toBe(true);
});
