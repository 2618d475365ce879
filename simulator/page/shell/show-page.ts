/** Where the page begins. */
import { catalogue } from '../../../machines/text/text.ts';
import type { Connect } from '../link/channel.ts';
import { TactusPage } from './tactus-page.ts';

/** Makes the page of the controller at the other end of a channel. */
export function showPage(connect: Connect): void {
  TactusPage.connect = connect;
  const { tag, direction } = catalogue.language;
  document.documentElement.lang = tag;
  document.documentElement.dir = direction;
  customElements.define('tactus-page', TactusPage);
}
