/**
 * A routine from a few answers: places, minutes, firmest pressure, for whom. What comes out is a beginning to be worked
 * on by hand, and right as it stands.
 */
import { routineLimits as limits } from '../limits.ts';
import { draftWords } from '../text/drafts.ts';
import { fill, listed } from '../text/text.ts';
import { type Direction, ownReach, type Position, type Technique, type User, type Zone } from './names.ts';
import { findings } from './rules.ts';
import { scaled } from './scale.ts';
import { type Phase, type Routine, schemaVersion } from './schema.ts';

const words = draftWords;

export type ComposeAnswers = Readonly<{
  title: string;
  for: readonly User[];
  /** In the order they come; the first and the last are warmed up and cooled down too. */
  zones: readonly Zone[];
  minutes: number;
  /** Firmest pressure that check-ins may lead to. */
  pressureMax: number;
  oil: 'none' | 'plain' | 'sesameNutmeg';
}>;

type Way = Readonly<{
  /** One side after the other, or two hands. */
  side: 'both' | 'together';
  direction: Direction;
  technique: Technique;
  strokeCm: number;
  speedCmPerS: number;
  returnMs: number;
  durationS: number;
}>;

/** How each place is usually worked, from the library. [D] */
const ways: Readonly<Record<Zone, Way>> = {
  lowerBack: {
    side: 'together',
    direction: 'outward',
    technique: 'effleurage',
    strokeCm: 30,
    speedCmPerS: 5,
    returnMs: 2000,
    durationS: 300,
  },
  buttocks: {
    side: 'together',
    direction: 'circles',
    technique: 'kneading',
    strokeCm: 30,
    speedCmPerS: 6,
    returnMs: 1500,
    durationS: 300,
  },
  thighBack: {
    side: 'both',
    direction: 'towardsHeart',
    technique: 'effleurage',
    strokeCm: 40,
    speedCmPerS: 5,
    returnMs: 2000,
    durationS: 360,
  },
  thighFront: {
    side: 'together',
    direction: 'towardsHeart',
    technique: 'effleurage',
    strokeCm: 30,
    speedCmPerS: 5,
    returnMs: 2000,
    durationS: 300,
  },
  thighOuter: {
    side: 'both',
    direction: 'towardsHeart',
    technique: 'effleurage',
    strokeCm: 40,
    speedCmPerS: 5,
    returnMs: 2000,
    durationS: 360,
  },
  calf: {
    side: 'both',
    direction: 'towardsHeart',
    technique: 'effleurage',
    strokeCm: 30,
    speedCmPerS: 5,
    returnMs: 2000,
    durationS: 360,
  },
  legBack: {
    side: 'both',
    direction: 'towardsHeart',
    technique: 'effleurage',
    strokeCm: 60,
    speedCmPerS: 6,
    returnMs: 2000,
    durationS: 360,
  },
  piriformis: {
    side: 'both',
    direction: 'outward',
    technique: 'broadPress',
    strokeCm: 15,
    speedCmPerS: 3,
    returnMs: 2500,
    durationS: 240,
  },
  sacralEdge: {
    side: 'together',
    direction: 'awayFromHeart',
    technique: 'edgeStroke',
    strokeCm: 10,
    speedCmPerS: 2,
    returnMs: 2000,
    durationS: 180,
  },
};

const supine: readonly Zone[] = ['thighFront', 'thighOuter'];

const positionOf = (zone: Zone, isSelf: boolean): Position =>
  isSelf ? 'seated' : supine.includes(zone) ? 'supine' : 'prone';

export type Composed = Readonly<{ ok: true; routine: Routine }> | Readonly<{ ok: false; why: string }>;

/** A routine's id from its title. */
export const idFromTitle = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 48)
    .replace(/-$/, '') || 'own-routine';

const placeWord = (zone: Zone): string => words.places[zone].title;

