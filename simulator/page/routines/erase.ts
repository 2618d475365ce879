/** Erasing in two steps: what is meant is named, and what keeps it comes first. */
import { html } from 'lit';
import { catalogue, fill } from '../../../machines/text/text.ts';

const words = catalogue.routines;

type Erase = Readonly<{
  title: string;
  /** Whether the second step is being asked. */
  asks: boolean;
  ask(asks: boolean): void;
  erase(): void;
}>;

export const erasing = ({ title, asks, ask, erase }: Erase) =>
  asks
    ? html`<div class="row" role="group" aria-label=${fill(words.eraseAsk, { title })}>
        <p>${fill(words.eraseAsk, { title })}</p>
        <button data-keep @click=${() => ask(false)}>${words.keep}</button>
        <button data-erase-now @click=${erase}>${words.eraseYes}</button>
      </div>`
    : html`<button data-erase @click=${() => ask(true)}>${words.erase}</button>`;
