#include "glance.h"
#include "deadlines.h"

namespace alone {


__attribute__((noinline)) Ms leastMsAt(const Context& context, uint8_t index) {
  return plan.pass(context.passes[index].work).leastMs;
}

__attribute__((noinline)) Zone zoneAt(const Context& context, uint8_t index) {
  return plan.pass(context.passes[index].place).zone;
}

__attribute__((noinline)) Hands handsAt(const Context& context, uint8_t index) {
  const Pass pass = passAt(context, index);
  return Hands{pass.side, pass.position};
}

bool turnsTo(const Context& context, uint8_t index) {
  return context.handsAreOn && handsAt(context, index) != Hands{context.handsSide, context.handsPosition};
}

}  // namespace alone