/** Warm-up, each place, the firmest of them once more, and cooldown. */
function phasesOf({ for: users, pressureMax }: ComposeAnswers, zones: readonly [Zone, ...Zone[]]): Phase[] {
  const isSelf = users.includes('self');
  const [first] = zones;
  const last = zones.at(-1) ?? first;
  const phase = (
    id: string,
    title: string,
    zone: Zone,
    stage: Phase['stage'],
    rest: Partial<Phase>,
  ): Phase => {
    return {
      ...ways[zone],
      instruction: words.places[zone].instruction,
      id,
      title,
      stage,
      zone,
      position: positionOf(zone, isSelf),
      pressureStart: 1,
      pressureMax: 1,
      ...rest,
    };
  };
  const gentle = (zone: Zone): Partial<Phase> => ({
    side: 'together',
    technique: zone === 'piriformis' ? 'broadPress' : 'effleurage',
    durationS: 180,
    // What may be worked only so long on one side is neither warmed up nor cooled down with.
    ...(zone === 'piriformis' && { zone: 'buttocks', direction: 'outward', technique: 'effleurage' }),
  });
  return [
    phase('warmUp', words.warmUp, first, 'warmUp', gentle(first)),
    ...zones.map(zone =>
      phase(zone, placeWord(zone), zone, 'strokes', {
        pressureMax:
          zone === 'piriformis' || zone === 'sacralEdge' || zone === 'legBack' ? 1 : Math.min(2, pressureMax),
      }),
    ),
    ...(pressureMax > 1
      ? [
          phase(
            'firmer',
            fill(words.firmer, { place: placeWord(rampZone(zones)) }),
            rampZone(zones),
            'pressureRamp',
            {
              // A stroke that passes the hollow of the knee is never worked firmly.
              pressureMax: rampZone(zones) === 'legBack' ? 2 : pressureMax,
              position: positionOf(rampZone(zones), isSelf),
            },
          ),
        ]
      : []),
    phase('cooldown', words.cooldown, last, 'cooldown', { ...gentle(last), returnMs: 3000 }),
  ];
}

/** The routine that these answers make, or why they make none. */
export function composed(answers: ComposeAnswers): Composed {
  const isSelf = answers.for.includes('self');
  const outOfReach = answers.zones.filter(zone => isSelf && !ownReach.includes(zone));
  if (outOfReach.length > 0)
    return { ok: false, why: fill(words.outOfReach, { zones: outOfReach.join(', ') }) };
  // What lies face down comes first, so that one turn is enough.
  const zones = [...new Set(answers.zones)].toSorted(
    (one, other) => Number(supine.includes(one)) - Number(supine.includes(other)),
  );
  const [first] = zones;
  if (!first) return { ok: false, why: words.noPlace };
  const routine: Routine = {
    schemaVersion,
    id: idFromTitle(answers.title),
    title: answers.title,
    summary: fill(words.summary, { places: listed(zones.map(placeWord)), minutes: answers.minutes }),
    kind: 'full',
    for: [...answers.for],
    riseDwellS: limits.riseDwellS.min,
    checkIn: { everyS: 120 },
    preparation: answers.oil === 'none' ? {} : { oil: { blend: answers.oil, tempC: 37 } },
    phases: phasesOf(answers, [first, ...zones.slice(1)]),
  };
  const result = scaled(routine, { seconds: answers.minutes * 60 });
  if (!result.fits)
    return {
      ok: false,
      why:
        result.why === 'tooLong'
          ? fill(words.tooLong, { minutes: Math.floor(result.mostS / 60) })
          : fill(words.tooShort, { minutes: Math.ceil(('leastS' in result ? result.leastS : 0) / 60) }),
    };
  // The bounds of a file that is going to be worked on are better left to follow its lengths.
  const phases = result.routine.phases.map(({ durationMinS: _, durationMaxS: __, ...rest }) => rest);
  const made = { ...result.routine, phases };
  const [fault] = findings(made);
  return fault ? { ok: false, why: `${fault.path.join('.')} ${fault.message}` } : { ok: true, routine: made };
}

const neverFirm: readonly Zone[] = ['piriformis', 'sacralEdge'];

/** The last place that may be worked more firmly: not over the hollow of the knee, where there is another. */
const rampZone = (zones: readonly Zone[]): Zone =>
  zones.findLast(zone => zone !== 'legBack' && !neverFirm.includes(zone)) ??
  zones.findLast(zone => !neverFirm.includes(zone)) ??
  'buttocks';
