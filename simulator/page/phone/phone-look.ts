/** Phones: the code for another one, and which are paired. */
import { html } from 'lit';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import './phone-panel.ts';

export const draw = (context: PageContext) => html`${notices(context)}<phone-panel></phone-panel>`;
