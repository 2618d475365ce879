/** How the place to write in is laid out. */
import { css } from 'lit';

export const writeStyles = css`
  .all {
    max-width: 84rem;
    margin-inline: auto;
    display: grid;
    gap: 1.1rem;
  }
  h2 {
    font-size: clamp(1.6rem, 4vw, 2.3rem);
    overflow-wrap: anywhere;
  }
  h3 {
    font-size: 1.2rem;
    font-weight: 600;
  }
  h4 {
    margin: 0;
    font: inherit;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 12.5rem), 1fr));
    gap: 0.9rem 1.1rem;
    align-items: start;
  }
  .broad {
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
  }
  .after {
    padding-top: 0.7rem;
  }
  section > h3 {
    padding-bottom: 0.6rem;
  }
  .field.area {
    grid-column: 1 / -1;
  }
  .fields {
    display: grid;
    gap: 1.2rem;
  }
  .with-unit {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.5rem;
    align-items: center;
    max-width: 10rem;
  }
  .stepper {
    grid-template-columns: 44px minmax(6rem, 8rem) 44px;
  }
  .two {
    display: grid;
    gap: 1.4rem clamp(1rem, 3vw, 2.2rem);
    align-items: start;
    grid-template-columns: minmax(0, 1fr);
  }
  .drawn {
    display: grid;
    gap: 0.9rem;
  }
  @media (min-width: 1081px) {
    .two {
      grid-template-columns: minmax(0, 1.25fr) minmax(20rem, 1fr);
    }
    .drawn {
      order: 2;
      position: sticky;
      top: 0;
    }
  }
  .phases {
    display: grid;
    gap: 0.6rem;
    padding-top: 0.7rem;
  }
  .phase {
    border: 1.5px solid var(--line);
    border-radius: 18px;
    min-width: 0;
  }
  .phase.open {
    --behind: var(--sheet);
    background: var(--sheet);
    border-color: var(--ink-soft);
  }
  .phase .fields {
    padding: 0.4rem clamp(0.8rem, 2vw, 1.2rem) 1.2rem;
  }
  .line {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0.2rem 0.8rem;
    align-items: center;
    width: 100%;
    text-align: start;
    padding: 0.6rem 0.9rem;
    border: 0;
    border-radius: 17px;
    background: transparent;
  }
  .line .number {
    display: grid;
    place-items: center;
    width: 1.9rem;
    height: 1.9rem;
    border: 1.5px solid var(--ink-soft);
    border-radius: 50%;
    font-variant-numeric: tabular-nums;
  }
  .what {
    display: grid;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .bad {
    color: var(--stop);
  }
  @media (max-width: 560px) {
    .line .bad {
      grid-column: 2;
      justify-self: start;
    }
  }
  .where {
    display: grid;
    gap: 0.9rem;
  }
  body-guide {
    height: 16rem;
    display: block;
  }
  @media (min-width: 620px) {
    .where {
      grid-template-columns: minmax(0, 1fr) minmax(11rem, 15rem);
    }
    .where legend {
      grid-column: 1 / -1;
    }
    .where .grid {
      grid-template-columns: minmax(0, 1fr);
    }
    body-guide {
      height: 100%;
      min-height: 19rem;
    }
  }
  :is(.summary-of-faults, .summary-of-cautions) {
    border-inline-start: 4px solid var(--stop);
    padding: 0.2rem 0 0.2rem 0.9rem;
    display: grid;
    gap: 0.2rem;
  }
  .summary-of-cautions {
    border-inline-start: 4px dotted var(--ease);
  }
  :is(.summary-of-faults, .summary-of-cautions) a {
    display: block;
    min-height: 44px;
    padding: 0.45rem 0;
    color: inherit;
  }
  .bar {
    position: sticky;
    bottom: -1.6rem;
    /* From edge to edge of the page, whose own edges these are. */
    margin: 0 calc(-1 * var(--edge-right)) -1.6rem calc(-1 * var(--edge-left));
    padding: 0.55rem var(--edge-right) 0.55rem var(--edge-left);
    background: var(--ground);
    border-top: 1px solid var(--line);
    z-index: 1;
  }
  .bar .inner {
    max-width: 84rem;
    margin-inline: auto;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.8rem;
    align-items: center;
  }
  .bar .total {
    font-size: 1.35rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .bar .main {
    padding: 0.55rem 1.4rem;
  }
  .bar .state {
    flex: 1 1 auto;
  }
  .bar p {
    font-size: 0.95rem;
    line-height: 1.25;
  }
  .phase legend {
    font-size: 1.15rem;
  }
  @media (max-width: 480px) {
    .bar .inner {
      gap: 0.3rem 0.5rem;
    }
    .bar button,
    .bar .button {
      padding-inline: 0.8rem;
    }
    .bar .total {
      font-size: 1.1rem;
    }
    .bar :is(button, .button) {
      font-size: 0.94rem;
    }
  }
  .over {
    outline: 3px dashed var(--pace);
    outline-offset: 6px;
  }
  .deeds {
    border-top: 1px solid var(--line);
    padding-top: 0.9rem;
  }
  /* Where the screen is low what is written comes first. */
  @media (max-height: 560px) {
    .bar {
      position: static;
    }
  }
`;
