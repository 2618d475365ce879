// What the session's actions make of a memory and what they order; and where the session stands in its routine: printed for
// a test to compare with the machines.
#include "actions.h"
#include "deadlines.h"
#include "fit.h"
#include "orders.h"
#include "place.h"
#include "text.h"
#include <stdlib.h>

using namespace alone;
using text::next;
using text::write;

// All actions that the chart names; then `remember`, which is told where the press found the session, and what no action is.
#define ACTIONS(ONE) \
  ONE(boardIsHere) \
  ONE(boardIsGone) \
  ONE(stopIsHeld) \
  ONE(stopIsFree) \
  ONE(refuseHaste) \
  ONE(refuseMeaningless) \
  ONE(restore) \
  ONE(orderHush) \
  ONE(endByScore) \
  ONE(noteAnswer) \
  ONE(easePressure) \
  ONE(offerLighter) \
  ONE(orderEase) \
  ONE(refuseUnaskedFirmer) \
  ONE(noteWhoStopped) \
  ONE(endWithFault) \
  ONE(keepCaps) \
  ONE(beginSession) \
  ONE(orderArm) \
  ONE(confirmFirstStep) \
  ONE(noteTried) \
  ONE(settlePressure) \
  ONE(beginMoving) \
  ONE(orderEngage) \
  ONE(noteEngaged) \
  ONE(cease) \
  ONE(orderStrokeOver) \
  ONE(endAtCap) \
  ONE(wantNextPass) \
  ONE(orderStroke) \
  ONE(countStroke) \
  ONE(noteAnnounced) \
  ONE(orderAnnouncement) \
  ONE(restoreQuestion) \
  ONE(tellQuestionAnew) \
  ONE(restoreWork) \
  ONE(easeToLighter) \
  ONE(noteEase) \
  ONE(sayLightest) \
  ONE(lendMinute) \
  ONE(refuseExtend) \
  ONE(wantToLeaveZone) \
  ONE(keepFault) \
  ONE(tellThere) \
  ONE(openCheckIn) \
  ONE(orderAsk) \
  ONE(orderQuiet) \
  ONE(countAsk) \
  ONE(orderHeardLater) \
  ONE(askAboutLeg) \
  ONE(offerRise) \
  ONE(raisePressure) \
  ONE(orderHeard) \
  ONE(closeQuestion) \
  ONE(refuseFirmer) \
  ONE(tellLater) \
  ONE(noteUnasked) \
  ONE(endEase) \
  ONE(takeWantedPass) \
  ONE(endMissed) \
  ONE(noteMiss) \
  ONE(toCooldown) \
  ONE(noteEntering) \
  ONE(leaveZone) \
  ONE(noteSilence) \
  ONE(orderStop) \
  ONE(endPausedTooLong) \
  ONE(clearFault) \
  ONE(endAfterLongPause) \
  ONE(lowerPressure) \
  ONE(beginLightly) \
  ONE(noteYes) \
  ONE(orderTurn) \
  ONE(orderWaiting) \
  ONE(endUnanswered) \
  ONE(endInFault) \
  ONE(orderFinish) \
  ONE(endDone)

namespace {

constexpr uint8_t mostOrders = 16;
Order ordered[mostOrders];
uint8_t orders;

void writeOrders() {
  for (uint8_t index = 0; index < orders; index++) {
    const Order& order = ordered[index];
    write(static_cast<long>(order.type));
    switch (order.type) {
      case Order::Type::arm:
      case Order::Type::engage:
        write(order.at);
        break;
      case Order::Type::play:
        write(static_cast<long>(order.cue));
        write(order.at);
        write(static_cast<long>(order.from));
        write(order.times);
        write(static_cast<long>(order.why));
        write(order.answer);
        write(order.again);
        break;
      case Order::Type::drop:
        write(static_cast<long>(order.cue));
        break;
      case Order::Type::hush:
        break;
      case Order::Type::stroke:
        write(order.number);
        write(order.periodMs);
        write(order.pull);
        write(order.ascent);
        break;
      case Order::Type::pressure:
        write(order.pressure);
        write(order.side);
        write(static_cast<long>(order.change));
        break;
    }
  }
}

void writeFacts(const Context& context, const Event& event) {
  write(hasCooldown(context));
  write(isRoutine(context));
  write(needsTurn(context));
  write(otherSideIsDone(context));
  write(minuteCanBeLent(context));
  write(questionIsFelt(context, event.at));
  write(isBeingTold(context, event.at));
  write(leavesUnfelt(context, event.question, event.at));
  uint8_t works[mostPasses];
  worksOf(context, works);
  for (uint8_t index = 0; index < context.passCount; index++) write(works[index]);
}

typedef void (*Action)(Memory&, const Event&);
#define ONE(name) action::name,
const Action actions[] = {ACTIONS(ONE)};
#undef ONE
constexpr uint8_t actionCount = sizeof actions / sizeof actions[0];

enum class Deed : uint8_t { remember = actionCount, fitNow, fitAhead, enter };

void act(Memory& memory, const Event& event, uint8_t deed, uint8_t number) {
  if (deed < actionCount) return actions[deed](memory, event);
  switch (static_cast<Deed>(deed)) {
    case Deed::remember:
      return action::remember(memory, event, static_cast<Origin>(number));
    case Deed::fitNow:
      return fit(memory.now, event.at, false);
    case Deed::fitAhead:
      return fit(memory.now, event.at, true);
    case Deed::enter:
      return enter(memory.now, number);
  }
}

}  // namespace

void alone::emit(const Order& order) {
  if (orders == mostOrders) abort();
  ordered[orders++] = order;
}

int main() {
  Memory memory;
  Event event = Event();
  while (text::hasMore()) {
    if (next<int>() != 0) text::readPlan();
    text::read(memory);
    text::read(event);
    const uint8_t deed = next<uint8_t>();
    const uint8_t number = next<uint8_t>();
    orders = 0;
    writeFacts(memory.now, event);
    text::endLine();
    act(memory, event, deed, number);
    text::write(memory);
    text::endLine();
    writeOrders();
    text::endLine();
  }
}
