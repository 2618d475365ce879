/**
 * What spans several fields of a routine. Each rule refuses and says what would be right; nothing is clamped.
 */
import { routineLimits as limits, motorLimits, sessionLimits } from '../limits.ts';
import { checkWords } from '../text/checks.ts';
import { fill } from '../text/text.ts';
import { type Ms, movingStages } from '../vocabulary.ts';
import { longestPeriodMs, roundMs } from './grid.ts';
import { kneeToHip, ownReach, type Zone } from './names.ts';
import type { Phase, Routine } from './schema.ts';
import { boundsOf, dosageOf, paceOf } from './timeline.ts';
import { placesOf } from './zones.ts';

const words = checkWords.rules;

/** A fault of a file before its line is known. The path leads from the root of the file. */
export type Finding = Readonly<{ path: readonly (string | number)[]; message: string }>;

/** A phase, or what it may be switched to. */
type Paced = Parameters<typeof paceOf>[0] & Pick<Phase, 'strokeCm'>;

const sum = (phases: readonly Phase[]): number => phases.reduce((total, phase) => total + phase.durationS, 0);

function* phaseFindings(phase: Phase, index: number): Generator<Finding> {
  const at = (field: string): readonly (string | number)[] => ['phases', index, field];
  const sides = phase.side === 'both' ? 2 : 1;
  const perSideS = phase.durationS / sides;
  const { minS, maxS } = boundsOf(phase);

  if (phase.pressureMax < phase.pressureStart)
    yield { path: at('pressureMax'), message: fill(words.belowStart, { pressure: phase.pressureStart }) };
  if (phase.stage === 'pressureRamp' && phase.pressureMax <= phase.pressureStart)
    yield { path: at('pressureMax'), message: words.noRise };
  if ((phase.stage === 'warmUp' || phase.stage === 'cooldown') && phase.pressureMax > phase.pressureStart)
    yield { path: at('pressureMax'), message: fill(words.rises, { stage: phase.stage }) };
  if (perSideS < limits.phaseS.min)
    yield { path: at('durationS'), message: fill(words.sideShort, { least: limits.phaseS.min }) };
  if (sides === 2 && phase.durationS % 2 !== 0) yield { path: at('durationS'), message: words.even };
  if (phase.durationMinS !== undefined && phase.durationMinS > phase.durationS)
    yield { path: at('durationMinS'), message: fill(words.overDuration, { duration: phase.durationS }) };
  if (phase.durationMinS !== undefined && phase.durationMinS < limits.phaseS.min * sides)
    yield { path: at('durationMinS'), message: fill(words.sideShort, { least: limits.phaseS.min }) };
  if (phase.durationMaxS !== undefined && phase.durationMaxS < phase.durationS)
    yield { path: at('durationMaxS'), message: fill(words.underDuration, { duration: phase.durationS }) };
  const longestS = Math.max(phase.durationS, phase.durationMaxS ?? Math.min(maxS, phase.durationS)) / sides;
  const dosage = dosageOf(phase.zone, phase, phase.otherTechnique);
  if (dosage && longestS > dosage.mostS)
    yield {
      path: at('durationS'),
      message: fill(dosage.name === 'vibration' ? words.dosageOfArea : words.dosage, {
        work: dosage.name,
        most: dosage.mostS,
      }),
    };
  const techniques = [phase.technique, ...(phase.otherTechnique ? [phase.otherTechnique.technique] : [])];
  for (const [turn, technique] of techniques.entries())
    if (phase.zone === 'piriformis' && technique !== 'broadPress')
      yield {
        path: turn === 0 ? at('technique') : [...at('otherTechnique'), 'technique'],
        message: words.piriformis,
      };
  if (phase.sideLying && phase.position !== 'prone')
    yield { path: at('sideLying'), message: words.sideLying };
  const climbing = techniques.find(technique => kneeToHip.includes(technique));
  if (climbing !== undefined && phase.zone !== 'thighOuter')
    yield { path: at('zone'), message: fill(words.kneeToHip, { technique: climbing }) };
  for (const [path, source] of [
    [['phases', index], phase],
    [['phases', index, 'otherTechnique'], phase.otherTechnique],
  ] as const)
    if (source) yield* paceFindings(source, phase.zone, path, (minS * 1000) / sides);
}

