/** Where the hand falls: stop always at the same place, pause and less beside it, and the strip that says what happens. */
import { css } from 'lit';

export const footerStyles = css`
  footer {
    display: grid;
    gap: 0.5rem;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    padding: 0.5rem var(--edge-right) max(0.7rem, env(safe-area-inset-bottom)) var(--edge-left);
    background: var(--ground);
    border-top: 1px solid var(--line);
    touch-action: none;
    position: relative;
    z-index: 1;
  }
  :host([enlarged]) footer {
    position: fixed;
    left: var(--seen-left);
    top: calc(var(--seen-top) + var(--seen-height));
    width: calc(var(--seen-width) * var(--seen-scale));
    transform: scale(calc(1 / var(--seen-scale))) translateY(-100%);
    transform-origin: 0 0;
  }
  .strip,
  .stop {
    grid-column: 1 / -1;
  }
  .strip {
    display: flex;
    gap: 0.2rem 0.8rem;
    align-items: center;
    min-width: 0;
    min-height: 1.6rem;
    padding-inline-start: 0.7rem;
    border-inline-start: 4px solid transparent;
  }
  .strip p {
    flex: 1;
    min-width: 0;
    font-size: min(1rem, 7vw);
    line-height: 1.25;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 5;
    overflow: hidden;
  }
  .strip :is(a, button) {
    padding: 0.2rem 1rem;
    min-height: 44px;
    flex: none;
  }
  .strip.ask {
    border-inline-start: 4px dashed var(--pace);
  }
  .strip.ask a {
    background: var(--pace);
    border-color: var(--pace);
    color: var(--on-pace);
    font-weight: 600;
  }
  .strip.ease {
    border-inline-start: 4px dotted var(--ease);
    color: var(--ease);
  }
  .strip.stop-tone,
  .strip.old {
    border-inline-start: 4px solid var(--stop);
    font-weight: 600;
  }
  .strip.stop-tone p {
    color: var(--stop);
  }
  footer > button {
    min-height: clamp(44px, 3.4rem, 16dvh);
    padding-inline: 0.4rem;
    border-radius: 1.2rem;
    /* However large the letters are chosen, what is done leaves room for what is told, and words stay whole. */
    font-size: min(1.2rem, 7vw);
    font-weight: 600;
  }
  .less {
    border: 3px solid var(--ink-soft);
  }
  footer > .stop {
    min-height: clamp(44px, 4.2rem, 18dvh);
    background: var(--stop-ground);
    border: 2px solid var(--stop);
    color: var(--on-stop);
    font-size: min(1.5rem, 9vw);
    font-weight: 700;
    letter-spacing: 0.06em;
  }
  /* Before anything could run it is there, and alarms nobody. */
  .stop[data-quiet] {
    background: transparent;
    border-color: var(--stop);
    color: var(--stop);
  }
  .stop small {
    font-size: min(0.9rem, 5.5vw);
    line-height: 1.25;
    font-weight: 400;
    letter-spacing: 0;
    margin-inline-start: 0.5rem;
  }
  /* Room beside it: one row, in which stop keeps its place whatever comes and goes. */
  @media (min-width: 941px) {
    footer {
      grid-template-columns: minmax(0, 1.3fr) 8.5rem 8.5rem minmax(0, 2fr);
      gap: 0.8rem;
    }
    .strip {
      grid-column: 1 / 4;
    }
    .moves .strip {
      grid-column: 1;
    }
    footer > .stop {
      grid-column: 4;
    }
  }
  /* Low: stop at the side, as tall as what stands beside it. */
  @media (max-height: 520px) {
    footer {
      gap: 0.3rem 0.5rem;
      padding-block: 0.3rem max(0.4rem, env(safe-area-inset-bottom));
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1.4fr);
      grid-template-rows: minmax(0, auto) minmax(44px, auto);
    }
    .strip {
      grid-column: 1 / 3;
      grid-row: 1 / 3;
      min-height: 0;
      font-size: min(0.95rem, 6dvh);
    }
    .strip p {
      -webkit-line-clamp: 3;
    }
    .moves .strip {
      grid-row: 1;
    }
    .moves .strip p {
      -webkit-line-clamp: 1;
    }
    .moves .strip a {
      display: none;
    }
    footer > button {
      grid-row: 2;
      font-size: min(1.2rem, 5vw, 9dvh);
    }
    footer > .stop {
      grid-column: 3;
      grid-row: 1 / 3;
      font-size: min(1.5rem, 6.5vw, 11dvh);
    }
    .stop small {
      display: none;
    }
  }
  @media (max-height: 520px) and (min-width: 621px) {
    footer {
      grid-template-columns: minmax(0, 1.2fr) minmax(0, 0.7fr) minmax(0, 0.7fr) minmax(0, 1.4fr);
      grid-template-rows: minmax(44px, auto);
    }
    .strip {
      grid-column: 1 / 4;
      grid-row: 1;
    }
    .moves .strip {
      grid-column: 1;
    }
    .moves .strip p {
      -webkit-line-clamp: 2;
    }
    footer > button {
      grid-row: 1;
    }
    footer > .stop {
      grid-column: 4;
      grid-row: 1;
    }
  }
  @media (forced-colors: active) {
    footer > .stop {
      border-width: 4px;
    }
  }
`;
