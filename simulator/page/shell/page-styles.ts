/** How the page is laid out: a header, what happens now, and stop where the hand falls. */
import { css } from 'lit';

export const pageStyles = css`
  /* As large as what is seen, and never longer: the head gives way before stop does. */
  :host {
    position: fixed;
    top: var(--seen-top, 0);
    left: 0;
    width: 100%;
    height: var(--seen-height, 100dvh);
    overflow: clip;
    display: grid;
    grid-template-rows: minmax(0, auto) minmax(0, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
    --edge-left: max(clamp(0.7rem, 3vw, 2.4rem), env(safe-area-inset-left));
    --edge-right: max(clamp(0.7rem, 3vw, 2.4rem), env(safe-area-inset-right));
  }
  :host([enlarged]) {
    top: 0;
    height: 100dvh;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 1.6rem;
    align-items: center;
    justify-content: space-between;
    padding: max(0.45rem, env(safe-area-inset-top)) var(--edge-right) 0.45rem var(--edge-left);
    overflow: auto;
  }
  h1 {
    font-size: 1.15rem;
    font-weight: 600;
    letter-spacing: 0.02em;
  }
  .stages {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1.1rem;
    font-size: 0.95rem;
  }
  .stages li {
    color: var(--ink-soft);
    padding-bottom: 0.15rem;
    border-bottom: 3px solid transparent;
  }
  .stages li[aria-current] {
    color: var(--ink);
    border-color: var(--pace);
    font-weight: 600;
  }
  /* Beside what else stands in the head it is as narrow as its names allow, before it takes a line of its own. */
  nav {
    display: flex;
    flex: 1 1 min-content;
    max-width: max-content;
    gap: 0.15rem;
    align-items: center;
  }
  /* A name of two words may stand in two lines; none is narrower than a finger. */
  nav a {
    --beside: 0.7rem;
    display: grid;
    place-content: center;
    justify-items: center;
    min-width: min-content;
    min-height: 44px;
    padding: 0 var(--beside);
    border-radius: 999px;
    line-height: 1.15;
    text-align: center;
    color: var(--ink-soft);
    text-decoration: none;
  }
  nav a::before {
    content: '';
    width: calc(44px - 2 * var(--beside));
  }
  nav a[aria-current] {
    color: var(--ink);
    font-weight: 600;
    background: var(--raised);
  }
  .plain {
    min-width: 44px;
    padding: 0.6rem;
    background: transparent;
    border-color: transparent;
    display: grid;
    place-items: center;
  }
  .plain svg {
    width: 1.5rem;
    fill: var(--ground);
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
  }
  /* Holds what lies out of sight in it as well, which would else lengthen the page. */
  main {
    position: relative;
    overflow: auto;
    padding: 0.6rem var(--edge-right) 1.6rem var(--edge-left);
  }
  main[tabindex]:focus-visible {
    outline: none;
  }
  main.far,
  main.receiver {
    /* What is told takes the lines it has; the look itself takes the rest. */
    display: flex;
    flex-direction: column;
    padding-bottom: 0.6rem;
  }
  /* Its view is measured by the room that it has. */
  main.receiver {
    container-type: size;
  }
  main:is(.far, .receiver) > :not(:last-child) {
    flex: none;
  }
  main:is(.far, .receiver) > :last-child {
    width: 100%;
  }
  settings-panel {
    max-width: 60rem;
    margin: 0 auto 1.2rem;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(15rem, 18rem);
    gap: clamp(1.4rem, 3vw, 3rem);
    max-width: 84rem;
    margin-inline: auto;
    align-items: start;
  }
  .now {
    display: grid;
    gap: 1.2rem;
  }
  /* What is not live has no colour of its own, whatever state it was in; it can be read all the same. */
  .old > :not(.lost, .notice) {
    --ink: var(--ink-soft);
    --pace: var(--ink-soft);
    --ease: var(--ink-soft);
    filter: grayscale(1);
  }
  .form {
    max-width: 46rem;
  }
  .chosen {
    border-top: 1px solid var(--line);
    padding-top: 1.1rem;
  }
  .beside body-guide {
    display: none;
  }
  @media (min-width: 1200px) and (min-height: 620px) {
    .form.beside {
      max-width: none;
      grid-template-columns: minmax(0, 1fr) minmax(15rem, 24rem);
      grid-template-rows: repeat(6, auto) 1fr;
      column-gap: 2rem;
      align-content: start;
    }
    .form.beside:not(.welcome) {
      grid-template-rows: auto 1fr;
    }
    .beside > * {
      grid-column: 1;
      align-self: start;
    }
    .beside body-guide {
      display: block;
      grid-area: 1 / 2 / -1 / 3;
      height: clamp(20rem, 100dvh - 11.4rem, 40rem);
    }
  }
  .notice {
    border-inline-start: 4px solid var(--ease);
    padding: 0.3rem 0 0.3rem 0.9rem;
    margin-bottom: 0.4rem;
  }
  /* What is told at one moment belongs together. */
  .now > .notice + .notice {
    margin-block-start: -1rem;
  }
  .lost {
    border-inline-start: 4px solid var(--stop);
    padding: 0.3rem 0 0.3rem 0.9rem;
    margin-bottom: 0.4rem;
    font-weight: 600;
  }
  .outcome h2 {
    font-size: clamp(2.2rem, 5vw, 3.6rem);
  }
  .outcome p {
    font-size: 1.25rem;
    max-width: 44ch;
  }
  .behind button {
    background: transparent;
    color: var(--ink-soft);
  }
  device-view > a {
    display: grid;
    place-items: center;
    min-height: 44px;
    width: fit-content;
    margin-inline: auto;
    padding-inline: 0.8rem;
    color: var(--ink-soft);
  }
  summary {
    min-height: 44px;
    padding-top: 0.6rem;
    cursor: pointer;
    color: var(--ink-soft);
  }
  @media (forced-colors: active) {
    .stages li {
      border-color: Canvas;
    }
    .stages li[aria-current] {
      border-color: Highlight;
    }
  }
  @media print {
    :host {
      position: static;
      overflow: visible;
      height: auto;
      display: block;
    }
    main {
      overflow: visible;
    }
    footer,
    nav,
    device-view {
      display: none;
    }
  }
`;
