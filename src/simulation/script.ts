/**
 * Scripts: what a person, a button or fate does in a session, as a JSON array of steps.
 *
 * A step has `at` (ms of session time) or `on` (a state entered, each time or the `nth` time, with an optional
 * delay `afterMs`), and does one thing: an intent, a button, a fault, or an expectation.
 */
import * as v from 'valibot';
import { intentSchema } from '../../machines/intent.ts';
import { nesting, twiceIn } from '../../machines/json.ts';
import type { Routine } from '../../machines/routine/schema.ts';
import { applies, questionIds, stopCards } from '../../machines/screening.questions.ts';
import { stateNames } from '../../machines/session.states.ts';
import { buttons } from '../../machines/vocabulary.ts';

export const scriptFaults = [
  'unplug',
  'replug',
  'boardReset',
  'brownOut',
  'stall',
  'loseBytes',
  'clockJump',
] as const;

const whole = (name: string, most: number) =>
  v.pipe(
    v.number(`${name} must be a number`),
    v.integer(`${name} must be a whole number`),
    v.minValue(0, `${name} must be 0 or more`),
    v.maxValue(most, `${name} must be at most ${most}`),
  );

/** Longer than any session may last. */
const latestMs = 24 * 3_600_000;

const when = {
  at: v.optional(whole('at', latestMs)),
  on: v.optional(v.pipe(v.string('on must be the name of a state'), v.minLength(1, 'on must not be empty'))),
  nth: v.optional(v.pipe(whole('nth', 10_000), v.minValue(1, 'nth counts from 1'))),
  afterMs: v.optional(whole('afterMs', latestMs)),
};

const expectSchema = v.union(
  [
    v.pipe(v.string(), v.minLength(1)),
    v.pipe(
      v.strictObject({
        state: v.optional(v.string()),
        phase: v.optional(v.string()),
        side: v.optional(v.string()),
        pressure: v.optional(v.number()),
      }),
      v.check(wanted => Object.keys(wanted).length > 0, 'expects nothing'),
    ),
  ],
  'expect must be the name of a state, or an object of state, phase, side, pressure',
);

const deeds = {
  button: v.strictObject({
    button: v.picklist(buttons, `button must be one of ${buttons.join(', ')}`),
    down: v.boolean('down must be true or false'),
  }),
  fault: v.strictObject({
    fault: v.picklist(scriptFaults, `fault must be one of ${scriptFaults.join(', ')}`),
    /** How long a stall lasts. */
    forMs: v.optional(whole('forMs', 3_600_000)),
    /** How many bytes are lost, and which way. */
    bytes: v.optional(whole('bytes', 100_000)),
    toward: v.optional(v.picklist(['board', 'host'], 'toward must be board or host')),
  }),
  expect: v.strictObject({ expect: expectSchema }),
};

const whenSchema = v.object(when);
/** A state by its name, or by the last part of it. */
const events: ReadonlySet<string> = new Set(stateNames.flatMap(name => [name, name.replace(/^.*\./, '')]));
type When = v.InferOutput<typeof whenSchema>;

export type ScriptDeed =
  | Readonly<{ kind: 'intent' } & { intent: v.InferOutput<typeof intentSchema> }>
  | Readonly<{ kind: 'button' } & v.InferOutput<typeof deeds.button>>
  | Readonly<{ kind: 'fault' } & v.InferOutput<typeof deeds.fault>>
  | Readonly<{ kind: 'expect' } & v.InferOutput<typeof deeds.expect>>;
/** `index` counts from 1, as people count the steps of a file. */
export type Step = Readonly<{ index: number; when: When; deed: ScriptDeed }>;

export type ParsedScript =
  | Readonly<{ ok: true; steps: readonly Step[] }>
  | Readonly<{ ok: false; issues: readonly string[] }>;

const mostSteps = 10_000;
/** A step has objects within an object. */
const deepest = 16;
/** More would not be read by anyone. */
const mostTold = 200;

/** `[0].at` as people count the steps. */
const named = (path: string): string =>
  path.replace(/^\[(\d+)\]\.?/, (_, index: string) => `step ${Number(index) + 1}: `);

