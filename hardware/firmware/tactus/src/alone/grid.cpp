#include "grid.h"

namespace alone {

namespace {

uint8_t pullsOf(const Pace& pace) { return pace.pulls ? pace.pulls : 1; }

// Of what is not negative: half of the size of a division with signs, and the only one here.
uint32_t wholeOf(Ms ms, Ms in) { return static_cast<uint32_t>(ms) / static_cast<uint32_t>(in); }

}  // namespace

Ms roundMs(const Pace& pace) {
  return pace.pulls ? (pace.pulls - 1) * pace.periodMs + pace.strokeMs + pace.ascentReturnMs : pace.periodMs;
}

Ms longestPeriodMs(const Pace& pace) {
  return most(pace.periodMs, pace.strokeMs + (pace.pulls ? pace.ascentReturnMs : 0));
}

Pull pullOf(const Pace& pace, uint16_t stroke) {
  if (!pace.pulls) return Pull{0, 0};
  const uint16_t ascents = (stroke - 1U) / pace.pulls;
  const uint16_t pull = stroke - ascents * pace.pulls;
  return Pull{static_cast<uint8_t>(pull), static_cast<uint16_t>(ascents + 1)};
}

Ms returnAfter(const Pace& pace, uint16_t stroke) {
  return pace.pulls && pullOf(pace, stroke).pull == pace.pulls ? pace.ascentReturnMs : pace.returnMs;
}

Ms beginOf(const Pace& pace, uint16_t stroke) {
  const uint8_t pulls = pullsOf(pace);
  const uint16_t rounds = (stroke - 1U) / pulls;
  const uint16_t inRound = stroke - 1U - rounds * pulls;
  return rounds * roundMs(pace) + inRound * pace.periodMs;
}

uint16_t begunBy(const Pace& pace, Ms ms) {
  if (ms < 0) return 0;
  const Ms round = roundMs(pace);
  const uint16_t rounds = wholeOf(ms, round);
  const Ms restMs = ms - rounds * round;
  const uint8_t pulls = pullsOf(pace);
  const uint16_t inRound = wholeOf(restMs, pace.periodMs) + 1;
  return rounds * pulls + (inRound < pulls ? inRound : pulls);
}

Ms beginFrom(const Pace& pace, Ms ms) {
  const uint16_t last = begunBy(pace, ms);
  const Ms begun = last ? beginOf(pace, last) : -1;
  return last && begun >= ms ? begun : beginOf(pace, last + 1);
}

}  // namespace alone
