/** One question at a time, large and calm; what was said before stands small above it. */
import { css } from 'lit';

export const dialogueStyles = css`
  :host {
    max-width: 46rem;
  }
  h2,
  h3 {
    font-size: clamp(1.4rem, 3.4vw, 2rem);
    line-height: 1.25;
    text-wrap: balance;
  }
  :is(h2, h3)[tabindex]:focus-visible {
    outline: none;
  }
  .said {
    display: grid;
    gap: 0.35rem;
    color: var(--ink-soft);
    max-width: 60ch;
  }
  .said li:last-child {
    color: var(--ink);
  }
  summary {
    min-height: 44px;
    padding-top: 0.6rem;
    width: fit-content;
    color: var(--ink-soft);
    cursor: pointer;
  }
  summary:focus-visible {
    outline: 3px solid var(--ink);
    outline-offset: 3px;
  }
  .asked {
    display: grid;
    gap: 1.1rem;
    align-content: start;
    min-height: 13rem;
  }
  .answers small {
    display: block;
    font-weight: 400;
    font-size: 0.85rem;
  }
  .press {
    display: flex;
    flex-wrap: wrap;
    gap: 1.2rem 2.4rem;
    align-items: center;
  }
  .wrong {
    display: grid;
    gap: 0.5rem;
    padding: 1rem 1.2rem;
    border: 2px solid var(--ease);
    border-radius: 14px;
    background: var(--sheet);
  }
  .todo {
    font-size: 1.15rem;
    font-weight: 600;
  }
  .todo::first-letter {
    text-transform: uppercase;
  }
  .over {
    border-inline-start: 4px solid var(--pace);
    padding: 0.3rem 0 0.3rem 0.9rem;
    display: grid;
    gap: 0.4rem;
    max-width: 60ch;
  }
  .over.ended {
    border-inline-start-style: double;
    border-color: var(--ink-soft);
  }
  .foot {
    padding-top: 0.6rem;
    border-top: 1px solid var(--line);
  }
`;
