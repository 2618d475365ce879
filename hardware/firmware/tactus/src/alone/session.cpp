#include "session.h"
#include "chart.h"
#include "deadlines.h"
#include "tables.h"

namespace alone {

Memory memory;

// What is not named here is none of anything: `machines/session.fresh.ts`.
void openSession(bool boardReady, bool stopHeld) {
  memory = Memory();
  Context& context = memory.now;
  context.passCount = plan.count(false);
  for (uint8_t index = 0; index < context.passCount; index += 1) context.passes[index] = plan.entry(false, index);
  context.boardReady = boardReady;
  context.stopHeld = stopHeld;
  context.startedAt = none;
  context.movingSince = none;
  context.settledPass = noPass;
  context.turnMs = bound::turnMsUsual;
  context.lighterOfferedAt = none;
  context.announcedPass = noPass;
  for (uint8_t side = 0; side < bodySides; side += 1) {
    context.ceiling[side] = routine::pressureMost;
    context.zoneOf[side] = noZone;
  }
  context.easedUntilMoved = none;
  context.checkInDueMoved = rules.checkInEveryMs;
  memory.beforeGo.at = none;
  memory.beforeLess.at = none;
  memory.state = begin(Event());
}

void tell(const Event& event) { memory.state = advance(memory.state, event); }

StateName stateName() { return static_cast<StateName>(kindOf(memory.state) & kind::name); }

bool isOver() { return isEnd(memory.state); }

Outcome outcome() { return static_cast<Outcome>(firstOf(memory.state)); }

bool isEngaged() { return kindOf(memory.state) & kind::engaged; }

Ms nextDue() {
  constexpr uint8_t reached = static_cast<uint8_t>(GuardId::reached);
  Ms earliest = none;
  if (isOver()) return earliest;
  for (uint8_t state = memory.state;; state = parentOf(state)) {
    Ways ways(state, static_cast<uint8_t>(EventType::due));
    Way way;
    while (ways.next(way)) {
      if (!way.hasGuard()) continue;
      const uint8_t deadline = way.guard - reached;
      if (deadline >= deadlineCount) continue;
      const Ms at = deadlineOf(memory.now, deadline);
      if (at != none && (earliest == none || at < earliest)) earliest = at;
    }
    if (state == wholeChart) return earliest;
  }
}

}  // namespace alone
