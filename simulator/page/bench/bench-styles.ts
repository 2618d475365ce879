/** How the bench lays out its plates, wide and narrow. */
import { css } from 'lit';

export const benchStyles = css`
  .bench {
    display: grid;
    grid-template-columns: minmax(16rem, 19rem) minmax(0, 1fr);
    gap: 0.9rem;
    max-width: 100rem;
    margin-inline: auto;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .side,
  .main {
    display: grid;
    gap: 0.9rem;
    align-content: start;
    min-width: 0;
  }
  .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
    gap: 0.9rem;
  }
  .chart {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 17rem);
    gap: 0.9rem;
  }
  .over {
    outline: 3px dashed var(--pace);
  }
  input[type='file'] {
    position: absolute;
    opacity: 0;
    width: 1px;
    height: 1px;
  }
  .button {
    display: inline-grid;
    place-items: center;
    min-height: 44px;
    border: 1.5px solid var(--control-line);
    background: var(--raised);
    cursor: pointer;
  }
  .button:has(:focus-visible) {
    outline: 3px solid var(--ink);
    outline-offset: 3px;
  }
  /* Whatever one looks at: the hand on time stays in reach. */
  @media (min-height: 621px) {
    bench-time {
      position: sticky;
      top: 0;
      z-index: 1;
    }
  }
  @media (max-width: 900px) {
    .main {
      order: -1;
    }
    .bench,
    .chart {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
