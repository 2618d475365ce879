/**
 * The handheld: two motors, an LED and three buttons, as its firmware reports itself. Where the board is emulated the
 * buttons are its very buttons: down while held, by mouse, touch or key.
 */

import { html, LitElement, nothing, svg } from 'lit';
import type { StateValueFrom } from 'xstate';
import type { BoardState } from '../../../hardware/lease.ts';
import type { linkMachine } from '../../../machines/link.ts';
import { sentenceIn } from '../../../machines/text/sentence.ts';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { pressesFocused } from '../common/contact.ts';
import { emit } from '../common/events.ts';
import { isStilled } from '../common/motion.ts';
import { type Contacts, held } from '../common/pressed.ts';
import { shared } from '../common/styles.ts';
import { deviceStyles } from './device-styles.ts';

const words = catalogue.page.device;

const buttons = ['go', 'less', 'stop'] as const;
type Name = (typeof buttons)[number];
/** What the firmware says it does, where that is worth a word. */
const doing = (state: string | null): string =>
  sentenceIn<Exclude<BoardState, 'disarmed'>>(words.states, state ?? '', '');
/** Duty 255 would be the supply itself. */
const fullDuty = 255;
/** How far a drawn motor moves at its rated amplitude. */
const shiverPx = 1.6;
const round = 2 * Math.PI * 38;

/** What is drawn of a device. */
type Drawn = Pick<View['device'], 'duty' | 'emulated' | 'link' | 'lit' | 'pressed' | 'state'>;

