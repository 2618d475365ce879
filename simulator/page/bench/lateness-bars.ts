/** How late deadlines ran: one bar a bin, heights on a logarithmic scale, because the rare ones matter. */

import { css, html, LitElement } from 'lit';
import { benchWords } from '../../../machines/text/bench.ts';
import { fill } from '../../../machines/text/text.ts';
import type { BenchBatch } from '../../../src/server/messages.ts';
import { shared } from '../common/styles.ts';

const words = benchWords.timing;

const fullHeightRem = 6;

export class LatenessBars extends LitElement {
  static override properties = { lateness: { attribute: false } };
  declare lateness: BenchBatch['lateness'];

  static override styles = [
    shared,
    css`
      .bars {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: 1fr;
        gap: 3px;
        align-items: end;
        font-size: 0.75rem;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
      i {
        display: block;
        background: var(--asked);
        border-radius: 3px 3px 0 0;
        min-height: 1px;
      }
      i.late {
        background: var(--ease);
      }
      p {
        font-size: 0.85rem;
        padding-top: 0.4rem;
      }
      @media (forced-colors: active) {
        i {
          background: CanvasText;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  override render() {
    const { bins, counts, worstMs } = this.lateness;
    const most = Math.log10(1 + Math.max(1, ...counts));
    return html`<div class="bars" role="img" aria-label=${fill(words.label, { ms: Math.round(worstMs) })}>
        ${counts.map((count, index) => {
          const bound = bins[index] ?? -1;
          return html`<div>
            <span>${count || ''}</span>
            <i class=${bound < 0 || bound > 20 ? 'late' : ''} .style=${`height:${((fullHeightRem * Math.log10(1 + count)) / most).toFixed(2)}rem`}></i>
            <span class="soft">${bound < 0 ? words.more : bound}</span>
          </div>`;
        })}
      </div>
      <p class="soft">${fill(words.legend, { ms: worstMs.toFixed(1) })}</p>`;
  }
}
customElements.define('lateness-bars', LatenessBars);
