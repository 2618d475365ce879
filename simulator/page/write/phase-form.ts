/** One phase of a routine that is being written: a line, and opened, all that can be said about it. */
import { html, nothing } from 'lit';
import { beginOf, begunBy, pullOf, returnAfter, roundMs } from '../../../machines/routine/grid.ts';
import { paceOf } from '../../../machines/routine/timeline.ts';
import type { StrokeNow } from '../../../machines/session.view.ts';
import { fill } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import '../body/body-guide.ts';
import { clockFace, placeWord, stageWord } from '../common/words.ts';
import { type Fields, fileOf, isDraftFields, type Path, valueAt, withTechnique } from './draft.ts';
import { type Form, field, toldAt } from './field.ts';
import { type Field, type PhaseFields, phaseFields } from './fields.ts';

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
  (isDraftFields(fields) && textIn(fields, 'title').trim()) || words.unnamedPhase;

export function phaseForm(phase: Phase) {
  const { form, index, isOpen, deeds } = phase;
  const fields = fileOf(form.draft.phases[index]);
  if (!isDraftFields(fields)) return nothing;
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
      <div class="grid">${groups.where.map(one => field(one, form))} ${onSide(form, index, fields, groups.onSide)}</div>
      <body-guide
        .place=${{
          zone: textIn(fields, 'zone'),
          side: oneSide(textIn(fields, 'side')),
          position: textIn(fields, 'position'),
          direction: textIn(fields, 'direction'),
          technique: textIn(fields, 'technique'),
        }}
        .stroke=${strokesOf(fields)}
        .clock=${clockOf(fields)}
        .live=${true}
      ></body-guide>
    </fieldset>
    <fieldset>
      <legend>${words.handsTitle}</legend>
      ${handsFields(form, ['phases', index], fields, groups.hands, groups.ascent)} ${paceLine(fields)}
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
    ${otherTechnique(form, index, other, groups)}
    <div class="row deeds">
      <button data-up ?disabled=${index === 0} @click=${() => deeds.move(index, -1)}>${words.up}</button>
      <button data-down ?disabled=${index === count - 1} @click=${() => deeds.move(index, 1)}>${words.down}</button>
      <button data-copy @click=${() => deeds.copy(index)}>${words.copy}</button>
      <button data-add @click=${() => deeds.add(index)}>${words.addAfter}</button>
      <button data-remove ?disabled=${count === 1} @click=${() => deeds.remove(index)}>${words.remove}</button>
    </div>
  </div>`;
}

function writtenPace(fields: Fields): ReturnType<typeof paceOf> {
  const { ascent } = fields;
  return paceOf({
    technique: 'effleurage',
    instruction: '',
    strokeCm: numberIn(fields, 'strokeCm'),
    speedCmPerS: numberIn(fields, 'speedCmPerS'),
    returnMs: numberIn(fields, 'returnMs'),
    ...(isDraftFields(ascent) && {
      ascent: {
        pulls: numberIn(ascent, 'pulls'),
        stepCm: numberIn(ascent, 'stepCm'),
        returnMs: numberIn(ascent, 'returnMs'),
      },
    }),
  });
}

/** The stroke as it is written, over and over: how fast that is can be seen. Faster than any may be it rests. */
function strokesOf(fields: Fields): (now: number) => StrokeNow | null {
  const pace = writtenPace(fields);
  const isShown = pace.periodMs >= fastestMs && roundMs(pace) >= fastestMs;
  return now => {
    if (!isShown) return null;
    const number = Math.max(1, begunBy(pace, now));
    const climb = pullOf(pace, number);
    const at = beginOf(pace, number);
    return {
      at,
      strokeMs: pace.strokeMs,
      returnMs: returnAfter(pace, number),
      number,
      ...(climb && { climb }),
    };
  };
}
const fastestMs = 500;
const clockOf = (fields: Fields) => {
  const oneRoundMs = roundMs(writtenPace(fields));
  return (): number => performance.now() % (oneRoundMs >= fastestMs ? oneRoundMs : fastestMs);
};

/** What is said to whoever does not lie face down; where nothing is, the file says nothing of it. */
function onSide(form: Form, index: number, fields: Fields, spec: Field) {
  const at: Path = ['phases', index, 'sideLying'];
  if (fields.position !== 'prone' && fields.sideLying === undefined) return nothing;
  const change: Form['change'] = (path, value) =>
    value === '' ? form.change(at, undefined) : form.change(path, value);
  return html`${field(spec, { ...form, change })}
    ${toldAt(form.told, at).map(({ text }) => html`<p class="fault">${text}</p>`)}`;
}

/** What hands do, at a path of the file. With another technique its own fields come and go. */
function handsFields(
  form: Form,
  at: Path,
  fields: Fields,
  hands: readonly Field[],
  ascent: readonly Field[],
) {
  const switching: Form = {
    ...form,
    change: (path, value) =>
      path.at(-1) === 'technique'
        ? form.change(at, withTechnique(asFields(valueAt(form.draft, at)), value))
        : form.change(path, value),
  };
  const climbs = fields.technique === 'inching';
  return html`<div class="grid">
      ${hands.slice(0, -1).map(one => field(one, switching))}
      ${climbs ? ascent.map(one => field(one, form)) : nothing}
      ${hands.slice(-1).map(one => field(one, switching))}
    </div>
    ${toldAt(form.told, [...at, 'ascent']).map(({ text }) => html`<p class="fault">${text}</p>`)}`;
}
const asFields = (value: unknown): Fields => (isDraftFields(value) ? value : {});
/** Drawn are both sides of what is done one after the other. */
const oneSide = (side: string): string => (side === 'left' || side === 'right' ? side : 'together');

function otherTechnique(form: Form, index: number, other: unknown, groups: PhaseFields) {
  const path = ['phases', index, 'otherTechnique'];
  if (!isDraftFields(other))
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
    ${handsFields(form, path, other, groups.other, groups.otherAscent)}
    <div class="row after"><button @click=${() => form.change(path, undefined)}>${words.otherRemove}</button></div>
  </fieldset>`;
}

/** How often the hands come, from length, speed and rest. */
function paceLine(fields: Fields) {
  const pace = writtenPace(fields);
  const { periodMs, ascent } = pace;
  if (!Number.isFinite(periodMs) || periodMs <= 0) return nothing;
  const rate = 60_000 / periodMs;
  const round =
    ascent && Number.isFinite(roundMs(pace))
      ? fill(words.everyAscent, { pulls: ascent.pulls, seconds: Math.round(roundMs(pace) / 100) / 10 })
      : '';
  return html`<p class="hint">
    ${round}
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
