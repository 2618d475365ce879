/** Words of reports that are made of numbers: minutes, dates, a note to paste. */

import { beganWord } from '../../machines/text/began.ts';
import { historyWords } from '../../machines/text/history.ts';
import { clockFace, minutesWord } from '../../machines/text/minutes.ts';
import { catalogue, fill } from '../../machines/text/text.ts';
import { whenWord } from '../time/calendar.ts';
import type { KeptSession } from './records.ts';
import { type StageTime, type Summary, summaryOf } from './summary.ts';

const words = historyWords;

export const outcomeWord = ({ outcome }: Summary): string =>
  words.outcomes[outcome?.outcome ?? 'brokeOff'] ?? words.outcomes.brokeOff;

/** "Strokes: 4 min on the left side, 4 min on the right side". */
export const stageLine = ({ stage, leftMs, rightMs }: StageTime): string =>
  fill(words.alone.stage, {
    stage: catalogue.stages[stage],
    left: minutesWord(leftMs),
    right: minutesWord(rightMs),
  });

/** What a therapist pastes elsewhere: places and sides with their minutes as they were, what eased, what was added. */
export function noteToPaste(kept: KeptSession): string {
  const { header } = kept;
  const summary = summaryOf(kept);
  const head = [
    beganWord(header, whenWord),
    ...(header.alone ? [words.alone.by] : []),
    ...(summary.practice ? [words.practice.by] : []),
    ...(header.client === null ? [] : [fill(words.note.client, { client: header.client })]),
    header.routine.title,
    minutesWord(summary.movedMs),
    outcomeWord(summary),
  ].join(' · ');
  const zones = catalogue.zones;
  const lines = summary.zones.map(({ zone, leftMs, rightMs }) => {
    const here = summary.stretches.filter(stretch => stretch.zone === zone);
    const sides =
      leftMs === rightMs && here.every(({ side }) => side === 'together')
        ? [`${catalogue.sides.together} ${clockFace(leftMs, 'nearest')} min`]
        : [
            ...(leftMs > 0 ? [`${catalogue.sides.left} ${clockFace(leftMs, 'nearest')} min`] : []),
            ...(rightMs > 0 ? [`${catalogue.sides.right} ${clockFace(rightMs, 'nearest')} min`] : []),
          ];
    const pressure = Math.max(0, ...here.flatMap(({ pressureMax }) => pressureMax ?? []));
    const eased = here.reduce((sum, stretch) => sum + stretch.eased, 0);
    const added = here.reduce((sum, stretch) => sum + stretch.extended, 0);
    const parts = [
      ...sides,
      ...(pressure > 0 ? [fill(words.note.pressure, { pressure })] : []),
      ...(eased > 0 ? [fill(words.note.eased, { count: eased })] : []),
      ...(added > 0 ? [fill(words.note.extended, { count: added })] : []),
    ].join(', ');
    return fill(words.note.zone, { zone: zones[zone], parts });
  });
  return [
    head,
    ...lines,
    ...(summary.stages ?? []).map(stageLine),
    ...(header.intakeAttested ? [words.note.attested] : []),
    ...summary.notes.map(({ text }) => text),
  ].join('\n');
}
