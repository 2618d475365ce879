/** The first view: what this is, that nothing is needed for it, and the ways on. */
import { html, nothing } from 'lit';
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { View } from '../../../src/server/view-messages.ts';
import { offeredBoardTools } from '../board/board-tools.ts';
import { again } from '../session/choice.ts';
import '../body/body-guide.ts';
import '../session/course-bar.ts';
import { clockFace, stageWord } from '../common/words.ts';
import { wayAhead } from '../session/screening-asked.ts';
import type { PageContext } from './page-context.ts';

const words = catalogue.page.welcome;
/** As fast as one can still follow. */
const lookRate = 10;

/** Whether nothing has been said yet, by anybody, and there is somebody to say it to. */
export const isNew = ({ hasBegun, isLive }: PageContext, { session, screening, people }: View): boolean =>
  !hasBegun &&
  isLive &&
  session.state === 'screening' &&
  session.offer === null &&
  screening.complaint === null &&
  people.role === 'controller';

export function welcome(context: PageContext, view: View) {
  const { library, session, screening, device, time } = view;
  const now = library.routines.find(({ id }) => id === library.chosen);
  const { cards, presses } = wayAhead(screening);
  return html`<div class="form beside welcome stack">
    <h2>${words.title}</h2>
    <div>
      <p>${words.what}</p>
      <p>${device.emulated ? words.noDevice : words.hasDevice}</p>
    </div>
    <div class="row">
      <button class="main" data-begin @click=${() => context.begin()}>
        ${fill(words.begin, { title: now?.title ?? '', minutes: Math.round(now?.minutes ?? 0) })}
      </button>
      <a class="button" href="#bench" data-look @click=${() => lookAround(context, view)}>${words.look}</a>
    </div>
    <p class="soft">
      ${fill(words.steps, { count: cards, presses: presses + 1 })}
      ${time.steerable ? words.lookNote : words.lookNoteLive}
    </p>
    <section class="course" aria-label=${words.course}>
      <course-bar .passes=${session.passes}></course-bar>
      <ul class="row soft">
        ${stagesOf(session.passes).map(
          ({ stage, ms }) => html`<li>${stageWord(stage)} <b>${clockFace(ms)}</b></li>`,
        )}
      </ul>
    </section>
    ${ahead(view)}
    <p class="row">
      <a class="button" href="#routines">${catalogue.page.choice.choose}</a>
      ${library.again?.routine === library.chosen ? nothing : again(context, view)}
      ${device.emulated && offeredBoardTools() ? html`<a class="button" href="#board">${catalogue.page.useBoard}</a>` : nothing}
    </p>
  </div>`;
}

/** Where hands will go first, drawn where there is room beside what is told. */
export const ahead = ({ session, time }: View) =>
  session.next
    ? html`<body-guide
        .place=${session.next}
        .stroke=${null}
        .leftOut=${[]}
        .clock=${() => 0}
        .rate=${time.rate}
        live
      ></body-guide>`
    : nothing;

/** How long each stage takes, in their order. */
function stagesOf(passes: View['session']['passes']): readonly Readonly<{ stage: string; ms: number }>[] {
  const stages = new Map<string, number>();
  for (const { stage, durationMs } of passes) stages.set(stage, (stages.get(stage) ?? 0) + durationMs);
  return [...stages].map(([stage, ms]) => ({ stage, ms }));
}

/** Where nothing is real the bench has something to show: a session under way, faster than real. */
function lookAround({ feed }: PageContext, { session, time }: View): void {
  if (!time.steerable) return;
  const strokes = session.passes.find(({ stage }) => stage === 'strokes');
  if (strokes) feed.say({ type: 'jump', phase: strokes.phase });
  feed.say({ type: 'rate', rate: lookRate });
}