/** What the hands do, in itself. `shortestMs`: as long as it may be done, a side. */
function* paceFindings(
  source: Paced,
  zone: Zone,
  path: readonly (string | number)[],
  shortestMs: Ms,
): Generator<Finding> {
  const { strokeCm, technique, ascent } = source;
  const pace = paceOf(source);
  const { periodMs } = pace;
  // What is wrong with another technique's length or speed is told of it as a whole.
  const own = path.length > 2 ? path : [...path, 'strokeCm'];
  if (zone !== 'legBack' && strokeCm > limits.partStrokeCm)
    yield { path: own, message: fill(words.strokeFar, { most: limits.partStrokeCm }) };
  if (roundMs(pace) > shortestMs)
    yield {
      path: own,
      message: fill(ascent ? words.ascentLong : words.strokeLong, { period: roundMs(pace) }),
    };
  // Fast strokes are told by one TAP of 150 ms a beat; faster still, cues would fill more than their share.
  const leastMs = Math.ceil(150 / motorLimits.cueShare);
  if (periodMs < leastMs)
    yield { path: own, message: fill(words.strokeShort, { period: periodMs, least: leastMs }) };
  if (technique !== 'inching') {
    if (ascent) yield { path: [...path, 'ascent'], message: words.climbElsewhere };
    return;
  }
  if (!ascent) {
    yield { path: [...path, 'ascent'], message: words.climbMissing };
    return;
  }
  const { climbCm, pullCm } = limits.inching;
  const climb = ascent.pulls * ascent.stepCm;
  if (climb < climbCm.min || climb > climbCm.max)
    yield {
      path: [...path, 'ascent', 'pulls'],
      message: fill(words.climb, { pulls: ascent.pulls, step: ascent.stepCm, climb, ...climbCm }),
    };
  if (strokeCm > pullCm) yield { path: own, message: fill(words.pullLong, { most: pullCm }) };
  const { fastPeriodMs } = sessionLimits;
  if (periodMs >= leastMs && periodMs < fastPeriodMs)
    yield { path: own, message: fill(words.pullSoon, { period: periodMs, least: fastPeriodMs }) };
}

function* orderFindings(phases: readonly (Phase | undefined)[]): Generator<Finding> {
  let before: Phase | undefined;
  const places = new Map<string, number>();
  for (const [index, phase] of phases.entries()) {
    if (!phase) continue;
    if (before && movingStages.indexOf(phase.stage) < movingStages.indexOf(before.stage))
      yield {
        path: ['phases', index, 'stage'],
        message: fill(words.order, { stage: phase.stage, before: before.stage }),
      };
    const place = places.get(phase.id);
    if (place === undefined) places.set(phase.id, index);
    else
      yield {
        path: ['phases', index, 'id'],
        message: fill(words.sameId, { id: phase.id, number: place + 1 }),
      };
    before = phase;
  }
}

/** Work that is limited over the whole session: each phase within its limit, but not all of them together. */
function* dosageFindings(phases: readonly (Phase | undefined)[]): Generator<Finding> {
  const spentS = new Map<string, number>();
  for (const [index, phase] of phases.entries()) {
    const dosage = phase && dosageOf(phase.zone, phase, phase.otherTechnique);
    if (!phase || !dosage) continue;
    const ownS = phase.durationS / (phase.side === 'both' ? 2 : 1);
    const sides = phase.side === 'left' || phase.side === 'right' ? [phase.side] : ['left', 'right'];
    // What is given to a zone is given to all that lies within it.
    const keys = sides.flatMap(side => placesOf(dosage.area).map(zone => `${zone} ${dosage.name} ${side}`));
    const before = Math.max(...keys.map(key => spentS.get(key) ?? 0));
    for (const key of keys) spentS.set(key, (spentS.get(key) ?? 0) + ownS);
    if (before > 0 && before + ownS > dosage.mostS)
      yield {
        path: ['phases', index, 'durationS'],
        message: fill(dosage.name === 'vibration' ? words.dosageOfAreaInAll : words.dosageInAll, {
          work: dosage.name,
          seconds: before + ownS,
          most: dosage.mostS,
        }),
      };
  }
}

/** A language has one title. */
function* titleFindings(
  { titles = [] }: Pick<Phase | Routine, 'titles'>,
  at: Finding['path'],
): Generator<Finding> {
  const seen = new Set<string>();
  for (const [index, { language }] of titles.entries()) {
    if (seen.has(language))
      yield {
        path: [...at, 'titles', index, 'language'],
        message: fill(words.sameLanguage, { language }),
      };
    seen.add(language);
  }
}

/** Whoever is alone needs phases within their own reach. */
function* reachFindings({ for: users, phases }: Routine): Generator<Finding> {
  if (!users.includes('self')) return;
  for (const [index, { zone }] of phases.entries())
    if (!ownReach.includes(zone))
      yield {
        path: ['phases', index, 'zone'],
        message: fill(words.reach, { zones: ownReach.join(', ') }),
      };
}

