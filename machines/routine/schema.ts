/**
 * What a routine file may contain: one source of the checks, the types and the published JSON Schema.
 *
 * Bounds come from `limits.ts`. What spans several fields is checked in `rules.ts`; lines and paths are found
 * in `parse.ts`.
 */
import * as v from 'valibot';
import { routineLimits as limits } from '../limits.ts';
import { controlSigns, hasControlSigns, hasHiddenSigns, hiddenSigns } from '../text/signs.ts';
import { movingStages } from '../vocabulary.ts';

/** The version of a routine file that this program writes; older ones are brought to it by `migrations.ts`. */
export const schemaVersion = 1;

/** Where hands may work. Zones that must not be pressed have no name here, so no file can name them. */
export const zones = [
  'lowerBack',
  'buttocks',
  'thighBack',
  'thighFront',
  'thighOuter',
  'calf',
  'legBack',
  'piriformis',
  'sacralEdge',
] as const;
export type Zone = (typeof zones)[number];

/** What hands reach on the body they belong to: nobody reaches their own sacrum. [D] */
export const ownReach: readonly Zone[] = ['thighFront', 'thighOuter', 'calf'];

export const users = ['self', 'partner', 'therapist'] as const;
export type User = (typeof users)[number];

export const techniques = [
  'effleurage',
  'kneading',
  'friction',
  'kneeToHipPull',
  'broadPress',
  'edgeStroke',
  'vibration',
] as const;
export type Technique = (typeof techniques)[number];

export const directions = ['towardsHeart', 'awayFromHeart', 'outward', 'inward', 'circles', 'still'] as const;
export type Direction = (typeof directions)[number];

export const positions = ['prone', 'supine', 'sideLying', 'seated'] as const;
export type Position = (typeof positions)[number];

type Bounds = Readonly<{ min: number; max: number }>;

const within = ({ min, max }: Bounds, unit: string, description: string) =>
  v.pipe(
    v.number(`must be a number of ${unit}`),
    v.finite('must be finite'),
    v.minValue(min, `must be ${min} to ${max} ${unit}`),
    v.maxValue(max, `must be ${min} to ${max} ${unit}`),
    v.description(description),
  );

const whole = (bounds: Bounds, unit: string, description: string) =>
  v.pipe(within(bounds, unit, description), v.integer(`must be a whole number of ${unit}`));

const unseen = controlSigns + hiddenSigns;
/** At least one sign that shows, and none that does not: as JSON Schema can say it too. */
const printable = `^[^${unseen}]*[^\\s${unseen}][^${unseen}]*$`;

/** `most` counts as JSON Schema does: what is one sign counts once, however many units it is stored in. */
const text = (most: number, description: string) =>
  v.pipe(
    v.string('must be text'),
    v.check(value => [...value].length <= most, `must be at most ${most} characters`),
    v.check(value => !hasControlSigns(value), 'must not contain control characters'),
    v.check(
      value => !hasHiddenSigns(value),
      'must not contain signs that cannot be seen or that turn the text round',
    ),
    v.trim(),
    v.minLength(1, 'must not be empty'),
    v.metadata({ description, maxLength: most, pattern: printable }),
  );

const oneOf = <const T extends readonly string[]>(names: T, description: string) =>
  v.pipe(v.picklist(names, `must be one of ${names.join(', ')}`), v.description(description));

const pace = {
  technique: oneOf(techniques, 'What the hands do.'),
  strokeCm: within(limits.strokeCm, 'cm', 'Length of one stroke.'),
  speedCmPerS: within(limits.speedCmPerS, 'cm/s', 'Speed of the hands; the pace follows from it.'),
  returnMs: whole(limits.returnMs, 'ms', 'Time from the end of a stroke to the beginning of the next.'),
  instruction: text(200, 'One or two short sentences that a lay person can follow.'),
};

