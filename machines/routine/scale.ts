/**
 * "I have N minutes": a routine made longer or shorter, each phase between its own bounds.
 *
 * The cooldown keeps its length, both sides of a phase stay equal, and what no bound allows is said instead of done:
 * which phases would have to go, or how short or long this routine can be. What comes out is a routine like any
 * other and passes every rule of a file. Pure; seconds throughout.
 */
import { routineLimits as limits, sessionLimits } from '../limits.ts';
import { kneeToHip, type User, type Zone } from './names.ts';
import { findings } from './rules.ts';
import type { Phase, Routine } from './schema.ts';
import { sharedLengths } from './shared-lengths.ts';
import { boundsOf, dosageOf, timeline, turnNeeded } from './timeline.ts';
import { touches, touchesAny } from './zones.ts';

/** A phase that goes, by its id and title. */
export type Going = Readonly<{ id: string; title: string }>;

/** A routine that fits, or why none does. Seconds throughout. */
export type Scaled =
  /** `dropped`: phases that went, as was agreed to. */
  | Readonly<{ fits: true; routine: Routine; seconds: number; dropped: readonly Going[] }>
  /** Made for someone else. */
  | Readonly<{ fits: false; why: 'notFor'; for: readonly User[] }>
  /** Fits without these phases; nobody has agreed to that yet. `leastS`: as short as it gets with all of them. */
  | Readonly<{ fits: false; why: 'phasesWouldGo'; wouldGo: readonly Going[]; leastS: number }>
  | Readonly<{ fits: false; why: 'tooShort'; leastS: number }>
  | Readonly<{ fits: false; why: 'tooLong'; mostS: number }>;

/** How long it may take, in seconds, and for whom. */
export type Scaling = Readonly<{
  seconds: number;
  /** Whose hands; without it nothing is asked. */
  for?: User | undefined;
  /** Whether whole phases may go. To be asked of a person first. */
  mayDrop?: boolean | undefined;
}>;

/** Phases that are lengthened as one: those of one side each, of the same place and length, stay equal. */
type Group = { readonly phases: readonly Phase[]; length: number; least: number; most: number; unit: number };

const isOneSided = ({ side }: Phase): boolean => side === 'left' || side === 'right';
const isPull = ({ technique }: Phase): boolean => kneeToHip.includes(technique);

const isTwin = (one: Phase, other: Phase): boolean =>
  one !== other &&
  one.side !== other.side &&
  isOneSided(one) &&
  isOneSided(other) &&
  isPull(one) === isPull(other) &&
  (['stage', 'zone', 'durationS'] as const).every(field => one[field] === other[field]);

function groupsOf(phases: readonly Phase[]): Group[] {
  const groups: Group[] = [];
  const taken = new Set<Phase>();
  for (const phase of phases) {
    if (taken.has(phase)) continue;
    const twin = phases.find(other => !taken.has(other) && isTwin(phase, other));
    const members = twin ? [phase, twin] : [phase];
    for (const member of members) taken.add(member);
    // Both lengths lie within both bounds: they are equal.
    const minS = Math.max(...members.map(member => boundsOf(member).minS));
    const maxS = Math.min(...members.map(member => boundsOf(member).maxS));
    const unit = twin || phase.side === 'both' ? 2 : 1;
    const times = members.length;
    const fixed = phase.stage === 'cooldown';
    groups.push({
      phases: members,
      length: phase.durationS * times,
      least: fixed ? phase.durationS * times : Math.ceil((minS * times) / unit) * unit,
      most: fixed ? phase.durationS * times : Math.floor((maxS * times) / unit) * unit,
      unit,
    });
  }
  return groups;
}

const sum = (groups: readonly Group[], field: 'length' | 'least' | 'most'): number =>
  groups.reduce((all, group) => all + group[field], 0);

/** Some groups together have bounds of their own: their single bounds are narrowed until these hold. */
function bound(groups: readonly Group[], least: number, most: number): void {
  if (groups.length === 0) return;
  if (sum(groups, 'least') < least)
    for (const [index, value] of sharedLengths(groups, least).entries()) {
      const group = groups[index];
      if (group) group.least = Math.min(group.most, Math.max(group.least, value));
    }
  // What rounding left missing.
  for (const group of groups)
    while (sum(groups, 'least') < least && group.least + group.unit <= group.most) group.least += group.unit;
  if (sum(groups, 'most') > most)
    for (const [index, value] of sharedLengths(groups, most).entries()) {
      const group = groups[index];
      if (group) group.most = Math.max(group.least, Math.min(group.most, value));
    }
}

