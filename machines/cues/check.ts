/**
 * Whether a cue of one's own can be felt, and told from the others. STOP means that the device stopped by itself: it
 * can be heard nowhere else and read from no file.
 */
import { motorLimits, sessionLimits } from '../limits.ts';
import { checkWords } from '../text/checks.ts';
import { fill } from '../text/text.ts';
import { type CueId, cueIds, type Motor, type Ms, motors } from '../vocabulary.ts';
import { feltDistance, feltPattern, leastDistance } from './distance.ts';
import { cueMs, expand } from './expand.ts';
import { gentle, gentleIntensity } from './gentle.ts';
import { type CueSet, cues, withOwn } from './library.ts';
import { feltOf, shortestFeltMs } from './motor-model.ts';
import { type CueFinding, type CueIssue, readCue } from './read.ts';
import type { Cue } from './schema.ts';

/** Tactons of 120 to 250 ms are told apart; shorter ones are a tap that oil and grip swallow. [D] */
const leastPulseMs: Ms = 120;
/** A coin motor needs 100 to 150 ms to spin down: with less two pulses are felt as one. [L] */
const leastGapMs: Ms = 150;

/**
 * Longest a cue may take, ms: what comes after it has to find it over, and be felt as another. TAP before the extra TAP
 * of a last stroke, GLIDE before a check-in's ASK, NEXT before the next phase's first stroke; ASK and EASE are no
 * longer than STOP, so that strokes are led again soon. [D]
 */
const longestMs: Readonly<Record<CueId, Ms>> = {
  TAP: sessionLimits.lastTapMs,
  GLIDE: sessionLimits.askOffsetMs - leastGapMs,
  NEXT: sessionLimits.announceMs - leastGapMs,
  ASK: cueMs(cues.STOP),
  EASE: cueMs(cues.STOP),
  STOP: cueMs(cues.STOP),
};

/** STOP may follow any cue at once, and no motor runs for longer than `continuousMaxMs` without a break. */
const longestPulseMs: Ms = motorLimits.continuousMaxMs - cueMs(cues.STOP);

/**
 * How often the session may play a cue within `shareWindowMs`: TAP for the first beats of fast strokes, GLIDE for
 * strokes that are just not fast, NEXT three times in a row at the end, ASK until somebody answers.
 */
const timesInWindow: Readonly<Record<CueId, number>> = {
  TAP: sessionLimits.fastGroup,
  GLIDE: Math.ceil(motorLimits.shareWindowMs / sessionLimits.fastPeriodMs),
  NEXT: 3,
  ASK: Math.ceil(motorLimits.shareWindowMs / sessionLimits.askEveryMs),
  EASE: 1,
  STOP: 1,
};

const words = checkWords.cues;

/** How often in a row a cue is played as one: twice it is the other side, three times the end. */
const timesInRow = (id: CueId): readonly number[] => (id === 'NEXT' ? [1, 2, 3] : [1]);

/** A cue that can be felt and told apart, or every fault of it. */
export type CheckedCue =
  | Readonly<{ ok: true; cue: Cue }>
  | Readonly<{ ok: false; issues: readonly CueIssue[] }>;

/** Each pulse long enough, far enough from the one before it on its motor, and begun apart from the other motor. */
function findingsOfPulses({ pulses }: Cue): readonly CueFinding[] {
  const list = [...pulses.entries()];
  const drives = (motor: Cue['pulses'][number]['motor'], one: 'first' | 'second'): boolean =>
    motor === one || motor === 'both';
  return list.flatMap(([index, pulse]) => {
    const { motor, fromMs, forMs, intensity } = pulse;
    const found: CueFinding[] = [];
    const tell = (field: string, message: string) =>
      found.push({
        at: ['pulses', index, field],
        message: fill(words.pulse, { number: index + 1, fault: message }),
      });
    const own = motor === 'both' ? forMs - motorLimits.staggerMs : forMs;
    // Some hands get every cue gently (K7): it has to be felt then, too.
    const needs = Math.max(
      leastPulseMs,
      shortestFeltMs(Math.min(intensity, gentleIntensity)) ?? Number.POSITIVE_INFINITY,
    );
    if (own < needs)
      tell(
        'forMs',
        fill(words.notFelt, { ms: forMs, needs: needs + (motor === 'both' ? motorLimits.staggerMs : 0) }),
      );
    if (forMs > longestPulseMs) tell('forMs', fill(words.tooLong, { ms: forMs, most: longestPulseMs }));
    for (const [earlier, before] of list.slice(0, index)) {
      const sameMotor = (['first', 'second'] as const).some(
        one => drives(motor, one) && drives(before.motor, one),
      );
      const gapMs = Math.max(fromMs - before.fromMs - before.forMs, before.fromMs - fromMs - forMs);
      if (sameMotor && gapMs < leastGapMs)
        tell('fromMs', fill(words.tooNear, { other: earlier + 1, gap: gapMs, needs: leastGapMs }));
      if (!sameMotor && Math.abs(fromMs - before.fromMs) < motorLimits.staggerMs)
        tell(
          'fromMs',
          fill(words.stagger, {
            ms: Math.abs(fromMs - before.fromMs),
            other: earlier + 1,
            needs: motorLimits.staggerMs,
          }),
        );
    }
    return found;
  });
}

