/** Looks, sounds and other screens: a sheet under the header that never covers stop. */
import { css, html, LitElement, nothing } from 'lit';
import { settingsWords } from '../../../machines/text/settings.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { offeredBoardTools } from '../board/board-tools.ts';
import { emit } from '../common/events.ts';
import { choices, shared } from '../common/styles.ts';
import { isThisMachine } from '../link/where.ts';
import { canStayAwake } from '../output/awake.ts';
import { canSpeak, hearVoices } from '../output/speech.ts';
import { canVibrate } from '../output/vibration.ts';
import type { Settings } from './settings.ts';

const words = settingsWords;
const schemes = ['auto', 'dark', 'light'] as const;

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

  #leaveVoices = (): void => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leaveVoices = hearVoices(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaveVoices();
  }

  #choose(change: Partial<Settings>): void {
    emit(this, 'settings', { ...this.settings, ...change });
  }

  override render() {
    const { settings } = this;
    return html`<section class="panel" aria-label=${catalogue.page.settings}>
      <fieldset>
        <legend>${words.colours}</legend>
        <div class="choices">
          ${schemes.map(
            value => html`<label
              ><input
                type="radio"
                name="scheme"
                .checked=${settings.scheme === value}
                @change=${() => this.#choose({ scheme: value })}
              />${words.schemes[value]}</label
            >`,
          )}
        </div>
        <p class="soft">${canStayAwake() ? words.awake : words.notAwake}</p>
      </fieldset>
      <fieldset>
        <legend>${words.sound}</legend>
        ${this.#toggle('speech', words.speech, canSpeak() ? '' : words.noVoice)}
        ${this.#toggle('ticks', words.ticks, '')}
        ${this.bench ? this.#toggle('hum', words.hum, '') : nothing}
        ${this.#toggle('vibration', words.vibration, canVibrate() ? '' : words.noVibration)}
      </fieldset>
      <fieldset>
        <legend>${words.keys}</legend>
        ${this.#toggle('keys', words.letters, '')}
        <p class="soft">${words.escape}</p>
      </fieldset>
      <fieldset>
        <legend>${words.movement}</legend>
        ${this.#toggle('still', words.still, '', words.stillMeans)}
      </fieldset>
      ${isThisMachine() ? html`<a class="leads" href="#phone">${catalogue.phone.panel.link}</a>` : nothing}
      ${offeredBoardTools() ? html`<a class="leads" data-serial href="#board">${catalogue.page.useBoard}</a>` : nothing}
    </section>`;
  }

  /** `cannot`: why it is not to be had here. */
  #toggle(name: Toggle, word: string, cannot: string, means = cannot) {
    return html`<label class="toggle">
      <input
        type="checkbox"
        .checked=${this.settings[name] && cannot === ''}
        ?disabled=${cannot !== ''}
        @change=${(event: Event) =>
          this.#choose({ [name]: event.target instanceof HTMLInputElement && event.target.checked })}
      />
      <span>${word}</span>${means ? html` <small class="soft">${means}</small>` : nothing}
    </label>`;
  }
}
customElements.define('settings-panel', SettingsPanel);
