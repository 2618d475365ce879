/** What may be new in mid-session: each ends the session with its own advice, so it is asked for twice. */

import { css, html, LitElement } from 'lit';
import { symptoms } from '../../../machines/session.lists.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { intendFrom } from '../common/said.ts';
import { shared } from '../common/styles.ts';

const { forms, symptomNames } = catalogue;

export class SymptomList extends LitElement {
  static override properties = { isOpen: { state: true } };
  declare isOpen: boolean;

  static override styles = [
    shared,
    css`
      .list {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6rem;
      }
      .frame {
        border-inline-start: 4px solid var(--ease);
        padding-inline-start: 0.9rem;
      }
    `,
  ];

  constructor() {
    super();
    this.isOpen = false;
  }

  override render() {
    const turn = (isOpen: boolean) => (): void => {
      this.isOpen = isOpen;
    };
    if (!this.isOpen) return html`<button data-new @click=${turn(true)}>${forms.somethingNew}</button>`;
    return html`<div class="stack frame" role="group" aria-label=${forms.somethingNew}>
      <p>${forms.whatIsNew}</p>
      <div class="list">
        ${symptoms.map(
          id => html`<button
            data-symptom=${id}
            @click=${() => intendFrom(this, { intent: 'symptom', id })}
          >
            ${symptomNames[id]}
          </button>`,
        )}
        <button @click=${turn(false)}>${forms.back}</button>
      </div>
    </div>`;
  }
}
customElements.define('symptom-list', SymptomList);
