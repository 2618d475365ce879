/** How long a session is to be: as it is written, so many minutes, or until a time on the clock. */
import { html, nothing } from 'lit';
import type { Routine } from '../../../machines/routine/schema.ts';
import { minutesOf } from '../../../machines/routine/time.ts';
import { catalogue } from '../../../machines/text/text.ts';
import { type Plan, rangeSentence, type Time } from './plan.ts';

const words = catalogue.routines;
const kinds = [
  { kind: 'asWritten', word: words.asWritten },
  { kind: 'minutes', word: words.haveMinutes },
  { kind: 'endAt', word: words.endAt },
] as const;
/** One press of the buttons beside the minutes. */
const stepMin = 5;

type Choice = Readonly<{ routine: Routine; time: Time; plan: Plan; take(time: Time): void }>;

export function planTime(choice: Choice) {
  const { routine, time, plan, take } = choice;
  const first = String(Math.round(minutesOf(routine)));
  const faults = plan.refusal === null ? '' : 'time-fault';
  return html`<fieldset class="time">
    <legend>${words.howLong}</legend>
    <div class="choices">
      ${kinds.map(
        ({ kind, word }) => html`<label
          ><input
            type="radio"
            name="time"
            value=${kind}
            .checked=${time.kind === kind}
            @change=${() =>
              take(
                kind === 'minutes' ? { kind, text: first } : kind === 'endAt' ? { kind, text: '' } : { kind },
              )}
          />${word}</label
        >`,
      )}
    </div>
    ${time.kind === 'minutes' ? minutesField(choice, time.text, faults) : nothing}
    ${time.kind === 'endAt' ? endField(choice, time.text, faults) : nothing}
    <div aria-live="polite">
      ${plan.refusal === null ? nothing : html`<p class="fault" id="time-fault">${plan.refusal}</p>`}
      ${plan.note === null || plan.refusal !== null ? nothing : html`<p class="hint">${plan.note}</p>`}
    </div>
  </fieldset>`;
}

function minutesField({ routine, take }: Choice, text: string, fault: string) {
  const step = (by: number) => (): void => {
    const minutes = Number(text);
    if (Number.isFinite(minutes)) take({ kind: 'minutes', text: String(Math.max(0, minutes + by)) });
  };
  return html`<div class="field">
    <label for="minutes">${words.minutesField}</label>
    <div class="stepper">
      <button aria-label=${words.fewer} @click=${step(-stepMin)}>−</button>
      <input
        id="minutes"
        inputmode="numeric"
        autocomplete="off"
        .value=${text}
        aria-invalid=${fault ? 'true' : 'false'}
        aria-describedby="range ${fault}"
        @input=${(event: InputEvent & { target: HTMLInputElement }) =>
          take({ kind: 'minutes', text: event.target.value })}
      />
      <button aria-label=${words.more} @click=${step(stepMin)}>+</button>
    </div>
    <p class="hint" id="range">${rangeSentence(routine)}</p>
  </div>`;
}

const endField = ({ take }: Choice, text: string, fault: string) => html`<div class="field">
  <label for="end">${words.endField}</label>
  <input
    id="end"
    type="time"
    .value=${text}
    aria-invalid=${fault ? 'true' : 'false'}
    aria-describedby=${fault || nothing}
    @input=${(event: InputEvent & { target: HTMLInputElement }) =>
      take({ kind: 'endAt', text: event.target.value })}
  />
</div>`;
