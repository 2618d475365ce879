/** The first view: large words, and on a phone on its side the ways on beside them. */
import { css } from 'lit';

export const welcomeStyles = css`
  .welcome {
    gap: 1.5rem;
  }
  .welcome h2 {
    /* However large letters are wanted, its longest word stays whole on a phone. */
    font-size: min(15vw, clamp(2rem, 5.4vw, 3.2rem));
    line-height: 1.05;
    letter-spacing: -0.01em;
  }
  .welcome > div > p {
    font-size: 1.2rem;
    max-width: 56ch;
  }
  .welcome > div > p + p {
    margin-top: 0.6rem;
  }
  .welcome .course ul {
    gap: 0.2rem 1.4rem;
    margin-top: 0.4rem;
  }
  .welcome .course b {
    color: var(--ink);
    font-weight: 600;
  }
  /* A phone on its side: what this is, and the ways on beside it. */
  @media (max-height: 520px) and (min-width: 560px) {
    .form.welcome {
      max-width: none;
      gap: 0.5rem 1.4rem;
      grid-template-columns: minmax(0, 1.4fr) minmax(0, 1fr);
      grid-template-rows: auto auto;
    }
    .welcome > * {
      grid-column: 1 / -1;
    }
    .welcome > :is(h2, div:not(.row)) {
      grid-column: 1;
    }
    .welcome > div.row {
      grid-area: 1 / 2 / 3 / 3;
      align-content: center;
    }
    .welcome h2 {
      font-size: 1.5rem;
    }
    .welcome > div > p {
      font-size: 1rem;
      line-height: 1.35;
    }
    .welcome > div > p + p {
      margin-top: 0.3rem;
    }
  }
`;
