// The session's chart, for flash, and what its numbers call.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#include "actions.h"
#include "chart.h"
#include "guards.h"
#include "session.h"

namespace alone {

namespace {

const StateRow states[] PROGMEM = {
    {0, 1, 0, 0},  // session
    {0, 1, 0, 61},  // screening
    {0, 2, 1, 77},  // preparation
    {0, 4, 32, 117},  // underway
    {3, 4, 32, 226},  // underway.arriving
    {3, 5, 34, 243},  // underway.warmUp
    {3, 7, 32, 245},  // underway.strokes
    {6, 7, 35, 247},  // underway.strokes.stroking
    {6, 8, 36, 263},  // underway.strokes.checkIn
    {3, 10, 32, 360},  // underway.pressureRamp
    {9, 10, 37, 362},  // underway.pressureRamp.stroking
    {9, 11, 38, 378},  // underway.pressureRamp.checkIn
    {3, 12, 39, 475},  // underway.cooldown
    {3, 13, 40, 477},  // underway.eased
    {0, 14, 0, 484},  // passEnded
    {0, 15, 0, 496},  // checkInMissed
    {0, 16, 0, 506},  // forcedToCooldown
    {0, 17, 42, 512},  // pausing
    {0, 18, 43, 566},  // halting
    {0, 19, 12, 623},  // paused
    {0, 20, 41, 723},  // transition
    {0, 22, 0, 795},  // stopped
    {21, 22, 13, 804},  // stopped.asking
    {0, 24, 0, 826},  // faulted
    {23, 24, 14, 867},  // faulted.unacknowledged
    {23, 25, 14, 873},  // faulted.acknowledged
    {0, 26, 47, 928},  // finishing
    {0, 0, 80, 961},  // completed
    {0, 4, 82, 965},  // interrupted
    {0, 1, 77, 968},  // endedByStop
    {0, 2, 78, 971},  // endedByFault
};

const uint8_t bytes[] PROGMEM = {
    0, 130, 16, 0, 131, 16, 1, 132, 16, 2, 133, 16, 3, 136, 16, 4, 137, 16, 5, 138, 35, 68, 2, 6, 7, 19, 71, 19, 6, 19, 72, 20, 6, 19, 75, 25, 6, 144, 19, 0, 29, 8, 65, 1, 9, 10, 11, 12, 17, 2, 13, 146, 18, 21, 14, 148, 19, 3, 30, 15, 255,  // session
    0, 129, 18, 2, 16, 144, 0, 148, 1, 4, 19, 3, 30, 15, 0, 255,  // screening
    0, 134, 35, 5, 3, 17, 18, 135, 1, 6, 33, 7, 78, 19, 51, 8, 3, 78, 17, 18, 35, 5, 3, 17, 18, 140, 17, 9, 20, 144, 0, 148, 1, 4, 19, 3, 30, 15, 0, 255,  // preparation
    66, 21, 22, 23, 24, 25, 26, 128, 19, 53, 16, 27, 19, 55, 26, 27, 19, 49, 14, 28, 33, 48, 29, 30, 33, 50, 31, 32, 33, 56, 23, 24, 135, 19, 10, 17, 79, 2, 19, 138, 35, 11, 8, 33, 34, 35, 12, 11, 33, 34, 19, 69, 4, 35, 140, 51, 13, 4, 79, 36, 12, 49, 14, 79, 37, 38, 50, 13, 79, 10, 12, 141, 18, 14, 28, 142, 33, 15, 79, 39, 16, 40, 143, 18, 14, 41, 144, 19, 0, 29, 8, 67, 1, 13, 9, 10, 11, 12, 16, 13, 148, 19, 3, 30, 15, 18, 23, 42, 255,  // underway
    0, 254, 3, 16, 13, 3, 17, 5, 3, 18, 6, 3, 19, 9, 2, 12, 255,  // underway.arriving
    0, 255,  // underway.warmUp
    0, 255,  // underway.strokes
    0, 128, 35, 51, 8, 44, 45, 254, 19, 20, 8, 43, 3, 21, 8, 255,  // underway.strokes.stroking
    1, 46, 128, 3, 58, 15, 19, 59, 7, 9, 33, 57, 47, 45, 135, 17, 22, 48, 65, 23, 80, 46, 49, 45, 65, 24, 80, 46, 50, 45, 67, 25, 7, 80, 9, 51, 52, 50, 7, 80, 9, 52, 136, 16, 48, 140, 17, 26, 38, 67, 22, 13, 80, 53, 10, 12, 82, 13, 80, 9, 10, 11, 12, 144, 19, 0, 29, 8, 67, 1, 13, 9, 10, 11, 12, 35, 27, 7, 9, 51, 34, 7, 9, 54, 145, 17, 28, 55, 19, 29, 7, 9, 19, 30, 18, 56, 255,  // underway.strokes.checkIn
    0, 255,  // underway.pressureRamp
    0, 128, 35, 51, 11, 44, 45, 254, 19, 20, 11, 43, 3, 21, 11, 255,  // underway.pressureRamp.stroking
    1, 46, 128, 3, 58, 15, 19, 59, 10, 9, 33, 57, 47, 45, 135, 17, 22, 48, 65, 23, 80, 46, 49, 45, 65, 24, 80, 46, 50, 45, 67, 25, 10, 80, 9, 51, 52, 50, 10, 80, 9, 52, 136, 16, 48, 140, 17, 26, 38, 67, 22, 13, 80, 53, 10, 12, 82, 13, 80, 9, 10, 11, 12, 144, 19, 0, 29, 8, 67, 1, 13, 9, 10, 11, 12, 35, 27, 10, 9, 51, 34, 10, 9, 54, 145, 17, 28, 55, 19, 29, 10, 9, 19, 30, 18, 56, 255,  // underway.pressureRamp.checkIn
    0, 255,  // underway.cooldown
    0, 128, 19, 52, 4, 57, 255,  // underway.eased
    16, 58, 254, 3, 31, 26, 3, 32, 20, 2, 3, 255,  // passEnded
    0, 254, 19, 33, 16, 59, 18, 18, 60, 255,  // checkInMissed
    16, 61, 254, 2, 3, 255,  // forcedToCooldown
    32, 62, 52, 128, 3, 60, 19, 135, 139, 1, 34, 19, 31, 26, 18, 35, 32, 20, 81, 18, 34, 3, 81, 18, 138, 17, 35, 35, 35, 36, 3, 35, 18, 140, 49, 14, 81, 37, 38, 32, 81, 10, 143, 16, 63, 148, 19, 3, 30, 15, 18, 23, 42, 255,  // pausing
    80, 62, 64, 23, 24, 65, 128, 3, 61, 19, 33, 56, 23, 24, 134, 135, 139, 1, 34, 19, 31, 26, 18, 35, 32, 20, 81, 18, 34, 3, 81, 18, 138, 17, 35, 35, 140, 49, 14, 81, 37, 38, 32, 81, 10, 143, 16, 63, 148, 19, 3, 30, 15, 18, 23, 42, 255,  // halting
    32, 62, 7, 128, 19, 54, 28, 66, 134, 135, 139, 1, 37, 1, 34, 35, 31, 26, 67, 18, 67, 38, 16, 81, 67, 27, 18, 67, 39, 16, 81, 67, 68, 18, 83, 40, 20, 81, 67, 69, 70, 18, 83, 41, 3, 81, 67, 69, 70, 18, 51, 32, 20, 81, 67, 18, 50, 3, 81, 67, 18, 138, 17, 35, 35, 35, 36, 3, 35, 18, 140, 17, 42, 71, 49, 14, 81, 37, 38, 32, 81, 10, 142, 17, 15, 39, 16, 40, 143, 16, 63, 148, 19, 3, 30, 15, 18, 23, 42, 255,  // paused
    80, 62, 21, 23, 24, 72, 128, 19, 53, 16, 27, 19, 55, 26, 27, 3, 63, 18, 33, 62, 47, 73, 33, 56, 23, 24, 134, 135, 139, 35, 43, 3, 82, 18, 138, 17, 69, 35, 140, 49, 14, 79, 37, 38, 48, 79, 10, 12, 141, 18, 14, 28, 142, 33, 15, 79, 39, 16, 40, 143, 18, 14, 41, 148, 19, 3, 30, 15, 18, 23, 42, 255,  // transition
    32, 62, 7, 138, 0, 146, 16, 7, 255,  // stopped
    0, 128, 19, 64, 29, 74, 147, 3, 44, 1, 3, 45, 2, 3, 46, 23, 3, 47, 27, 2, 19, 255,  // stopped.asking
    32, 62, 7, 128, 19, 65, 30, 75, 138, 19, 74, 24, 6, 17, 35, 35, 0, 140, 17, 42, 71, 49, 14, 81, 37, 38, 32, 81, 10, 143, 16, 63, 148, 19, 3, 30, 15, 18, 24, 42, 255,  // faulted
    0, 135, 18, 25, 84, 255,  // faulted.unacknowledged
    0, 134, 135, 139, 1, 37, 1, 34, 35, 31, 26, 67, 18, 67, 38, 16, 85, 67, 27, 18, 67, 39, 16, 85, 67, 68, 18, 83, 40, 20, 85, 67, 69, 70, 18, 83, 41, 3, 85, 67, 69, 70, 18, 51, 32, 20, 85, 67, 18, 50, 3, 85, 67, 18, 255,  // faulted.acknowledged
    80, 62, 47, 23, 24, 76, 128, 3, 67, 27, 3, 54, 27, 33, 66, 47, 76, 33, 56, 23, 24, 135, 140, 2, 27, 148, 19, 3, 30, 15, 2, 27, 255,  // finishing
    32, 7, 77, 255,  // completed
    16, 7, 255,  // interrupted
    16, 7, 255,  // endedByStop
    16, 7, 255,  // endedByFault
};

using Guard = bool (*)(const Memory&, const Event&);
const Guard guards[] PROGMEM = {
    guard::answerStops,
    guard::answerEases,
    guard::wantsFirmer,
    guard::faultIsFinal,
    guard::boardMerelyRestarted,
    guard::isPrepared,
    guard::othersComeFirst,
    guard::someStepIsOpen,
    guard::pressBegins,
    guard::receiverTries,
    guard::pressIsFelt,
    guard::tookAnswerInStrokes,
    guard::tookAnswerInRamp,
    guard::lessTakesLighter,
    guard::isLightest,
    guard::minuteCanBeLent,
    guard::stillEased,
    guard::inWarmUp,
    guard::inStrokes,
    guard::inPressureRamp,
    guard::questionIsCut,
    guard::questionIsOpen,
    guard::questionIsNew,
    guard::answerIsBelow,
    guard::riseIsPossible,
    guard::riseIsAccepted,
    guard::lightestBeforeFelt,
    guard::answerRises,
    guard::willBeToldAnew,
    guard::offerIsUnfelt,
    guard::questionIsUnfelt,
    guard::noPassIsLeft,
    guard::turnIsNeeded,
    guard::oneWasMissed,
    guard::boardIsAway,
    guard::tookLess,
    guard::tookPause,
    guard::theyAreToBeAsked,
    guard::cooldownIsDue,
    guard::stoodStillTooLong,
    guard::turnFollowsLongStill,
    guard::stoodStillLong,
    guard::receiverSaysYes,
    guard::boardIsReady,
    guard::slippedInScreening,
    guard::slippedInPreparation,
    guard::slippedInFault,
    guard::endsAnyway,
};

using Action = void (*)(Memory&, const Event&);
const Action actions[] PROGMEM = {
    action::boardIsHere,
    action::boardIsGone,
    action::stopIsHeld,
    action::stopIsFree,
    action::refuseHaste,
    action::refuseMeaningless,
    action::restore,
    action::orderHush,
    action::endByScore,
    action::noteAnswer,
    action::easePressure,
    action::offerLighter,
    action::orderEase,
    action::refuseUnaskedFirmer,
    action::noteWhoStopped,
    action::endWithFault,
    action::keepCaps,
    action::beginSession,
    action::orderArm,
    action::confirmFirstStep,
    action::noteTried,
    action::settlePressure,
    action::beginMoving,
    action::orderEngage,
    action::noteEngaged,
    action::cease,
    action::orderStrokeOver,
    action::endAtCap,
    action::wantNextPass,
    action::orderStroke,
    action::countStroke,
    action::noteAnnounced,
    action::orderAnnouncement,
    action::restoreQuestion,
    action::tellQuestionAnew,
    action::restoreWork,
    action::easeToLighter,
    action::noteEase,
    action::sayLightest,
    action::lendMinute,
    action::refuseExtend,
    action::wantToLeaveZone,
    action::keepFault,
    action::tellThere,
    action::openCheckIn,
    action::orderAsk,
    action::orderQuiet,
    action::countAsk,
    action::orderHeardLater,
    action::askAboutLeg,
    action::offerRise,
    action::raisePressure,
    action::orderHeard,
    action::closeQuestion,
    action::refuseFirmer,
    action::tellLater,
    action::noteUnasked,
    action::endEase,
    action::takeWantedPass,
    action::endMissed,
    action::noteMiss,
    action::toCooldown,
    action::noteEntering,
    action::leaveZone,
    action::noteSilence,
    action::orderStop,
    action::endPausedTooLong,
    action::clearFault,
    action::endAfterLongPause,
    action::lowerPressure,
    action::beginLightly,
    action::noteYes,
    action::orderTurn,
    action::orderWaiting,
    action::endUnanswered,
    action::endInFault,
    action::orderFinish,
    action::endDone,
};

}  // namespace

const Chart chart = {states, bytes};

bool holds(uint8_t guard, const Event& event) {
  constexpr uint8_t reached = static_cast<uint8_t>(GuardId::reached);
  constexpr uint8_t took = static_cast<uint8_t>(GuardId::took);
  if (guard >= took) return guard::took(memory, event, static_cast<Origin>(guard - took));
  if (guard >= reached) return guard::reached(memory, event, static_cast<Deadline>(guard - reached));
  return fromFlash(&guards[guard])(memory, event);
}

void act(uint8_t action, const Event& event) {
  constexpr uint8_t remember = static_cast<uint8_t>(ActionId::remember);
  if (action >= remember)
    action::remember(memory, event, static_cast<Origin>(action - remember));
  else
    fromFlash(&actions[action])(memory, event);
}

}  // namespace alone
