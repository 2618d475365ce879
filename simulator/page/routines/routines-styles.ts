/** Cards of routines, and the plan beside or below the chosen one. */
import { css } from 'lit';

export const routinesStyles = css`
  .all {
    max-width: 84rem;
    margin-inline: auto;
    display: grid;
    gap: 1.1rem;
  }
  .head {
    display: grid;
    gap: 0.5rem 2rem;
    align-items: end;
  }
  .head > :nth-child(n + 3) {
    grid-column: 1 / -1;
  }
  .head h2 {
    font-size: clamp(1.7rem, 4vw, 2.4rem);
  }
  .two {
    display: grid;
    gap: clamp(1rem, 3vw, 2.4rem);
    align-items: start;
  }
  .cards {
    display: grid;
    gap: 0.7rem;
  }
  .card {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.15rem 1rem;
    padding: 0.85rem 1.1rem;
    border: 1.5px solid var(--control-line);
    border-radius: 18px;
    cursor: pointer;
  }
  .card:hover {
    border-color: var(--ink-soft);
  }
  .card input {
    position: absolute;
    inset: 0;
    opacity: 0;
    margin: 0;
    cursor: pointer;
  }
  .card:has(input:checked) {
    border: 2.5px solid var(--pace);
    padding: calc(0.85rem - 1px) calc(1.1rem - 1px);
    background: var(--sheet);
  }
  .card:has(input:focus-visible) {
    outline: 3px solid var(--ink);
    outline-offset: 3px;
  }
  .card b {
    font-weight: 600;
    font-size: 1.08rem;
  }
  .card .minutes {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    white-space: nowrap;
  }
  .card .summary {
    grid-column: 1 / -1;
    font-size: 0.95rem;
  }
  .card .whom {
    grid-column: 1 / -1;
    font-size: 0.9rem;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }
  .card .mark {
    width: 1.15rem;
    height: 1.15rem;
    border: 2px solid var(--ink-soft);
    border-radius: 50%;
    display: inline-grid;
    place-items: center;
    vertical-align: -0.18rem;
    margin-inline-end: 0.5rem;
  }
  .card:has(input:checked) .mark::after {
    content: '';
    width: 0.6rem;
    height: 0.6rem;
    border-radius: 50%;
    background: var(--ink);
  }
  routine-plan {
    padding: 0.4rem 0.2rem 1.2rem;
  }
  /* The plan opens under the chosen one: of the others the name is enough to stay in reach. */
  @media (max-width: 940px) {
    .card:not(:has(input:checked)) :is(.summary, .whom) {
      display: none;
    }
  }
  @media (min-width: 941px) {
    .head {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .two {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr);
    }
    .beside {
      position: sticky;
      top: 0;
    }
    routine-plan {
      padding: 0;
    }
  }
  @media (forced-colors: active) {
    .card:has(input:checked) {
      border-color: Highlight;
    }
    .card:has(input:checked) .mark::after {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
