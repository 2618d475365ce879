/** A new board, step by step: what is done stands in a line, what is to do stands open, what comes is named. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { boardWords as words } from '../../../machines/text/board.ts';
import { setupWords } from '../../../machines/text/setup.ts';
import { fill } from '../../../machines/text/text.ts';
import { choices, shared } from '../common/styles.ts';
import type { Feed } from '../link/feed.ts';
import './board-dialogue.ts';
import './by-itself.ts';
import { progressBar } from '../common/progress-styles.ts';
import { BoardDesk, type BoardStep, boardSteps, isUsable, type TalkHere } from './board-desk.ts';
import { boardDrawing, drawingStyles } from './board-drawing.ts';
import { boardStyles } from './board-styles.ts';
import type { BoardDeed } from './board-talk.ts';
import { type FlashStage, type FoundOnBoard, offeredBoardTools, stopKinds } from './board-tools.ts';

let kept: BoardDesk | null = null;

/** The desk of this page, from the first time that it is asked for. */
function keptDesk(): BoardDesk | null {
  const tools = offeredBoardTools();
  if (tools) kept ??= new BoardDesk(tools);
  return kept;
}

function foundWord(found: FoundOnBoard): string {
  const said = words.look.found;
  if (found.is !== 'otherFirmware') return said[found.is];
  return found.name === '' ? said.otherFirmwareNoName : fill(said.otherFirmware, { name: found.name });
}

/** How far, of 1, where writing and reading back each are a half. */
function partDone(stage: FlashStage | null): number {
  if (stage === null || stage.at === 'looking') return 0;
  if (stage.at === 'starting') return 1;
  return (stage.at === 'checking' ? 0.5 : 0) + stage.done / stage.of / 2;
}

function stageWord(stage: FlashStage): string {
  const said = words.firmware.stages;
  if (stage.at === 'looking') return fill(said.looking, { baud: stage.baud });
  return stage.at === 'starting' ? said.starting : fill(said[stage.at], { done: stage.done, of: stage.of });
}

const hows = { done: words.stepDone, now: words.stepNow, later: words.stepLater } as const;

export class BoardView extends LitElement {
  static override properties = { busy: { type: Boolean }, feed: { attribute: false } };
  declare feed: Feed;
  /** A session is under way, on whichever board: no other is taken then. */
  declare busy: boolean;
  readonly #desk = keptDesk();

  static override styles = [shared, choices, progressBar, boardStyles, drawingStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#desk?.addEventListener('change', this.#changed);
    window.addEventListener('beforeunload', this.#leaving);
    this.#mayStop();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#desk?.removeEventListener('change', this.#changed);
    // Whoever looks away no longer holds the board as it was asked for.
    this.#desk?.endTalk('left');
    this.feed.setAlsoStops(null);
    // Half a firmware helps nobody: the question is asked in whichever look one is.
    if (this.#desk?.doing !== 'flashing') window.removeEventListener('beforeunload', this.#leaving);
  }

  readonly #changed = (): void => {
    this.#mayStop();
    this.requestUpdate();
  };

  /** While motors may run in a dialogue, the page's STOP is the dialogue's too. */
  #mayStop(): void {
    const desk = this.#desk;
    this.feed.setAlsoStops(desk?.isTalking ? () => desk.endTalk('stopped') : null);
  }

  readonly #leaving = (event: Event): void => {
    if (this.#desk?.doing === 'flashing') event.preventDefault();
  };

  #shown: BoardStep | null = null;
  #hadFocus = false;

  override willUpdate(): void {
    this.#hadFocus = this.shadowRoot?.activeElement != null;
  }

