/** One field of a form: its name, its bounds, and whatever is wrong with it, beside it. */
import { html, nothing, type TemplateResult } from 'lit';
import { fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import { type Draft, type Path, Typed, valueAt } from './draft.ts';
import { type Field, keyOf } from './fields.ts';
import type { ToldIssue } from './issue-words.ts';

const words = writeWords;
const stepS = 30;

export type Form = Readonly<{
  draft: Draft;
  told: readonly ToldIssue[];
  /** What may stand so, and is worth a word all the same. */
  cautions: readonly ToldIssue[];
  change(path: Path, value: unknown): void;
}>;

export const toldAt = (told: readonly ToldIssue[], path: Path): readonly ToldIssue[] =>
  told.filter(
    one => one.path.length === path.length && one.path.every((part, index) => part === path[index]),
  );

type Input = Event & { target: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement };

/** `more` stands between the field and its faults. */
export function field(spec: Field, form: Form, more: unknown = nothing): TemplateResult {
  const { path, word, hint } = spec;
  const key = keyOf(path);
  const faults = toldAt(form.told, path);
  const cautions = toldAt(form.cautions, path);
  const described = [
    ...(hint ? [`${key}-hint`] : []),
    ...(faults.length > 0 ? [`${key}-fault`] : []),
    ...(cautions.length > 0 ? [`${key}-caution`] : []),
  ].join(' ');
  return html`<div class="field ${spec.kind}" data-field=${key}>
    <label for=${key}>${word}</label>
    ${control(spec, form, key, faults.length > 0, described)}
    ${hint ? html`<p class="hint" id="${key}-hint">${hint}</p>` : nothing} ${more}
    ${faults.length > 0 ? html`<div id="${key}-fault">${faults.map(({ text }) => html`<p class="fault">${text}</p>`)}</div>` : nothing}
    ${cautions.length > 0 ? html`<div id="${key}-caution">${cautions.map(({ text }) => html`<p class="caution">${text}</p>`)}</div>` : nothing}
  </div>`;
}

function control(spec: Field, form: Form, key: string, isWrong: boolean, described: string) {
  const value = valueAt(form.draft, spec.path);
  const invalid = isWrong ? 'true' : 'false';
  const by = described || nothing;
  if (spec.kind === 'choice') {
    const isKnown = spec.options.some(option => option.value === value);
    return html`<select
      id=${key}
      aria-invalid=${invalid}
      aria-describedby=${by}
      @change=${({ target }: Input) =>
        form.change(spec.path, spec.options.find(option => String(option.value) === target.value)?.value)}
    >
      ${isKnown ? nothing : html`<option value="" disabled .selected=${true}>${value === undefined ? '' : String(value)}</option>`}
      ${spec.options.map(
        option =>
          html`<option value=${option.value} .selected=${option.value === value}>${option.word}</option>`,
      )}
    </select>`;
  }
  if (spec.kind === 'area')
    return html`<textarea
      id=${key}
      rows="2"
      .value=${asText(value)}
      aria-invalid=${invalid}
      aria-describedby=${by}
      @input=${({ target }: Input) => form.change(spec.path, target.value)}
    ></textarea>`;
  if (spec.kind === 'text')
    return html`<input
      id=${key}
      autocomplete="off"
      .value=${asText(value)}
      aria-invalid=${invalid}
      aria-describedby=${by}
      @input=${({ target }: Input) => form.change(spec.path, target.value)}
    />`;
  const shown = numberText(value, spec.factor);
  const input = html`<input
    id=${key}
    inputmode="decimal"
    autocomplete="off"
    .value=${shown}
    aria-invalid=${invalid}
    aria-describedby=${by}
    @input=${({ target }: Input) => form.change(spec.path, new Typed(target.value, spec.factor))}
  />`;
  if (!spec.steps)
    return html`<span class="with-unit">${input}<span aria-hidden="true">${spec.unit}</span></span>`;
  const step = (amount: number) => (): void => {
    const now = Number(shown);
    if (!Number.isFinite(now)) return;
    const { min, max } = spec.bounds;
    form.change(spec.path, Math.min(max, Math.max(min, now + amount)));
  };
  return html`<span class="stepper">
    <button data-fewer aria-label=${fill(words.fewerSeconds, { field: spec.word })} @click=${step(-stepS)}>−</button>
    <span class="with-unit">${input}<span aria-hidden="true">${spec.unit}</span></span>
    <button data-more aria-label=${fill(words.moreSeconds, { field: spec.word })} @click=${step(stepS)}>+</button>
  </span>`;
}

const asText = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

function numberText(value: unknown, factor: number): string {
  if (value instanceof Typed) return value.text;
  return typeof value === 'number' ? String(value / factor) : asText(value);
}
