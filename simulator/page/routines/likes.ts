/** How somebody likes it, remembered from one session to the next. */
import { html } from 'lit';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { Preferences, PreferencesChange } from '../../../src/server/api-messages.ts';
import { keptIn } from '../link/ask.ts';

const words = catalogue.routines;

type Like = 'firstSide' | 'quiet' | 'orientation';

const groups = [
  {
    name: 'firstSide',
    title: words.firstSide,
    means: words.firstSideMeans,
    options: { left: words.left, right: words.right },
  },
  {
    name: 'quiet',
    title: words.cues,
    means: words.quietMeans,
    options: { full: words.full, phases: words.quiet },
  },
  {
    name: 'orientation',
    title: words.worn,
    means: words.wornMeans,
    options: { usual: words.usual, turned: words.turned },
  },
] as const satisfies readonly Readonly<{
  name: Like;
  title: string;
  means: string;
  options: Readonly<Record<string, string>>;
}>[];

/** The group of choices; `liked` hears a change. */
export const likes = (preferences: Preferences, liked: (change: PreferencesChange) => void) => html`<details
  class="likes"
>
  <summary>${words.how}</summary>
  <div class="stack">
    ${groups.map(
      ({ name, title, means, options }) => html`<fieldset aria-describedby="like-${name}">
        <legend>${title}</legend>
        <div class="choices">
          ${Object.entries(options).map(
            ([value, word]) => html`<label
              ><input
                type="radio"
                name=${name}
                .checked=${preferences[name] === value}
                @change=${() => liked({ [name]: value })}
              />${word}</label
            >`,
          )}
        </div>
        <p class="hint" id="like-${name}">${means}</p>
      </fieldset>`,
    )}
    <p class="hint">${fill(words.howHolds, { where: words.where[keptIn()] })}</p>
  </div>
</details>`;
