// Facts about how a session stands and what it has just been told: what decides what comes of it.
#include "guards.h"
#include "deadlines.h"
#include "lighter.h"
#include "orders.h"
#include "place.h"
#include "pressure.h"
#include "undo.h"

namespace alone {

namespace {

enum class Verdict : uint8_t { stop, ease, rise, hold };

// `rise` is only a wish: `mayRise` says whether it is planned and allowed.
Verdict verdict(const Event& event) {
  if (event.type != EventType::checkIn) return Verdict::hold;
  if (event.here == HereBand::tooMuch || event.leg == LegBand::worse) return Verdict::stop;
  if (event.here == HereBand::strong) return Verdict::ease;
  return event.firmer && event.here == HereBand::light && event.leg == LegBand::same ? Verdict::rise : Verdict::hold;
}

bool canArm(const Context& context) { return context.boardReady && !context.stopHeld; }

bool isInStage(const Context& context, Stage stage) {
  return hasPass(context) && stageAt(context, context.passIndex) == stage;
}

bool takesLess(const Event& event) { return event.button == Button::less; }

bool takesBack(const Memory& memory, const Event& event) {
  return event.type == EventType::takeBack && canTakeBack(memory, takesLess(event), event.pressedAt, event.at);
}

// Whether it takes back an answer that was given in this very pass.
bool tookAnswer(const Memory& memory, const Event& event, Stage stage) {
  const uint8_t passIndex = takesLess(event) ? memory.beforeLess.passIndex : memory.beforeGo.context.passIndex;
  return guard::took(memory, event, Origin::asking) && passIndex == memory.now.passIndex &&
         isInStage(memory.now, stage);
}

bool isUnfelt(const Memory& memory, const Event& event) {
  return event.type == EventType::unfelt && leavesUnfelt(memory.now, event.question, event.at);
}

bool isByReceiver(const Event& event) { return event.type == EventType::less && event.byReceiver; }

bool isFault(const Event& event, Fault fault) { return event.type == EventType::fault && event.fault == fault; }

// By hand a stop is told to have been a slip, and nothing else.
bool slipped(const Event& event) { return event.type == EventType::afterStop; }

bool stoodStillFor(const Memory& memory, const Event& event, Ms ms) { return event.at - memory.now.stillSince > ms; }

constexpr uint8_t stepBit(Step step) { return 1 << static_cast<uint8_t>(step); }

bool hasStep(const Context& context, Step step) { return context.steps & stepBit(step); }

}  // namespace

namespace guard {

bool reached(const Memory& memory, const Event& event, Deadline deadline) {
  const Ms at = deadlineOf(memory.now, static_cast<uint8_t>(deadline));
  return at != none && event.at >= at;
}

bool isPrepared(const Memory& memory, const Event&) {
  return memory.now.steps == 0 && isRoutine(memory.now) && canArm(memory.now);
}

bool pressBegins(const Memory& memory, const Event& event) {
  return pressIsFelt(memory, event) && isPrepared(memory, event);
}

// What somebody else has to do first is the receiver's try: a board asks for no places to be named.
bool othersComeFirst(const Memory& memory, const Event&) {
  constexpr uint8_t sooner = stepBit(Step::receiver) - 1;
  return hasStep(memory.now, Step::receiver) && !(memory.now.steps & sooner);
}

bool receiverTries(const Memory& memory, const Event& event) {
  return isByReceiver(event) && hasStep(memory.now, Step::receiver);
}

bool receiverSaysYes(const Memory& memory, const Event& event) { return isByReceiver(event) && memory.now.askThem; }

bool theyAreToBeAsked(const Memory& memory, const Event&) { return memory.now.askThem; }

bool someStepIsOpen(const Memory& memory, const Event&) { return memory.now.steps != 0; }

bool boardIsReady(const Memory& memory, const Event&) { return canArm(memory.now); }

bool boardIsAway(const Memory& memory, const Event&) { return !canArm(memory.now); }

bool noPassIsLeft(const Memory& memory, const Event&) { return !hasPass(memory.now); }

bool turnIsNeeded(const Memory& memory, const Event&) { return needsTurn(memory.now); }

bool stillEased(const Memory& memory, const Event&) {
  static_assert(none < 0, "none lies before every moment of moving time");
  return memory.now.easedUntilMoved > memory.now.movedMs;
}

bool inWarmUp(const Memory& memory, const Event&) { return isInStage(memory.now, Stage::warmUp); }

bool inStrokes(const Memory& memory, const Event&) { return isInStage(memory.now, Stage::strokes); }

bool inPressureRamp(const Memory& memory, const Event&) { return isInStage(memory.now, Stage::pressureRamp); }

bool pressIsFelt(const Memory&, const Event& event) { return event.type == EventType::go && event.felt; }

bool minuteCanBeLent(const Memory& memory, const Event&) { return alone::minuteCanBeLent(memory.now); }

bool lessTakesLighter(const Memory& memory, const Event& event) {
  return alone::lessTakesLighter(memory.now, event.at);
}

bool answerStops(const Memory&, const Event& event) { return verdict(event) == Verdict::stop; }

bool answerEases(const Memory&, const Event& event) { return verdict(event) == Verdict::ease; }

bool answerRises(const Memory& memory, const Event& event) {
  return verdict(event) == Verdict::rise && mayRise(memory.now, event.at);
}

bool wantsFirmer(const Memory&, const Event& event) { return event.type == EventType::checkIn && event.firmer; }

// Nobody can have felt it and weighed an answer.
bool questionIsNew(const Memory& memory, const Event& event) { return !questionIsFelt(memory.now, event.at); }

bool answerIsBelow(const Memory& memory, const Event&) { return memory.now.question == Question::here; }

bool riseIsPossible(const Memory& memory, const Event& event) {
  return memory.now.question == Question::leg && mayRise(memory.now, event.at);
}

bool riseIsAccepted(const Memory& memory, const Event& event) {
  return memory.now.question == Question::firmer && mayRise(memory.now, event.at);
}

bool questionIsOpen(const Memory& memory, const Event&) { return memory.now.isAsked; }

bool questionIsCut(const Memory& memory, const Event& event) {
  return memory.now.isAsked && isBeingTold(memory.now, event.at);
}

bool questionIsUnfelt(const Memory& memory, const Event& event) { return isUnfelt(memory, event); }

bool willBeToldAnew(const Memory& memory, const Event& event) {
  constexpr uint8_t tellings = sizeof bound::toldAnewMs / sizeof bound::toldAnewMs[0];
  return isUnfelt(memory, event) && memory.now.unfelt < tellings;
}

bool offerIsUnfelt(const Memory& memory, const Event& event) {
  return isUnfelt(memory, event) && memory.now.question == Question::firmer;
}

bool isLightest(const Memory& memory, const Event&) { return alone::isLightest(memory.now); }

bool lightestBeforeFelt(const Memory& memory, const Event& event) {
  return alone::isLightest(memory.now) && !questionIsFelt(memory.now, event.at);
}

bool took(const Memory& memory, const Event& event, Origin origin) {
  return takesBack(memory, event) && takenFrom(memory, takesLess(event)) == origin;
}

bool tookLess(const Memory& memory, const Event& event) { return takesBack(memory, event) && takesLess(event); }

bool tookPause(const Memory& memory, const Event& event) {
  return !takesLess(event) && took(memory, event, Origin::moving) && canArm(memory.now);
}

bool tookAnswerInStrokes(const Memory& memory, const Event& event) {
  return tookAnswer(memory, event, Stage::strokes);
}

bool tookAnswerInRamp(const Memory& memory, const Event& event) {
  return tookAnswer(memory, event, Stage::pressureRamp);
}

bool oneWasMissed(const Memory& memory, const Event&) { return memory.now.missed >= 1; }

bool cooldownIsDue(const Memory& memory, const Event& event) {
  return reached(memory, event, Deadline::cooldownIsForced);
}

bool stoodStillLong(const Memory& memory, const Event& event) {
  return stoodStillFor(memory, event, bound::longPauseMs);
}

bool turnFollowsLongStill(const Memory& memory, const Event& event) {
  return stoodStillLong(memory, event) && needsTurn(memory.now);
}

bool stoodStillTooLong(const Memory& memory, const Event& event) {
  return stoodStillFor(memory, event, bound::longestPauseMs);
}

bool slippedInScreening(const Memory& memory, const Event& event) {
  return slipped(event) && memory.now.caps == Caps::unknown;
}

bool slippedInPreparation(const Memory& memory, const Event& event) {
  return slipped(event) && memory.now.startedAt == none;
}

bool slippedInFault(const Memory& memory, const Event& event) { return slipped(event) && memory.now.hasFault; }

// Stopped while the end was being told: there is nothing to go on with.
bool endsAnyway(const Memory& memory, const Event& event) { return slipped(event) && !hasPass(memory.now); }

bool boardMerelyRestarted(const Memory&, const Event& event) { return isFault(event, Fault::boardReset); }

bool faultIsFinal(const Memory&, const Event& event) {
  return isFault(event, Fault::boardReset) || isFault(event, Fault::dutyMismatch) ||
         isFault(event, Fault::invariantBroken);
}

}  // namespace guard

}  // namespace alone
