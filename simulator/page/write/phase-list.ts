/** The phases of a routine that is being written: opened, moved, added, copied, taken out and put back. */
import { html, nothing } from 'lit';
import { fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import { added, copied, type Draft, moved, putBack, removed } from './draft.ts';
import { type Form, toldAt } from './field.ts';
import { keyOf } from './fields.ts';
import { phaseForm, phaseTitle } from './phase-form.ts';
import { writing } from './writing.ts';

const words = writeWords;

type PhaseList = Readonly<{
  form: Form;
  redraw(): void;
  /** Puts the focus there once it is drawn. */
  focus(selector: string): void;
}>;

export function phaseList(list: PhaseList) {
  const { draft, told } = list.form;
  const { phases } = draft;
  return html`<section aria-labelledby="phases">
    <h3 id="phases">${words.phases} <span class="soft">${phases.length}</span></h3>
    ${toldAt(told, ['phases']).map(({ text }) => html`<p class="fault" id="f-phases" tabindex="-1">${text}</p>`)}
    <ol class="phases">
      ${phases.map((_, index) =>
        phaseForm({
          form: list.form,
          index,
          count: phases.length,
          isOpen: writing.open === index,
          deeds: {
            toggle: at => toggle(list, at),
            move: (at, by) => move(list, at, by),
            add: at => grow(list, added(draft, at, words.newPhase), at + 1),
            copy: at => grow(list, copied(draft, at), at + 1),
            remove: at => remove(list, at),
          },
        }),
      )}
    </ol>
    <div class="row after">
      <button data-add-last @click=${() => addLast(list)}>${words.add}</button>
      ${writing.taken ? html`<button data-put-back @click=${() => bringBack(list)}>${words.putBack}</button>` : nothing}
    </div>
  </section>`;
}

function toggle({ redraw }: PhaseList, index: number): void {
  writing.open = writing.open === index ? null : index;
  redraw();
}

function move({ form: { draft }, focus }: PhaseList, index: number, by: -1 | 1): void {
  const to = index + by;
  writing.open = to;
  const after = moved(draft, index, by);
  const place = { title: phaseTitle(draft.phases[index]), number: to + 1, count: draft.phases.length };
  writing.change(after, fill(words.movedTo, place));
  const isAtEnd = to === 0 || to === draft.phases.length - 1;
  // A button that is no longer of use hands on to its neighbour.
  focus(isAtEnd ? (by === -1 ? '[data-down]' : '[data-up]') : by === -1 ? '[data-up]' : '[data-down]');
}

/** One phase more, at this place, opened and ready to be named. */
function grow({ focus }: PhaseList, draft: Draft, index: number): void {
  writing.open = index;
  writing.change(draft, fill(words.addedAs, { number: index + 1, count: draft.phases.length }));
  focus(`[id='${keyOf(['phases', index, 'title'])}']`);
}

/** Before the cooldown, where there is one: a phase after it would be out of order. */
function addLast(list: PhaseList): void {
  const { draft } = list.form;
  const firstCooldown = draft.phases.findIndex(({ stage }) => stage === 'cooldown');
  const at = firstCooldown > 0 ? firstCooldown - 1 : draft.phases.length - 1;
  grow(list, added(draft, at, words.newPhase), at + 1);
}

function remove({ form: { draft }, focus }: PhaseList, index: number): void {
  const phase = draft.phases[index];
  writing.taken = phase ? { phase, index } : null;
  writing.open = null;
  writing.change(removed(draft, index), fill(words.removed, { title: phaseTitle(draft.phases[index]) }));
  focus('[data-put-back]');
}

function bringBack({ form: { draft }, focus }: PhaseList): void {
  const { taken } = writing;
  writing.taken = null;
  if (taken) writing.change(putBack(draft, taken.index, taken.phase));
  focus('[data-add-last]');
}
