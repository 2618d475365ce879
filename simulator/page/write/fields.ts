/** Every field of a routine that can be written on the page: what it is called, its bounds, what it offers. */
import { routineLimits as limits } from '../../../machines/limits.ts';
import {
  directions,
  ownReach,
  positions,
  techniques,
  users,
  type Zone,
  zones,
} from '../../../machines/routine/names.ts';
import { partsOf } from '../../../machines/routine/zones.ts';
import { sentenceIn } from '../../../machines/text/sentence.ts';
import { catalogue, fill, listed } from '../../../machines/text/text.ts';
import { writeWords } from '../../../machines/text/write.ts';
import { movingStages } from '../../../machines/vocabulary.ts';
import { pressureWord, sideWord, stageWord } from '../common/words.ts';
import type { Path } from './draft.ts';

const words = writeWords;
const { units } = words;

type Bounds = Readonly<{ min: number; max: number }>;
export type Option = Readonly<{ value: string | number; word: string }>;

export type Field = Readonly<{ path: Path; word: string; hint?: string }> &
  (
    | Readonly<{ kind: 'text'; most: number }>
    | Readonly<{ kind: 'area'; most: number }>
    | Readonly<{ kind: 'choice'; options: readonly Option[]; isOptional?: true }>
    | Readonly<{
        kind: 'number';
        unit: string;
        /** In the unit of the file. */
        bounds: Bounds;
        /** How many of the file's unit are one of the field's. */
        factor: number;
        isOptional?: true;
        /** Has buttons to step by 30. */
        steps?: true;
      }>
  );

/** What a field of a file is called; some are called after the object that they stand in. */
export function fieldWord(path: Path): string {
  const key = path.findLast(part => typeof part === 'string') ?? '';
  if (key === 'tempC') return path.includes('oil') ? words.fields.oilTempC : words.fields.bathTempC;
  if (key === 'minutes') return words.fields.bathMinutes;
  if (key === 'instruction' && path.includes('sideLying')) return words.fields.sideLying;
  if (key === 'returnMs' && path.includes('ascent')) return words.fields.backMs;
  return sentenceIn<keyof typeof words.fields>(words.fields, key, key);
}

const optionsOf = <K extends string>(
  table: Readonly<Record<K, string>>,
  values: readonly NoInfer<K>[],
): readonly Option[] => values.map(value => ({ value, word: table[value] }));

const number = (
  path: Path,
  unit: string,
  bounds: Bounds,
  more: Readonly<{ factor?: number; isOptional?: true; steps?: true; usual?: number }> = {},
): Field => {
  const { factor = 1, usual, ...rest } = more;
  const range = fill(words.boundsUnit, { min: bounds.min / factor, max: bounds.max / factor, unit });
  const parts = [
    range,
    ...(usual === undefined ? [] : [fill(words.usual, { value: usual })]),
    ...(rest.isOptional ? [words.optional] : []),
  ];
  return {
    kind: 'number',
    path,
    word: fieldWord(path),
    unit,
    bounds,
    factor,
    ...rest,
    hint: listed(parts),
  };
};
const text = (path: Path, most: number, kind: 'text' | 'area' = 'text'): Field => ({
  kind,
  path,
  word: fieldWord(path),
  most,
});
const choice = (path: Path, options: readonly Option[]): Field => ({
  kind: 'choice',
  path,
  word: fieldWord(path),
  options,
});

const pressures = ({ min, max }: Bounds): readonly Option[] =>
  Array.from({ length: max - min + 1 }, (_, index) => ({
    value: min + index,
    word: fill(words.pressures, { pressure: min + index, word: pressureWord(min + index) }),
  }));

/** Places that hands may work, for whoever is alone those within reach. Nothing else can be picked. */
export const zonesFor = (whom: unknown): readonly Zone[] =>
  Array.isArray(whom) && whom.includes('self') ? zones.filter(zone => ownReach.includes(zone)) : zones;

/** Which of these places have others in them, in words. */
const containing = (some: readonly Zone[]): string =>
  some
    .filter(zone => partsOf(zone).length > 0)
    .map(zone =>
      fill(words.placeContains, {
        place: catalogue.zones[zone],
        parts: listed(partsOf(zone).map(part => catalogue.zones[part])),
      }),
    )
    .join(' ');

const paceAt = (at: Path): readonly Field[] => [
  choice([...at, 'technique'], optionsOf(catalogue.techniques, techniques)),
  number([...at, 'strokeCm'], units.cm, limits.strokeCm),
  number([...at, 'speedCmPerS'], units.cmPerS, limits.speedCmPerS),
  number([...at, 'returnMs'], units.s, limits.returnMs, { factor: 1000 }),
  text([...at, 'instruction'], 200, 'area'),
];

