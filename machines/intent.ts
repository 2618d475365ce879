/**
 * What a person wants, as scripts and the socket write it: one schema for both.
 */
import * as v from 'valibot';
import { causes } from './causes.ts';
import { zones } from './routine/names.ts';
import { cardIds, questionIds } from './screening.questions.ts';
import { afterStops, pauseReasons, symptoms } from './session.lists.ts';

const answer = v.picklist(['yes', 'no', 'unsure'], 'must be yes, no or unsure');
const score = (where: string) =>
  v.pipe(
    v.number(`${where} must be a number`),
    v.integer(`${where} must be a whole number`),
    v.minValue(0, `${where} must be 0 to 10`),
    v.maxValue(10, `${where} must be 0 to 10`),
  );

const someZones = v.pipe(
  v.array(v.picklist(zones, `must be some of ${zones.join(', ')}`), 'zones must be a list'),
  v.maxLength(zones.length, 'names a zone twice'),
);

const someCauses = v.pipe(
  v.array(v.picklist(causes, `must be some of ${causes.join(', ')}`), 'causes must be a list'),
  v.maxLength(causes.length, 'names a cause twice'),
);

/** Intents that carry nothing. */
const plain = [
  'start',
  'go',
  'resume',
  'less',
  'undo',
  'next',
  'extend',
  'skip',
  'switchTechnique',
  'tryLighter',
  'stop',
  'acknowledge',
  'end',
] as const;

export type PlainIntent = (typeof plain)[number];

/**
 * An intent as a valibot schema: `{ "intent": "pause" }`. Scores are whole numbers 0 to 10. Issues are worded so that
 * they can be shown to whoever wrote it.
 */
export const intentSchema = v.variant(
  'intent',
  [
    v.strictObject({
      intent: v.literal('screen'),
      complaint: v.optional(v.boolean('complaint must be true or false')),
      answers: v.optional(v.record(v.picklist(questionIds, 'is not a question'), answer)),
      /** For whoever returns: anything new since last time; cards in which nothing has changed. */
      anythingNew: v.optional(answer),
      unchanged: v.optional(v.array(v.picklist(cardIds, 'is not a card'), 'unchanged must be a list')),
      others: v.optional(answer),
    }),
    /** Takes back what was answered on a card, or to the opening question; while nothing has begun. */
    v.strictObject({
      intent: v.literal('reopen'),
      card: v.picklist(['opening', ...cardIds], 'is not a card'),
    }),
    v.strictObject({
      intent: v.literal('confirm'),
      step: v.picklist(['bath', 'oil', 'position'], 'must be bath, oil or position'),
    }),
    v.strictObject({
      intent: v.literal('pause'),
      why: v.optional(v.picklist(pauseReasons, `must be one of ${pauseReasons.join(', ')}`)),
    }),
    /** Zones that no hand shall touch today; none of them, where that is asked. Before the start. */
    v.strictObject({ intent: v.literal('leaveOut'), zones: someZones }),
    /** Zones that may be touched after all; before the start. */
    v.strictObject({ intent: v.literal('bringBack'), zones: someZones }),
    /** On the side instead of face down, where the routine has words for it, or face down after all. Before the start. */
    v.strictObject({ intent: v.literal('lie'), onSide: v.boolean('onSide must be true or false') }),
    /** How it is once the session is over. */
    v.strictObject({ intent: v.literal('after'), local: score('local'), leg: score('leg') }),
    /** What brings a complaint on and what makes it worse; none: none of these, or not sure. Before the start. */
    v.strictObject({ intent: v.literal('causes'), bringsOn: someCauses, worsens: someCauses }),
    v.strictObject({ intent: v.literal('baseline'), local: score('local'), leg: score('leg') }),
    v.strictObject({
      intent: v.literal('checkIn'),
      local: score('local'),
      leg: score('leg'),
      firmer: v.optional(v.boolean('firmer must be true or false'), false),
    }),
    v.strictObject({
      intent: v.literal('symptom'),
      id: v.picklist(symptoms, `must be one of ${symptoms.join(', ')}`),
    }),
    v.strictObject({
      intent: v.literal('afterStop'),
      why: v.picklist(afterStops, `must be one of ${afterStops.join(', ')}`),
    }),
    ...plain.map(name => v.strictObject({ intent: v.literal(name) })),
  ],
  issue => `${issue.received} is not an intent`,
);
/** What a person wants of a session. */
export type Intent = Readonly<v.InferOutput<typeof intentSchema>>;
