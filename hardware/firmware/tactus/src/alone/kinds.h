// What each state of a session is to touch and light: `machines/session.states.ts`, `meaning.ts` and `led.ts` in
// `machines/touch`.
#pragma once
#include <stdint.h>
#include "flash.h"
#include "names.h"

namespace alone {

namespace kind {
constexpr uint8_t underway = 1;      // hands are at work or on their way to the next place, and nothing is asked
constexpr uint8_t still = 2;         // hands rest, with a place to go on at
constexpr uint8_t checkIn = 4;       // a question is open
constexpr uint8_t chordMeans = 8;    // GO and LESS together mean something once they have been held
constexpr uint8_t lightAnswers = 16;  // no motor may run, or may be broken off, so that the light answers a press
constexpr uint8_t patternShift = 5;
}  // namespace kind

// The bits above, and the pattern of the light.
uint8_t kindOf(StateName state);

inline bool isOf(StateName state, uint8_t kinds) { return (kindOf(state) & kinds) != 0; }

}  // namespace alone
