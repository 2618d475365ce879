#include "session_log.h"
#include "deadlines.h"
#include "log.h"
#include "player.h"
#include "session.h"

namespace alone {

namespace {

constexpr Ms minuteMs = 60000;

bool isLogged;      // this session has an entry
Ms movedLogged;     // so much of its moving time stands there
uint8_t minuteLogged;

// Hands have moved since the last time that was looked.
void logHands(Ms at) {
  const Context& now = memory.now;
  if (!hasPass(now)) return;
  const Ms moved = movedAt(now, at);
  const Pass pass = passNow(now);
  if (moved > movedLogged) logMoved(pass.stage, pass.side, moved - movedLogged);
  movedLogged = moved;
}

}  // namespace

void openSessionLog() {
  isLogged = false;
  movedLogged = 0;
  minuteLogged = 0;
}

bool isLogging() { return isLogged; }

void logBefore(const Event& told) {
  if (!isLogged) return;
  logHands(told.at);
  if (told.type != EventType::checkIn) return;
  logHere(told.here);
  logLeg(told.leg);
}

void logPause() {
  if (isLogged) logOne(Logged::pause);
}

void logMark(const Order& order) {
  // A start can be taken back until the first stroke.
  if (!isLogged && order.type == Order::Type::stroke && minuteLogged == 0) isLogged = beginLog(epoch(), plan.hash());
  if (!isLogged || order.type != Order::Type::pressure) return;
  if (order.change == PressureChange::ease) logOne(Logged::ease);
  if (order.change == PressureChange::rise) logOne(Logged::rise);
}

void logTime(Ms at) {
  if (!isLogged) return;
  const uint8_t minute = static_cast<uint8_t>((at - memory.now.startedAt) / minuteMs);
  if (minute == minuteLogged) return;
  minuteLogged = minute;
  logMinute(minute);
}

void sealSession(Ms at) {
  if (!isLogged) return;
  isLogged = false;
  const Context& now = memory.now;
  Ending ending;
  ending.outcome = outcome();
  ending.hasReason = now.hasReason;
  ending.reason = now.reason;
  ending.hasFault = now.hasFault;
  ending.fault = now.fault;
  ending.seconds = static_cast<uint16_t>((at - now.startedAt) / 1000);
  sealLog(ending);
}

}  // namespace alone
