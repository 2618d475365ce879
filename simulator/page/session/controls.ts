/** What can be pressed in each state of a session that has begun. */
import { html, nothing } from 'lit';
import { catalogue } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import type { PageContext } from '../shell/page-context.ts';
import './after-stop-form.ts';
import './interruption-form.ts';
import type { PlainIntent } from '../../../machines/intent.ts';
import { isMoving, isStill } from '../../../machines/session.states.ts';
import type { Intended } from '../common/said.ts';

const words = catalogue.page.controls;

export function controls(
  { intend }: PageContext,
  { session: { state, offersCooldown, hasOtherTechnique }, device, time }: View,
) {
  const button = (intent: PlainIntent, word: string, main = false) =>
    html`<button class=${main ? 'main' : ''} data-intent=${intent} @click=${() => intend({ intent })}>
      ${word}
    </button>`;
  if (isMoving(state))
    // Pause and less stand beside stop.
    return html`<div class="row behind">
      ${button('extend', words.extend)} ${button('next', words.next)} ${button('skip', words.skip)}
      ${hasOtherTechnique ? button('switchTechnique', words.switchTechnique) : nothing}
    </div>`;
  if (isStill(state) || state === 'transition')
    return html`<div class="row">
      ${button('go', state === 'transition' ? words.ready : words.goOn, true)} ${button('end', words.end)}
    </div>`;
  if (offersCooldown)
    return html`<div class="row">${button('go', words.cooldown, true)} ${button('end', words.endInstead)}</div>`;
  if (state === 'stopped')
    return html`<after-stop-form .hasBegun=${time.startedAt !== null} @intend=${(event: Intended) => intend(event.detail)}></after-stop-form>`;
  if (state === 'faulted')
    return html`<div class="row">
      ${button('acknowledge', words.acknowledge)}
      ${device.link === 'live' ? button('resume', words.goOn, true) : nothing} ${button('end', words.end)}
    </div>`;
  if (state === 'finishing')
    return html`<div class="row">${button('acknowledge', words.noticed, true)}</div>`;
  return nothing;
}

/** Near the answers: the lighter technique, while it is offered. Whoever hears the page is told of it by the page. */
export function lighter({ intend }: PageContext, { session }: View) {
  if (session.lighter === null) return nothing;
  return html`<div class="row lighter" data-lighter>
    <p>${session.lighter}</p>
    <button data-intent="tryLighter" @click=${() => intend({ intent: 'tryLighter' })}>${words.tryLighter}</button>
  </div>`;
}

export function interruption({ intend }: PageContext, { session: { state }, interruption }: View) {
  if (!isMoving(state) && state !== 'paused') return nothing;
  return html`<interruption-form
    .interruption=${interruption}
    @intend=${(event: Intended) => intend(event.detail)}
  ></interruption-form>`;
}