function* stageFindings(routine: Routine): Generator<Finding> {
  const { phases } = routine;
  const trial = routine.kind === 'trial';
  for (const [index, phase] of phases.entries()) {
    if (trial && phase.pressureMax > limits.trial.pressureMax)
      yield {
        path: ['phases', index, 'pressureMax'],
        message: fill(words.trialPressure, { most: limits.trial.pressureMax }),
      };
  }
  for (const stage of ['warmUp', 'cooldown'] as const) {
    const inStage = phases.filter(phase => phase.stage === stage);
    const { min, max } = stage === 'warmUp' ? limits.warmUpS : limits.cooldownS;
    const seconds = sum(inStage);
    if (inStage.length === 0) yield { path: ['phases'], message: fill(words.stageMissing, { stage }) };
    else if (!trial && (seconds < min || seconds > max))
      yield { path: ['phases'], message: fill(words.stageLength, { stage, seconds, min, max }) };
  }
  if (!phases.some(phase => phase.stage === 'strokes' || phase.stage === 'pressureRamp'))
    yield {
      path: ['phases'],
      message: fill(words.workMissing, { strokes: 'strokes', ramp: 'pressureRamp' }),
    };
}

/**
 * Where a question falls due there has to be time for it: a while of strokes to be asked about, the next beat, and the
 * answer. Questions go on from phase to phase, so all the work together counts.
 */
function* questionFindings({ phases }: Routine, everyS: number, timeoutS: number): Generator<Finding> {
  const work = phases.filter(({ stage }) => stage === 'strokes' || stage === 'pressureRamp');
  const workS = sum(work);
  if (work.length === 0 || workS < everyS || timeoutS >= everyS) return;
  const periodS = Math.max(...work.map(phase => longestPeriodMs(paceOf(phase)))) / 1000;
  const neededS = Math.ceil(sessionLimits.checkInSettleMs / 1000 + periodS + timeoutS);
  if (neededS > workS)
    yield {
      path: ['checkIn', 'timeoutS'],
      message: fill(words.question, {
        needed: neededS,
        settle: sessionLimits.checkInSettleMs / 1000,
        period: periodS,
        timeout: timeoutS,
        work: workS,
      }),
    };
}

function* totalFindings(routine: Routine): Generator<Finding> {
  const total = sum(routine.phases);
  const capS = limits.sessionMaxMin * 60;
  if (routine.kind === 'trial' && total > limits.trial.totalS)
    yield {
      path: ['phases'],
      message: fill(words.trialLength, { most: limits.trial.totalS, seconds: total }),
    };
  if (total > capS) yield { path: ['phases'], message: fill(words.total, { seconds: total, most: capS }) };
  const most = Math.min(limits.sessionMaxMin, Math.floor(total / 60) + limits.sessionSpareMin);
  if (
    routine.sessionMaxMin !== undefined &&
    (routine.sessionMaxMin * 60 < total || routine.sessionMaxMin > most)
  )
    yield {
      path: ['sessionMaxMin'],
      message: fill(words.sessionMax, { min: Math.ceil(total / 60), max: most, seconds: total }),
    };
  const isPull = ({ technique }: Phase): boolean => kneeToHip.includes(technique);
  const pull = routine.phases.filter(isPull);
  const { min, max } = limits.kneeToHipS;
  if (routine.kind === 'full' && pull.length > 0 && (sum(pull) < min || sum(pull) > max))
    yield {
      path: ['phases', routine.phases.findIndex(isPull), 'durationS'],
      message: fill(words.kneeToHipLength, { seconds: sum(pull), min, max }),
    };
  const everyS = routine.checkIn?.everyS ?? limits.checkInEveryS.usual;
  const timeoutS = routine.checkIn?.timeoutS ?? limits.checkInTimeoutS.usual;
  if (timeoutS >= everyS)
    yield { path: ['checkIn', 'timeoutS'], message: fill(words.timeout, { every: everyS }) };
  yield* questionFindings(routine, everyS, timeoutS);
}

/** What can be told of phases that are right by themselves, in a file that is not. */
export function findingsOfPhases(phases: readonly (Phase | undefined)[]): readonly Finding[] {
  return [
    ...phases.flatMap((phase, index) =>
      phase ? [...phaseFindings(phase, index), ...titleFindings(phase, ['phases', index])] : [],
    ),
    ...orderFindings(phases),
    ...dosageFindings(phases),
  ];
}

/** Every cross-field fault of a routine whose single fields are right. */
export function findings(routine: Routine): readonly Finding[] {
  return [
    ...titleFindings(routine, []),
    ...findingsOfPhases(routine.phases),
    ...reachFindings(routine),
    ...stageFindings(routine),
    ...totalFindings(routine),
  ];
}
