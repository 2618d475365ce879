/** What is shown of phones at the machine itself: a code to scan, and who is paired. */
import { css, html, LitElement, nothing } from 'lit';
import { catalogue, facts, fill } from '../../../machines/text/text.ts';
import { type PairedRole, type PhoneView, pairingAddress } from '../../../src/server/messages.ts';
import { type Drawn, drawn, qr } from '../common/qr.ts';
import { choices, shared } from '../common/styles.ts';
import { keptIn } from '../link/ask.ts';
import { isThisMachine } from '../link/where.ts';
import { hashRest } from '../shell/hash.ts';

const words = catalogue.phone.panel;
const roles = ['remote', 'receiver'] as const;
const lookMs = 1000;
/** What lets phones in. */
const lanCommand = 'npm start -- --lan';
type Code = NonNullable<PhoneView['code']>;
type Lan = NonNullable<PhoneView['lan']>;

/** A fingerprint in four parts, so that it breaks where eyes can follow. */
const grouped = (fingerprint: string): readonly string[] => fingerprint.match(/.{1,24}/g) ?? [];

export class PhonePanel extends LitElement {
  #view: PhoneView | null = null;
  /** Why there is nothing to show. */
  #without: string | null = !isThisMachine()
    ? words.elsewhere
    : keptIn() === 'browser'
      ? words.noController
      : null;
  #role: PairedRole = roles.find(role => role === hashRest()) ?? 'remote';
  #timer: ReturnType<typeof setTimeout> | null = null;
  #drawn: Readonly<{ address: string; code: Drawn | null }> = { address: '', code: null };

  static override styles = [
    shared,
    choices,
    css`
      section {
        display: grid;
        gap: 1.1rem;
        max-width: 46rem;
        margin: 0 0 1.4rem;
      }
      legend {
        font-weight: 600;
        padding-bottom: 0.3rem;
      }
      .code {
        display: grid;
        grid-template-columns: minmax(11rem, 18rem) minmax(0, 1fr);
        gap: 1.4rem;
        align-items: center;
      }
      .qr {
        width: 100%;
        border-radius: 12px;
        forced-color-adjust: none;
      }
      .digits {
        font: 600 clamp(2.6rem, 9vw, 4.4rem) / 1.1 var(--fixed);
        letter-spacing: 0.06em;
      }
      .fixed {
        font-family: var(--fixed);
        font-size: 0.95rem;
      }
      .fixed span {
        display: inline-block;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem 1rem;
        align-items: center;
        justify-content: space-between;
        padding: 0.4rem 0;
        border-top: 1px solid var(--line);
      }
      @media (max-width: 600px) {
        .code {
          grid-template-columns: minmax(0, 1fr);
        }
        .qr {
          max-width: 18rem;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Looks, and again each second while it is shown. */
  async #look(): Promise<void> {
    if (this.#without !== null) return;
    await this.#ask('GET', '/phone');
    if (this.isConnected && this.#without === null) this.#timer = setTimeout(() => void this.#look(), lookMs);
  }

  async #ask(method: string, path: string, said?: object): Promise<void> {
    try {
      const answer = await fetch(path, {
        method,
        ...(said && { body: JSON.stringify(said), headers: { 'Content-Type': 'application/json' } }),
      });
      // A controller that does not answer for a moment is told above this panel, as everywhere.
      if (answer.ok) this.#view = (await answer.json()) as PhoneView;
      else if (this.#view === null) this.#without = words.noController;
    } catch {
      if (this.#view === null) this.#without = words.noController;
    }
    if (this.#view && !this.#view.lan) this.#without = words.noLan;
    this.requestUpdate();
  }

  override render() {
    if (this.#without !== null)
      return html`<section>
        <h2>${catalogue.phone.title}</h2>
        <p>${this.#without}</p>
        ${this.#without === words.elsewhere ? nothing : html`<p class="fixed" translate="no"><span>${lanCommand}</span></p>`}
      </section>`;
    const { lan, code, guests } = this.#view ?? { lan: null, code: null, guests: [] };
    if (!lan) return nothing;
    return html`<section aria-labelledby="title">
        <h2 id="title">${catalogue.phone.title}</h2>
        <fieldset>
          <legend>${words.which}</legend>
          <div class="choices">${roles.map(role => this.#choice(role))}</div>
        </fieldset>
        <p class="soft">${this.#role === 'remote' ? words.remoteMeans : words.receiverMeans}</p>
        <div class="row">
          <button class="main" data-open @click=${() => this.#ask('POST', '/phone/code', { role: this.#role })}>
            ${code ? words.showAgain : words.show}
          </button>
        </div>
        ${code ? this.#code(code, lan) : html`<p>${words.over}</p>`}
        ${this.#line(lan)}
      </section>
      <section aria-labelledby="paired">
        <h2 id="paired">${words.paired}</h2>
        ${
          guests.length === 0
            ? html`<p>${words.nobody}</p>`
            : html`<ul>
                ${guests.map(guest => this.#guest(guest))}
              </ul>`
        }
        <p class="soft">${words.private}</p>
      </section>`;
  }

  #choice(role: PairedRole) {
    return html`<label
      ><input type="radio" name="role" value=${role} .checked=${this.#role === role} @change=${() => this.#choose(role)} />${words[role]}</label
    >`;
  }

  /** A code is for one role: the one that is open is no more what was asked for. */
  #choose(role: PairedRole): void {
    this.#role = role;
    if (this.#view?.code && this.#view.code.role !== role) void this.#ask('DELETE', '/phone/code');
    this.requestUpdate();
  }

  #code({ digits, role, leftMs }: Code, { addresses }: Lan) {
    const [address = ''] = addresses;
    const code = this.#draw(pairingAddress(address, digits));
    return html`<div class="code" data-role=${role}>
      ${code ? qr(code, fill(words.qr, { address })) : nothing}
      <div class="stack">
        <p role="status">
          <span class="soft">${fill(words.code, { role: catalogue.phone.roles[role] })}</span><br /><span class="digits"
            >${digits.slice(0, 3)} ${digits.slice(3)}</span
          >
        </p>
        <p data-left>${fill(words.left, { seconds: Math.ceil(leftMs / 1000) })}</p>
        <p>${fill(words.scan, { address })}</p>
      </div>
    </div>`;
  }

  #draw(address: string): Drawn | null {
    if (this.#drawn.address !== address) this.#drawn = { address, code: drawn(address) };
    return this.#drawn.code;
  }

  #line({ fingerprint }: Lan) {
    if (fingerprint === null) return html`<p role="note">${words.insecure}</p>`;
    return html`<div>
      <p class="soft">${words.fingerprint}</p>
      <p class="fixed">${grouped(fingerprint).map(group => html`<span>${group}</span> `)}</p>
    </div>`;
  }

  #guest({ id, role, name, from, isHere }: PhoneView['guests'][number]) {
    const called = name || fill(words.unnamed, { id });
    return html`<li data-guest=${id}>
      <span
        ><strong>${called}</strong> ${facts([catalogue.phone.roles[role], from, isHere ? words.here : words.away])}</span
      >
      <button
        aria-label=${fill(words.removeWho, { name: called })}
        @click=${() => this.#ask('DELETE', `/phone/guests/${id}`)}
      >
        ${words.remove}
      </button>
    </li>`;
  }
}
customElements.define('phone-panel', PhonePanel);
