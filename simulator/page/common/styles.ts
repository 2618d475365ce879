/** Shapes that several parts share: buttons, cards, choices. */
import { css } from 'lit';

export const shared = css`
  :host {
    display: block;
    color: var(--ink);
    overflow-wrap: break-word;
  }
  /* Drawings keep their left and right in every language. */
  svg {
    direction: ltr;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset {
    min-width: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 1.5rem;
    font-weight: 600;
    line-height: 1.2;
    text-wrap: balance;
  }
  button,
  a.button {
    font: inherit;
    color: inherit;
    min-height: 44px;
    padding: 0.55rem 1.1rem;
    border-radius: 999px;
    border: 1.5px solid var(--control-line);
    background: var(--raised);
    cursor: pointer;
    touch-action: manipulation;
  }
  a.button {
    display: inline-grid;
    place-items: center;
    text-decoration: none;
  }
  :is(button, a.button):hover {
    border-color: var(--ink-soft);
  }
  button:is([disabled], [aria-disabled='true']) {
    opacity: 0.55;
    cursor: default;
  }
  button.main {
    background: var(--pace);
    border-color: var(--pace);
    color: var(--on-pace);
    font-weight: 600;
    font-size: 1.15rem;
    padding: 0.75rem 1.6rem;
  }
  :is(button, input, a, [tabindex]):focus-visible {
    outline: 3px solid var(--ink);
    outline-offset: 3px;
  }
  /* Where a person has chosen their own colours ours give way wholly, the coloured buttons too. */
  @media (forced-colors: active) {
    button,
    a.button {
      background: ButtonFace !important;
      color: ButtonText !important;
      border-color: ButtonBorder !important;
    }
  }
  /* It acts at contact: no scroll, zoom or selection may come of that finger. */
  .press {
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }
  .press:active {
    transform: translateY(2px);
  }
  .soft {
    color: var(--ink-soft);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    align-items: center;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.1rem;
  }
  .out {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** A row of radio choices that looks like one control. */
export const choices = css`
  .choices {
    display: inline-flex;
    flex-wrap: wrap;
    border: 1.5px solid var(--control-line);
    border-radius: 1.6rem;
    overflow: hidden;
    background: var(--raised);
  }
  .choices label {
    position: relative;
    display: grid;
    place-items: center;
    flex: 1 0 auto;
    max-width: 100%;
    min-width: 44px;
    min-height: 44px;
    padding: 0 0.9rem;
    cursor: pointer;
    /* Between two of them, whichever line they stand on. */
    box-shadow: 0 0 0 0.75px var(--control-line);
  }
  @media (max-width: 420px) {
    .choices label {
      padding: 0 0.6rem;
    }
  }
  .choices input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
    margin: 0;
  }
  .choices label:has(input:checked) {
    background: var(--ink);
    color: var(--ground);
    font-weight: 600;
  }
  .choices label:has(input:focus-visible) {
    outline: 3px solid var(--ink);
    outline-offset: -5px;
  }
  .choices label:has(input:checked:focus-visible) {
    outline-color: var(--ground);
  }
  @media (forced-colors: active) {
    .choices label:has(input:checked) {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
