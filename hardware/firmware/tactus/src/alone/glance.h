// One thing about one pass: a whole one takes sixty bytes of the stack, so none is kept for it.
#pragma once
#include "context.h"

namespace alone {

struct Hands {
  Side side;
  Position position;

  bool operator!=(const Hands& other) const { return side != other.side || position != other.position; }
};

// All of these need `index` to be below `passCount`.
Stage stageAt(const Context& context, uint8_t index);
Zone zoneAt(const Context& context, uint8_t index);
Ms leastMsAt(const Context& context, uint8_t index);
Hands handsAt(const Context& context, uint8_t index);
inline bool isCooldown(const Context& context, uint8_t index) { return stageAt(context, index) == Stage::cooldown; }
// Whether hands have to turn from where they were last.
bool turnsTo(const Context& context, uint8_t index);

}  // namespace alone
