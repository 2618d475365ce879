/**
 * What spans several fields of a routine. Each rule refuses and says what would be right; nothing is clamped.
 */
import { routineLimits as limits, motorLimits, sessionLimits } from '../limits.ts';
import { movingStages } from '../vocabulary.ts';
import { ownReach, type Phase, type Routine } from './schema.ts';
import { boundsOf, dosageOf, paceOf } from './timeline.ts';
import { placesOf } from './zones.ts';

/** A fault of a file before its line is known. The path leads from the root of the file. */
export type Finding = Readonly<{ path: readonly (string | number)[]; message: string }>;

const sum = (phases: readonly Phase[]): number => phases.reduce((total, phase) => total + phase.durationS, 0);

function* phaseFindings(phase: Phase, index: number): Generator<Finding> {
  const at = (field: string): readonly (string | number)[] => ['phases', index, field];
  const sides = phase.side === 'both' ? 2 : 1;
  const perSideS = phase.durationS / sides;
  const { minS, maxS } = boundsOf(phase);

  if (phase.pressureMax < phase.pressureStart)
    yield { path: at('pressureMax'), message: `must not be below pressureStart ${phase.pressureStart}` };
  if (phase.stage === 'pressureRamp' && phase.pressureMax <= phase.pressureStart)
    yield { path: at('pressureMax'), message: 'a pressure ramp plans a rise: must be above pressureStart' };
  if ((phase.stage === 'warmUp' || phase.stage === 'cooldown') && phase.pressureMax > phase.pressureStart)
    yield { path: at('pressureMax'), message: `must equal pressureStart: ${phase.stage} has no rise` };
  if (perSideS < limits.phaseS.min)
    yield { path: at('durationS'), message: `each side needs at least ${limits.phaseS.min} s` };
  if (sides === 2 && phase.durationS % 2 !== 0)
    yield { path: at('durationS'), message: 'must be even: both sides get equal time' };
  if (phase.durationMinS !== undefined && phase.durationMinS > phase.durationS)
    yield { path: at('durationMinS'), message: `must be at most durationS ${phase.durationS}` };
  if (phase.durationMinS !== undefined && phase.durationMinS < limits.phaseS.min * sides)
    yield { path: at('durationMinS'), message: `each side needs at least ${limits.phaseS.min} s` };
  if (phase.durationMaxS !== undefined && phase.durationMaxS < phase.durationS)
    yield { path: at('durationMaxS'), message: `must be at least durationS ${phase.durationS}` };
  const longestS = Math.max(phase.durationS, phase.durationMaxS ?? Math.min(maxS, phase.durationS)) / sides;
  const dosage = dosageOf(phase.zone, phase, phase.otherTechnique);
  if (dosage && longestS > dosage.mostS)
    yield {
      path: at('durationS'),
      message: `${dosage.name}: at most ${dosage.mostS} s ${dosage.name === 'vibration' ? 'an area and side' : 'a side'}`,
    };
  const techniques = [phase.technique, ...(phase.otherTechnique ? [phase.otherTechnique.technique] : [])];
  for (const [turn, technique] of techniques.entries())
    if (phase.zone === 'piriformis' && technique !== 'broadPress')
      yield {
        path: turn === 0 ? at('technique') : [...at('otherTechnique'), 'technique'],
        message: 'piriformis: broadPress only, no point pressure near the nerve',
      };
  if (techniques.includes('kneeToHipPull') && phase.zone !== 'thighOuter')
    yield { path: at('zone'), message: 'kneeToHipPull runs over thighOuter' };
  for (const [field, source] of [
    ['strokeCm', phase],
    ['otherTechnique', phase.otherTechnique],
  ] as const) {
    if (!source) continue;
    const { periodMs } = paceOf(source);
    if (periodMs > (minS * 1000) / sides)
      yield { path: at(field), message: `one stroke takes ${periodMs} ms: longer than the phase` };
    // Fast strokes are told by one TAP of 150 ms a beat; faster still, cues would fill more than their share.
    const shortestMs = Math.ceil(150 / motorLimits.cueShare);
    if (periodMs < shortestMs)
      yield { path: at(field), message: `a stroke every ${periodMs} ms: cues need ${shortestMs} ms or more` };
  }
}

function* orderFindings(phases: readonly (Phase | undefined)[]): Generator<Finding> {
  let before: Phase | undefined;
  const places = new Map<string, number>();
  for (const [index, phase] of phases.entries()) {
    if (!phase) continue;
    if (before && movingStages.indexOf(phase.stage) < movingStages.indexOf(before.stage))
      yield { path: ['phases', index, 'stage'], message: `${phase.stage} must not follow ${before.stage}` };
    const place = places.get(phase.id);
    if (place === undefined) places.set(phase.id, index);
    else yield { path: ['phases', index, 'id'], message: `"${phase.id}" is phase ${place + 1} already` };
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
        message: `${dosage.name}: ${before + ownS} s on one ${dosage.name === 'vibration' ? 'area and side' : 'side'} in all, at most ${dosage.mostS} s`,
      };
  }
}