/** Whether any motor would take more of 10 s than cues may, the cue played as often as a session plays it. */
function findingOfShare(cue: Cue): readonly CueFinding[] {
  const pulses = expand(cue, 0);
  const onMs = (motor: Motor): Ms =>
    pulses.reduce((sum, pulse) => sum + (pulse.motor === motor ? pulse.until - pulse.from : 0), 0);
  const times = timesInWindow[cue.id];
  const most = (motorLimits.cueShare * motorLimits.shareWindowMs) / times;
  const worst = Math.max(...motors.map(onMs));
  return worst <= most
    ? []
    : [
        {
          at: ['pulses'],
          message: fill(times === 1 ? words.share : words.shareOften, {
            ms: worst,
            most: Math.floor(most),
            times,
            window: motorLimits.shareWindowMs / 1000,
          }),
        },
      ];
}

/** Every pulse has to come out as a stretch of its own, on its motor. */
function findingOfFelt(cue: Cue): readonly CueFinding[] {
  const pulses = expand(cue, 0);
  const lost = motors.some(
    motor => feltOf(pulses, motor).length !== pulses.filter(pulse => pulse.motor === motor).length,
  );
  return lost ? [{ at: ['pulses'], message: words.fewer }] : [];
}

const shown = (distance: number): string => (Math.floor(distance * 100) / 100).toFixed(2);

/** Nearer to another cue than two may be, the motors told apart or not, as they are or played gently. */
function findingsOfLikeness(cue: Cue, others: CueSet): readonly CueFinding[] {
  const felt = (one: Cue, first: Motor, isGentle: boolean) =>
    timesInRow(one.id).map(times => {
      const pulses = expand(one, 0, first, times);
      return feltPattern(isGentle ? gentle(pulses) : pulses);
    });
  const leastOf = (other: Cue, isGentle: boolean): number => {
    const its = motors.flatMap(first => felt(other, first, isGentle));
    return Math.min(
      ...felt(cue, 'left', isGentle).flatMap(own =>
        its.flatMap(({ apart, asOne }) => [feltDistance(own.apart, apart), feltDistance(own.asOne, asOne)]),
      ),
    );
  };
  const tooLike = (id: CueId, isGentle: boolean): readonly CueFinding[] => {
    const least = leastOf(others[id], isGentle);
    return least >= leastDistance
      ? []
      : [
          {
            at: ['pulses'],
            message: fill(isGentle ? words.tooLikeGently : words.tooLike, {
              cue: id,
              distance: shown(least),
              needs: leastDistance,
            }),
          },
        ];
  };
  return cueIds
    .filter(id => id !== cue.id)
    .flatMap(id => {
      const found = tooLike(id, false);
      return found.length > 0 ? found : tooLike(id, true);
    });
}

/** What the session's rules rest on: which cue goes before which, how long each takes, and that GLIDE shows a way. */
function findingsOfRules(cue: Cue): readonly CueFinding[] {
  const found: CueFinding[] = [];
  const { rank } = cues[cue.id];
  if (cue.rank !== rank) found.push({ at: ['rank'], message: fill(words.rank, { rank }) });
  const most = longestMs[cue.id];
  if (cueMs(cue) > most) found.push({ at: ['pulses'], message: fill(words.long, { ms: cueMs(cue), most }) });
  const first = cue.pulses.toSorted((one, other) => one.fromMs - other.fromMs);
  if (cue.id === 'GLIDE' && (first[0]?.motor !== 'first' || first.at(-1)?.motor !== 'second'))
    found.push({ at: ['pulses'], message: words.way });
  return found;
}

const isStop = (cue: Cue): boolean => cue.id === 'STOP';

/** Everything that speaks against a cue, beside the others of `set`. */
function findingsOf(cue: Cue, set: CueSet): readonly CueFinding[] {
  if (isStop(cue))
    return JSON.stringify(cue) === JSON.stringify(cues.STOP)
      ? []
      : [
          {
            at: ['id'],
            message: words.stop,
          },
        ];
  const single = [...findingsOfPulses(cue), ...findingOfShare(cue)];
  return single.length > 0
    ? single
    : [...findingsOfRules(cue), ...findingOfFelt(cue), ...findingsOfLikeness(cue, set)];
}

/**
 * Checks the texts of cue files that are to be used together: every fault of each at once, with its place. Each is
 * held beside the cues that would be played with it: those of the other files, else the ones that come with Tactus.
 * Total: no text makes it throw.
 */
export function checkCues(texts: readonly string[]): readonly CheckedCue[] {
  const read = texts.map(readCue);
  const set = withOwn(read.flatMap(one => (one.ok && !isStop(one.cue) ? [one.cue] : [])));
  return read.map((one): CheckedCue => {
    if (!one.ok) return one;
    const found = findingsOf(one.cue, set);
    return found.length === 0 ? { ok: true, cue: one.cue } : { ok: false, issues: found.map(one.told) };
  });
}

/** Checks one cue file's text beside the cues that come with Tactus. */
export const checkCue = (text: string): CheckedCue => checkCues([text])[0] ?? { ok: false, issues: [] };

/** What a hand counts: bursts of the whole cue, whichever motor they come from. */
export const burstsOf = (cue: Cue, times = 1): number =>
  feltPattern(expand(cue, 0, 'left', times)).asOne[0]?.length ?? 0;
