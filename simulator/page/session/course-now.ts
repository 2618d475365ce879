/** Where the session is, what comes next, and when: under the bar of the whole session. */
import { html, nothing } from 'lit';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { clockFace, placeWord } from '../common/words.ts';
import { toldLeft } from './course.ts';
import './course-bar.ts';

const words = catalogue.page.course;

type Now = Readonly<{ session: View['session']; leftMs: number; isMoving: boolean }>;

/** `leftMs`: what is left of the pass under way. */
export function courseNow({ session: { passes, passIndex, next }, leftMs, isMoving }: Now) {
  const now = passes[passIndex];
  if (!now) return nothing;
  const share = now.durationMs > 0 ? 1 - Math.max(0, leftMs) / now.durationMs : 1;
  const time = clockFace(leftMs);
  return html`<section class="course" aria-label=${catalogue.page.course.section}>
    <course-bar .passes=${passes} .passIndex=${passIndex} .share=${share}></course-bar>
    <p>
      <span class="soft">${fill(words.step, { step: passIndex + 1, count: passes.length })}</span>
      ${
        isMoving
          ? html`<span
              >${next ? fill(words.next, { time, title: next.title, place: placeWord(next) }) : fill(words.last, { time })}</span
            >`
          : nothing
      }
    </p>
  </section>`;
}

/** The countdown as it is read out: seldom, and only where a second is a second. */
export function spokenLeft(leftMs: number, rate: number, isMoving: boolean): string {
  if (!isMoving || rate !== 1) return '';
  const told = toldLeft(leftMs);
  return told >= 60_000
    ? fill(words.left.minutes, { minutes: told / 60_000 })
    : told > 0
      ? fill(words.left.seconds, { seconds: told / 1000 })
      : '';
}