  /** What is to do next is in sight, and whoever pressed what is gone now goes on from there. */
  override updated(): void {
    const step = this.#desk?.step ?? null;
    const isAnother = step !== this.#shown && this.#shown !== null;
    this.#shown = step;
    const place = this.renderRoot.querySelector<HTMLElement>('[aria-current=step]');
    if (isAnother) place?.scrollIntoView({ block: 'nearest' });
    if (this.#hadFocus && this.shadowRoot?.activeElement == null)
      place?.querySelector('h3')?.focus({ preventScroll: true });
  }

  override render() {
    const desk = this.#desk;
    if (desk?.talk) return this.#talk(desk, desk.talk);
    return html`<div class="stack">
      <h2>${words.title}</h2>
      ${
        desk === null
          ? html`<p>${words.elsewhere}</p>`
          : html`<p class="soft lead">${words.lead}</p>
            ${
              desk.cannot === null
                ? html`<ol class="steps" aria-label=${words.stepsLabel}>
                    ${boardSteps.map((step, index) => this.#step(desk, step, index))}
                  </ol>`
                : html`<p class="trouble" role="alert">${desk.cannot}</p>`
            }`
      }
    </div>`;
  }

  #talk(desk: BoardDesk, { deed, talk, view }: TalkHere) {
    return html`<board-dialogue
      name=${setupWords.talk[deed.deed]}
      .view=${view}
      .talk=${talk}
      .again=${() => void desk.begin(deed)}
      .leave=${() => desk.closeTalk()}
      .use=${deed.deed === 'bringup' && !this.busy ? () => void this.#beginWith(desk) : null}
    ></board-dialogue>`;
  }

