/** Phones: the code for another one, and which are paired. */
import { html } from 'lit';
import type { Desk } from '../desk.ts';
import { notices } from '../notices.ts';
import '../parts/phone-panel.ts';

export const draw = (desk: Desk) => html`${notices(desk)}<phone-panel></phone-panel>`;