/** Whoever is alone needs phases within their own reach. */
function* reachFindings({ for: users, phases }: Routine): Generator<Finding> {
  if (!users.includes('self')) return;
  for (const [index, { zone }] of phases.entries())
    if (!ownReach.includes(zone))
      yield {
        path: ['phases', index, 'zone'],
        message: `for self: must be one of ${ownReach.join(', ')}, which one's own hands reach`,
      };
}

function* stageFindings(routine: Routine): Generator<Finding> {
  const { phases } = routine;
  const trial = routine.kind === 'trial';
  for (const [index, phase] of phases.entries()) {
    if (trial && phase.pressureMax > limits.trial.pressureMax)
      yield {
        path: ['phases', index, 'pressureMax'],
        message: `a trial stays at ${limits.trial.pressureMax} or less`,
      };
  }
  for (const stage of ['warmUp', 'cooldown'] as const) {
    const inStage = phases.filter(phase => phase.stage === stage);
    const { min, max } = stage === 'warmUp' ? limits.warmUpS : limits.cooldownS;
    const seconds = sum(inStage);
    if (inStage.length === 0) yield { path: ['phases'], message: `must have a phase of stage ${stage}` };
    else if (!trial && (seconds < min || seconds > max))
      yield { path: ['phases'], message: `${stage} lasts ${seconds} s: must be ${min} to ${max} s` };
  }
  if (!phases.some(phase => phase.stage === 'strokes' || phase.stage === 'pressureRamp'))
    yield { path: ['phases'], message: 'must have a phase of stage strokes or pressureRamp' };
}

/**
 * Where a question falls due there has to be time for it: a while of strokes to be asked about, the next beat, and the
 * answer. Questions go on from phase to phase, so all the work together counts.
 */
function* questionFindings({ phases }: Routine, everyS: number, timeoutS: number): Generator<Finding> {
  const work = phases.filter(({ stage }) => stage === 'strokes' || stage === 'pressureRamp');
  const workS = sum(work);
  if (work.length === 0 || workS < everyS || timeoutS >= everyS) return;
  const periodS = Math.max(...work.map(phase => paceOf(phase).periodMs)) / 1000;
  const neededS = Math.ceil(sessionLimits.checkInSettleMs / 1000 + periodS + timeoutS);
  if (neededS > workS)
    yield {
      path: ['checkIn', 'timeoutS'],
      message: `a question wants ${neededS} s (${sessionLimits.checkInSettleMs / 1000} s of strokes, one stroke of ${periodS} s, ${timeoutS} s to answer), and all work lasts ${workS} s: it could not be asked`,
    };
}

function* totalFindings(routine: Routine): Generator<Finding> {
  const total = sum(routine.phases);
  const capS = limits.sessionMaxMin * 60;
  if (routine.kind === 'trial' && total > limits.trial.totalS)
    yield {
      path: ['phases'],
      message: `a trial lasts ${limits.trial.totalS} s at most, this one ${total} s`,
    };
  if (total > capS) yield { path: ['phases'], message: `lasts ${total} s: a session ends after ${capS} s` };
  const most = Math.min(limits.sessionMaxMin, Math.floor(total / 60) + limits.sessionSpareMin);
  if (
    routine.sessionMaxMin !== undefined &&
    (routine.sessionMaxMin * 60 < total || routine.sessionMaxMin > most)
  )
    yield {
      path: ['sessionMaxMin'],
      message: `must be ${Math.ceil(total / 60)} to ${most} min for a routine of ${total} s`,
    };
  const pull = routine.phases.filter(phase => phase.technique === 'kneeToHipPull');
  const { min, max } = limits.kneeToHipS;
  if (routine.kind === 'full' && pull.length > 0 && (sum(pull) < min || sum(pull) > max))
    yield {
      path: ['phases', routine.phases.findIndex(phase => phase.technique === 'kneeToHipPull'), 'durationS'],
      message: `knee to hip lasts ${sum(pull)} s in all: must be ${min} to ${max} s`,
    };
  const everyS = routine.checkIn?.everyS ?? limits.checkInEveryS.usual;
  const timeoutS = routine.checkIn?.timeoutS ?? limits.checkInTimeoutS.usual;
  if (timeoutS >= everyS) yield { path: ['checkIn', 'timeoutS'], message: `must be below everyS ${everyS}` };
  yield* questionFindings(routine, everyS, timeoutS);
}

/** What can be told of phases that are right by themselves, in a file that is not. */
export function findingsOfPhases(phases: readonly (Phase | undefined)[]): readonly Finding[] {
  return [
    ...phases.flatMap((phase, index) => (phase ? [...phaseFindings(phase, index)] : [])),
    ...orderFindings(phases),
    ...dosageFindings(phases),
  ];
}

/** Every cross-field fault of a routine whose single fields are right. */
export function findings(routine: Routine): readonly Finding[] {
  return [
    ...findingsOfPhases(routine.phases),
    ...reachFindings(routine),
    ...stageFindings(routine),
    ...totalFindings(routine),
  ];
}