  /** Sessions run on the board from now on, and the first of them stands ready. */
  async #beginWith(desk: BoardDesk): Promise<void> {
    desk.closeTalk();
    if (await desk.use()) location.hash = '';
  }

  #step(desk: BoardDesk, step: BoardStep, index: number): TemplateResult {
    const now = boardSteps.indexOf(desk.step);
    // What is plugged in is seen only by its port: until then both are to be done.
    const isNow = index === now || (step === 'plug' && desk.step === 'port');
    const how = isNow ? 'now' : index < now ? 'done' : 'later';
    return html`<li class="step ${how}" data-step=${step} aria-current=${index === now ? 'step' : nothing}>
      <span class="dot" aria-hidden="true"
        >${how === 'done' ? html`<svg viewBox="0 0 24 24"><path d="M5 12.5l4.5 4.5L19 7.5" /></svg>` : index + 1}</span
      >
      <div class="what">
        <h3 tabindex="-1">${words[step].title} <span class="out">${hows[how]}</span></h3>
        ${index === now ? this.#trouble(desk) : nothing}
        ${how === 'later' ? nothing : this.#parts[step](desk, isNow)}
      </div>
    </li>`;
  }

  readonly #parts: Readonly<Record<BoardStep, (desk: BoardDesk, isNow: boolean) => unknown>> = {
    plug: (_, isNow) =>
      isNow
        ? html`<p>${words.plug.how}</p>
            ${boardDrawing(words.plug.uno, words.plug.nano)}
            <p class="soft">${words.plug.which}</p>`
        : nothing,
    port: (desk, isNow) => (isNow ? this.#port(desk) : this.#chosen(desk)),
    look: (desk, isNow) => this.#look(desk, isNow),
    firmware: (desk, isNow) => this.#firmware(desk, isNow),
    first: desk => this.#first(desk),
  };

  #trouble({ trouble }: BoardDesk) {
    return trouble ? html`<p class="trouble" role="alert">${trouble.message}</p>` : nothing;
  }

  #button(desk: BoardDesk, name: keyof typeof words.button, does: () => unknown, isMain = true) {
    return html`<button
      class=${isMain ? 'main' : ''}
      data-do=${name}
      aria-disabled=${desk.doing === null ? nothing : 'true'}
      @click=${does}
    >
      ${words.button[name]}
    </button>`;
  }

  #port(desk: BoardDesk) {
    return html`${desk.isHalf ? html`<p class="found">${words.port.half}</p>` : nothing}<p>${words.port.how}</p>
      <div class="row">${this.#button(desk, 'choose', () => desk.choose())}</div>
      ${desk.doing === 'choosing' ? html`<p role="status">${words.port.asking}</p>` : nothing}`;
  }

  #chosen(desk: BoardDesk) {
    const { board, doing, doubt } = desk;
    if (!board) return nothing;
    const isTaken = doing === 'flashing' || board.isInSessions();
    return html`<p class="soft">${words.port.kinds[board.kind]}</p>
      ${doubt === null ? nothing : html`<p class="trouble" role="alert">${doubt}</p>`}
      ${isTaken ? nothing : html`<div class="row">${this.#button(desk, 'chooseOther', () => desk.choose(), false)}</div>`}`;
  }

  #look(desk: BoardDesk, isNow: boolean) {
    if (desk.doing === 'looking') return html`<p role="status">${words.look.looking}</p>`;
    if (!isNow)
      return desk.found ? html`<p class="found" role="status">${foundWord(desk.found)}</p>` : nothing;
    return html`<p>${words.look.how}</p>
      <div class="row">${this.#button(desk, 'look', () => desk.look())}</div>`;
  }

  #firmware(desk: BoardDesk, isNow: boolean) {
    if (desk.doing === 'flashing') return this.#flashing(desk.stage);
    const { found } = desk;
    if (!isNow)
      return html`<p role="status">${desk.isFlashed ? words.firmware.done : words.firmware.notNeeded}</p>
        ${desk.isFlashed ? nothing : html`<div class="row">${this.#button(desk, 'putAgain', () => desk.wantAgain(), false)}</div>`}`;
    if (desk.board?.kind === 'mega') return html`<p>${words.firmware.mega}</p>`;
    const isOther = found !== null && !isUsable(found) && found.is !== 'silent';
    return html`<p>${words.firmware.how}</p>
      ${found === null || desk.isHalf ? nothing : html`<p>${found.is === 'silent' ? words.firmware.goesAwayIfAny : words.firmware.goesAway}</p>`}
      ${this.#stopKinds(desk)}
      <div class="row">
        ${this.#button(desk, desk.isHalf ? 'tryAgain' : isOther ? 'replace' : 'put', () => desk.flash())}
      </div>`;
  }

  #stopKinds(desk: BoardDesk) {
    return html`<fieldset>
      <legend>${words.firmware.stop}</legend>
      <div class="choices">
        ${stopKinds.map(
          kind => html`<label
            ><input
              type="radio"
              name="stop"
              .checked=${desk.stop === kind}
              @change=${() => desk.chooseStop(kind)}
            />${words.firmware.stopKinds[kind]}</label
          >`,
        )}
      </div>
      <p class="soft">${words.firmware.stopMeans[desk.stop]}</p>
    </fieldset>`;
  }

  #flashing(stage: FlashStage | null) {
    const done = Math.round(partDone(stage) * 100);
    return html`<div
        class="bar"
        role="progressbar"
        aria-label=${words.firmware.bar}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${done}
      >
        <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width=${done} height="1" />
        </svg>
      </div>
      <p class="counted" data-stage=${stage?.at ?? nothing}>${stage === null ? nothing : stageWord(stage)}</p>`;
  }

  #bringup(desk: BoardDesk) {
    return html`<button
      class="main"
      data-do="bringup"
      ?disabled=${desk.doing !== null}
      @click=${() => desk.begin({ deed: 'bringup' })}
    >
      ${setupWords.talk.bringup}
    </button>`;
  }

  #first(desk: BoardDesk) {
    const { board } = desk;
    if (!board) return nothing;
    if (board.isInSessions())
      return html`<p class="found" role="status">${words.first.inUse}</p>
        <div class="row">
          <a class="button" href="#">${words.first.toSession}</a>
          ${this.busy ? nothing : this.#button(desk, 'letGo', () => desk.letGo(), false)}
        </div>`;
    const ready = desk.doing === null && !this.busy;
    return html`<p>${setupWords.talk.why}</p>
      <div class="row">${this.#bringup(desk)}</div>
      <p>${words.first.how}</p>
      ${
        this.busy
          ? html`<p>${words.first.underWay}</p>`
          : html`<div class="row">${this.#button(desk, 'use', () => desk.use(), false)}</div>`
      }
      <by-itself .begin=${(deed: BoardDeed) => void desk.begin(deed)} ?ready=${ready}></by-itself>`;
  }
}
customElements.define('board-view', BoardView);