const inStage = (groups: readonly Group[], stage: string): readonly Group[] =>
  groups.filter(({ phases }) => phases[0]?.stage === stage);

/** The groups of a routine with every bound that spans several of them. */
function bounded(routine: Routine, phases: readonly Phase[]): readonly Group[] {
  const groups = groupsOf(phases);
  if (routine.kind === 'full') {
    bound(inStage(groups, 'warmUp'), limits.warmUpS.min, limits.warmUpS.max);
    bound(
      groups.filter(({ phases: [first] }) => first !== undefined && isPull(first)),
      limits.kneeToHipS.min,
      limits.kneeToHipS.max,
    );
  }
  // Work that is limited over the whole session grows only where it stands once.
  const dosed = groups.flatMap(group => {
    const dosages = group.phases.flatMap(phase => dosageOf(phase.zone, phase, phase.otherTechnique) ?? []);
    return dosages.map(({ name, area }) => ({ group, name, area }));
  });
  for (const { group, name, area } of dosed)
    if (dosed.some(one => one.group !== group && one.name === name && touches(one.area, area)))
      group.most = Math.max(group.least, group.length);
  return groups;
}

/** Groups that go together or stay together, so that no place is left with time on one side alone. */
type Share = readonly Group[];

const rankOf = ({ phases }: Group): number => {
  if (phases.every(({ technique }) => technique === 'vibration')) return 0;
  const [phase] = phases;
  if (phase?.zone === 'sacralEdge' || phase?.zone === 'piriformis') return 1;
  return phase?.stage === 'pressureRamp' ? 3 : 2;
};
/** What goes first: what is only now and then, then what is small and late, the ramp last. */
const rank = (share: Share): number => Math.max(...share.map(rankOf));

const isWork = ({ phases }: Group): boolean =>
  phases[0]?.stage === 'strokes' || phases[0]?.stage === 'pressureRamp';

/** What may be left out. Where the sides of a place were written apart and unlike, all work there is one share. */
function sharesOf(groups: readonly Group[]): readonly Share[] {
  const work = groups.filter(isWork);
  const zonesOf = ({ phases }: Group): readonly Zone[] => phases.map(({ zone }) => zone);
  const unlike = work
    .filter(({ phases }) => phases.length === 1 && phases.every(isOneSided))
    .flatMap(zonesOf);
  const shares: Group[][] = [];
  for (const group of work) {
    const isUnlike = (one: Group): boolean => zonesOf(one).some(zone => touchesAny(zone, unlike));
    const same = isUnlike(group)
      ? shares.filter(share =>
          share.some(one => isUnlike(one) && zonesOf(one).some(zone => touchesAny(zone, zonesOf(group)))),
        )
      : [];
    // What touches two shares makes one of them.
    const [first, ...others] = same;
    if (!first) shares.push([group]);
    else {
      first.push(...others.flat(), group);
      for (const other of others) shares.splice(shares.indexOf(other), 1);
    }
  }
  return shares;
}

/** As short as it gets without these. */
function leastWithout(routine: Routine, out: readonly Share[]): number {
  const gone = new Set(out.flatMap(share => share.flatMap(({ phases }) => phases)));
  return sum(
    bounded(
      routine,
      routine.phases.filter(phase => !gone.has(phase)),
    ),
    'least',
  );
}

/** The groups to leave out so that the others fit, as few and as slight as can be; null where no choice would do. */
function toLeaveOut(routine: Routine, seconds: number): readonly Group[] | null {
  const least = (out: readonly Share[]): number => leastWithout(routine, out);
  const candidates = sharesOf(groupsOf(routine.phases))
    .map((share, index) => ({ share, index }))
    .toSorted(
      (one, other) =>
        rank(one.share) - rank(other.share) ||
        sum(one.share, 'least') - sum(other.share, 'least') ||
        other.index - one.index,
    )
    .map(({ share }) => share);
  let out: Share[] = [];
  for (const share of candidates) {
    if (least(out) <= seconds) break;
    if (out.length === candidates.length - 1) break;
    out.push(share);
  }
  if (least(out) > seconds) {
    // With one share of work left it may still be the longest: each of the others is tried alone.
    const alone = candidates.find(one => least(candidates.filter(other => other !== one)) <= seconds);
    if (!alone) return null;
    out = candidates.filter(other => other !== alone);
  }
  // What went early may fit again, the weightiest first.
  for (const share of out.toReversed()) {
    const without = out.filter(other => other !== share);
    if (least(without) <= seconds) out = without;
  }
  return out.flat();
}

