/** Cues as a phone can give them: it has one motor, so it runs whenever one of the board's two would. */
import ask from '../../../machines/cues/library/ask.json' with { type: 'json' };
import ease from '../../../machines/cues/library/ease.json' with { type: 'json' };
import glide from '../../../machines/cues/library/glide.json' with { type: 'json' };
import next from '../../../machines/cues/library/next.json' with { type: 'json' };
import stop from '../../../machines/cues/library/stop.json' with { type: 'json' };
import tap from '../../../machines/cues/library/tap.json' with { type: 'json' };

type Pulse = Readonly<{ fromMs: number; forMs: number }>;

/** Times on and off in turn, as `navigator.vibrate` takes them, the first on. */
export function patternOf(pulses: readonly Pulse[]): readonly number[] {
  const pattern: number[] = [];
  let end = 0;
  for (const { fromMs, forMs } of pulses.toSorted((one, other) => one.fromMs - other.fromMs)) {
    const until = fromMs + forMs;
    const last = pattern.length - 1;
    if (last >= 0 && fromMs <= end) pattern[last] = (pattern[last] ?? 0) + Math.max(0, until - end);
    else pattern.push(...(last >= 0 ? [fromMs - end] : []), forMs);
    end = Math.max(end, until);
  }
  return pattern;
}

const patterns: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  [ask, ease, glide, next, stop, tap].map(({ id, pulses }) => [id, patternOf(pulses)]),
);

export const canVibrate = (): boolean => typeof navigator.vibrate === 'function';

/** Vibrates as this cue does; false where the browser refused. One that cannot at all says so in the settings. */
export function vibrate(cue: string): boolean {
  const pattern = patterns[cue];
  return !pattern || !canVibrate() || navigator.vibrate([...pattern]);
}
