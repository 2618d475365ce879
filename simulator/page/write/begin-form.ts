/** How a routine of one's own begins: from another one, from a few answers, or from a file. */
import { html, LitElement, nothing } from 'lit';
import { type User, users, type Zone } from '../../../machines/routine/names.ts';
import type { Routine } from '../../../machines/routine/schema.ts';
import { sentenceFor } from '../../../machines/text/sentence.ts';
import { catalogue, fill, listed } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import type { ListedRoutine } from '../../../src/server/api-messages.ts';
import { fileButtonStyles } from '../common/file-button.ts';
import { formStyles } from '../common/form-styles.ts';
import { shared } from '../common/styles.ts';
import { pressureWord, zoneWord } from '../common/words.ts';
import { ask, isDone, whyNot } from '../link/ask.ts';
import { routineList } from '../link/routine-list.ts';
import { begunFrom } from './begin-answers.ts';
import { beginStyles } from './begin-styles.ts';
import { oilOptions, zonesFor } from './fields.ts';
import { filePicker } from './file-picker.ts';
import { writeStyles } from './write-styles.ts';
import { writing } from './writing.ts';

const words = writeWords;
const oils = ['none', 'plain', 'sesameNutmeg'] as const;

type Input = Event & { target: HTMLInputElement };
type Select = Event & { target: HTMLSelectElement };

export class BeginForm extends LitElement {
  static override properties = {
    list: { state: true },
    source: { state: true },
    name: { state: true },
    whom: { state: true },
    places: { state: true },
    minutes: { state: true },
    firmest: { state: true },
    oil: { state: true },
    why: { state: true },
    fileFault: { state: true },
    failure: { state: true },
  };
  declare list: readonly ListedRoutine[];
  declare source: string;
  declare name: string;
  declare whom: readonly User[];
  declare places: readonly Zone[];
  declare minutes: string;
  declare firmest: number;
  declare oil: (typeof oils)[number];
  /** Why these answers make no routine. */
  declare why: string | null;
  declare fileFault: string | null;
  declare failure: string | null;

  static override styles = [shared, formStyles, fileButtonStyles, writeStyles, beginStyles];

  constructor() {
    super();
    this.list = [];
    this.source = '';
    this.name = '';
    this.whom = ['partner'];
    this.places = [];
    this.minutes = '20';
    this.firmest = 2;
    this.oil = 'plain';
    this.why = null;
    this.fileFault = null;
    this.failure = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    const { list, failure } = await routineList();
    this.list = list;
    this.failure = failure;
    this.source = list[0]?.id ?? '';
  }

  override render() {
    return html`<div class="all">
      <div>
        <h2>${words.begin}</h2>
        <p class="soft">${words.beginIntro}</p>
        ${writing.said ? html`<p role="status" data-said>${writing.said}</p>` : nothing}
        ${this.failure === null ? nothing : html`<p class="fault" role="alert">${this.failure}</p>`}
      </div>
      <div class="ways">${this.#fromAnswers()} ${this.#fromRoutine()} ${this.#fromFile()}</div>
    </div>`;
  }

