/** The page where there is less room: narrow, or low. */
import { css } from 'lit';

export const smallScreenStyles = css`
  @media (max-width: 1080px) {
    .stages li:not([aria-current]) {
      display: none;
    }
  }
  @media (max-width: 940px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    /* The longest stage and all looks share the line. */
    header {
      column-gap: 0.9rem;
    }
    nav a {
      --beside: 0.5rem;
    }
  }
  @media (max-width: 480px) {
    header {
      gap: 0 0.4rem;
      padding: max(0.2rem, env(safe-area-inset-top)) max(0.5rem, env(safe-area-inset-right)) 0.2rem
        max(0.5rem, env(safe-area-inset-left));
    }
    .stages {
      display: none;
    }
    /* No room to be seen, but the page still has its name for whoever hears it. */
    h1 {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    nav {
      flex-basis: 100%;
      max-width: none;
      gap: 0;
      flex-wrap: wrap;
      justify-content: space-between;
    }
    nav a {
      --beside: 0.1rem;
      width: min-content;
      /* Five words, the chosen one in bold, and the sheet's button share a line from 320 px on. */
      font-size: clamp(0.7rem, 3.7vw, 0.86rem);
    }
  }
  @media (max-width: 340px) {
    nav a {
      --beside: 0px;
    }
  }
  /* Low: the head is one line, which can be drawn to the side. */
  @media (max-height: 520px) {
    :host {
      grid-template-rows: fit-content(30dvh) minmax(0, 1fr) auto;
    }
    header {
      padding-block: env(safe-area-inset-top) 0;
      flex-wrap: nowrap;
      gap: 0 0.6rem;
    }
    nav {
      flex-wrap: nowrap;
      flex-shrink: 0;
    }
    nav a {
      --beside: 0.4rem;
    }
    main.far {
      padding-block: 0;
    }
    /* Place and direction stay in sight below what is told. */
    main.far > :is(.notice, .lost) {
      padding-block: 0;
      margin-bottom: 0;
      line-height: 1.25;
    }
  }
`;