/** How small pulls climb: only `inching` has it. */
const ascentAt = (at: Path): readonly Field[] => [
  number([...at, 'ascent', 'pulls'], units.pulls, limits.inching.pulls),
  number([...at, 'ascent', 'stepCm'], units.cm, limits.inching.stepCm),
  number([...at, 'ascent', 'returnMs'], units.s, limits.inching.returnMs, { factor: 1000 }),
];

export type PhaseFields = Readonly<{
  name: readonly Field[];
  where: readonly Field[];
  /** What to say where they lie on the side instead. */
  onSide: Field;
  hands: readonly Field[];
  other: readonly Field[];
  /** Of the phase's own pulls that climb, and of those that it may be switched to. */
  ascent: readonly Field[];
  otherAscent: readonly Field[];
  time: readonly Field[];
  firm: readonly Field[];
}>;

/** The fields of one phase, in groups. `whom`: for whom the routine is. */
export function phaseFields(index: number, whom: unknown): PhaseFields {
  const at: Path = ['phases', index];
  return {
    name: [
      text([...at, 'title'], 60),
      choice(
        [...at, 'stage'],
        movingStages.map(stage => ({ value: stage, word: stageWord(stage) })),
      ),
    ],
    where: [
      {
        ...choice([...at, 'zone'], optionsOf(catalogue.zones, zonesFor(whom))),
        hint: containing(zonesFor(whom)),
      },
      choice(
        [...at, 'side'],
        (['both', 'together', 'left', 'right'] as const).map(value => ({ value, word: sideWord(value) })),
      ),
      choice([...at, 'position'], optionsOf(catalogue.positions, positions)),
      choice([...at, 'direction'], optionsOf(catalogue.directions, directions)),
    ],
    onSide: { ...text([...at, 'sideLying', 'instruction'], 200, 'area'), hint: words.optional },
    hands: paceAt(at),
    other: paceAt([...at, 'otherTechnique']),
    ascent: ascentAt(at),
    otherAscent: ascentAt([...at, 'otherTechnique']),
    time: [
      number([...at, 'durationS'], units.s, limits.phaseS, { steps: true }),
      number([...at, 'durationMinS'], units.s, limits.phaseS, { isOptional: true }),
      number([...at, 'durationMaxS'], units.s, limits.phaseS, { isOptional: true }),
    ],
    firm: [
      choice([...at, 'pressureStart'], pressures(limits.pressureStart)),
      choice([...at, 'pressureMax'], pressures(limits.pressureMax)),
    ],
  };
}

export const generalFields: readonly Field[] = [text(['title'], 60), text(['summary'], 300, 'area')];

export const userOptions: readonly Option[] = optionsOf(catalogue.users, users);

export const oilOptions: readonly Option[] = optionsOf(words.oils, ['none', 'plain', 'sesameNutmeg']);
export const oilField = number(['preparation', 'oil', 'tempC'], units.degrees, limits.oilC);

export const bathFields: readonly Field[] = [
  number(['preparation', 'bath', 'tempC'], units.degrees, limits.bathC),
  number(['preparation', 'bath', 'minutes'], units.min, limits.bathMin),
  number(['preparation', 'bath', 'restMin'], units.min, limits.bathRestMin),
];

const optional = (path: Path, unit: string, bounds: Bounds & Readonly<{ usual?: number }>): Field =>
  number(path, unit, bounds, {
    isOptional: true,
    ...(bounds.usual !== undefined && { usual: bounds.usual }),
  });

export const limitFields: readonly Field[] = [
  optional(['checkIn', 'everyS'], units.s, limits.checkInEveryS),
  optional(['checkIn', 'timeoutS'], units.s, limits.checkInTimeoutS),
  optional(['riseDwellS'], units.s, limits.riseDwellS),
  optional(['checkIn', 'raiseAtMost'], units.points, limits.raiseAtMost),
  optional(['checkIn', 'easeAt'], units.points, limits.easeAt),
  optional(['checkIn', 'stopAt'], units.points, limits.stopAt),
  optional(['checkIn', 'legWorse'], units.points, limits.legWorse),
  optional(['sessionMaxMin'], units.min, { min: 5, max: limits.sessionMaxMin }),
  optional(['hoursBetween'], units.hours, limits.hoursBetween),
  {
    kind: 'choice',
    path: ['kind'],
    word: words.fields.kind,
    options: optionsOf(words.kinds, ['full', 'trial']),
  },
];

/** The name of a field in the page. */
export const keyOf = (path: Path): string => `f-${path.join('-')}`;
