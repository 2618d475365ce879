// Time as hands have it: in steps of the input grid, by how long ago something was.
//
// Edges count on grid points, and every limit of a hand is whole steps, so that a hand's moments all lie on the grid. No
// limit is longer than what a byte of steps holds: what was longer ago than that, or never was, is told apart by nothing.
#pragma once
#include <stdint.h>
#include "bounds.h"
#include "time.h"

namespace alone {

constexpr uint8_t longAgo = UINT8_MAX;
// In so many steps.
constexpr int16_t never = INT16_MAX;

constexpr bool isWholeSteps(Ms ms) { return ms % routine::inputGridMs == 0; }
constexpr uint8_t stepsOf(Ms ms) { return static_cast<uint8_t>(ms / routine::inputGridMs); }
constexpr int16_t msOf(int16_t steps) {
  return static_cast<int16_t>(steps * static_cast<int16_t>(routine::inputGridMs));
}

// So many ages, one behind the other.
void grow(uint8_t* ages, uint8_t count, uint8_t bySteps);

static_assert(isWholeSteps(gesture::doubleMs) && isWholeSteps(gesture::holdMs) &&
                  isWholeSteps(gesture::receiverHoldMs) && isWholeSteps(gesture::tripleMs) &&
                  isWholeSteps(gesture::chatterMs) && isWholeSteps(gesture::tapMs) && isWholeSteps(chord::holdMs) &&
                  isWholeSteps(bound::takeBackMs),
              "so that limits are reached on grid points, and steps say it all");
// A hold is told at once when it is reached, so nothing that waits for one grows older than it by more than a bounce.
static_assert(gesture::tripleMs + gesture::chatterMs < msOf(longAgo) &&
                  chord::holdMs + gesture::chatterMs < msOf(longAgo),
              "so that what is longest ago is beyond every limit");

}  // namespace alone
