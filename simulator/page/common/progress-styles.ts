/** How far something has come: a row of steps, and a bar that fills. */
import { css } from 'lit';

export const progressSteps = css`
  .progress {
    display: flex;
    align-items: center;
    height: 9px;
    gap: 0.4rem;
  }
  .progress i {
    flex: 1;
    height: 5px;
    border-radius: 4px;
    background: var(--line);
  }
  .progress i.now {
    height: 9px;
    background: var(--ink);
  }
  .progress i.done {
    background: var(--pace);
  }
  @media (forced-colors: active) {
    .progress i {
      background: GrayText;
    }
    .progress i.now,
    .progress i.done {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;

export const progressBar = css`
  .bar {
    height: 1.1rem;
    border: 2px solid var(--control-line);
    border-radius: 999px;
    overflow: hidden;
    background: var(--raised);
  }
  .bar svg {
    display: block;
    width: 100%;
    height: 100%;
  }
  .bar rect {
    fill: var(--pace);
  }
  .counted {
    font-variant-numeric: tabular-nums;
  }
  @media (forced-colors: active) {
    .bar rect {
      fill: Highlight;
    }
  }
`;
