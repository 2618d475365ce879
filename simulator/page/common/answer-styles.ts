/** Answers to one question: large enough for hands that are busy with something else. */
import { css } from 'lit';

export const answerStyles = css`
  .answers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 10.5rem), 1fr));
    gap: 0.7rem;
  }
  .answers button {
    min-height: 4.2rem;
    border-radius: 18px;
    font-size: 1.15rem;
    font-weight: 600;
    border-width: 2px;
    border-color: var(--ink-soft);
  }
`;
