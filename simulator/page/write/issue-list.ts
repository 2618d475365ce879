/** All there is to mend, or to think about, in one list; each leads to its field. */
import { html } from 'lit';
import { writeWords } from '../../../machines/text/write.ts';
import type { Path } from './draft.ts';
import { keyOf } from './fields.ts';
import type { ToldIssue } from './issue-words.ts';

const words = writeWords;

export const issueList = (
  of: 'faults' | 'cautions',
  issues: readonly ToldIssue[],
  goTo: (path: Path) => void,
) => html`<nav class="summary-of-${of}" aria-labelledby=${of} ?data-faults=${of === 'faults'} ?data-cautions=${of === 'cautions'}>
  <p id=${of} tabindex="-1"><b>${of === 'faults' ? words.faultsTitle : words.cautionsTitle}</b></p>
  <ul>
    ${issues.map(
      ({ path, where, text }) => html`<li>
        <a
          href="#write"
          @click=${(event: Event) => {
            event.preventDefault();
            goTo(path);
          }}
          >${where}: ${text}</a
        >
      </li>`,
    )}
  </ul>
</nav>`;

/** To the field at a path, opening what it is folded into. */
export function focusField(root: ParentNode, path: Path): void {
  const [, index] = path;
  // A fault of no single field is told where its phase, or the list of them, begins.
  const found = [
    `[id='${keyOf(path)}']`,
    ...(typeof index === 'number' ? [`[data-phase='${index}'] .line`] : []),
    `[id='${keyOf(path.slice(0, 1))}']`,
    '#general',
  ]
    .map(selector => root.querySelector<HTMLElement>(selector))
    .find(element => element !== null);
  const folded = found?.closest('details');
  if (folded) folded.open = true;
  found?.focus();
}