const going = (groups: readonly Group[]): readonly Going[] =>
  groups.flatMap(({ phases }) => phases.map(({ id, title }) => ({ id, title })));

/** The phases with the lengths that were shared out among their groups. */
function lengthened(groups: readonly Group[], lengths: readonly number[]): ReadonlyMap<string, Phase> {
  return new Map(
    groups.flatMap((group, index) =>
      group.phases.map(phase => {
        const durationS = (lengths[index] ?? group.length) / group.phases.length;
        const { minS, maxS } = boundsOf(phase);
        // The bounds stay what they were: they would else follow the new length.
        const bounds = {
          durationMinS: Math.min(minS, durationS),
          durationMaxS: Math.max(maxS, durationS),
        };
        return [phase.id, { ...phase, durationS, ...bounds }] as const;
      }),
    ),
  );
}

/** A routine of at most this length and as near to it as its bounds allow, or why there is none. */
export function scaled(routine: Routine, { seconds, for: user, mayDrop = false }: Scaling): Scaled {
  if (user && !routine.for.includes(user)) return { fits: false, why: 'notFor', for: routine.for };
  const whole = bounded(routine, routine.phases);
  const longest = Math.min(
    routine.kind === 'trial' ? limits.trial.totalS : limits.sessionMaxMin * 60,
    (routine.sessionMaxMin ?? limits.sessionMaxMin) * 60,
  );
  const mostS = Math.min(longest, sum(whole, 'most'));
  // A session's end holds with its turns and its told end in it: hands have what is left of it.
  const handsS = Math.min(mostS, Math.max(longestOfHands(routine), sum(whole, 'least')));
  // A minute more than there is to do would be an empty one; less than half of one goes unnoticed.
  if (seconds >= mostS + 30) return { fits: false, why: 'tooLong', mostS };
  const leastS = sum(whole, 'least');
  let groups = whole;
  let dropped: readonly Going[] = [];
  if (leastS > seconds) {
    const out = toLeaveOut(routine, seconds);
    if (!out) return { fits: false, why: 'tooShort', leastS: shortestOf(routine) };
    dropped = going(out);
    if (!mayDrop) return { fits: false, why: 'phasesWouldGo', wouldGo: dropped, leastS };
    const gone = new Set(dropped.map(({ id }) => id));
    groups = bounded(
      routine,
      routine.phases.filter(({ id }) => !gone.has(id)),
    );
  }
  const phases = lengthened(groups, sharedLengths(groups, Math.min(seconds, handsS)));
  const kept = routine.phases.flatMap(({ id }) => phases.get(id) ?? []);
  const total = kept.reduce((all, { durationS }) => all + durationS, 0);
  const { sessionMaxMin, ...rest } = routine;
  const made: Routine = {
    ...rest,
    phases: kept,
    ...(sessionMaxMin !== undefined && {
      sessionMaxMin: Math.min(sessionMaxMin, Math.floor(total / 60) + limits.sessionSpareMin),
    }),
  };
  const [fault] = findings(made);
  if (fault) throw new Error(`scaled ${routine.id}: ${fault.path.join('.')} ${fault.message}`);
  return { fits: true, routine: made, seconds: total, dropped };
}

/** Time for hands in the longest session of a routine: what its turns and the told end leave of it. */
function longestOfHands(routine: Routine): number {
  const passes = timeline(routine);
  const turns = passes.filter((pass, index) => {
    const before = passes[index - 1];
    return before !== undefined && turnNeeded(before, pass);
  }).length;
  const { turnMs, finishAnnouncements, finishEveryMs } = sessionLimits;
  const asideS = (turns * turnMs.usual + finishAnnouncements * finishEveryMs) / 1000;
  return (routine.sessionMaxMin ?? limits.sessionMaxMin) * 60 - asideS;
}

/** As short as it gets with one share of work left. */
function shortestOf(routine: Routine): number {
  const work = sharesOf(groupsOf(routine.phases));
  return Math.min(
    ...work.map(kept =>
      leastWithout(
        routine,
        work.filter(share => share !== kept),
      ),
    ),
  );
}
