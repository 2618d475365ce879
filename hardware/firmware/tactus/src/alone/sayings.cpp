// Actions that only order, that refuse, or that say why it ends: `machines/session.orders.ts`, `session.refusals.ts` and
// `session.reasons.ts`. Of what is refused a board alone tells by its cue, where there is one.
#include "actions.h"
#include "orders.h"
#include "pressure.h"

namespace alone {

namespace {

void because(Memory& memory, Reason reason) {
  memory.now.hasReason = true;
  memory.now.reason = reason;
}

// Faults are the last of the reasons, in their own order.
Reason reasonOf(Fault fault) {
  constexpr uint8_t first = static_cast<uint8_t>(Reason::linkLost);
  static_assert(first + faultCount == reasonCount, "each fault is a reason, and the last ones");
  static_assert(static_cast<uint8_t>(Reason::invariantBroken) - first == static_cast<uint8_t>(Fault::invariantBroken),
                "faults and reasons are in one order");
  return static_cast<Reason>(first + static_cast<uint8_t>(fault));
}

void refused(const Event& event) { alone::orderEase(event.at, CueWhy::refused); }

}  // namespace

namespace action {

void orderArm(Memory&, const Event& event) { alone::orderArm(event.at); }
void orderEngage(Memory&, const Event& event) { alone::orderEngage(event.at); }
void orderHush(Memory&, const Event&) { alone::orderHush(); }
void orderStroke(Memory& memory, const Event& event) { alone::orderStroke(memory.now, event.at); }
void orderAnnouncement(Memory&, const Event& event) { alone::orderAnnouncement(event.at); }
void orderTurn(Memory& memory, const Event& event) { alone::orderTurn(memory.now, event.at); }
void orderWaiting(Memory&, const Event& event) { alone::orderWaiting(event.at); }
void orderAsk(Memory& memory, const Event& event) { alone::orderAsk(memory.now, event.at); }
void orderEase(Memory&, const Event& event) { alone::orderEase(event.at, CueWhy::eased); }
void orderQuiet(Memory&, const Event&) { alone::orderQuiet(); }
void orderStrokeOver(Memory&, const Event&) { alone::orderStrokeOver(); }
void orderHeardLater(Memory& memory, const Event& event) { alone::orderHeardLater(memory.now, event.at); }
void orderHeard(Memory&, const Event& event) { alone::orderHeard(event.at); }
void orderStop(Memory&, const Event& event) { alone::orderStop(event.at); }
void orderFinish(Memory&, const Event& event) { alone::orderFinish(event.at); }

void sayLightest(Memory&, const Event& event) { alone::orderEase(event.at, CueWhy::lightest); }
void refuseMeaningless(Memory&, const Event& event) { refused(event); }
void refuseHaste(Memory&, const Event& event) { refused(event); }
void refuseExtend(Memory& memory, const Event& event) {
  if (memory.now.movingSince != none) refused(event);
}
void refuseFirmer(Memory& memory, const Event& event) {
  const bool isRise = event.here == HereBand::light && event.leg == LegBand::same;
  if (event.firmer && !(isRise && mayRise(memory.now, event.at))) refused(event);
}
void refuseUnaskedFirmer(Memory&, const Event& event) {
  if (event.firmer) refused(event);
}

void endWithFault(Memory& memory, const Event& event) {
  because(memory, event.type == EventType::fault ? reasonOf(event.fault) : Reason::invariantBroken);
}
void endInFault(Memory& memory, const Event&) {
  because(memory, memory.now.hasFault ? reasonOf(memory.now.fault) : Reason::left);
}
void endDone(Memory& memory, const Event&) {
  if (!memory.now.hasReason) because(memory, Reason::routineDone);
}
void endMissed(Memory& memory, const Event&) { because(memory, Reason::checkInsMissed); }
void endAtCap(Memory& memory, const Event&) { because(memory, Reason::sessionCap); }
void endAfterLongPause(Memory& memory, const Event&) { because(memory, Reason::longPause); }
void endPausedTooLong(Memory& memory, const Event&) { because(memory, Reason::pausedTooLong); }
void endUnanswered(Memory& memory, const Event&) { because(memory, Reason::unanswered); }
void endByScore(Memory& memory, const Event& event) {
  because(memory, event.leg == LegBand::worse ? Reason::legWorse : Reason::scoreTooHigh);
}
void clearFault(Memory& memory, const Event&) {
  memory.now.hasFault = false;
  memory.now.fault = Fault();
}

}  // namespace action

}  // namespace alone
