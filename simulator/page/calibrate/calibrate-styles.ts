/** One question at a time: how far it is, what plays, and the answers. */
import { css } from 'lit';

export const calibrateStyles = css`
  :host {
    max-width: 46rem;
  }
  h2 {
    font-size: clamp(1.5rem, 3.6vw, 2.1rem);
  }
  h2[tabindex]:focus-visible {
    outline: none;
  }
  .trial {
    display: flex;
    flex-wrap: wrap;
    gap: 0.8rem 2rem;
    align-items: end;
  }
  .walk {
    min-height: 20rem;
    align-content: start;
  }
  button[aria-disabled='true'] {
    opacity: 0.55;
    cursor: default;
  }
  .play {
    display: flex;
    flex-wrap: wrap;
    gap: 0.8rem 1.2rem;
    align-items: center;
    min-height: 3.6rem;
  }
  .pulse {
    display: flex;
    gap: 0.45rem;
    align-items: center;
  }
  .pulse i {
    width: 0.7rem;
    height: 0.7rem;
    border-radius: 50%;
    background: var(--pace);
  }
  @media (prefers-reduced-motion: no-preference) {
    .pulse i {
      animation: breathe 900ms ease-in-out infinite alternate var(--motion, running);
    }
  }
  @keyframes breathe {
    from {
      opacity: 0.25;
    }
  }
  .note {
    border-inline-start: 4px solid var(--ease);
    padding: 0.3rem 0 0.3rem 0.9rem;
  }
  .ended {
    border-inline-start: 4px solid var(--pace);
    padding: 0.3rem 0 0.3rem 0.9rem;
    font-size: 1.1rem;
  }
  a {
    display: grid;
    align-items: center;
    width: fit-content;
    min-height: 44px;
    color: var(--ink-soft);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    padding-top: 0.6rem;
    border-top: 1px solid var(--line);
  }
  @media (forced-colors: active) {
    .pulse i {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
