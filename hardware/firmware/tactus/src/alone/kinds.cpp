#include "kinds.h"

namespace alone {

namespace {

constexpr uint8_t as(LedPattern pattern, uint8_t kinds) {
  return static_cast<uint8_t>(static_cast<uint8_t>(pattern) << kind::patternShift | kinds);
}
static_assert(ledPatternCount <= 8, "three bits are left for the pattern");

constexpr uint8_t atWork = as(LedPattern::going, kind::underway);
constexpr uint8_t asked = as(LedPattern::asking, kind::checkIn);
constexpr uint8_t resting = as(LedPattern::steady, kind::still | kind::lightAnswers);
constexpr uint8_t over = as(LedPattern::dark, 0);

// In the order of the states.
const uint8_t kinds[] PROGMEM = {
    as(LedPattern::dark, kind::chordMeans),                          // screening
    as(LedPattern::steady, kind::chordMeans | kind::lightAnswers),   // preparation
    atWork,                                                          // warmUp
    atWork,                                                          // strokes
    asked,                                                           // strokes.checkIn
    atWork,                                                          // pressureRamp
    asked,                                                           // pressureRamp.checkIn
    atWork,                                                          // cooldown
    atWork,                                                          // eased
    as(LedPattern::steady, kind::underway),                          // transition
    resting,                                                         // pausing
    as(LedPattern::stopped, kind::still | kind::lightAnswers),       // halting
    resting,                                                         // paused
    as(LedPattern::stopped, kind::chordMeans | kind::lightAnswers),  // stopped
    as(LedPattern::stopped, kind::lightAnswers),                     // faulted
    as(LedPattern::asking, kind::chordMeans),                        // finishing
    over,                                                            // completed
    over,                                                            // declined
    over,                                                            // interrupted
};
static_assert(sizeof kinds == stateNameCount, "one for each state");

}  // namespace

uint8_t kindOf(StateName state) { return pgm_read_byte(&kinds[static_cast<uint8_t>(state)]); }

}  // namespace alone
