// When strokes begin, counted from the start of their grid: `machines/routine/grid.ts`.
#pragma once
#include "plan.h"

namespace alone {

struct Pull {
  uint8_t pull;     // of an ascent, from 1; 0: strokes come in no ascents
  uint16_t ascent;  // from 1
};

Ms roundMs(const Pace& pace);
Ms longestPeriodMs(const Pace& pace);
Pull pullOf(const Pace& pace, uint16_t stroke);
Ms returnAfter(const Pace& pace, uint16_t stroke);
Ms beginOf(const Pace& pace, uint16_t stroke);
// `ms` may be negative: none has begun then.
uint16_t begunBy(const Pace& pace, Ms ms);
Ms beginFrom(const Pace& pace, Ms ms);

}  // namespace alone
