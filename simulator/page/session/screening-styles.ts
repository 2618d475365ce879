/** How the cards of the screening look. */
import { css } from 'lit';

export const screeningStyles = css`
  h2 {
    scroll-margin-top: 2.4rem;
    font-size: clamp(1.5rem, 2.6vw, 2rem);
  }
  h2:focus-visible {
    outline: none;
  }
  .question {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0.4rem 1.2rem;
    align-items: center;
    padding: 0.8rem 0;
    border-top: 1px solid var(--line);
  }
  legend {
    display: contents;
  }
  .note {
    grid-column: 1 / -1;
    font-size: 0.9rem;
  }
  .progress {
    display: flex;
    gap: 0.4rem;
  }
  .progress i {
    flex: 1;
    height: 5px;
    border-radius: 3px;
    background: var(--line);
  }
  .progress i.now {
    background: var(--ink);
  }
  .progress i.done {
    background: var(--pace);
  }
  .plain {
    display: grid;
    gap: 0.4rem;
    padding-inline-start: 1.1rem;
    list-style: disc;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    gap: 0.8rem;
    justify-content: space-between;
    align-items: center;
    padding-top: 0.6rem;
  }
  .back {
    background: transparent;
    color: var(--ink-soft);
  }
  @media (max-width: 640px) {
    .question {
      grid-template-columns: 1fr;
    }
    .choices {
      display: flex;
    }
    /* Of one width while their words fit; a longer one takes a line of its own. */
    .choices label {
      flex-basis: 30%;
      min-width: min-content;
    }
  }
`;
