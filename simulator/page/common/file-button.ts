/** A button that has a file picked. */
import { css, html, nothing } from 'lit';

/** `picked` may take its time; the same file can be picked once more after it. `hint`: the id of what describes it. */
export const fileButton = (word: string, picked: (file: File) => Promise<void>, hint?: string) => html`<label
  class="button file"
  >${word}<input
    type="file"
    accept=".json,application/json"
    aria-describedby=${hint ?? nothing}
    @change=${async ({ target }: Event & { target: HTMLInputElement }) => {
      const [file] = target.files ?? [];
      if (!file) return;
      await picked(file);
      target.value = '';
    }}
/></label>`;

export const fileButtonStyles = css`
  .file {
    position: relative;
    display: inline-grid;
    place-items: center;
    min-height: 44px;
    padding: 0.55rem 1.1rem;
    border-radius: 999px;
    border: 1.5px solid var(--control-line);
    background: var(--raised);
    cursor: pointer;
  }
  .file:has(:focus-visible) {
    outline: 3px solid var(--ink);
    outline-offset: 3px;
  }
  .file input {
    position: absolute;
    inset: 0;
    opacity: 0;
    width: 100%;
    cursor: pointer;
  }
`;
