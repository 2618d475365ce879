/** The page of a phone that is not paired: six digits, and what this phone can do. */
import { css, html, LitElement, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import type { PairedRole, PairedView } from '../../../src/server/messages.ts';
import { shared } from '../common/styles.ts';
import { canStayAwake } from '../output/awake.ts';
import { canVibrate } from '../output/vibration.ts';

const words = catalogue.phone.pairing;

const whyNot: Readonly<Record<number, string>> = {
  403: words.wrong,
  409: words.full,
  422: words.sixDigits,
  429: words.tooMany,
};

/** What the list at the computer calls this phone. An Android phone says that it is Linux too. */
const kinds = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'Linux'] as const;
const ownName = (): string => kinds.find(kind => navigator.userAgent.includes(kind)) ?? '';

export class PairingForm extends LitElement {
  static override properties = { code: { attribute: false }, said: { attribute: false } };
  /** Came with the address; tried at once. */
  declare code: string;
  /** What went wrong, or happened before. */
  declare said: string;
  #trying = false;
  #pair: (role: PairedRole) => void = () => {};
  /** What this phone is, once it is paired. */
  readonly done = new Promise<PairedRole>(resolve => {
    this.#pair = resolve;
  });

  static override styles = [
    shared,
    css`
      main {
        display: grid;
        gap: 1.4rem;
        max-width: 30rem;
        margin: 0 auto;
        padding: 1.4rem clamp(1rem, 5vw, 2rem);
      }
      h1 {
        font-size: 1.15rem;
        font-weight: 600;
        letter-spacing: 0.02em;
      }
      h2 {
        font-size: 1.8rem;
      }
      h3 {
        font-size: 1.05rem;
        font-weight: 600;
      }
      form,
      label {
        display: grid;
        gap: 0.6rem;
      }
      input {
        font: 600 2.4rem/1.2 var(--fixed);
        letter-spacing: 0.18em;
        width: 100%;
        padding: 0.5rem 0.8rem;
        color: var(--ink);
        background: var(--sheet);
        border: 2px solid var(--ink-soft);
        border-radius: 16px;
      }
      .said {
        border-inline-start: 4px solid var(--stop);
        padding: 0.3rem 0 0.3rem 0.9rem;
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.code = '';
    this.said = '';
  }

  override firstUpdated(): void {
    if (this.code) void this.#try(this.code);
    else this.renderRoot.querySelector('input')?.focus();
  }

  async #try(code: string): Promise<void> {
    if (this.#trying) return;
    this.#trying = true;
    this.said = '';
    this.requestUpdate();
    this.said = (await this.#ask(code)) ?? '';
    this.#trying = false;
    this.code = '';
    await this.updateComplete;
    if (this.said) this.renderRoot.querySelector('input')?.focus();
  }

  /** Asks to be let in; why not, where it is refused. */
  async #ask(code: string): Promise<string | null> {
    try {
      const answer = await fetch('/pair', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ code, name: ownName() }),
      });
      if (!answer.ok) return whyNot[answer.status] ?? words.noAnswer;
      const { role } = (await answer.json()) as PairedView;
      if (role === null) return words.wrong;
      this.#pair(role);
      return null;
    } catch {
      return words.noAnswer;
    }
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const input = this.renderRoot.querySelector('input');
    const digits = (input?.value ?? '').replace(/\s/g, '');
    if (/^\d{6}$/.test(digits)) void this.#try(digits);
    else this.said = words.sixDigits;
  }

  override render() {
    return html`<main>
      <h1>${catalogue.page.name}</h1>
      <h2>${words.title}</h2>
      ${this.said ? html`<p class="said" role="alert">${this.said}</p>` : nothing}
      <form novalidate @submit=${(event: SubmitEvent) => this.#submit(event)}>
        <p id="ask">${words.ask}</p>
        <label
          >${words.code}<input
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength="7"
            aria-describedby="ask"
            .value=${this.code}
        /></label>
        <button class="main" ?disabled=${this.#trying}>${this.#trying ? words.trying : words.pair}</button>
      </form>
      <section class="stack" aria-labelledby="can">
        <h3 id="can">${words.can}</h3>
        <p>${canStayAwake() ? words.awake : words.notAwake}</p>
        <p>${canVibrate() ? words.vibrates : words.notVibrates}</p>
        ${location.protocol === 'https:' ? nothing : html`<p>${words.insecure}</p>`}
      </section>
    </main>`;
  }
}
customElements.define('pairing-form', PairingForm);
