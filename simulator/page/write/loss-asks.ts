/** What is asked before something that was written would be lost; what loses nothing stands first. */
import { html } from 'lit';
import { fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import { writing } from './writing.ts';

const words = writeWords;

/** Which of these questions stands open; none mostly. */
export type LossAsk = 'close' | 'other' | 'replace' | 'erase' | null;

/** Another routine is wanted while this one is not saved. */
export function otherAsk(deeds: Readonly<{ goOn(): void; open(): void }>) {
  const { title } = writing;
  return html`<div class="sheet stack" role="alert">
    <p>${fill(words.otherAsk, { title })}</p>
    <div class="row">
      <button data-go-on @click=${() => deeds.goOn()}>${fill(words.otherNo, { title })}</button>
      <button data-other-yes @click=${() => deeds.open()}>${words.otherYes}</button>
    </div>
  </div>`;
}

/** It is closed before it is saved. */
export const closeAsk = (deeds: Readonly<{ goOn(): void; close(): void }>) =>
  html`<div class="row" role="group">
    <p>${fill(words.closeAsk, { title: writing.title })}</p>
    <button data-close-no @click=${() => deeds.goOn()}>${words.closeNo}</button>
    <button data-close-yes @click=${() => deeds.close()}>${words.closeYes}</button>
  </div>`;

/** One of this name is there already. */
export const replaceAsk = (deeds: Readonly<{ keepBoth(): void; replace(): void }>) =>
  html`<div class="row" role="group">
    <p>${words.replaceAsk}</p>
    <button data-beside @click=${() => deeds.keepBoth()}>${words.replaceNo}</button>
    <button data-replace @click=${() => deeds.replace()}>${words.replaceYes}</button>
  </div>`;
