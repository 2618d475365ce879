#include "place.h"
#include "deadlines.h"
#include "fit.h"
#include "glance.h"
#include "grid.h"
#include "pressure.h"
#include "zones.h"

namespace alone {

namespace {

// By a GO that means something else together with LESS the first stroke waits until LESS can no longer come to it: no motor
// runs for the first of two buttons.
Ms firstStrokeAt(const BeforeGo& before, Ms at) {
  const bool mayBeJoined =
      before.at == at && (before.from == Origin::preparation || before.from == Origin::offering);
  return mayBeJoined ? at + bound::takeBackMs : at;
}

// What becomes of an open question where one pass ends: it goes on with the hands. Where they have to turn it is asked anew
// after that, for what is left of its time; where nobody is asked any more it is dropped.
void takeQuestionAcross(Context& context, uint8_t passIndex) {
  if (!context.isAsked) return;
  if (passIndex >= context.passCount || !isAskedIn(stageAt(context, passIndex)))
    context.openForMs = 0;
  else if (turnsTo(context, passIndex))
    context.openForMs += context.movedMs - context.askedMoved;
  else
    return;
  context.isAsked = false;
}

// Whether no stroke has room in it: its time went to what came before.
__attribute__((noinline)) bool isEmpty(const Context& context) {
  const Pass pass = passNow(context);
  return pass.stage != Stage::cooldown && pass.durationMs < pass.pace.strokeMs;
}

// The next pass that still has time, of all that are left, at `at`.
void arriveIn(Context& context, uint8_t passIndex, Ms at) {
  do {
    enter(context, passIndex++);
    fit(context, at, true);
  } while (hasPass(context) && isEmpty(context));
}

bool touchesAny(Zone zone, uint16_t zones) {
  for (uint8_t other = 0; other < zoneCount; other++)
    if (zones & (1U << other) && touches(zone, static_cast<Zone>(other))) return true;
  return false;
}

bool isLeft(const Context& context, uint8_t index) { return touchesAny(zoneAt(context, index), context.leftOut); }

// Where hands may go instead: neither deep nor limited, and not left out.
__attribute__((noinline)) bool isFree(const Context& context, uint8_t index) {
  const Pass pass = passAt(context, index);
  return !isDeep(pass.zone) && pass.dosage == Dosage::none && !isLeft(context, index);
}

// Where hands were last before the present pass, else where they would still come first. noPass: nowhere.
uint8_t lastPlace(const Context& context) {
  for (uint8_t index = context.passIndex; index-- > 0;)
    if (isFree(context, index)) return index;
  for (uint8_t index = context.passIndex + 1; index < context.passCount; index++)
    if (isFree(context, index)) return index;
  return noPass;
}

__attribute__((noinline)) bool isLongAt(const Context& context, uint8_t index) {
  return plan.pass(context.passes[index].place).isLong;
}

// The same place with the long strokes that the routine has for it, where it has some.
uint8_t byLongStrokes(const Context& context, uint8_t place) {
  if (isLongAt(context, place)) return place;
  for (uint8_t index = 0; index < context.passCount; index++)
    if (isLongAt(context, index) && zoneAt(context, index) == zoneAt(context, place) &&
        handsAt(context, index).position == handsAt(context, place).position && isFree(context, index))
      return index;
  return place;
}

}  // namespace

void beginMoving(Memory& memory, Ms at) {
  Context& context = memory.now;
  if (needsTurn(context)) {
    const Ms turnMs = most(bound::turnMsUsual, at - context.stillSince);
    context.turnMs = most(context.turnMs, least(bound::turnMsLongest, turnMs));
  }
  fit(context, at, false);
  context.movingSince = at;
  context.gridAt = firstStrokeAt(memory.beforeGo, at);
  context.stroke = 0;
  if (!hasPass(context)) return;
  const Hands hands = handsAt(context, context.passIndex);
  context.handsAreOn = true;
  context.handsSide = hands.side;
  context.handsPosition = hands.position;
}

void still(Context& context, Ms at) {
  context.movedMs = movedAt(context, at);
  context.movingSince = none;
  context.stillSince = at;
  context.beginsLightly = false;
}

void askFromNow(Context& context, Ms at) { context.askFromMoved = movedAt(context, at); }

void enter(Context& context, uint8_t passIndex) {
  const Ms moved = context.movedMs;
  const bool isPass = passIndex < context.passCount;
  const bool afterWarmUp =
      passIndex > 0 && passIndex <= context.passCount && stageAt(context, passIndex - 1) == Stage::warmUp;
  const Pass pass = isPass ? passAt(context, passIndex) : Pass();
  // Check-ins begin when the warm-up is over.
  if (afterWarmUp && !(isPass && pass.stage == Stage::warmUp)) context.checkInDueMoved = moved + rules.checkInEveryMs;
  takeQuestionAcross(context, passIndex);
  context.askFromMoved = moved;
  context.passIndex = passIndex;
  context.passBeganMoved = moved;
  context.passEndsMoved = moved + pass.durationMs;
  context.strokesInPass = 0;
  context.usesOtherTechnique = false;
  context.easesHere = 0;
  context.lighterOfferedAt = none;
  context.easedUntilMoved = none;
  if (pass.pressureMax <= pass.pressureStart) return;
  // Where a rise is planned the question comes as soon as its answer can do something. Where one falls due well before
  // that, it comes at the beginning, so that the one after it still finds time for the rise.
  const Ms riseFrom = dwellOnEntering(context, pass) + rules.riseDwellMs;
  context.checkInDueMoved = riseFrom <= context.checkInDueMoved + bound::checkInTogetherMs
                                ? most(riseFrom, context.checkInDueMoved)
                                : least(moved, context.checkInDueMoved);
}

void toNextPass(Context& context, Ms at) { arriveIn(context, context.passIndex + 1, at); }

// The first pass of the cooldown, or this one where it has begun. Nobody has to turn for it.
void toCooldown(Context& context) {
  if (!hasPass(context) || !isCooldown(context, context.passIndex)) {
    uint8_t index = 0;
    while (index < context.passCount && !isCooldown(context, index)) index++;
    enter(context, index);
  }
  context.handsAreOn = false;
  context.handsSide = Side();
  context.handsPosition = Position();
}

bool hasCooldown(const Context& context) {
  for (uint8_t index = 0; index < context.passCount; index++)
    if (isCooldown(context, index)) return true;
  return false;
}

// Every later pass that touches this place goes too, and the cooldown goes to where hands were last.
void withoutZone(Context& context, Ms at) {
  if (!hasPass(context)) return;
  context.leftOut |= 1U << static_cast<uint8_t>(zoneAt(context, context.passIndex));
  const uint8_t last = lastPlace(context);
  const uint8_t place = last == noPass ? noPass : context.passes[byLongStrokes(context, last)].place;
  uint8_t kept = context.passIndex + 1;
  for (uint8_t index = kept; index < context.passCount; index++) {
    Entry entry = context.passes[index];
    if (isLeft(context, index)) {
      if (place == noPass || !isCooldown(context, index)) continue;
      entry.place = place;
    }
    context.passes[kept++] = entry;
  }
  context.passCount = kept;
  arriveIn(context, context.passIndex + 1, at);
}

// It warms up, works and cools down, and touches no place that was left out.
bool isRoutine(const Context& context) {
  uint8_t stages = 0;
  for (uint8_t index = 0; index < context.passCount; index++) {
    if (isLeft(context, index)) return false;
    const Stage stage = stageAt(context, index);
    stages |= stage == Stage::warmUp ? 1 : stage == Stage::cooldown ? 2 : 4;
  }
  return stages == 7;
}

bool needsTurn(const Context& context) { return hasPass(context) && turnsTo(context, context.passIndex); }

void takePasses(Context& context) {
  const bool withCare = context.caps == Caps::byTouchWithCare;
  context.passCount = plan.count(withCare);
  for (uint8_t index = 0; index < context.passCount; index++) context.passes[index] = plan.entry(withCare, index);
}

}  // namespace alone
