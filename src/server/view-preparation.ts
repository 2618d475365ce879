/** What a page shows of what is to be done before hands begin. */

import { touchesAny } from '../../machines/routine/zones.ts';
import { type PreparationStep, preparationSteps } from '../../machines/session.lists.ts';
import { isRoutine, mayLieOnSide, placesToName, stagesElsewhere } from '../../machines/session.place.ts';
import { catalogue, fill, listed } from '../../machines/text/text.ts';
import { hindered } from '../session/board-hindrance.ts';
import type { Run } from '../session/run.ts';
import type { SharedView } from './shared-view.ts';

/** The places of this routine that hands are light with today. */
function gentleToday({ gentle, passes }: Run['snapshot']['context']): string | null {
  const zones = [...new Set(passes.map(({ zone }) => zone))].filter(zone => touchesAny(zone, gentle));
  if (zones.length === 0) return null;
  const places = listed(zones.map(zone => catalogue.zones[zone].toLowerCase()));
  return fill(catalogue.causes.gentleToday, { places });
}

export function preparationView(run: Run): SharedView['preparation'] {
  const { context } = run.snapshot;
  const { bath, oil } = run.routine.preparation;
  const sentences = catalogue.preparation;
  const [first] = context.passes;
  /** The places are asked for with their reason: they want none beside it. */
  const facts = { ...catalogue.preparationFacts, places: '' };
  const isCool = context.caps?.bath === 'cool';
  const wanted = context.caps?.oil ?? 'any';
  const blend = wanted === 'any' ? (oil?.blend ?? 'plain') : wanted;
  const { receiver } = context;
  const lies = first?.position ?? 'prone';
  /** Null where this session has no such step. */
  const said: Readonly<Record<PreparationStep, string | null>> = {
    places: context.asksPlaces ? sentences.places : null,
    bath: bath && context.caps?.bath !== 'none' ? fill(sentences[isCool ? 'bath.cool' : 'bath'], bath) : null,
    oil: oil ? fill(sentences[`oil.${blend}`], oil) : null,
    position: sentences[`position.${lies}`],
    receiver: receiver ? sentences[`receiver.${receiver}`] : null,
    baseline: sentences.baseline,
  };
  const open = context.steps;
  return {
    steps: preparationSteps.flatMap(step => {
      const sentence = said[step];
      return sentence === null ? [] : [{ step, sentence, fact: facts[step], open: open.includes(step) }];
    }),
    ready: run.state === 'preparation' && open.length === 0 && context.boardReady && isRoutine(context),
    notes: [
      ...(run.board.hindrance ? [catalogue.refusals.next[hindered[run.board.hindrance].next]] : []),
      ...(run.screened?.cleared && run.screened.by === 'touch' ? [catalogue.care.noScreen] : []),
      sentences.apart,
      ...(isRoutine(context) ? [] : [catalogue.refusals.next.otherRoutine]),
      ...stagesElsewhere(context).map(({ stage, zones }) =>
        fill(sentences.elsewhere, {
          stage: catalogue.stages[stage],
          places: zones.map(zone => catalogue.zones[zone].toLowerCase()).join(', '),
        }),
      ),
    ],
    causes: run.causes,
    gentle: gentleToday(context),
    places: placesToName(context).map(zone => ({
      zone,
      isLeftOut: touchesAny(zone, context.leftOut),
      isNamed: context.leftOut.includes(zone),
    })),
    liesOnSide: mayLieOnSide(context) ? context.liesOnSide : null,
  };
}
