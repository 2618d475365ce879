/** Line work of the figure. */
import { css } from 'lit';

export const bodyStyles = css`
  .figure {
    fill: var(--figure);
    stroke: var(--figure-line);
    stroke-width: 2.5;
    stroke-linejoin: round;
  }
  .inner {
    fill: none;
    stroke: var(--figure-line);
    stroke-width: 1.8;
    stroke-linecap: round;
    opacity: 0.6;
  }
  .zone {
    fill: var(--zone);
    stroke: var(--zone-line);
    stroke-width: 2;
  }
  .never {
    stroke: var(--never);
    stroke-width: 1.2;
  }
  .hatch-ground {
    fill: var(--figure);
  }
  .hatch {
    stroke: var(--never);
    stroke-width: 2.6;
  }
  @media (forced-colors: active) {
    svg {
      forced-color-adjust: auto;
    }
    .figure {
      fill: Canvas;
      stroke: CanvasText;
    }
    .inner,
    .hatch,
    .never,
    .way,
    .head {
      stroke: CanvasText;
    }
    .hatch-ground {
      fill: Canvas;
    }
    .zone {
      fill: Canvas;
      stroke: Highlight;
      stroke-width: 4;
    }
    .gone {
      stroke: Highlight;
    }
    .disc circle {
      fill: Highlight;
    }
    text {
      fill: CanvasText;
      stroke: Canvas;
    }
  }
`;
