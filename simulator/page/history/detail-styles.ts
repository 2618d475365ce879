/** One past session: figures as tiles, its drawing, the note beside it. */
import { css } from 'lit';

export const detailStyles = css`
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 8.4rem), 1fr));
    gap: 0.7rem;
    margin: 0;
  }
  dl div {
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
    padding: 0.7rem 0.9rem;
    background: var(--sheet);
    border: 1.5px solid var(--line);
    border-radius: 16px;
  }
  dt {
    font-size: 0.9rem;
    color: var(--ink-soft);
  }
  dd {
    margin: 0;
    font-size: 1.35rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .both {
    display: grid;
    grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr);
    gap: 1.4rem clamp(1.4rem, 3vw, 2.6rem);
    align-items: start;
  }
  .both > .stack {
    align-content: start;
  }
  @media (max-width: 1080px) {
    .both {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  .end {
    font-size: 1.15rem;
  }
  .wide {
    overflow-x: auto;
    border: 1.5px solid var(--line);
    border-radius: 16px;
  }
  img {
    display: block;
    width: 100%;
    min-width: 40rem;
    height: auto;
  }
  a small {
    font-size: 0.85rem;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    max-width: 34rem;
    font-variant-numeric: tabular-nums;
  }
  caption {
    text-align: start;
    font-weight: 600;
    padding-bottom: 0.4rem;
  }
  th,
  td {
    text-align: start;
    font-weight: 400;
    padding: 0.45rem 0.8rem 0.45rem 0;
    border-top: 1px solid var(--line);
  }
  thead th {
    color: var(--ink-soft);
    border: 0;
  }
  td {
    text-align: end;
    white-space: nowrap;
  }
  thead th + th {
    text-align: end;
  }
  section {
    display: grid;
    gap: 0.7rem;
    justify-items: start;
  }
  textarea {
    font: inherit;
    color: inherit;
    width: 100%;
    max-width: 46rem;
    padding: 0.7rem 0.9rem;
    border-radius: 14px;
    border: 1.5px solid var(--ink-soft);
    background: var(--sheet);
    resize: vertical;
  }
  /* As tall as the note, where the browser can; elsewhere its rows are a guess. */
  textarea[readonly] {
    field-sizing: content;
  }
  textarea:focus-visible {
    outline: 3px solid var(--ink);
    outline-offset: 2px;
  }
  label {
    display: grid;
    gap: 0.4rem;
    width: 100%;
  }
`;