export class DeviceView extends LitElement {
  static override properties = {
    device: { attribute: false },
    cue: { attribute: false },
    live: { type: Boolean, reflect: true },
    both: { attribute: false },
  };
  declare device: Drawn;
  /** What was felt last, in words, for whoever cannot feel it. */
  declare cue: View['cue'];
  declare live: boolean;
  /** Of the place that presses GO and LESS; where there is one it is a board by itself, of which nothing is told. */
  declare both: Readonly<{ word: string; means: string }> | null;
  /** Who holds each down: pointers, and keys. It is let go of when nobody does any more. */
  readonly #holders: Readonly<Record<Name, Set<string>>> = {
    go: new Set(),
    less: new Set(),
    stop: new Set(),
  };

  static override styles = [shared, deviceStyles];

  constructor() {
    super();
    this.live = false;
    this.cue = null;
    this.both = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A finger that leaves the page, or a page that goes into the back, holds nothing down.
    window.addEventListener('blur', this.#letGoOfAll);
    document.addEventListener('visibilitychange', this.#letGoOfAll);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#letGoOfAll();
    window.removeEventListener('blur', this.#letGoOfAll);
    document.removeEventListener('visibilitychange', this.#letGoOfAll);
  }

  /**
   * Moves the drawn motors as far as they vibrate, amplitudes in units of the rated one; `feltAbove` is where a hand
   * begins to feel it. Not with reduced motion.
   */
  shiver(amplitudes: Readonly<{ left: number; right: number }>, feltAbove: number): void {
    this.toggleAttribute('modelled', true);
    const side = this.#flip ? 1 : -1;
    this.#flip = !this.#flip;
    for (const name of ['left', 'right'] as const) {
      const motor = this.renderRoot.querySelector<HTMLElement>(`[data-motor=${name}]`);
      const drawn = motor?.querySelector('svg');
      if (!motor || !drawn) continue;
      const amplitude = amplitudes[name];
      motor.classList.toggle('felt', amplitude > feltAbove);
      const shift = isStilled() || amplitude < 0.02 ? 0 : side * shiverPx * amplitude;
      drawn.style.transform = shift === 0 ? '' : `translateX(${shift.toFixed(2)}px)`;
    }
  }
  #flip = false;

  readonly #letGoOfAll = (): void => {
    for (const name of buttons) {
      for (const holder of [...this.#holders[name]]) this.#put(name, holder, false);
    }
  };

  #put(name: Name, holder: string, down: boolean): void {
    const holders = this.#holders[name];
    const wasDown = holders.size > 0;
    if (down) holders.add(holder);
    else holders.delete(holder);
    const isDown = holders.size > 0;
    if (isDown === wasDown) return;
    emit(this, 'pressed', { button: name, down: isDown });
    this.requestUpdate();
  }

  #key(event: KeyboardEvent, names: readonly Name[], down: boolean): void {
    if (!pressesFocused(event)) return;
    event.preventDefault();
    if (!event.repeat) this.#putAll(names, `key ${event.key}`, down);
  }

  #putAll(names: readonly Name[], holder: string, down: boolean): void {
    for (const name of names) this.#put(name, holder, down);
  }

  #contacts(names: readonly Name[]): Contacts {
    return {
      down: by => this.#putAll(names, by, true),
      up: by => this.#putAll(names, by, false),
      // Down and up at once: how long that is at the pin the board sees to.
      click: () => {
        this.#putAll(names, 'tool', true);
        this.#putAll(names, 'tool', false);
      },
    };
  }

  /** The focus has gone elsewhere, and the keys with it. */
  #blur(names: readonly Name[]): void {
    for (const name of names)
      for (const holder of [...this.#holders[name]])
        if (holder.startsWith('key')) this.#put(name, holder, false);
  }

  override render() {
    const { device } = this;
    if (this.both) return this.#drawing();
    return html`<div class="stack">
      <div class="title"><slot name="title"></slot></div>
      ${this.#drawing()}
      <p class="cue">${this.#cue()}</p>
      <p class="link soft">
        ${this.#link()}${this.live && doing(device.state) ? html`<br />${doing(device.state)}` : nothing}
      </p>
      <slot></slot>
    </div>`;
  }

  #drawing() {
    const { device, both } = this;
    return html`<div class="body" role="group" aria-label=${words.title}>
      <span
        class="led ${device.lit && this.live ? 'lit' : ''}"
        role="img"
        aria-label=${this.live ? (device.lit ? words.led.lit : words.led.dark) : words.led.unknown}
      ></span>
      <div class="motors">${this.#motor('left')}${this.#motor('right')}</div>
      ${
        device.emulated
          ? html`<div class="buttons">${this.#button('go')}${this.#button('less')}${
              both ? this.#pressing('both', ['go', 'less'], both.word, both.means) : nothing
            }${this.#button('stop')}</div>`
          : nothing
      }
    </div>`;
  }

  #cue() {
    const { cue } = this;
    return cue && this.live
      ? html`<span class="soft">${words.lastFelt}</span> <b translate="no">${cue.cue}</b><br />${cue.sentence}`
      : nothing;
  }

  #link(): string {
    const { link, emulated } = this.device;
    if (!this.live) return words.noController;
    return link === 'live' && emulated
      ? words.links.emulated
      : sentenceIn<StateValueFrom<typeof linkMachine>>(words.links, link, link);
  }

  #motor(name: 'left' | 'right') {
    const duty = this.live ? (this.device.duty?.[name] ?? null) : null;
    const letter = words.letters[name];
    const does =
      duty === null ? words.does.unknown : duty === 0 ? words.does.off : fill(words.does.duty, { duty });
    const part = ((duty ?? 0) / fullDuty) * round;
    return html`<div class="motor ${duty ? 'driven' : ''}" data-motor=${name} data-duty=${duty ?? 'unknown'}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle class="rim" cx="50" cy="50" r="38" />
        ${
          duty
            ? svg`<circle class="level" cx="50" cy="50" r="38" stroke-dasharray="${part} ${round}" transform="rotate(-90 50 50)" />`
            : nothing
        }
        <text x="50" y="60" text-anchor="middle">${letter}</text>
      </svg>
      <span aria-hidden="true">${does}</span><span class="out">${fill(words.motor, { letter, does })}</span>
    </div>`;
  }

  #button(name: Name) {
    return this.#pressing(name, [name], words.buttons[name], words.means[name]);
  }

  /** One that presses so many at once. */
  #pressing(look: string, names: readonly Name[], word: string, means: string) {
    const down = names.every(
      name => this.#holders[name].size > 0 || (this.live && this.device.pressed.includes(name)),
    );
    return html`<button
      class="press ${look} ${down ? 'down' : ''}"
      data-button=${look}
      ${held(this.#contacts(names))}
      @keydown=${(event: KeyboardEvent) => this.#key(event, names, true)}
      @keyup=${(event: KeyboardEvent) => this.#key(event, names, false)}
      @blur=${() => this.#blur(names)}
    >
      ${word} <small>${means}</small>
    </button>`;
  }
}
customElements.define('device-view', DeviceView);
