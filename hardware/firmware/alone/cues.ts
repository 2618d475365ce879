/**
 * Writes the cues of the library as a table for the board alone, their pulses one by one: where a cue drives both motors
 * the second one's start is already moved. A board by itself plays these and no others.
 */
import { expand, lengthsOf, playMs } from '../../../machines/cues/expand.ts';
import { gentleIntensity } from '../../../machines/cues/gentle.ts';
import { cues } from '../../../machines/cues/library.ts';
import { glideLimits, motorLimits } from '../../../machines/limits.ts';
import {
  type CueId,
  cueIds,
  type Intensity,
  type Ms,
  motors,
  type Pulse,
} from '../../../machines/vocabulary.ts';
import { dutyOf, uncalibrated } from '../../duty.ts';
import { header } from './names.ts';

const lengths = lengthsOf(cues);
/** As often as an order may ask for a cue to be played. */
const mostTimes = 3;

/** Whole hundredths: the board knows no others. */
function percentOf(intensity: Intensity): number {
  const percent = Math.round(intensity * 100);
  if (percent / 100 !== intensity) throw new RangeError(`intensity ${intensity} is no whole per cent`);
  return percent;
}

const pulsesOf = (cue: CueId): readonly Pulse[] => expand(cues[cue], 0);

/** The one rest between repetitions that all cues share. */
function againAfterMs(): number {
  const [one, ...others] = new Set(cueIds.map(cue => cues[cue].againAfterMs));
  if (one === undefined || others.length > 0) throw new Error('the board has one rest for all cues');
  return one;
}

/** The board counts pulses in tens of ms. Only of a GLIDE's second it knows more: its onset is the calibration's. */
const tensMs = 10;

function tensOf(ms: Ms, isGlided: boolean): number {
  const tens = Math.floor(ms / tensMs);
  if (tens > 255 || (tens * tensMs !== ms && !isGlided)) throw new RangeError(`${ms} ms: no tens of a byte`);
  return tens;
}

/** One pulse on each motor: what the calibration moves is the second, as long as it is. */
function checkGlide(): void {
  const [first, second, ...others] = pulsesOf('GLIDE');
  if (!first || !second || first.motor === second.motor || others.length > 0)
    throw new Error('the board knows a GLIDE of one pulse on each motor');
}

/** Longest that one EASE drives a motor. Shorter than the window, so that all of it counts. */
const easeMs = (): number =>
  Math.max(
    ...motors.map(motor =>
      pulsesOf('EASE')
        .filter(pulse => pulse.motor === motor)
        .reduce((sum, { from, until }) => sum + until - from, 0),
    ),
  );

/** The most whole ms that are no more than this share of the window: a share is no whole number. */
function mostMs(share: number): number {
  let ms = 0;
  while ((ms + 1) / motorLimits.shareWindowMs <= share) ms += 1;
  return ms;
}

/** As C++: an intensity at which a motor of this rated duty runs one lower than by whole numbers. */
function roundedDown(): readonly string[] {
  const percents = new Set([
    percentOf(gentleIntensity),
    ...cueIds.flatMap(pulsesOf).map(({ intensity }) => percentOf(intensity)),
  ]);
  return [...percents].flatMap(percent => {
    const duties = Array.from({ length: 256 }, (_, duty) => duty).filter(ratedDuty => {
      const driven = dutyOf(percent / 100, motorLimits.kickMs, { startDuty: 0, ratedDuty, kickDuty: 0 });
      const whole = Math.floor((percent * ratedDuty + 50) / 100);
      if (whole - driven !== 0 && whole - driven !== 1)
        throw new Error(
          `${percent} % of ${ratedDuty} is ${driven}: no rule of the board's makes that of ${whole}`,
        );
      return whole !== driven;
    });
    const cases = duties.map(duty => `ratedDuty == ${duty}`);
    return duties.length > 0 ? [`(percent == ${percent} && (${cases.join(' || ')}))`] : [];
  });
}

/** The whole text of `cue_table.h`. */
export function cueTableHeader(): string {
  const { shareWindowMs, cueShare } = motorLimits;
  return `${header('The cues of the library, pulse by pulse, and what a board begins with that has not been tuned.')}#include "flash.h"
#include "names.h"

namespace alone {

// One motor driven for a stretch, in tens of ms from the beginning of its cue.
struct CuePulse {
  uint8_t fromTens;
  uint8_t forTens;
  uint8_t strength;  // per cent of the rated voltage, and \`onSecond\` where it is not the motor that the cue starts on
};
constexpr uint8_t onSecond = 128;

struct CueEntry {
  uint8_t firstPulse;
  uint8_t pulseCount;
  uint8_t rank;
  uint16_t lengthMs;
};

extern const CuePulse cuePulses[] PROGMEM;
extern const CueEntry cueEntries[cueIdCount] PROGMEM;

constexpr int16_t againAfterMs = ${againAfterMs()};
// What lasts longest, played as often as anything may be.
constexpr int16_t longestPlayMs = ${Math.max(...cueIds.map(cue => playMs(cues[cue], mostTimes)))};
constexpr uint8_t gentlePercent = ${percentOf(gentleIntensity)};
// Most that cues may drive a motor within any ${shareWindowMs} ms, and what of it a question that is told again may use up.
constexpr int16_t cueShareMs = ${mostMs(cueShare)};
constexpr int16_t againShareMs = ${mostMs(cueShare - easeMs() / shareWindowMs)};

// Halves are rounded up, but these lie below one where an intensity is a binary fraction, as everywhere else.
constexpr bool isRoundedDown(uint8_t percent, uint8_t ratedDuty) {
  return ${roundedDown().join(' || ')};
}

constexpr uint8_t usualStartDuty = ${uncalibrated.startDuty};
constexpr uint8_t usualGlideMs = ${glideLimits.usual};

}  // namespace alone
`;
}

/** The whole text of `cue_table.cpp`. */
export function cueTableSource(): string {
  checkGlide();
  const entries: string[] = [];
  const pulses: string[] = [];
  for (const cue of cueIds) {
    const own = pulsesOf(cue);
    entries.push(`    {${pulses.length}, ${own.length}, ${cues[cue].rank}, ${lengths[cue]}},  // ${cue}`);
    for (const { motor, from, until, intensity } of own) {
      const isGlided = cue === 'GLIDE' && motor !== 'left';
      const tens = [tensOf(from, isGlided), tensOf(until - from, false)];
      const strength = `${motor === 'left' ? '' : 'onSecond + '}${percentOf(intensity)}`;
      pulses.push(`    {${tens.join(', ')}, ${strength}},  // ${cue}`);
    }
  }
  return `// The cues of the library, pulse by pulse.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#include "cue_table.h"

namespace alone {

const CuePulse cuePulses[] PROGMEM = {
${pulses.join('\n')}
};

const CueEntry cueEntries[cueIdCount] PROGMEM = {
${entries.join('\n')}
};

}  // namespace alone
`;
}
