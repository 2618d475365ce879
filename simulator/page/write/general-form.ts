/** What a routine is as a whole: its name, for whom, what is prepared, and limits of its own. */
import { html, nothing } from 'lit';
import { writeWords } from '../../../machines/text/write.ts';
import { isDraftFields, valueAt } from './draft.ts';
import { type Form, field, toldAt } from './field.ts';
import {
  bathFields,
  generalFields,
  keyOf,
  limitFields,
  oilField,
  oilOptions,
  userOptions,
} from './fields.ts';

const words = writeWords;

type Checked = Event & { target: HTMLInputElement };

export const generalForm = (form: Form) => html`<div class="fields">
  ${generalFields.map(one => field(one, form))} ${whom(form)} ${preparation(form)}
  <details>
    <summary>${words.checks}</summary>
    <p class="hint">${words.checksMeans}</p>
    <div class="grid">${limitFields.map(one => field(one, form))}</div>
  </details>
  ${toldAt(form.told, ['id']).map(({ text }) => html`<p class="fault">${words.fields.id}: ${text}</p>`)}
</div>`;

function whom(form: Form) {
  const value = valueAt(form.draft, ['for']);
  const now: readonly unknown[] = Array.isArray(value) ? value : [];
  const faults = form.told.filter(({ path }) => path[0] === 'for');
  const key = keyOf(['for']);
  return html`<fieldset data-field=${key} aria-describedby=${faults.length > 0 ? `${key}-fault` : nothing}>
    <legend>${words.fields.for}</legend>
    <div class="checks">
      ${userOptions.map(
        ({ value: user, word }, index) => html`<label class="check"
          ><input
            type="checkbox"
            id=${index === 0 ? key : nothing}
            .checked=${now.includes(user)}
            @change=${({ target }: Checked) =>
              form.change(
                ['for'],
                userOptions
                  .map(option => option.value)
                  .filter(one => (one === user ? target.checked : now.includes(one))),
              )}
          />${word}</label
        >`,
      )}
    </div>
    ${faults.length > 0 ? html`<div id="${key}-fault">${faults.map(({ text }) => html`<p class="fault">${text}</p>`)}</div>` : nothing}
  </fieldset>`;
}

function preparation(form: Form) {
  const oil = valueAt(form.draft, ['preparation', 'oil']);
  const bath = valueAt(form.draft, ['preparation', 'bath']);
  const blend = isDraftFields(oil) ? oil.blend : 'none';
  return html`<fieldset>
    <legend>${words.preparation}</legend>
    <div class="grid">
      <div class="field choice">
        <label for="f-blend">${words.oil}</label>
        <select
          id="f-blend"
          @change=${({ target }: Event & { target: HTMLSelectElement }) =>
            form.change(
              ['preparation', 'oil'],
              target.value === 'none'
                ? undefined
                : { tempC: 37, ...(isDraftFields(oil) && oil), blend: target.value },
            )}
        >
          ${oilOptions.map(({ value, word }) => html`<option value=${value} .selected=${value === blend}>${word}</option>`)}
        </select>
      </div>
      ${isDraftFields(oil) ? field(oilField, form) : nothing}
    </div>
    <label class="check"
      ><input
        type="checkbox"
        data-bath
        .checked=${isDraftFields(bath)}
        @change=${({ target }: Checked) =>
          form.change(
            ['preparation', 'bath'],
            target.checked ? { tempC: 37, minutes: 10, restMin: 5 } : undefined,
          )}
      /><span>${words.bath}</span></label
    >
    ${
      isDraftFields(bath)
        ? html`<div class="grid">${bathFields.map(one => field(one, form))}</div>
            <p class="hint">${words.bathMeans}</p>`
        : nothing
    }
  </fieldset>`;
}
