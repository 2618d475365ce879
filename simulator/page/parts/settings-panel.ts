/** Looks, sounds and other screens: a sheet under the header that never covers stop. */
import { css, html, LitElement, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import { canStayAwake } from '../awake.ts';
import { isThisMachine } from '../lan/where.ts';
import type { Settings } from '../settings.ts';
import { canSpeak } from '../sound.ts';
import { choices, shared } from '../styles.ts';
import { canVibrate } from '../vibration.ts';

const schemes = [
  { value: 'auto', word: 'As the system' },
  { value: 'dark', word: 'Dark' },
  { value: 'light', word: 'Light' },
] as const;

type Toggle = Exclude<keyof Settings, 'scheme'>;

export class SettingsPanel extends LitElement {
  static override properties = { settings: { attribute: false }, bench: { type: Boolean } };
  declare settings: Settings;
  /** The motors' hum is the bench's. */
  declare bench: boolean;

  static override styles = [
    shared,
    choices,
    css`
      .panel {
        display: grid;
        gap: 0.9rem;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr));
        padding: 1.1rem 1.3rem;
        background: var(--sheet);
        border: 1.5px solid var(--line);
        border-radius: 20px;
      }
      fieldset {
        display: grid;
        gap: 0.5rem;
        align-content: start;
      }
      legend {
        font-weight: 600;
        padding-bottom: 0.3rem;
      }
      .toggle {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0 0.8rem;
        align-items: center;
        min-height: 44px;
        cursor: pointer;
      }
      .toggle input {
        width: 1.5rem;
        height: 1.5rem;
        accent-color: var(--pace);
      }
      .leads {
        display: grid;
        align-items: center;
        min-height: 44px;
        color: inherit;
      }
      .toggle small {
        grid-column: 2;
        font-size: 0.9rem;
      }
    `,
  ];

  #choose(change: Partial<Settings>): void {
    this.dispatchEvent(new CustomEvent('settings', { detail: { ...this.settings, ...change } }));
  }

  override render() {
    const { settings } = this;
    return html`<section class="panel" aria-label="Looks and sounds">
      <fieldset>
        <legend>Colours</legend>
        <div class="choices">
          ${schemes.map(
            ({ value, word }) => html`<label
              ><input
                type="radio"
                name="scheme"
                .checked=${settings.scheme === value}
                @change=${() => this.#choose({ scheme: value })}
              />${word}</label
            >`,
          )}
        </div>
        <p class="soft">${canStayAwake() ? 'The screen stays on while hands move.' : 'This browser cannot keep the screen on. Set it to stay on by itself.'}</p>
      </fieldset>
      <fieldset>
        <legend>Sound</legend>
        ${this.#toggle('speech', 'Speak the instructions', canSpeak() ? '' : 'This browser has no voice of its own.')}
        ${this.#toggle('ticks', 'Soft ticks with each stroke', '')}
        ${this.bench ? this.#toggle('hum', 'Hear the motors', '') : nothing}
        ${this.#toggle('vibration', 'Vibrate with strokes and other cues', canVibrate() ? '' : 'This browser cannot vibrate. Safari and Firefox never do.')}
      </fieldset>
      <fieldset>
        <legend>Keys</legend>
        ${this.#toggle('keys', 'Letters: R routines, B bench, F far, and those of the bench', '')}
        <p class="soft">Esc stops in any case.</p>
      </fieldset>
      ${isThisMachine() ? html`<a class="leads" href="#phone">${catalogue.phone.panel.link}</a>` : nothing}
      <slot></slot>
    </section>`;
  }

  #toggle(name: Toggle, word: string, cannot: string) {
    return html`<label class="toggle">
      <input
        type="checkbox"
        .checked=${this.settings[name] && cannot === ''}
        ?disabled=${cannot !== ''}
        @change=${(event: Event) =>
          this.#choose({ [name]: event.target instanceof HTMLInputElement && event.target.checked })}
      />
      <span>${word}</span>${cannot ? html`<small class="soft">${cannot}</small>` : nothing}
    </label>`;
  }
}
customElements.define('settings-panel', SettingsPanel);
