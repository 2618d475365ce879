/** Writing a routine of one's own. */
import { html } from 'lit';
import type { Desk } from '../desk.ts';
import { hashRest } from '../hash.ts';
import { notices } from '../notices.ts';
import '../write/write-view.ts';

export const draw = (desk: Desk) => html`${notices(desk)}<write-view .wanted=${hashRest()}></write-view>`;
