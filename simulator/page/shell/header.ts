/** The head of the page: its stages, the other looks, and the sheet of looks and sounds. */
import { html, nothing } from 'lit';
import { sentenceFor } from '../../../machines/text/sentence.ts';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { stageWord } from '../common/words.ts';
import { hashOf, mayTurnTo, type Route, routes, type Tab, tabs } from './routes.ts';

const words = catalogue.page;

type Header = Readonly<{ view: View | null; look: Route; settingsOpen: boolean; openSettings(): void }>;

export const pageHeader = ({ view, look, settingsOpen, openSettings }: Header) => html`<header>
  <h1>${words.name}</h1>
  ${view ? stages(view) : nothing}
  <nav aria-label=${words.looks.label}>
    ${tabs.filter(mayTurnTo).map(name => tab(name, look))}
    <button
      class="plain"
      aria-expanded=${settingsOpen ? 'true' : 'false'}
      aria-label=${words.settings}
      @click=${openSettings}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1" />
        <circle cx="15" cy="7" r="2" /><circle cx="9" cy="12" r="2" /><circle cx="17" cy="17" r="2" />
      </svg>
    </button>
  </nav>
</header>`;

export const receiverHeader = () =>
  html`<header><h1>${words.name}</h1><p class="soft">${words.forReceiver}</p></header>`;

const stages = ({ session }: View) => html`<ol class="stages" aria-label=${words.stages}>
  ${['screening', 'preparation', ...session.stages.map(({ stage }) => stage)].map(
    stage => html`<li aria-current=${session.stage === stage ? 'step' : nothing}>${stageWord(stage)}</li>`,
  )}
</ol>`;

const tab = (name: Tab, now: Route) => html`<a
  href="#${hashOf(name)}"
  aria-current=${name === now ? 'page' : routes[now].under === name ? 'true' : nothing}
  aria-keyshortcuts=${routes[name].key?.toUpperCase() ?? nothing}
  >${sentenceFor(words.looks, name)}</a
>`;
