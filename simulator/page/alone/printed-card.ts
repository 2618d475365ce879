/** The card that is printed for whoever has no screen, as it lies beside the board. */
import { css, html, LitElement, nothing } from 'lit';
import { aloneWords } from '../../../machines/text/alone.ts';
import { printedCard } from '../../../machines/text/card.ts';
import { shared } from '../common/styles.ts';

const { title, lead, parts, how, seekHelp, never } = printedCard;

export class PrintedCard extends LitElement {
  static override styles = [
    shared,
    css`
      article {
        padding: clamp(0.9rem, 2.5vw, 1.6rem);
        background: var(--sheet);
        border: 1px solid var(--line);
        border-radius: 4px;
        box-shadow: var(--shadow);
      }
      article,
      .how {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.7rem;
      }
      h2 {
        font-size: 1.3rem;
      }
      .parts {
        columns: 19rem 2;
        column-gap: 0.8rem;
      }
      section {
        break-inside: avoid;
        padding: 0.6rem 0.9rem;
        border: 2px solid var(--ink);
        border-radius: 0.8rem;
        margin-bottom: 0.8rem;
      }
      section.care {
        border-style: dashed;
      }
      h3 {
        font-size: 1.02rem;
        font-weight: 600;
        margin-bottom: 0.3rem;
      }
      li {
        display: flex;
        gap: 0.7rem;
        justify-content: space-between;
        padding: 0.3rem 0;
        border-top: 1px solid var(--line);
        font-size: 0.95rem;
        line-height: 1.3;
      }
      li:first-child {
        border-top: 0;
      }
      i {
        flex: none;
        width: 1rem;
        height: 1rem;
        margin-top: 0.15rem;
        border: 2px solid var(--ink-soft);
        border-radius: 50%;
      }
      small {
        display: block;
        font-size: 0.85rem;
        color: var(--ink-soft);
      }
      .how {
        gap: 0.45rem;
        padding-top: 0.8rem;
        border-top: 2px solid var(--ink);
      }
      /* Written on it by hand. */
      .noted {
        padding-inline-start: 0.8rem;
        border-inline-start: 4px solid var(--pace);
      }
      /* On a phone it is read in a frame, so that the board below it is in sight. */
      @media screen and (max-width: 749px) {
        article {
          max-height: max(34dvh, 11rem);
          overflow-y: auto;
        }
      }
      article:focus-visible {
        outline: 3px solid var(--ink);
        outline-offset: 3px;
      }
      strong {
        font-weight: 600;
      }
    `,
  ];

  override render() {
    return html`<article aria-label=${title} tabindex="0">
      <h2>${title}</h2>
      <p>${lead}</p>
      <div class="parts">
        ${parts.map(
          part => html`<section class=${part.gravity}>
            <h3>${part.title}</h3>
            <ol>
              ${part.questions.map(
                ({ ask, note }) =>
                  html`<li>
                    <span>${ask}${note === null ? nothing : html` <small>${note}</small>`}</span><i aria-hidden="true"></i>
                  </li>`,
              )}
            </ol>
          </section>`,
        )}
      </div>
      <div class="how">
        ${how.map(sentence => html`<p>${sentence}</p>`)}
        <p class="noted">${aloneWords.noOil}</p>
        <p><strong>${seekHelp}</strong></p>
        <p class="soft">${never}</p>
      </div>
    </article>`;
  }
}
customElements.define('printed-card', PrintedCard);
