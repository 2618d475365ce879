/** Passing a routine on: its address, to be copied or scanned. */
import { css, html, LitElement, nothing } from 'lit';
import type { Routine } from '../../../machines/routine/schema.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { drawn, qr } from '../common/qr.ts';
import { shared } from '../common/styles.ts';
import { sharedCode } from './share.ts';

const words = catalogue.routines.share;

export class ShareStep extends LitElement {
  static override properties = {
    routine: { attribute: false },
    address: { state: true },
    said: { state: true },
  };
  declare routine: Routine;
  /** Empty until it is asked for. */
  declare address: string;
  declare said: string;

  static override styles = [
    shared,
    css`
      .open {
        display: grid;
        gap: 0.8rem;
        padding-top: 0.8rem;
      }
      input {
        font: inherit;
        width: 100%;
        min-height: 44px;
        padding: 0 0.8rem;
        color: var(--ink);
        background: var(--raised);
        border: 1.5px solid var(--control-line);
        border-radius: 12px;
      }
      .qr {
        width: min(100%, 20rem);
        border-radius: 12px;
      }
    `,
  ];

  constructor() {
    super();
    this.address = '';
    this.said = '';
  }

  override willUpdate(changed: Map<string, unknown>): void {
    // Of another routine it would be another address.
    if (changed.has('routine') && changed.get('routine') !== undefined) this.#close();
  }

  #close(): void {
    this.address = '';
    this.said = '';
  }

  async #open(): Promise<void> {
    const { routine } = this;
    const code = await sharedCode(routine);
    if (routine !== this.routine) return;
    this.address = `${location.origin}${location.pathname}#write/${code}`;
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.select();
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.address);
      this.said = words.copied;
    } catch {
      // Not over plain HTTP, or refused: it stands there to be copied by hand.
      this.renderRoot.querySelector('input')?.select();
      this.said = words.copyByHand;
    }
  }

  override render() {
    if (this.address === '')
      return html`<button data-share @click=${() => void this.#open()}>${words.share}</button>`;
    const code = drawn(this.address);
    return html`<section class="open" aria-label=${words.share}>
      <p class="soft">${words.means}</p>
      <input readonly data-address aria-label=${words.address} .value=${this.address} />
      <div class="row">
        <button data-copy @click=${() => void this.#copy()}>${words.copy}</button>
        <button data-close @click=${() => this.#close()}>${words.close}</button>
        <span role="status">${this.said}</span>
      </div>
      ${code === null ? html`<p class="soft">${words.tooLong}</p>` : qr(code, words.qr)}
      ${code === null ? nothing : html`<p class="soft">${words.scan}</p>`}
    </section>`;
  }
}
customElements.define('share-step', ShareStep);
