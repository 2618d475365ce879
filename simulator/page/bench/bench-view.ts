import { html, LitElement } from 'lit';
export class BenchView extends LitElement {
  override render() {
    return html`<slot></slot>`;
  }
}
customElements.define('bench-view', BenchView);
