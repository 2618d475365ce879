/** Answers that a board's own buttons give, as `tactus calibrate` has it. */
import { answersOf, type CalibrationWalk, type Felt } from '../../machines/calibration.ts';
import type { Button } from '../../machines/vocabulary.ts';

const byButton: Readonly<Partial<Record<Felt, Button>>> = {
  yes: 'go',
  no: 'less',
  first: 'go',
  second: 'less',
};

/** Of three answers two buttons can give only two: those are for the page. */
export const answerBy = (button: Button, walk: CalibrationWalk): Felt | null => {
  const answers = answersOf(walk);
  return answers.length === 2 ? (answers.find(answer => byButton[answer] === button) ?? null) : null;
};
