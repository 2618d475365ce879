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
  /*
   * The same to the eye, and less to draw, frame by frame, while hands move: at the edges what lies behind comes over
   * it. Not where that has no colour of its own, or where all of it is to be grey.
   */
  @media screen and (forced-colors: none) {
    :host([live]) svg {
      mask-image: none;
    }
    :host([live])::after {
      content: '';
      position: absolute;
      inset: 0;
      pointer-events: none;
      --behind-it: var(--behind, var(--ground)), transparent;
      background:
        linear-gradient(to bottom, var(--behind-it)) top / 100% 9% no-repeat,
        linear-gradient(to top, var(--behind-it)) bottom / 100% 4% no-repeat,
        linear-gradient(to right, var(--behind-it)) left / 7% 100% no-repeat,
        linear-gradient(to left, var(--behind-it)) right / 7% 100% no-repeat;
    }
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
