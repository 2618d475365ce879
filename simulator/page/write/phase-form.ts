/** One phase of a routine that is being written: a line, and opened, all that can be said about it. */
import { html, nothing } from 'lit';
import { paceOf } from '../../../machines/routine/timeline.ts';
import { fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import '../body/body-guide.ts';
import { clockFace, placeWord, stageWord } from '../common/words.ts';
import { type Fields, fileOf, isFields, valueAt } from './draft.ts';
import { type Form, field, toldAt } from './field.ts';
import { phaseFields } from './fields.ts';

const words = writeWords;

export type PhaseDeeds = Readonly<{
  toggle(index: number): void;
  move(index: number, by: -1 | 1): void;
  add(index: number): void;
  copy(index: number): void;
  remove(index: number): void;
}>;

type Phase = Readonly<{ form: Form; index: number; count: number; isOpen: boolean; deeds: PhaseDeeds }>;

const textIn = (fields: Fields, name: string): string =>
  typeof fields[name] === 'string' ? String(fields[name]) : '';
const numberIn = (fields: Fields, name: string): number =>
  typeof fields[name] === 'number' ? fields[name] : Number.NaN;

export const phaseTitle = (fields: unknown): string =>
  (isFields(fields) && textIn(fields, 'title').trim()) || words.unnamedPhase;

export function phaseForm(phase: Phase) {
  const { form, index, isOpen, deeds } = phase;
  const fields = fileOf(form.draft.phases[index]);
  if (!isFields(fields)) return nothing;
  const faults = form.told.filter(({ path }) => path[0] === 'phases' && path[1] === index).length;
  const title = phaseTitle(fields);
  return html`<li class=${isOpen ? 'phase open' : 'phase'} data-phase=${index}>
    <h4>
      <button
        class="line"
        aria-expanded=${isOpen ? 'true' : 'false'}
        @click=${() => deeds.toggle(index)}
      >
        <span class="number">${index + 1}</span>
        <span class="what"
          ><b>${title}</b>
          <span class="soft">${lineOf(fields)}</span></span
        >
        ${faults > 0 ? html`<span class="pill bad">${countWord(faults)}</span>` : nothing}
      </button>
    </h4>
    ${isOpen ? opened(phase, fields) : nothing}
  </li>`;
}

export const countWord = (faults: number): string =>
  faults === 1 ? words.fault : fill(words.faults, { count: faults });

const lineOf = (fields: Fields): string =>
  fill(words.phaseLine, {
    stage: stageWord(textIn(fields, 'stage')),
    place: placeWord({ zone: textIn(fields, 'zone'), side: textIn(fields, 'side') }),
    minutes: clockFace((numberIn(fields, 'durationS') || 0) * 1000),
  });

function opened({ form, index, count, deeds }: Phase, fields: Fields) {
  const groups = phaseFields(index, form.draft.for);
  const other = valueAt(form.draft, ['phases', index, 'otherTechnique']);
  const whole = toldAt(form.told, ['phases', index]);
  const [duration, ...bounds] = groups.time;
  return html`<div class="fields">
    ${whole.map(({ text }) => html`<p class="fault">${text}</p>`)}
    ${toldAt(form.told, ['phases', index, 'id']).map(({ text }) => html`<p class="fault">${text}</p>`)}
    <div class="grid broad">${groups.name.map(one => field(one, form))}</div>
    <fieldset class="where">
      <legend>${words.whereTitle}</legend>
      <div class="grid">${groups.where.map(one => field(one, form))}</div>
      <body-guide
        .place=${{
          zone: textIn(fields, 'zone'),
          side: oneSide(textIn(fields, 'side')),
          position: textIn(fields, 'position'),
          direction: textIn(fields, 'direction'),
        }}
        .stroke=${strokeOf(fields)}
        .clock=${clockOf(fields)}
        .live=${true}
      ></body-guide>
    </fieldset>
    <fieldset>
      <legend>${words.handsTitle}</legend>
      <div class="grid">${groups.hands.map(one => field(one, form))}</div>
      ${paceLine(fields)}
    </fieldset>
    <fieldset>
      <legend>${words.times}</legend>
      <div class="grid">
        ${duration ? field(duration, form, clockLine(fields)) : nothing} ${bounds.map(one => field(one, form))}
      </div>
    </fieldset>
    <fieldset>
      <legend>${words.firmTitle}</legend>
      <div class="grid broad">${groups.firm.map(one => field(one, form))}</div>
    </fieldset>
    ${otherTechnique(form, index, other, groups.other)}
    <div class="row deeds">
      <button data-up ?disabled=${index === 0} @click=${() => deeds.move(index, -1)}>${words.up}</button>
      <button data-down ?disabled=${index === count - 1} @click=${() => deeds.move(index, 1)}>${words.down}</button>
      <button data-copy @click=${() => deeds.copy(index)}>${words.copy}</button>
      <button data-add @click=${() => deeds.add(index)}>${words.addAfter}</button>
      <button data-remove ?disabled=${count === 1} @click=${() => deeds.remove(index)}>${words.remove}</button>
    </div>
  </div>`;
}

const periodOf = (fields: Fields): ReturnType<typeof paceOf> =>
  paceOf({
    technique: 'effleurage',
    instruction: '',
    strokeCm: numberIn(fields, 'strokeCm'),
    speedCmPerS: numberIn(fields, 'speedCmPerS'),
    returnMs: numberIn(fields, 'returnMs'),
  });

/** The stroke as it is written, over and over: how fast that is can be seen. Faster than any may be it rests. */
function strokeOf(fields: Fields) {
  const { strokeMs, returnMs, periodMs } = periodOf(fields);
  return periodMs >= fastestMs ? { at: 0, strokeMs, returnMs, number: 1 } : null;
}
const fastestMs = 500;
const clockOf = (fields: Fields) => {
  const { periodMs } = periodOf(fields);
  return (): number => performance.now() % (periodMs >= fastestMs ? periodMs : fastestMs);
};
/** Drawn are both sides of what is done one after the other. */
const oneSide = (side: string): string => (side === 'left' || side === 'right' ? side : 'together');

function otherTechnique(
  form: Form,
  index: number,
  other: unknown,
  fields: ReturnType<typeof phaseFields>['other'],
) {
  const path = ['phases', index, 'otherTechnique'];
  if (!isFields(other))
    return html`<div class="row">
      <button
        data-other
        @click=${() =>
          form.change(path, {
            technique: 'kneading',
            strokeCm: 25,
            speedCmPerS: 5,
            returnMs: 1500,
            instruction: '',
          })}
      >
        ${words.otherAdd}
      </button>
      <p class="hint">${words.otherMeans}</p>
    </div>`;
  return html`<fieldset>
    <legend>${words.otherTechnique}</legend>
    <div class="grid">${fields.map(one => field(one, form))}</div>
    <div class="row after"><button @click=${() => form.change(path, undefined)}>${words.otherRemove}</button></div>
  </fieldset>`;
}

/** How often the hands come, from length, speed and rest. */
function paceLine(fields: Fields) {
  const { periodMs } = periodOf(fields);
  if (!Number.isFinite(periodMs) || periodMs <= 0) return nothing;
  const rate = 60_000 / periodMs;
  return html`<p class="hint">
    ${fill(words.everyStroke, {
      seconds: Math.round(periodMs / 100) / 10,
      rate: rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate),
    })}
  </p>`;
}

function clockLine(fields: Fields) {
  const seconds = numberIn(fields, 'durationS');
  if (!(seconds > 0)) return nothing;
  const clock = clockFace(seconds * 1000);
  return html`<p class="hint">
    ${
      fields.side === 'both'
        ? fill(words.clockBoth, { clock, side: clockFace(seconds * 500) })
        : fill(words.clock, { clock })
    }
  </p>`;
}
