/** How the steps of a new board look: a line of numbers, and beside each what is to do. */
import { css } from 'lit';

export const boardStyles = css`
  :host {
    max-width: 46rem;
    margin-inline: auto;
  }
  .lead {
    max-width: 60ch;
  }
  ol.steps {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .step {
    /* With large letters on a small screen the words need the room. */
    --dot: min(2.1rem, 10vw);
    display: grid;
    grid-template-columns: var(--dot) minmax(0, 1fr);
    column-gap: min(1.1rem, 3vw);
    position: relative;
    padding-bottom: 1.5rem;
  }
  /* The way from this step to the next. */
  .step:not(:last-child)::before {
    content: '';
    position: absolute;
    inset-block: calc(var(--dot) + 0.25rem) 0.25rem;
    inset-inline-start: calc(var(--dot) / 2 - 1px);
    border-inline-start: 2px solid var(--line);
  }
  .step.done:not(:last-child)::before {
    border-color: var(--pace);
  }
  .dot {
    display: grid;
    place-items: center;
    width: var(--dot);
    height: var(--dot);
    border: 2px solid var(--control-line);
    border-radius: 50%;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: var(--ink-soft);
  }
  .done > .dot,
  .now > .dot {
    border-color: var(--pace);
    color: var(--ink);
  }
  .now > .dot {
    background: var(--pace);
    color: var(--on-pace);
  }
  .dot svg {
    width: 1.2rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.5;
  }
  .what {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.7rem;
    align-content: start;
  }
  h3:focus {
    outline: none;
  }
  h3 {
    font-size: 1.15rem;
    font-weight: 600;
    line-height: var(--dot);
  }
  .later h3 {
    color: var(--ink-soft);
    font-weight: 400;
  }
  .what p {
    max-width: 58ch;
  }
  .found {
    font-weight: 600;
  }
  .trouble {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.7rem;
    padding: 0.8rem 1rem;
    border: 2px solid var(--ease);
    border-radius: 14px;
    background: var(--sheet);
  }
  .trouble::before {
    content: '!';
    display: grid;
    place-items: center;
    width: 1.5rem;
    height: 1.5rem;
    border: 2px solid var(--ease);
    border-radius: 50%;
    color: var(--ease);
    font-weight: 700;
    line-height: 1;
  }
  button {
    max-width: 100%;
  }
  button.main {
    padding-inline: min(1.6rem, 5vw);
  }
  .choices {
    justify-self: start;
  }
  fieldset {
    display: grid;
    gap: 0.45rem;
  }
  legend {
    font-weight: 600;
    padding: 0 0 0.35rem;
  }
`;
