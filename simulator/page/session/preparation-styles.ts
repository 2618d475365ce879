/** How the steps of getting ready look. */
import { css } from 'lit';

export const preparationStyles = css`
  ol > li {
    display: grid;
    grid-template-columns: 2rem 1fr;
    gap: 0.2rem 0.9rem;
    padding: 1rem 0;
    border-top: 1px solid var(--line);
  }
  .mark {
    width: 1.7rem;
    height: 1.7rem;
    border-radius: 50%;
    border: 2px solid var(--line);
    display: grid;
    place-items: center;
  }
  ol > li.done .mark {
    background: var(--pace);
    border-color: var(--pace);
    color: var(--on-pace);
  }
  ol > li.done p {
    color: var(--ink-soft);
  }
  .body {
    display: grid;
    gap: 0.8rem;
    justify-items: start;
  }
  score-scale {
    width: 100%;
    max-width: 34rem;
  }
  .memory {
    display: grid;
    gap: 0.4rem;
    justify-items: start;
  }
  .card {
    display: block;
    padding: 0.25rem 0;
    border: 0;
  }
  .care {
    border-inline-start: 4px solid var(--ease);
    padding: 0.2rem 0 0.2rem 0.9rem;
  }
`;
