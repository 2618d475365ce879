/** Writing a routine of one's own. */
import { html } from 'lit';
import { hashRest } from '../shell/hash.ts';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import './write-view.ts';

export const draw = (context: PageContext) =>
  html`${notices(context)}<write-view .wanted=${hashRest()}></write-view>`;
