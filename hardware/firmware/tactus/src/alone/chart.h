// Any statechart of the kind that the session is, read off its tables, as XState runs it: left from the inside out, then
// the transition's own actions, entered from the outside in; then whatever follows at once.
#pragma once
#include "context.h"
#include "flash.h"

namespace alone {

struct StateRow {
  uint8_t parent;  // the first row is the chart as a whole, and its own parent
  uint8_t first;   // where a state with states in it begins; where it is final: an `Outcome`; else itself
  uint8_t kind;    // name and flags
  uint16_t block;  // where in the chart's bytes its own begin
};

// Both in flash. What the bytes are stands in `hardware/firmware/alone/encode.ts`, which writes them.
struct Chart {
  const StateRow* states;
  const uint8_t* bytes;
};
// The one chart of this program, and what its guards and actions do.
extern const Chart chart;
bool holds(uint8_t guard, const Event& event);
void act(uint8_t action, const Event& event);

namespace kind {
constexpr uint8_t name = 0x1f;
constexpr uint8_t engaged = 0x20;  // itself, or a state that it is in
constexpr uint8_t final = 0x40;
}  // namespace kind

constexpr uint8_t wholeChart = 0;

inline uint8_t kindOf(uint8_t state) { return pgm_read_byte(&chart.states[state].kind); }
inline uint8_t parentOf(uint8_t state) { return pgm_read_byte(&chart.states[state].parent); }
inline uint8_t firstOf(uint8_t state) { return pgm_read_byte(&chart.states[state].first); }

// One way on, as the bytes tell it.
struct Way {
  uint8_t flags;
  uint8_t guard;   // where it has one
  uint8_t target;  // where it has one
  const uint8_t* actions;

  bool hasGuard() const { return flags & 0x01; }
  bool hasTarget() const { return flags & 0x02; }
  bool reenters() const { return flags & 0x04; }
  uint8_t actionCount() const { return flags >> 4; }
};

// What one state hears of one event, in order.
class Ways {
 public:
  static constexpr uint8_t always = 0x7e;

  Ways(uint8_t state, uint8_t event);
  // False where there are no more.
  bool next(Way& way);

 private:
  const uint8_t* at;
  uint8_t wanted;
  bool isHeard;
};

// Each gives the innermost state in which it leaves the chart.
uint8_t begin(const Event& event);
uint8_t advance(uint8_t state, const Event& event);
// Whether this is an end of the whole chart.
inline bool isEnd(uint8_t state) { return (kindOf(state) & kind::final) && parentOf(state) == wholeChart; }

}  // namespace alone