function parseStep(value: unknown, index: number): Step | string {
  const name = `step ${index}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `${name}: must be an object`;
  const fields = Object.entries(value);
  const timing = v.safeParse(
    whenSchema,
    Object.fromEntries(fields.filter(([key]) => Object.hasOwn(when, key))),
  );
  if (!timing.success) return `${name}: ${timing.issues[0].message}`;
  const { at, on, nth, afterMs } = timing.output;
  if ((at === undefined) === (on === undefined)) return `${name}: needs either "at" or "on"`;
  if (on !== undefined && !events.has(on))
    return `${name}: on ${JSON.stringify(on)} is no state of a session`;
  if (at !== undefined && (nth !== undefined || afterMs !== undefined))
    return `${name}: "nth" and "afterMs" go with "on"`;
  const rest = Object.fromEntries(fields.filter(([key]) => !Object.hasOwn(when, key)));
  const kinds = (['intent', 'button', 'fault', 'expect'] as const).filter(kind => kind in rest);
  const [kind] = kinds;
  if (!kind || kinds.length !== 1) return `${name}: needs one of "intent", "button", "fault", "expect"`;
  // To a schema of an object a list is one; what is a list by its own schema says so itself.
  for (const field of ['answers', 'expect'])
    if (Array.isArray(rest[field])) return `${name}: ${field} must be an object`;
  // Names such as `constructor` are passed over in silence by a record's schema.
  const stranger = Object.keys(rest.answers ?? {}).find(id => !questionIds.some(known => known === id));
  if (stranger !== undefined) return `${name}: answers.${stranger} is not a question`;
  const found = v.safeParse(kind === 'intent' ? intentSchema : deeds[kind], rest);
  if (!found.success) {
    const [issue] = found.issues;
    const path = v.getDotPath(issue);
    return `${name}: ${path ? `${path} ` : ''}${issue.message}`;
  }
  const deed = (kind === 'intent' ? { kind, intent: found.output } : { kind, ...found.output }) as ScriptDeed;
  return { index, when: timing.output, deed };
}

/** Reads a script's text; every faulty step is told. Sorted by `at`, ties in file order. */
export function parseScript(text: string): ParsedScript {
  const written = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (error) {
    return { ok: false, issues: [`is not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  if (!Array.isArray(value)) return { ok: false, issues: ['must be a list of steps'] };
  if (value.length > mostSteps) return { ok: false, issues: [`has more than ${mostSteps} steps`] };
  if (nesting(written) > deepest) return { ok: false, issues: [`is nested deeper than ${deepest} levels`] };
  // Which of the two counts, no reader could tell.
  const twice = twiceIn(written);
  if (twice.length > 0)
    return { ok: false, issues: twice.slice(0, mostTold).map(path => `${named(path)} appears twice`) };
  const parsed = value.map((step, index) => parseStep(step, index + 1));
  const issues = parsed.filter(step => typeof step === 'string');
  if (issues.length > 0) return { ok: false, issues };
  const steps = parsed.filter(step => typeof step !== 'string');
  return { ok: true, steps: steps.toSorted((one, other) => (one.when.at ?? 0) - (other.when.at ?? 0)) };
}

/** What a run asks, as far as a script's answers depend on it. */
export type AskedInRun = Readonly<{
  /** All was clear lately: screening may be answered in short. */
  returns: boolean;
}>;

/**
 * Answers that nobody asks for in this run, step by step: a run would pass over them in silence, and a script that relies
 * on one would test something else than it says.
 */
export function unanswerable(steps: readonly Step[], { returns }: AskedInRun): readonly string[] {
  const screens = steps.flatMap(({ index, deed }) =>
    deed.kind === 'intent' && deed.intent.intent === 'screen' ? [{ index, said: deed.intent }] : [],
  );
  const isNothingNew = screens.some(({ said }) => said.anythingNew === 'no');
  // Where that is left open every question counts as asked.
  const isHealthy =
    screens.some(({ said }) => said.complaint === false) && !screens.some(({ said }) => said.complaint);
  return screens.flatMap(({ index, said }) => {
    const found: string[] = [];
    for (const name of ['anythingNew', 'unchanged'] as const)
      if (said[name] !== undefined && !returns)
        found.push(`${name} is asked only where all was clear lately (simulate --returning)`);
    if (said.unchanged && returns && !isNothingNew)
      found.push('unchanged counts only with "anythingNew": "no"');
    for (const card of said.unchanged ?? [])
      if (returns && stopCards.has(card)) found.push(`unchanged: ${card} is always asked in full`);
    for (const id of questionIds)
      if (isHealthy && said.answers?.[id] !== undefined && !applies(id, false))
        found.push(`answers.${id} is asked only where there is a complaint`);
    return found.map(why => `step ${index}: ${why}`);
  });
}

/** Time for the hands to move and for the cue to be felt, before the assumed person goes on. */
const turnMs = 2500;

/**
 * The person assumed where no script is given: has a complaint, so that every question is asked, answers "no" to
 * all, confirms each preparation, is at 0 and 0, starts, goes on after each turn, and answers each check-in at once.
 */
export function assumedPerson(routine: Routine): readonly Step[] {
  const { bath, oil } = routine.preparation;
  const steps: readonly Readonly<{ when: When; intent: v.InferInput<typeof intentSchema> }>[] = [
    { when: { at: 0 }, intent: { intent: 'screen', complaint: true, others: 'no' } },
    ...(bath ? [{ when: { at: 0 }, intent: { intent: 'confirm', step: 'bath' } } as const] : []),
    ...(oil ? [{ when: { at: 0 }, intent: { intent: 'confirm', step: 'oil' } } as const] : []),
    { when: { at: 0 }, intent: { intent: 'confirm', step: 'position' } },
    { when: { at: 0 }, intent: { intent: 'baseline', local: 0, leg: 0 } },
    { when: { at: 0 }, intent: { intent: 'start' } },
    { when: { on: 'transition', afterMs: turnMs }, intent: { intent: 'go' } },
    { when: { on: 'checkIn' }, intent: { intent: 'checkIn', local: 1, leg: 0, firmer: true } },
    { when: { on: 'finishing', afterMs: turnMs }, intent: { intent: 'acknowledge' } },
  ];
  return steps.map(({ when, intent }, index) => ({
    index: index + 1,
    when,
    deed: { kind: 'intent', intent: v.parse(intentSchema, intent) },
  }));
}
