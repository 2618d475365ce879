/**
 * A routine while it is being written: the file's own fields, whatever stands in them, so that anything can be begun
 * and left half done. What somebody types into a field of numbers stays as it was typed until the file is made of it.
 * Pure; nothing here is changed in place.
 */

/** What was typed, in the unit of its field; a file may have another one, `factor` times as small. */
export class Typed {
  readonly text: string;
  readonly factor: number;

  constructor(text: string, factor = 1) {
    this.text = text;
    this.factor = factor;
  }
}

export type Fields = Readonly<Record<string, unknown>>;
export type Draft = Fields & Readonly<{ phases: readonly Fields[] }>;
export type Path = readonly (string | number)[];

export const isDraftFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A draft of what a file holds; null where it is no routine at all. */
export function draftOf(value: unknown): Draft | null {
  if (!isDraftFields(value) || !Array.isArray(value.phases) || !value.phases.every(isDraftFields))
    return null;
  return { ...value, phases: value.phases };
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      Array.isArray(inner) ? inner[Number(key)] : isDraftFields(inner) ? inner[String(key)] : undefined,
    value,
  );
}

/** With another value at a path; `undefined` takes the field away, and objects that it leaves empty stay. */
export function withValue(draft: Draft, path: Path, value: unknown): Draft {
  return put(draft, path, value) as Draft;
}

function put(inner: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(inner)) return inner.map((one, index) => (index === key ? put(one, rest, value) : one));
  const { [String(key)]: before, ...others } = isDraftFields(inner) ? inner : {};
  const after = put(before, rest, value);
  // A field keeps its place, so that a file reads as it did.
  if (isDraftFields(inner) && String(key) in inner && after !== undefined)
    return Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, name === key ? after : one]));
  return after === undefined ? others : { ...others, [String(key)]: after };
}

/** A number as a file has it; the text itself where it is none. Empty is nothing at all. */
function numberOf({ text, factor }: Typed): unknown {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return undefined;
  const value = Number(plain);
  // What is typed in seconds is a whole number of ms but for the last bits.
  return Number.isFinite(value) ? Number((value * factor).toPrecision(12)) : text.trim();
}

/** The file that this draft would be. */
export function fileOf(value: unknown): unknown {
  if (value instanceof Typed) return numberOf(value);
  if (Array.isArray(value)) return value.map(fileOf);
  if (!isDraftFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const made = fileOf(one);
      return made === undefined ? [] : [[name, made]];
    }),
  );
}

export const textOf = (draft: Draft): string => `${JSON.stringify(fileOf(draft), null, 2)}\n`;

/** A name that none of these has: itself, or with the lowest number that is free. */
export function freshName(wanted: string, taken: readonly unknown[], most: number, join = ''): string {
  if (!taken.includes(wanted)) return wanted;
  // One more than there are names: one of them has to be free.
  for (let number = 2; number <= taken.length + 2; number++) {
    const ending = `${join}${number}`;
    const name = `${wanted.slice(0, most - ending.length)}${ending}`;
    if (!taken.includes(name)) return name;
  }
  return wanted;
}

/** An ascent as the routines that come with Tactus have it. */
const usualAscent: Fields = { pulls: 8, stepCm: 5, returnMs: 3500 };

/** What hands do, done another way: pulls that climb bring their ascent along, and nothing else keeps one. */
export function withTechnique(pace: Fields, technique: unknown): Fields {
  const { ascent = usualAscent, ...rest } = pace;
  return { ...rest, technique, ...(technique === 'inching' && { ascent }) };
}

const idLength = 40;
const idsOf = (draft: Draft): readonly unknown[] => draft.phases.map(({ id }) => id);

const withPhases = (draft: Draft, phases: readonly Fields[]): Draft => withValue(draft, ['phases'], phases);

/** The phase changes places with its neighbour; the same draft where there is none. */
export function moved(draft: Draft, index: number, by: -1 | 1): Draft {
  const one = draft.phases[index];
  const other = draft.phases[index + by];
  if (!one || !other) return draft;
  return withPhases(
    draft,
    draft.phases.map((phase, at) => (at === index ? other : at === index + by ? one : phase)),
  );
}

export const removed = (draft: Draft, index: number): Draft =>
  withPhases(
    draft,
    draft.phases.filter((_, at) => at !== index),
  );

/** A phase put in at a place. */
export const inserted = (draft: Draft, index: number, phase: Fields): Draft =>
  withPhases(draft, [...draft.phases.slice(0, index), phase, ...draft.phases.slice(index)]);

/** A phase that was taken out, where it stood, in what has become of the rest meanwhile. */
export const putBack = (draft: Draft, index: number, phase: Fields): Draft =>
  inserted(draft, Math.min(index, draft.phases.length), {
    ...phase,
    id: freshName(String(phase.id ?? 'phase'), idsOf(draft), idLength),
  });

/** A copy behind the phase, under a name of its own. */
export function copied(draft: Draft, index: number): Draft {
  const phase = draft.phases[index];
  if (!phase) return draft;
  const id = freshName(String(phase.id ?? 'phase'), idsOf(draft), idLength);
  return inserted(draft, index + 1, { ...phase, id });
}

/** A plain phase behind another, where it works and how they lie as there. */
export function added(draft: Draft, index: number, title: string): Draft {
  const { stage, zone, side, position, direction } = draft.phases[index] ?? {};
  const phase: Fields = {
    id: freshName('phase', idsOf(draft), idLength),
    title,
    stage: stage ?? 'strokes',
    zone: zone ?? 'thighFront',
    side: side ?? 'together',
    position: position ?? 'supine',
    direction: direction ?? 'towardsHeart',
    technique: zone === 'piriformis' ? 'broadPress' : 'effleurage',
    strokeCm: 30,
    speedCmPerS: 5,
    returnMs: 2000,
    instruction: '',
    durationS: 120,
    pressureStart: 1,
    // A ramp without a rise would be none.
    pressureMax: stage === 'pressureRamp' ? 2 : 1,
  };
  return inserted(draft, index + 1, phase);
}
