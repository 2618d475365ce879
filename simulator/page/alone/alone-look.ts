/** A board with no computer, and the card that comes with it. */
import { html } from 'lit';
import { notices } from '../shell/notices.ts';
import type { PageContext } from '../shell/page-context.ts';
import './alone-view.ts';

export const draw = (context: PageContext) =>
  html`${notices(context)}<alone-view .feed=${context.feed}></alone-view>`;
