#include "orders.h"
#include "deadlines.h"
#include "glance.h"
#include "grid.h"
#include "pressure.h"

namespace alone {

namespace {

Order orderOf(Order::Type type, Ms at) {
  Order order = Order();
  order.type = type;
  order.at = at;
  return order;
}

Order playOf(CueId cue, Ms at, CueWhy why) {
  Order order = orderOf(Order::Type::play, at);
  order.cue = cue;
  order.why = why;
  order.times = 1;
  return order;
}

void play(CueId cue, Ms at, CueWhy why) { emit(playOf(cue, at, why)); }

void playNext(Ms at, CueWhy why, uint8_t times) {
  Order order = playOf(CueId::NEXT, at, why);
  order.times = times;
  emit(order);
}

// A cue that answers a press is felt whatever else is being played.
void answer(CueId cue, Ms at, CueWhy why) {
  Order order = playOf(cue, at, why);
  order.answer = true;
  emit(order);
}

void drop(CueId cue) {
  Order order = orderOf(Order::Type::drop, 0);
  order.cue = cue;
  emit(order);
}

bool fits(const Context& context, CueId cue, Ms at) { return fitsInPass(context, at, cueMs(cue)); }

void playWhereFits(const Context& context, CueId cue, Ms at, CueWhy why) {
  if (fits(context, cue, at)) play(cue, at, why);
}

// Whether the end of a stroke is told: of the first few, so that the hands learn the length; of pulls that climb it tells
// the last one, after which hands go back to where the next ascent begins.
bool endIsTold(const Context& context, const Pace& pace, uint8_t pull) {
  return pull != 0 ? pull == pace.pulls : context.strokesInPass < bound::fullCues;
}

// The cues of the stroke that begins at `at`; called before it is counted.
void strokeCues(const Context& context, const Pace& pace, uint8_t pull, Direction direction, Ms returnMs, Ms at) {
  if (pace.periodMs < bound::fastPeriodMs) {
    const uint16_t done = context.strokesInPass;
    static_assert(bound::fastGroup == 8, "a group of strokes is told from another by its bits");
    if (done < bound::fastGroup || (done & 7) == 7) playWhereFits(context, CueId::TAP, at, CueWhy::strokeBegins);
    return;
  }
  if (fits(context, CueId::GLIDE, at)) {
    Order order = playOf(CueId::GLIDE, at, CueWhy::strokeBegins);
    // From A to B where the stroke runs towards the heart or outward.
    if (direction == Direction::awayFromHeart || direction == Direction::inward) order.from = Motor::right;
    emit(order);
  }
  const Ms end = at + pace.strokeMs;
  // The end of a very short stroke would be felt as part of its beginning.
  const bool isApart = pace.strokeMs >= cueMs(CueId::GLIDE) + bound::apartMs;
  // Nor would a TAP that is not over well before the next stroke, or before the TAP after it, be felt as one.
  const Ms tapMs = cueMs(CueId::TAP) + bound::apartMs;
  if (endIsTold(context, pace, pull) && isApart && returnMs >= tapMs)
    playWhereFits(context, CueId::TAP, end, CueWhy::strokeEnds);
  const Ms lastTapMs = most(bound::lastTapMs, tapMs);
  if (returnMs >= most(bound::lastTapReturnMs, lastTapMs + tapMs) && strokesLeft(context) <= bound::lastStrokes)
    playWhereFits(context, CueId::TAP, end + lastTapMs, CueWhy::lastStrokes);
}

CueId cueOf(Question question) { return question == Question::firmer ? CueId::GLIDE : CueId::ASK; }

// When the cue of the question that is open is over.
Ms toldBy(const Context& context) { return context.questionAt + cueMs(cueOf(context.question)); }

}  // namespace

void orderStroke(const Context& context, Ms at) {
  if (!hasPass(context)) return;
  const Direction direction = passNow(context).direction;
  const Pace pace = paceNow(context);
  const uint16_t stroke = context.stroke + 1;
  const Pull climb = pullOf(pace, stroke);
  const Ms returnMs = returnAfter(pace, stroke);
  Order order = orderOf(Order::Type::stroke, at);
  order.number = stroke;
  order.periodMs = pace.strokeMs + returnMs;
  order.pull = climb.pull;
  order.ascent = climb.ascent;
  emit(order);
  if (rules.strokeCues) strokeCues(context, pace, climb.pull, direction, returnMs, at);
}

void orderEngage(Ms at) { emit(orderOf(Order::Type::engage, at + lease::engageAheadMs)); }
void orderArm(Ms at) { emit(orderOf(Order::Type::arm, at)); }
void orderHush() { emit(orderOf(Order::Type::hush, 0)); }
void orderQuiet() { drop(CueId::ASK); }

// A stroke that is broken off has no end to be told.
void orderStrokeOver() {
  drop(CueId::GLIDE);
  drop(CueId::TAP);
}

void orderAnnouncement(Ms at) { playNext(at, CueWhy::nextPhase, 1); }

void orderTurn(const Context& context, Ms at) {
  const bool otherSide =
      hasPass(context) ? !context.handsAreOn || context.handsSide != handsAt(context, context.passIndex).side : context.handsAreOn;
  playNext(at, otherSide ? CueWhy::otherSide : CueWhy::turn, otherSide ? 2 : 1);
}

void orderFinish(Ms at) { playNext(at, CueWhy::finished, 3); }

// ASK on A is "here", on B "down the leg"; the offer of a rise is one GLIDE.
void orderAsk(const Context& context, Ms at) {
  if (context.question == Question::firmer) return answer(CueId::GLIDE, at, CueWhy::mayBeFirmer);
  const bool isHere = context.question == Question::here;
  Order order = playOf(CueId::ASK, at, isHere ? CueWhy::howIsItHere : CueWhy::howIsTheLeg);
  if (!isHere) order.from = Motor::right;
  order.again = context.asks > 1;
  emit(order);
}

void orderWaiting(Ms at) { play(CueId::ASK, at, CueWhy::goWhenReady); }
void orderStop(Ms at) { play(CueId::STOP, at, CueWhy::byItself); }
void orderHeard(Ms at) { answer(CueId::TAP, at, CueWhy::heard); }

// What came too soon is heard once the question has been told: an answer must not break it off. Where it waits to be told
// anew, and there is time for it, what came is heard before.
void orderHeardLater(const Context& context, Ms at) {
  const bool isBefore = context.asks == 0 && at + cueMs(CueId::TAP) + bound::apartMs <= context.questionAt;
  orderHeard(isBefore ? at : most(at, toldBy(context) + motor::staggerMs));
}

void orderEase(Ms at, CueWhy why) { answer(CueId::EASE, at, why); }

bool questionIsFelt(const Context& context, Ms at) { return at >= toldBy(context) + bound::soonestAnswerMs; }
bool isBeingTold(const Context& context, Ms at) { return at < toldBy(context) + motor::staggerMs; }
bool leavesUnfelt(const Context& context, Question question, Ms at) {
  return context.isAsked && context.question == question && context.asks > 0 && !questionIsFelt(context, at);
}

void markPressure(const uint8_t (&was)[bodySides], const Context& context, PressureChange why) {
  const uint8_t on = sidesOf(hasPass(context) ? handsAt(context, context.passIndex).side : Side::together);
  for (uint8_t side = 0; side < bodySides; side++) {
    const uint8_t pressure = context.pressure[side];
    if (!(on & (1 << side)) || pressure == 0 || pressure == was[side]) continue;
    Order order = orderOf(Order::Type::pressure, 0);
    order.pressure = pressure;
    order.side = side;
    order.change = was[side] == 0 ? PressureChange::start : why;
    emit(order);
  }
}

}  // namespace alone
