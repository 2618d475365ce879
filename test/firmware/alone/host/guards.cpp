// Every guard of the chart at a moment: printed for a test to compare with the machines.
#include "guards.h"
#include <stdlib.h>
#include "guard_list.h"
#include "text.h"

using namespace alone;

// What only decides orders nothing.
void alone::emit(const Order&) { abort(); }

namespace {

void tellOf(const Memory& memory, const Event& event) {
#define GUARD(name) text::write(guard::name(memory, event));
  GUARDS(GUARD)
#undef GUARD
  for (uint8_t deadline = 0; deadline < deadlineCount; deadline++)
    text::write(guard::reached(memory, event, static_cast<Deadline>(deadline)));
  for (uint8_t origin = 0; origin < originCount; origin++)
    text::write(guard::took(memory, event, static_cast<Origin>(origin)));
}

}  // namespace

int main() {
  Memory memory;
  Event event;
  while (text::hasMore()) {
    if (text::next<int>() != 0) text::readPlan();
    text::read(memory);
    for (uint8_t events = text::next<uint8_t>(); events > 0; events--) {
      text::read(event);
      tellOf(memory, event);
      text::endLine();
    }
  }
}