export const phaseSchema = v.strictObject({
  id: v.pipe(
    v.string('must be text'),
    v.regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'must be camelCase, at most 40 characters'),
    v.description('Name of the phase, unique in the file.'),
  ),
  title: text(60, 'What a person reads.'),
  stage: oneOf(movingStages, 'Stages come in this order.'),
  zone: oneOf(zones, 'Where the hands work.'),
  side: v.pipe(
    v.picklist(['left', 'right', 'both', 'together'], 'must be one of left, right, both, together'),
    v.description("The receiver's own sides; both: one after the other, equal time; together: two hands."),
  ),
  position: oneOf(positions, 'How the receiver lies or sits.'),
  direction: oneOf(directions, 'Which way a stroke runs.'),
  ...pace,
  durationS: whole(limits.phaseS, 's', 'Length of the phase; with side both, of the two sides together.'),
  durationMinS: v.optional(whole(limits.phaseS, 's', 'Not shorter than this when time is scaled.')),
  durationMaxS: v.optional(
    whole(limits.phaseS, 's', 'Not longer than this when time is scaled or extended.'),
  ),
  pressureStart: whole(limits.pressureStart, 'on the pressure scale', 'Pressure at which the phase begins.'),
  pressureMax: whole(
    limits.pressureMax,
    'on the pressure scale',
    'Highest pressure that check-ins may lead to.',
  ),
  otherTechnique: v.optional(
    v.pipe(v.strictObject(pace), v.description('What "switch technique" changes to, and back.')),
  ),
});

export const routineSchema = v.pipe(
  v.strictObject({
    $schema: v.optional(v.string('must be text')),
    schemaVersion: v.literal(
      schemaVersion,
      `must be ${schemaVersion}: this program reads version ${schemaVersion}`,
    ),
    id: v.pipe(
      v.string('must be text'),
      v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens'),
      v.maxLength(48, 'must be at most 48 characters'),
    ),
    title: text(60, 'What a person reads.'),
    summary: text(300, 'What the routine is, without a promise.'),
    kind: v.optional(
      v.pipe(
        v.picklist(['full', 'trial'], 'must be full or trial'),
        v.description('A trial teaches the cues: five minutes at most, never firmer than 2.'),
      ),
      'full',
    ),
    for: v.pipe(
      v.array(oneOf(users, 'Who uses it.'), 'must be a list'),
      v.minLength(1, 'must name at least one of self, partner, therapist'),
    ),
    sessionMaxMin: v.optional(
      whole({ min: 5, max: limits.sessionMaxMin }, 'min', 'Hard end of the session, pauses included.'),
    ),
    hoursBetween: v.optional(
      whole(limits.hoursBetween, 'h', 'Rest between two sessions of one receiver. Advice.'),
    ),
    riseDwellS: v.optional(whole(limits.riseDwellS, 's', 'Shortest time at one pressure before the next.')),
    checkIn: v.optional(
      v.strictObject({
        everyS: v.optional(whole(limits.checkInEveryS, 's', 'Time between check-ins.')),
        timeoutS: v.optional(whole(limits.checkInTimeoutS, 's', 'Silence after which the session pauses.')),
        raiseAtMost: v.optional(whole(limits.raiseAtMost, 'points', 'Highest score that allows a rise.')),
        easeAt: v.optional(whole(limits.easeAt, 'points', 'Score from which pressure eases.')),
        stopAt: v.optional(whole(limits.stopAt, 'points', 'Score from which the session stops.')),
        legWorse: v.optional(whole(limits.legWorse, 'points', 'Leg score over baseline that stops.')),
      }),
    ),
    preparation: v.strictObject({
      bath: v.optional(
        v.strictObject({
          tempC: within(limits.bathC, '°C', 'Advice; nothing here measures heat.'),
          minutes: whole(limits.bathMin, 'min', 'Advice.'),
          restMin: whole(limits.bathRestMin, 'min', 'Sitting time after the bath. Advice.'),
        }),
      ),
      oil: v.optional(
        v.strictObject({
          blend: oneOf(['sesameNutmeg', 'plain'], 'The blend is left out where anyone may react to it.'),
          tempC: within(limits.oilC, '°C', 'Advice; nothing here measures heat.'),
        }),
      ),
    }),
    phases: v.pipe(
      v.array(phaseSchema, 'must be a list of phases'),
      v.minLength(2, 'must have at least a warm-up and a cooldown'),
      v.maxLength(limits.phases, `must have at most ${limits.phases} phases`),
    ),
  }),
  v.title('Tactus routine'),
  v.description('A massage routine to be paced by touch.'),
);

/** A routine as parsed: checked, with defaults filled in. */
export type Routine = Readonly<v.InferOutput<typeof routineSchema>>;
export type Phase = Readonly<v.InferOutput<typeof phaseSchema>>;
