// The cues of the library, pulse by pulse, and what a board begins with that has not been tuned.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#pragma once
#include <stdint.h>
#include "flash.h"
#include "names.h"

namespace alone {

// One motor driven for a stretch, in tens of ms from the beginning of its cue.
struct CuePulse {
  uint8_t fromTens;
  uint8_t forTens;
  uint8_t strength;  // per cent of the rated voltage, and `onSecond` where it is not the motor that the cue starts on
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

constexpr int16_t againAfterMs = 600;
// What lasts longest, played as often as anything may be.
constexpr int16_t longestPlayMs = 7200;
constexpr uint8_t gentlePercent = 70;
// Most that cues may drive a motor within any 10000 ms, and what of it a question that is told again may use up.
constexpr int16_t cueShareMs = 2000;
constexpr int16_t againShareMs = 1350;

// Halves are rounded up, but these lie below one where an intensity is a binary fraction, as everywhere else.
constexpr bool isRoundedDown(uint8_t percent, uint8_t ratedDuty) {
  return (percent == 70 && (ratedDuty == 45 || ratedDuty == 85 || ratedDuty == 165 || ratedDuty == 175));
}

constexpr uint8_t usualStartDuty = 107;
constexpr uint8_t usualGlideMs = 111;

}  // namespace alone
