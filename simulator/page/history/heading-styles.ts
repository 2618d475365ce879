/** Headings of the history: of a part of it, and of what has just been opened. */
import { css } from 'lit';

export const headingStyles = css`
  h3 {
    font-size: 1.15rem;
    font-weight: 600;
  }
  h2[tabindex]:focus-visible {
    outline: none;
  }
`;
