/** How the three ways to begin a routine stand beside each other. */
import { css } from 'lit';

export const beginStyles = css`
  .ways {
    display: grid;
    gap: 1.2rem;
    align-items: start;
  }
  @media (min-width: 941px) {
    .ways {
      grid-template-columns: minmax(0, 1.6fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
  }
  .way {
    display: grid;
    gap: 1rem;
  }
  .answers {
    grid-row: span 2;
  }
  .places {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr));
    gap: 0 1rem;
  }
`;
