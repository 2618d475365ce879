/** Phones: the code for another one, and which are paired. */
import { html } from 'lit';
import { notices } from '../shell/notices.ts';
import type { Desk } from '../shell/page-context.ts';
import './phone-panel.ts';

export const draw = (desk: Desk) => html`${notices(desk)}<phone-panel></phone-panel>`;
