// Pressure per side of the body: `machines/session.pressure.ts` and `machines/routine/ramp.ts`.
#pragma once
#include "context.h"

namespace alone {

// Bits of the body's sides that a pass works: 1 left, 2 right.
uint8_t sidesOf(Side side);
// The screening's highest; 1 while nothing is known.
uint8_t pressureCap(const Context& context);

// What holds for the sides that the present pass works, both hands' taken together. Nothing of it where no pass is left.
struct Standing {
  uint8_t sides;     // as `sidesOf`; none where no pass is left
  uint8_t pressure;  // the lightest that is known; 0: none is
  uint8_t most;      // that their phase, the screening and what was eased allow
  Ms dwellFromMoved;
};
Standing standing(const Context& context);
// 0 where nothing is known.
uint8_t pressureNow(const Context& context);
Ms dwellOnEntering(const Context& context, const Pass& pass);
bool isLightest(const Context& context);
bool mayRise(const Context& context, Ms at);

void settle(Context& context);
void ease(Context& context, Ms at);
void lower(Context& context);
void rise(Context& context, Ms at);

}  // namespace alone
