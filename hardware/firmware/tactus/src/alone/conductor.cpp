#include "conductor.h"
#include "session.h"

namespace alone {

namespace {


Duties duties;
Ms engagedUntil = none;
Ms beatAt;
Ms edgeAt;  // when a pulse next begins or ends
uint8_t frame[motorCount];
bool hasFrame;

void disengage() {
  if (engagedUntil == none) return;
  engagedUntil = none;
  cues::clear();
  duties.letGo();
  hushBoard();
}

}  // namespace

void beginConducting() {
  cues::reset();
  duties.letGo();
  engagedUntil = none;
  beatAt = 0;
  hasFrame = false;
}

void accept(const Order& order, Ms now) {
  cues::moveTo(now);
  switch (order.type) {
    case Order::Type::arm:
      cues::clear();
      armBoard();
      break;
    case Order::Type::engage:
      engagedUntil = order.at;
      break;
    case Order::Type::play:
      // Nobody would feel it, and by the time anyone could it would be over.
      if (engagedUntil != none) cues::add(order);
      break;
    case Order::Type::drop:
      cues::drop(order.cue);
      break;
    case Order::Type::hush:
      disengage();
      break;
    default:
      break;
  }
}

void hush(Ms now) {
  cues::moveTo(now);
  if (engagedUntil == none)
    hushBoard();
  else
    disengage();
  hasFrame = false;
}

void conduct(Ms at) {
  cues::moveTo(at);
  if (engagedUntil != none && (at >= engagedUntil || !isEngaged())) disengage();
  if (engagedUntil == none) {
    hasFrame = false;
    return;
  }
  bool hasNews = duties.keepUp(at);
  cues::begin();
  uint8_t next[motorCount];
  edgeAt = at + cues::frame(next);
  if (!hasFrame || at >= beatAt || next[0] != frame[0] || next[1] != frame[1]) {
    beatAt = at + lease::beatMs - at % lease::beatMs;
    duties.apply(next, at);
    hasNews = true;
  }
  hasFrame = true;
  frame[0] = next[0];
  frame[1] = next[1];
  if (hasNews) duties.send();
  cues::forget();
}

Ms nextBeat() { return engagedUntil == none ? none : least(edgeAt, least(beatAt, engagedUntil)); }

void keepUpDuties(Ms now) {
  if (duties.keepUp(now)) duties.send();
}

Ms nextDuty(Ms now) { return duties.next(now); }

}  // namespace alone
