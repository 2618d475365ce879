/** How the one glance looks, from a phone on its side to a wide screen. */
import { css } from 'lit';

export const sessionGuideStyles = css`
  :host {
    container-type: inline-size;
  }
  .guide {
    display: grid;
    gap: 0.9rem 2.2rem;
    grid-template-areas: 'words' 'figures' 'body' 'course' 'rest';
    grid-template-columns: minmax(0, 1fr);
  }
  .rest .figures {
    grid-area: auto;
  }
  body-guide {
    grid-area: body;
    height: clamp(15rem, 42dvh, 26rem);
  }
  @container (min-width: 38rem) {
    .guide {
      grid-template-areas: 'words body' 'figures body' 'course body' 'rest body';
      grid-template-columns: minmax(0, 1.05fr) minmax(15rem, 0.95fr);
      grid-template-rows: auto auto auto 1fr;
    }
    body-guide {
      height: clamp(20rem, 100dvh - 11.4rem, 46rem);
    }
  }
  /* There the foot of the page has two rows. */
  @media (max-width: 940px) and (min-height: 621px) {
    @container (min-width: 38rem) {
      body-guide {
        height: clamp(20rem, 100dvh - 17.5rem, 46rem);
      }
    }
  }
  /* At rest what can be answered comes before where the hands were. */
  .resting {
    grid-template-areas: 'words' 'rest' 'course' 'body';
  }
  @container (min-width: 38rem) {
    .resting {
      grid-template-areas: 'words body' 'rest body' 'course body';
      grid-template-rows: auto auto 1fr;
    }
  }
  .course {
    grid-area: course;
    display: grid;
    gap: 0.3rem;
    align-self: start;
  }
  .course p {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.8rem;
    font-size: 1.05rem;
    font-variant-numeric: tabular-nums;
  }
  .words {
    grid-area: words;
    display: grid;
    gap: 0.5rem;
    align-content: start;
  }
  .rest {
    grid-area: rest;
    display: grid;
    gap: 1.3rem;
    align-content: start;
  }
  .where {
    font-size: clamp(2.4rem, 6.6cqi, 4rem);
    font-weight: 600;
    line-height: 1.02;
    letter-spacing: -0.015em;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .which {
    font-size: clamp(2.36rem, 5cqi, 3rem);
    line-height: 1.1;
    color: var(--pace);
    font-weight: 500;
  }
  .how {
    font-size: 1.2rem;
    max-width: 46ch;
  }
  .figures {
    grid-area: figures;
    display: flex;
    flex-wrap: wrap;
    gap: 0.7rem 1.5rem;
    align-items: end;
  }
  .figure b {
    display: block;
    font-size: clamp(1.9rem, 4.4cqi, 2.5rem);
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    line-height: 1.05;
  }
  .firm {
    display: grid;
    gap: 0.45rem;
  }
  .firm p {
    font-size: 1.1rem;
    font-weight: 500;
  }
  /* Pressure above both times where all three would not share a line. */
  @container (max-width: 58rem) {
    .firm {
      flex-basis: 100%;
    }
  }
  @container (max-width: 38rem) {
    .firm {
      flex-basis: auto;
    }
  }
  @container (max-width: 25rem) {
    .firm {
      max-width: 11.5rem;
    }
    .firm p {
      line-height: 1.15;
    }
    .marks i {
      width: 1.8rem;
    }
    .all {
      display: none;
    }
  }
  /* A phone on its side: where, which way, how firm and how long are in sight at once. */
  @media (max-height: 520px) {
    .guide {
      gap: 0.4rem 1.2rem;
    }
    .words {
      gap: 0.15rem;
    }
    .words .state {
      font-size: 0.95rem;
      line-height: 1.2;
    }
    .words :is(.where, .still) {
      font-size: 1.6rem;
      line-height: 1.1;
    }
    .which {
      font-size: 1.4rem;
    }
    .figure b {
      font-size: 1.4rem;
    }
    .firm p {
      font-size: 0.95rem;
    }
  }
  .marks {
    display: flex;
    gap: 0.35rem;
    align-items: end;
  }
  .marks i {
    width: 2.3rem;
    height: 0.8rem;
    border-radius: 0.3rem;
    border: 2px solid var(--ink-soft);
  }
  .marks i:nth-child(2) {
    height: 1.05rem;
  }
  .marks i:nth-child(3) {
    height: 1.3rem;
  }
  .marks i:nth-child(4) {
    height: 1.55rem;
  }
  .marks i:nth-child(5) {
    height: 1.8rem;
  }
  .marks i.on {
    background: var(--ink);
    border-color: var(--ink);
  }
  .marks i.open {
    border-style: dashed;
  }
  .marks i.never {
    opacity: 0.3;
  }
  .state {
    font-size: 1.2rem;
    font-weight: 500;
  }
  .state.ease {
    color: var(--ease);
  }
  .state.stop {
    color: var(--stop);
  }
  .still {
    font-size: clamp(2.1rem, 5cqi, 3rem);
    line-height: 1.1;
    max-width: 22ch;
    overflow-wrap: anywhere;
  }
  .still.stop {
    color: var(--stop);
  }
  .next {
    border-top: 1px solid var(--line);
    padding-top: 0.9rem;
    font-size: 1.1rem;
  }
  :host(:not([live])) :is(.state, .still, .where, .which, .how, .firm, .figure b) {
    color: var(--ink-soft);
  }
  @media (forced-colors: active) {
    .marks i.on {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }
`;
