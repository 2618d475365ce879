/** The bench's plates: dense, aligned, quiet. */
import { css } from 'lit';

export const panel = css`
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.55rem;
    align-content: start;
    min-width: 0;
    padding: 0.8rem 0.9rem 0.9rem;
    --behind: var(--sheet);
    background: var(--sheet);
    border: 1px solid var(--line);
    border-radius: 12px;
    /* A plate of its own for the compositor: what moves on one does not have the others painted again. */
    contain: layout paint;
    will-change: transform;
  }
  .panel > header {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1rem;
    align-items: baseline;
    justify-content: space-between;
  }
  h2 {
    font-size: 0.95rem;
    font-weight: 600;
    letter-spacing: 0.01em;
  }
  .fixed {
    font-family: var(--fixed);
    font-size: 0.82rem;
    font-variant-numeric: tabular-nums;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0.45rem;
  }
  .tools button,
  .tools .button {
    min-width: 44px;
    border-radius: 10px;
    padding: 0.35rem 0.8rem;
    font-size: 0.95rem;
  }
  kbd {
    font: 0.78em var(--fixed);
    color: var(--ink-soft);
    border: 1px solid var(--line);
    border-radius: 4px;
    padding: 0 0.3em;
    margin-inline-start: 0.5em;
  }
  button[aria-pressed='true'] {
    border-color: var(--pace);
    border-width: 2.5px;
  }
  select {
    font: inherit;
    color: inherit;
    min-height: 44px;
    border-radius: 10px;
    border: 1.5px solid var(--control-line);
    background: var(--raised);
    padding: 0 0.7rem;
  }
  :is(select, summary):focus-visible {
    outline: 3px solid var(--ink);
    outline-offset: 3px;
  }
`;
