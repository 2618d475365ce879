/** The drawn handheld: its shell, motors, LED and buttons. */
import { css } from 'lit';

export const deviceStyles = css`
  .body {
    display: grid;
    gap: 1.1rem;
    justify-items: center;
    padding: 1.5rem min(1.2rem, 6vw) 1.3rem;
    border-radius: 3.4rem 3.4rem 2.4rem 2.4rem;
    background: var(--raised);
    border: 1.5px solid var(--line);
    box-shadow: var(--shadow);
    max-width: 20rem;
    margin-inline: auto;
  }
  .led {
    width: var(--led, 1rem);
    height: var(--led, 1rem);
    margin-bottom: var(--led-below, 0);
    border-radius: 50%;
    border: 2px solid var(--ink-soft);
  }
  .led.lit {
    background: var(--ease);
    border-color: var(--ease);
    box-shadow: 0 0 1rem var(--ease);
  }
  .motors {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 1rem;
    width: 100%;
  }
  .motor {
    display: grid;
    justify-items: center;
    gap: 0.2rem;
    font-variant-numeric: tabular-nums;
  }
  .motor svg {
    width: 100%;
    max-width: var(--motor, 7rem);
  }
  .rim {
    fill: var(--ground);
    stroke: var(--line);
    stroke-width: 8;
  }
  .level {
    fill: none;
    stroke: var(--pace);
    stroke-width: 8;
    stroke-linecap: round;
  }
  .motor.felt .rim {
    stroke: var(--modelled);
  }
  .motor text {
    fill: var(--ink);
    font: 600 30px var(--type);
  }
  @media (prefers-reduced-motion: no-preference) {
    :host(:not([modelled])) .motor.driven svg {
      animation: shiver 80ms linear infinite alternate var(--motion, running);
    }
  }
  @keyframes shiver {
    from {
      transform: translateX(-0.7px);
    }
    to {
      transform: translateX(0.7px);
    }
  }
  .buttons {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: min(0.9rem, 4vw);
    width: 100%;
  }
  .buttons button {
    padding: 0.4rem 0.7rem;
    min-height: 4rem;
    font-weight: 700;
    letter-spacing: 0.04em;
  }
  .buttons small {
    display: block;
    font-size: 0.78rem;
    text-wrap: balance;
    font-weight: 400;
    letter-spacing: 0;
    line-height: 1.1;
  }
  .title {
    max-width: 20rem;
    margin-inline: auto;
  }
  .go {
    background: var(--ink);
    color: var(--ground);
    border-color: var(--ink);
  }
  .less {
    background: var(--ground);
    border: 3px solid var(--ink-soft);
  }
  .stop {
    grid-column: 1 / -1;
    border-radius: 0.9rem;
    background: var(--stop-ground);
    color: var(--on-stop);
    border-color: var(--stop);
  }
  .buttons .both {
    grid-column: 1 / -1;
    min-height: 3.2rem;
    border-style: dashed;
    background: var(--ground);
  }
  .buttons button.down {
    transform: translateY(3px);
    outline: 3px solid var(--pace);
    outline-offset: 2px;
  }
  .cue {
    min-height: 2.6em;
    text-align: center;
    text-wrap: balance;
  }
  .cue b {
    letter-spacing: 0.04em;
  }
  .link {
    text-align: center;
    font-size: 0.95rem;
  }
  @media (forced-colors: active) {
    .rim {
      fill: Canvas;
      stroke: CanvasText;
    }
    .level,
    .motor.felt .rim {
      stroke: Highlight;
    }
    .motor text {
      fill: CanvasText;
    }
    .led.lit {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
  :host(:not([live])) .body {
    filter: grayscale(1);
    opacity: 0.6;
  }
`;
