// Runs any chart on the board's own interpreter: its tables and what it is told are read, where it stands and what it did
// are printed. Guards and actions are few, and read or change one number.
#include "chart.h"
#include "text.h"

namespace {

constexpr uint8_t mostStates = 60;
constexpr uint16_t mostBytes = 4000;
constexpr uint8_t countBelow = 100;

alone::StateRow states[mostStates];
uint8_t bytes[mostBytes];
uint8_t count;

uint8_t told(const alone::Event& event) { return static_cast<uint8_t>(event.type); }

uint8_t tell(uint8_t state) {
  text::write(state);
  text::write(count);
  text::endLine();
  return state;
}

}  // namespace

namespace alone {

const Chart chart = {states, bytes};

// In the order of `guards` and `actions` in `random-chart.ts`.
bool holds(uint8_t guard, const Event& event) {
  switch (guard) {
    case 0: return count % 2 == 0;
    case 1: return count < 5;
    case 2: return told(event) % 2 == 1;
    case 3: return told(event) > count % 4;
    default: return count > (guard - 4) * 20;
  }
}

void act(uint8_t action, const Event& event) {
  switch (action) {
    case 0: count = (count + 1) % countBelow; break;
    case 1: count = (count * 2 + 1) % countBelow; break;
    case 2: count = told(event); break;
    default:
      // Told apart from a number: what was done, and what it saw.
      text::write(-1 - action);
      text::write(count);
      break;
  }
}

}  // namespace alone

int main() {
  while (text::hasMore()) {
    const uint8_t stateCount = text::next<uint8_t>();
    for (uint8_t index = 0; index < stateCount && index < mostStates; index++) {
      states[index].parent = text::next<uint8_t>();
      states[index].first = text::next<uint8_t>();
      states[index].kind = text::next<uint8_t>();
      states[index].block = text::next<uint16_t>();
    }
    const uint16_t byteCount = text::next<uint16_t>();
    for (uint16_t index = 0; index < byteCount && index < mostBytes; index++) bytes[index] = text::next<uint8_t>();
    count = 0;
    alone::Event event = alone::Event();
    uint8_t state = tell(alone::begin(event));
    for (uint16_t left = text::next<uint16_t>(); left > 0; left--) {
      event.type = text::next<alone::EventType>();
      state = tell(alone::advance(state, event));
    }
  }
}
