#include "trace.h"
#include "deadlines.h"
#include "session.h"
#include "trace_port.h"

#ifdef __AVR__
#include <avr/io.h>
static_assert(alone::trace::portAddress == _SFR_MEM_ADDR(GPIOR0), "the register that nothing else uses");
#endif

namespace alone {

#ifdef __AVR__
static void put(uint8_t byte) { GPIOR0 = byte; }
#else
// By the test.
void put(uint8_t byte);
#endif

namespace {

constexpr uint8_t noState = UINT8_MAX;
uint8_t lastState = noState;
uint8_t lastWork = trace::noNumber;
Side lastSide;
bool hasMarks;

void put32(Ms value) {
  for (uint8_t byte = 0; byte < 4; byte++) put(static_cast<uint8_t>(value >> (8 * byte)));
}

void put16(uint16_t value) {
  put(static_cast<uint8_t>(value));
  put(static_cast<uint8_t>(value >> 8));
}

void begin(trace::Record record, Ms at) {
  put(static_cast<uint8_t>(record));
  put32(at);
}

template <typename T>
void put8(T value) {
  put(static_cast<uint8_t>(value));
}

// Once it has begun, and until its last pass is over.
bool hasPlace() { return memory.now.startedAt != none && hasPass(memory.now); }

Pass planned() { return plan.pass(memory.now.passes[memory.now.passIndex].work); }

}  // namespace

void traceOpened(uint8_t favourite, Ms at) {
  lastState = noState;
  lastWork = trace::noNumber;
  begin(trace::Record::opened, at);
  put8(favourite);
}

bool traceState(StateName state, Ms at) {
  const uint8_t now = static_cast<uint8_t>(state);
  uint8_t work = trace::noNumber;
  Side side = Side::left;
  if (hasPlace()) {
    const Pass pass = planned();
    work = pass.phase;
    side = pass.side;
  }
  const bool isNew = now != lastState;
  if (isNew || work != lastWork || side != lastSide) {
    begin(trace::Record::state, at);
    put8(now);
    put8(work);
    put8(side);
  }
  lastState = now;
  lastWork = work;
  lastSide = side;
  return isNew;
}

void traceMark(const Order& order, Ms at) {
  hasMarks = true;
  if (order.type == Order::Type::pressure) {
    begin(trace::Record::pressure, at);
    put8(order.pressure);
    put8(order.side);
    put8(order.change);
    return;
  }
  begin(trace::Record::stroke, at);
  const Pass pass = planned();
  put8(pass.phase);
  put8(pass.side);
  put16(order.number);
  put32(order.periodMs);
  put8(order.pull);
  put16(order.ascent);
}

void traceCue(CueId cue, CueWhy why, Ms at) {
  begin(trace::Record::cue, at);
  put8(cue);
  put8(why);
  put8(hasPlace() ? planned().phase : trace::noNumber);
}

void traceOutcome(Outcome outcome, Reason reason, Ms at) {
  begin(trace::Record::outcome, at);
  put8(outcome);
  put8(reason);
}

void traceEventEnds(Ms at) {
  if (hasMarks) begin(trace::Record::eventEnds, at);
  hasMarks = false;
}

}  // namespace alone