  #fromRoutine() {
    return html`<section class="sheet way" aria-labelledby="from-routine">
      <div>
        <h3 id="from-routine">${words.fromRoutine}</h3>
        <p class="hint">${words.fromRoutineMeans}</p>
      </div>
      <div class="field">
        <label for="source">${words.which}</label>
        <select
          id="source"
          @change=${({ target }: Select) => {
            this.source = target.value;
          }}
        >
          ${this.list.map(
            ({ id, title }) => html`<option value=${id} .selected=${id === this.source}>${title}</option>`,
          )}
        </select>
      </div>
      <div class="row"><button data-copy-routine @click=${() => void this.#copy()}>${words.makeMine}</button></div>
    </section>`;
  }

  async #copy(): Promise<void> {
    const answer = await ask('GET', `/routines/${this.source}`);
    if (isDone(answer)) writing.copy(answer.body as Routine);
    else this.failure = whyNot(answer);
  }

  #fromFile() {
    return html`<section class="sheet way" aria-labelledby="from-file">
      <div>
        <h3 id="from-file">${words.fromFile}</h3>
        <p class="hint">${words.fromFileMeans}</p>
      </div>
      <div class="row">
        ${filePicker(why => {
          this.fileFault = why;
        })}
      </div>
      ${this.fileFault === null ? nothing : html`<p class="fault" role="alert">${this.fileFault}</p>`}
    </section>`;
  }

  #fromAnswers() {
    return html`<section class="sheet way answers" aria-labelledby="from-answers">
      <div>
        <h3 id="from-answers">${words.fromAnswers}</h3>
        <p class="hint">${words.fromAnswersMeans}</p>
      </div>
      <div class="field">
        <label for="name">${words.name}</label>
        <input
          id="name"
          autocomplete="off"
          maxlength="60"
          .value=${this.name}
          @input=${({ target }: Input) => {
            this.name = target.value;
          }}
        />
      </div>
      <fieldset>
        <legend>${words.whom}</legend>
        <div class="checks">${users.map(user => this.#user(user))}</div>
      </fieldset>
      ${this.#zones()}
      <div class="grid">
        <div class="field">
          <label for="how-long">${words.minutes}</label>
          <input
            id="how-long"
            inputmode="numeric"
            autocomplete="off"
            .value=${this.minutes}
            @input=${({ target }: Input) => {
              this.minutes = target.value;
              this.why = null;
            }}
          />
        </div>
        <div class="field">
          <label for="firmest">${words.firmest}</label>
          <select
            id="firmest"
            @change=${({ target }: Select) => {
              this.firmest = Number(target.value);
            }}
          >
            ${[1, 2, 3, 4].map(
              pressure =>
                html`<option value=${pressure} .selected=${pressure === this.firmest}>
                  ${fill(words.pressures, { pressure, word: pressureWord(pressure) })}
                </option>`,
            )}
          </select>
        </div>
        <div class="field">
          <label for="oil">${words.oil}</label>
          <select
            id="oil"
            @change=${({ target }: Select) => {
              this.oil = oils.find(one => one === target.value) ?? 'none';
            }}
          >
            ${oilOptions.map(
              ({ value, word }) =>
                html`<option value=${value} .selected=${value === this.oil}>${word}</option>`,
            )}
          </select>
        </div>
      </div>
      <div class="row"><button class="main" data-compose @click=${() => this.#compose()}>${words.draft}</button></div>
      <div aria-live="polite">${this.why === null ? nothing : html`<p class="fault" data-why>${this.why}</p>`}</div>
    </section>`;
  }

  #user(user: User) {
    return html`<label class="check"
      ><input
        type="checkbox"
        data-whom=${user}
        .checked=${this.whom.includes(user)}
        @change=${({ target }: Input) => {
          this.whom = users.filter(one => (one === user ? target.checked : this.whom.includes(one)));
          const within = zonesFor(this.whom);
          this.places = this.places.filter(zone => within.includes(zone));
          this.why = null;
        }}
      />${sentenceFor(catalogue.users, user)}</label
    >`;
  }

  #zones() {
    const order = listed(this.places.map(zoneWord));
    return html`<fieldset>
      <legend>${words.places}</legend>
      <div class="places">
        ${zonesFor(this.whom).map(
          zone => html`<label class="check"
            ><input
              type="checkbox"
              data-place=${zone}
              .checked=${this.places.includes(zone)}
              @change=${({ target }: Input) => {
                this.places = target.checked
                  ? [...this.places, zone]
                  : this.places.filter(one => one !== zone);
                this.why = null;
              }}
            /><span>${zoneWord(zone)}</span></label
          >`,
        )}
      </div>
      <p class="hint">${this.whom.includes('self') ? words.ownReach : words.neverPlaces}</p>
      <p class="hint" aria-live="polite">${order ? fill(words.placesMeans, { places: order }) : ''}</p>
    </fieldset>`;
  }

  #compose(): void {
    const { name, whom, places, minutes, firmest, oil } = this;
    const begun = begunFrom({ name, whom, places, minutes, firmest, oil });
    if (begun.ok) writing.compose(begun.routine);
    else this.why = begun.why;
  }
}
customElements.define('begin-form', BeginForm);
