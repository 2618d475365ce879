// One session after the other on the board's own machine, from its opening or from the midst of it: at first and after each
// event three lines. Where it
// stands; what it remembers; what it has ordered and marked.
#include "session.h"
#include "text.h"

namespace {

constexpr uint8_t mostOrders = 32;
alone::Order orders[mostOrders];
uint8_t orderCount;

template <typename T>
void give(T value) {
  text::write(static_cast<long>(value));
}

// In the order of `orderText` in `session-text.ts`.
void give(const alone::Order& order) {
  using Type = alone::Order::Type;
  give(order.type);
  switch (order.type) {
    case Type::arm:
    case Type::engage:
      give(order.at);
      break;
    case Type::play:
      give(order.at);
      give(order.cue);
      give(order.from);
      give(order.times);
      give(order.why);
      give(order.answer);
      give(order.again);
      break;
    case Type::drop:
      give(order.cue);
      break;
    case Type::hush:
      break;
    case Type::stroke:
      give(order.number);
      give(order.periodMs);
      give(order.pull);
      give(order.pull == 0 ? 0 : order.ascent);
      break;
    case Type::pressure:
      give(order.pressure);
      give(order.side);
      give(order.change);
      break;
  }
}

void tellAll() {
  give(alone::stateName());
  give(alone::isEngaged());
  give(alone::nextDue());
  give(alone::isOver());
  if (alone::isOver()) give(alone::outcome());
  text::endLine();
  text::write(alone::memory);
  text::endLine();
  for (uint8_t index = 0; index < orderCount; index++) give(orders[index]);
  text::endLine();
  orderCount = 0;
}

}  // namespace

// More than there is room for is a fault that the sanitizer stops at.
void alone::emit(const Order& order) { orders[orderCount++] = order; }

int main() {
  while (text::hasMore()) {
    text::readPlan();
    if (text::next<bool>()) {
      const bool boardReady = text::next<bool>();
      alone::openSession(boardReady, text::next<bool>());
    } else {
      text::read(alone::memory);
      alone::memory.state = text::next<uint8_t>();
    }
    tellAll();
    for (uint16_t left = text::next<uint16_t>(); left > 0; left--) {
      alone::Event event = alone::Event();
      text::read(event);
      alone::tell(event);
      tellAll();
    }
  }
}
