/**
 * Whether a cue of one's own can be felt, and told from the others. STOP means that the device stopped by itself: it
 * can be heard nowhere else and read from no file.
 */
import { findNodeAtLocation, type ParseError, parseTree } from 'jsonc-parser';
import * as v from 'valibot';
import { motorLimits } from '../limits.ts';
import { type CueId, cueIds, type Motor, type Ms, motors } from '../vocabulary.ts';
import { cueDistance, feltPattern, leastDistance } from './distance.ts';
import { expand } from './expand.ts';
import { cues } from './library.ts';
import { feltOf, shortestFeltMs } from './motor-model.ts';
import { type Cue, cueSchema } from './schema.ts';

/** Tactons of 120 to 250 ms are told apart; shorter ones are a tap that oil and grip swallow. [D] */
const leastPulseMs: Ms = 120;
/** A coin motor needs 100 to 150 ms to spin down: with less two pulses are felt as one. [L] */
const leastGapMs: Ms = 150;

export type CueIssue = Readonly<{ path: string; line: number; message: string }>;
export type CheckedCue =
  | Readonly<{ ok: true; cue: Cue }>
  | Readonly<{ ok: false; issues: readonly CueIssue[] }>;

type Place = readonly (string | number)[];
type Finding = Readonly<{ at: Place; message: string }>;

const written = (at: Place): string =>
  at.reduce<string>((text, key) => text + (typeof key === 'number' ? `[${key}]` : `.${key}`), '$');

/** Each pulse long enough, far enough from the one before it on its motor, and begun apart from the other motor. */
function findingsOfPulses({ pulses }: Cue): readonly Finding[] {
  const list = [...pulses.entries()];
  const drives = (motor: Cue['pulses'][number]['motor'], one: 'first' | 'second'): boolean =>
    motor === one || motor === 'both';
  return list.flatMap(([index, pulse]) => {
    const { motor, fromMs, forMs, intensity } = pulse;
    const found: Finding[] = [];
    const tell = (field: string, message: string) =>
      found.push({ at: ['pulses', index, field], message: `pulse ${index + 1} ${message}` });
    const own = motor === 'both' ? forMs - motorLimits.staggerMs : forMs;
    const needs = Math.max(leastPulseMs, shortestFeltMs(intensity) ?? Number.POSITIVE_INFINITY);
    if (own < needs)
      tell('forMs', `not felt: ${forMs} ms, needs ${needs + (motor === 'both' ? motorLimits.staggerMs : 0)}`);
    for (const [earlier, before] of list.slice(0, index)) {
      const sameMotor = (['first', 'second'] as const).some(
        one => drives(motor, one) && drives(before.motor, one),
      );
      const gapMs = Math.max(fromMs - before.fromMs - before.forMs, before.fromMs - fromMs - forMs);
      if (sameMotor && gapMs < leastGapMs)
        tell('fromMs', `too near pulse ${earlier + 1}: ${gapMs} ms, needs ${leastGapMs}`);
      if (!sameMotor && Math.abs(fromMs - before.fromMs) < motorLimits.staggerMs)
        tell(
          'fromMs',
          `starts ${Math.abs(fromMs - before.fromMs)} ms from pulse ${earlier + 1}, needs ${motorLimits.staggerMs}`,
        );
    }
    return found;
  });
}

/** Whether any motor would take more of 10 s than cues may. */
function findingOfShare(cue: Cue): readonly Finding[] {
  const pulses = expand(cue, 0);
  const onMs = (motor: Motor): Ms =>
    pulses.reduce((sum, pulse) => sum + (pulse.motor === motor ? pulse.until - pulse.from : 0), 0);
  const most = motorLimits.cueShare * motorLimits.shareWindowMs;
  const worst = Math.max(...motors.map(onMs));
  return worst <= most ? [] : [{ at: ['pulses'], message: `runs a motor ${worst} ms, at most ${most}` }];
}

/** Every pulse has to come out as a stretch of its own, on its motor. */
function findingOfFelt(cue: Cue): readonly Finding[] {
  const pulses = expand(cue, 0);
  const lost = motors.some(
    motor => feltOf(pulses, motor).length !== pulses.filter(pulse => pulse.motor === motor).length,
  );
  return lost ? [{ at: ['pulses'], message: 'is felt with fewer pulses than it has' }] : [];
}

const shown = (distance: number): string => (Math.floor(distance * 100) / 100).toFixed(2);

/** Nearer to another cue than two may be, the motors told apart or not. */
function findingsOfLikeness(cue: Cue, others: Readonly<Record<CueId, Cue>>): readonly Finding[] {
  return cueIds
    .filter(id => id !== cue.id)
    .flatMap(id => {
      const { apart, asOne } = cueDistance(cue, others[id]);
      const least = Math.min(apart, asOne);
      return least >= leastDistance
        ? []
        : [{ at: ['pulses'], message: `too like ${id}: ${shown(least)}, needs ${leastDistance}` }];
    });
}

const isStop = (cue: Cue): boolean => cue.id === 'STOP';

/** Everything that speaks against a cue, beside the others of `set`. */
export function findingsOf(cue: Cue, set: Readonly<Record<CueId, Cue>> = cues): readonly Finding[] {
  if (isStop(cue))
    return JSON.stringify(cue) === JSON.stringify(cues.STOP)
      ? []
      : [
          {
            at: ['id'],
            message: "STOP can't be redefined: it is the one cue that says it stopped by itself",
          },
        ];
  const single = [...findingsOfPulses(cue), ...findingOfShare(cue)];
  return single.length > 0 ? single : [...findingOfFelt(cue), ...findingsOfLikeness(cue, set)];
}

/** Checks a cue file's text: every fault at once, with its place. Total: no text makes it throw. */
export function checkCue(text: string): CheckedCue {
  const errors: ParseError[] = [];
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lineOf = (offset: number): number => source.slice(0, offset).split('\n').length;
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    const message = `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, issues: [{ path: '$', line: 1, message }] };
  }
  const root = parseTree(source, errors);
  const told = ({ at, message }: Finding): CueIssue => {
    // A field that is missing stands where its object does.
    let node = root;
    for (let length = at.length; root && length > 0; length--) {
      node = findNodeAtLocation(root, at.slice(0, length) as (string | number)[]);
      if (node) break;
    }
    return { path: written(at), line: lineOf((node ?? root)?.offset ?? 0), message };
  };
  const parsed = v.safeParse(cueSchema, value);
  if (!parsed.success)
    return {
      ok: false,
      issues: parsed.issues.map(issue =>
        told({
          at: (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key))),
          message:
            issue.type !== 'strict_object'
              ? issue.message
              : issue.expected === 'never'
                ? 'is not a field of a cue'
                : issue.expected === 'Object'
                  ? 'must be an object'
                  : 'is missing',
        }),
      ),
    };
  const found = findingsOf(parsed.output);
  return found.length === 0 ? { ok: true, cue: parsed.output } : { ok: false, issues: found.map(told) };
}

/** What a hand counts: bursts of the whole cue, whichever motor they come from. */
export const burstsOf = (cue: Cue, times = 1): number =>
  feltPattern(expand(cue, 0, 'left', times)).asOne[0]?.length ?? 0;
