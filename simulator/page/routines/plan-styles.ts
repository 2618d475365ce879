/** A plan: the time asked for, what would have to go, phases in a list. */
import { css } from 'lit';

export const planStyles = css`
  h3 {
    font-size: 1.6rem;
    font-weight: 600;
    line-height: 1.15;
    text-wrap: balance;
  }
  @media (max-width: 940px) {
    h3 {
      display: none;
    }
  }
  .plan {
    display: grid;
    gap: 1.1rem;
  }
  .time {
    display: grid;
    gap: 0.6rem;
    justify-items: start;
  }
  .time .field {
    max-width: 16rem;
  }
  .go {
    border-inline-start: 4px solid var(--ease);
    padding: 0.2rem 0 0.2rem 0.9rem;
    display: grid;
    gap: 0.3rem;
  }
  .go ul {
    list-style: disc;
    padding-inline-start: 1.2rem;
  }
  .phases li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 1rem;
    padding: 0.5rem 0;
    border-top: 1px solid var(--line);
  }
  .phases b {
    font-weight: 600;
  }
  .phases .minutes {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  .phases .where {
    grid-column: 1 / -1;
    font-size: 0.95rem;
  }
  .gone b {
    text-decoration: line-through;
    font-weight: 400;
  }
  .said {
    font-weight: 600;
  }
`;
