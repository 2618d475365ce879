/** The history: sessions beside what is kept of them. */
import { css } from 'lit';

export const historyStyles = css`
  .both {
    display: grid;
    grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr);
    gap: clamp(1.4rem, 4vw, 3.2rem);
    align-items: start;
  }
  .both > div,
  section {
    display: grid;
    gap: 1rem;
    align-content: start;
  }
  .both > div {
    gap: 2rem;
  }
  :host {
    max-width: 84rem;
    margin-inline: auto;
  }
  .old {
    filter: grayscale(1);
    opacity: 0.6;
  }
  .empty {
    padding: 1.6rem 1.4rem;
    border: 1.5px dashed var(--line);
    border-radius: 18px;
    max-width: 40rem;
  }
  .place {
    overflow-wrap: anywhere;
    max-width: 60ch;
  }
  a {
    color: inherit;
  }
  a.button {
    width: fit-content;
  }
  @media (max-width: 860px) {
    .both {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
