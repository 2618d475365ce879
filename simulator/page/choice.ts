/** Which routine, as the session's look offers it. */
import { html } from 'lit';
import { catalogue, fill } from '../../machines/text/text.ts';
import type { View } from '../../src/wire/messages.ts';
import type { Desk } from './desk.ts';
import './parts/routine-choice.ts';

export function choice({ feed }: Desk, view: View, folded = true) {
  const choice = html`<routine-choice
    .library=${view.library}
    @chosen=${(event: CustomEvent<string>) => feed.say({ type: 'choose', routine: event.detail })}
  ></routine-choice>`;
  const title = view.library.routines.find(({ id }) => id === view.library.chosen)?.title ?? '';
  return folded
    ? html`<details>
        <summary>${fill(catalogue.page.choice.chosen, { title })}</summary>
        ${choice}
      </details>`
    : choice;
}
