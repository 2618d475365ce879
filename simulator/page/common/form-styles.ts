/** How what is filled in looks: fields, their bounds and faults, cards that are picked. */
import { css } from 'lit';

export const formStyles = css`
  legend,
  .label {
    font-weight: 600;
    padding: 0 0 0.35rem;
  }
  .field {
    display: grid;
    gap: 0.2rem;
    align-content: start;
    min-width: 0;
  }
  .field > label {
    font-weight: 600;
  }
  input:not([type='radio'], [type='checkbox'], [type='file']),
  select,
  textarea {
    font: inherit;
    color: var(--ink);
    background: var(--ground);
    border: 1.5px solid var(--ink-soft);
    border-radius: 12px;
    min-height: 44px;
    padding: 0.4rem 0.7rem;
    width: 100%;
    min-width: 0;
  }
  textarea {
    resize: vertical;
    min-height: 5.2rem;
    line-height: 1.35;
  }
  input[type='number'],
  input[inputmode],
  input[type='time'] {
    font-variant-numeric: tabular-nums;
  }
  :is(input, select, textarea)[aria-invalid='true'] {
    border-color: var(--stop);
    border-width: 2.5px;
  }
  :is(select, textarea, summary):focus-visible {
    outline: 3px solid var(--ink);
    outline-offset: 3px;
  }
  .hint {
    color: var(--ink-soft);
    font-size: 0.92rem;
  }
  .fault,
  p.caution {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.45rem;
    color: var(--stop);
    font-size: 0.95rem;
    font-weight: 600;
    /* Below the ring of a field that has the focus. */
    margin-top: 0.45rem;
  }
  p.caution {
    color: var(--ease);
  }
  .fault::before,
  .caution::before {
    content: '!';
    display: grid;
    place-items: center;
    width: 1.25rem;
    height: 1.25rem;
    margin-top: 0.05rem;
    border: 2px solid currentColor;
    border-radius: 50%;
    font-size: 0.85rem;
    font-weight: 700;
    line-height: 1;
  }
  .checks {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.6rem;
  }
  .check {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 0.8rem;
    align-items: center;
    min-height: 44px;
    cursor: pointer;
  }
  .check input {
    width: 1.5rem;
    height: 1.5rem;
    margin: 0;
    accent-color: var(--pace);
  }
  .stepper {
    display: grid;
    grid-template-columns: 44px minmax(4rem, 8rem) 44px;
    gap: 0.4rem;
    align-items: center;
    margin-block: 0.2rem 0.3rem;
  }
  .stepper button {
    padding: 0;
    font-size: 1.3rem;
    line-height: 1;
  }
  .pill {
    border: 1.5px solid currentColor;
    border-radius: 999px;
    padding: 0 0.6rem;
    font-size: 0.85rem;
    font-weight: 600;
    white-space: nowrap;
  }
  summary {
    min-height: 44px;
    padding-top: 0.6rem;
    cursor: pointer;
    font-weight: 600;
  }
  .sheet {
    background: var(--sheet);
    border: 1.5px solid var(--line);
    border-radius: 20px;
    padding: clamp(0.9rem, 2.4vw, 1.5rem);
  }
  @media (max-width: 480px) {
    .choices {
      display: flex;
    }
    .choices label {
      flex: auto;
      padding: 0 0.35rem;
      text-align: center;
    }
  }
`;
