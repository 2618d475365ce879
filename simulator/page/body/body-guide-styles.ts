/** How the way of a stroke and what travels along it look. */
import { css } from 'lit';

export const bodyGuideStyles = css`
  :host {
    position: relative;
    min-height: 0;
  }
  svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    mask-image:
      linear-gradient(to bottom, transparent 0, #000 9%, #000 96%, transparent 100%),
      linear-gradient(to right, transparent 0, #000 7%, #000 93%, transparent 100%);
    mask-composite: intersect;
  }
  .way {
    fill: none;
    stroke: var(--way);
    stroke-width: 9;
    stroke-linecap: round;
  }
  .gone {
    fill: none;
    stroke: var(--pace);
    stroke-width: 9;
    stroke-linecap: round;
  }
  .head {
    fill: none;
    stroke: var(--way);
    stroke-width: 9;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .disc circle {
    fill: var(--pace);
    stroke: var(--figure);
    stroke-width: 3;
  }
  .disc .halo {
    fill: var(--pace);
    stroke: none;
    opacity: 0.22;
  }
  .step {
    fill: var(--figure);
    stroke: var(--way);
    stroke-width: 3;
  }
  .step.on {
    fill: var(--pace);
    stroke: var(--pace);
  }
  text {
    fill: var(--ink-soft);
    font: 500 18px var(--type);
    paint-order: stroke;
    stroke: var(--ground);
    stroke-width: 5px;
    stroke-linejoin: round;
  }
  .end {
    fill: var(--ink);
  }
  .side {
    font-size: 14px;
  }
  :host(:not([live])) svg {
    opacity: 0.4;
    filter: grayscale(1);
  }
  /* There an outline takes the letters' own colour, and letters would be blots. */
  @media (forced-colors: active) {
    text {
      stroke: none;
    }
  }
`;
