/**
 * What a routine file may contain: one source of the checks, the types and the published JSON Schema.
 *
 * Bounds come from `limits.ts`. What spans several fields is checked in `rules.ts`; lines and paths are found
 * in `parse.ts`.
 */
import * as v from 'valibot';
import { routineLimits as limits } from '../limits.ts';
import { checkWords } from '../text/checks.ts';
import { controlSigns, hasControlSigns, hasHiddenSigns, hiddenSigns } from '../text/signs.ts';
import { fill } from '../text/text.ts';
import { movingStages } from '../vocabulary.ts';
import { directions, positions, techniques, users, zones } from './names.ts';

/** The version of a routine file that this program writes; older ones are brought to it by `migrations.ts`. */
export const schemaVersion = 1;

const { fields: words, units } = checkWords;

type Bounds = Readonly<{ min: number; max: number }>;

const within = ({ min, max }: Bounds, unit: keyof typeof units, description: string) =>
  v.pipe(
    v.number(fill(words.number, { unit: units[unit] })),
    v.finite(words.finite),
    v.minValue(min, fill(words.within, { min, max, unit: units[unit] })),
    v.maxValue(max, fill(words.within, { min, max, unit: units[unit] })),
    v.description(description),
  );

const whole = (bounds: Bounds, unit: keyof typeof units, description: string) =>
  v.pipe(within(bounds, unit, description), v.integer(fill(words.whole, { unit: units[unit] })));

const unseen = controlSigns + hiddenSigns;
/** At least one sign that shows, and none that does not: as JSON Schema can say it too. */
const printable = `^[^${unseen}]*[^\\s${unseen}][^${unseen}]*$`;

/** `most` counts as JSON Schema does: what is one sign counts once, however many units it is stored in. */
const text = (most: number, description: string) =>
  v.pipe(
    v.string(words.text),
    v.check(value => [...value].length <= most, fill(words.long, { most })),
    v.check(value => !hasControlSigns(value), words.control),
    v.check(value => !hasHiddenSigns(value), words.hidden),
    v.trim(),
    v.minLength(1, words.empty),
    v.metadata({ description, maxLength: most, pattern: printable }),
  );

const oneOf = <const T extends readonly string[]>(names: T, description: string) =>
  v.pipe(v.picklist(names, fill(words.oneOf, { names: names.join(', ') })), v.description(description));

/** What a person reads, in languages other than that of the file's own title. */
const titles = v.optional(
  v.pipe(
    v.array(
      v.strictObject({
        language: v.pipe(
          v.string(words.text),
          v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, words.language),
          v.description('Tag of the language, as BCP 47 has it.'),
        ),
        title: text(60, 'What a person reads in that language.'),
      }),
      words.titles,
    ),
    v.maxLength(limits.titles, fill(words.titlesMost, { most: limits.titles })),
    v.description('The title in other languages; where one is not here, the title itself is shown.'),
  ),
);

const ascent = v.strictObject({
  pulls: whole(limits.inching.pulls, 'pulls', 'Pulls from the knee up to the hip.'),
  stepCm: within(limits.inching.stepCm, 'cm', 'How much higher each pull is than the one before.'),
  returnMs: whole(
    limits.inching.returnMs,
    'ms',
    'Time from the end of the last pull to the first one of the next.',
  ),
});

const pace = {
  technique: oneOf(techniques, 'What the hands do.'),
  strokeCm: within(limits.strokeCm, 'cm', 'Length of one stroke.'),
  speedCmPerS: within(limits.speedCmPerS, 'cm/s', 'Speed of the hands; the pace follows from it.'),
  returnMs: whole(limits.returnMs, 'ms', 'Time from the end of a stroke to the beginning of the next.'),
  ascent: v.optional(
    v.pipe(ascent, v.description('How small pulls climb; inching has it, and nothing else.')),
  ),
  instruction: text(200, 'One or two short sentences that a lay person can follow.'),
};

/** A phase as its file says it. Seconds, cm, and pressures 1 to 5; the bounds are those of `tactus routines schema`. */
export const phaseSchema = v.strictObject({
  id: v.pipe(
    v.string(words.text),
    v.regex(/^[a-z][A-Za-z0-9]{0,39}$/, fill(words.phaseId, { most: 40 })),
    v.description('Name of the phase, unique in the file.'),
  ),
  title: text(60, 'What a person reads.'),
  titles,
  stage: oneOf(movingStages, 'Stages come in this order.'),
  zone: oneOf(zones, 'Where the hands work.'),
  side: v.pipe(
    v.picklist(
      ['left', 'right', 'both', 'together'],
      fill(words.oneOf, { names: 'left, right, both, together' }),
    ),
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
  pressureStart: whole(limits.pressureStart, 'pressure', 'Pressure at which the phase begins.'),
  pressureMax: whole(limits.pressureMax, 'pressure', 'Highest pressure that check-ins may lead to.'),
  sideLying: v.optional(
    v.pipe(
      v.strictObject({ instruction: text(200, 'What hands do then, in one or two short sentences.') }),
      v.description('For whoever cannot lie face down, or rather lies on the side.'),
    ),
  ),
  otherTechnique: v.optional(
    v.pipe(v.strictObject(pace), v.description('What "switch technique" changes to, and back.')),
  ),
});

/**
 * A routine as its file says it, as a valibot schema: its form alone. `parseRoutine` checks the rules between fields
 * too, and tells lines.
 */
export const routineSchema = v.pipe(
  v.strictObject({
    $schema: v.optional(v.string(words.text)),
    schemaVersion: v.literal(schemaVersion, fill(words.version, { version: schemaVersion })),
    id: v.pipe(
      v.string(words.text),
      v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, words.routineId),
      v.maxLength(48, fill(words.long, { most: 48 })),
    ),
    title: text(60, 'What a person reads.'),
    titles,
    summary: text(300, 'What the routine is, without a promise.'),
    kind: v.optional(
      v.pipe(
        v.picklist(['full', 'trial'], words.kind),
        v.description('A trial teaches the cues: five minutes at most, never firmer than 2.'),
      ),
      'full',
    ),
    for: v.pipe(
      v.array(oneOf(users, 'Who uses it.'), words.list),
      v.minLength(1, fill(words.users, { names: users.join(', ') })),
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
      v.array(phaseSchema, words.phases),
      v.minLength(2, words.phasesLeast),
      v.maxLength(limits.phases, fill(words.phasesMost, { most: limits.phases })),
    ),
  }),
  v.title('Tactus routine'),
  v.description('A massage routine to be paced by touch.'),
);

/** A routine as parsed: checked, with defaults filled in. */
export type Routine = Readonly<v.InferOutput<typeof routineSchema>>;
/** A stretch of a stage with one place, one technique and one pace. Seconds and cm. */
export type Phase = Readonly<v.InferOutput<typeof phaseSchema>>;
