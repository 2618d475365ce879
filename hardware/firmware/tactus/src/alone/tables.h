// The session's chart by name. A param is added to the number of the guard or action that has it.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#pragma once
#include <stdint.h>

namespace alone {

enum class State : uint8_t { session, screening, preparation, underway, underwayArriving, underwayWarmUp, underwayStrokes, underwayStrokesStroking, underwayStrokesCheckIn, underwayPressureRamp, underwayPressureRampStroking, underwayPressureRampCheckIn, underwayCooldown, underwayEased, passEnded, checkInMissed, forcedToCooldown, pausing, halting, paused, transition, stopped, stoppedAsking, faulted, faultedUnacknowledged, faultedAcknowledged, finishing, completed, interrupted, endedByStop, endedByFault };
constexpr uint8_t stateCount = 31;

enum class Deadline : uint8_t { strokeBegins, passEnds, nextIsAnnounced, checkInIsAsked, easedEnds, cooldownIsForced, capIsReached, finishIsForced, leaseIsRenewed, askIsRepeated, checkInIsMissed, firmerIsMissed, pausingEnds, haltingEnds, transitionAsks, transitionIsMissed, afterStopIsMissed, faultIsLeft, finishIsRepeated, finishEnds };
constexpr uint8_t deadlineCount = 20;

enum class GuardId : uint8_t { answerStops, answerEases, wantsFirmer, faultIsFinal, boardMerelyRestarted, isPrepared, othersComeFirst, someStepIsOpen, pressBegins, receiverTries, pressIsFelt, tookAnswerInStrokes, tookAnswerInRamp, lessTakesLighter, isLightest, minuteCanBeLent, stillEased, inWarmUp, inStrokes, inPressureRamp, questionIsCut, questionIsOpen, questionIsNew, answerIsBelow, riseIsPossible, riseIsAccepted, lightestBeforeFelt, answerRises, willBeToldAnew, offerIsUnfelt, questionIsUnfelt, noPassIsLeft, turnIsNeeded, oneWasMissed, boardIsAway, tookLess, tookPause, theyAreToBeAsked, cooldownIsDue, stoodStillTooLong, turnFollowsLongStill, stoodStillLong, receiverSaysYes, boardIsReady, slippedInScreening, slippedInPreparation, slippedInFault, endsAnyway, reached, took = reached + 20 };

enum class ActionId : uint8_t { boardIsHere, boardIsGone, stopIsHeld, stopIsFree, refuseHaste, refuseMeaningless, restore, orderHush, endByScore, noteAnswer, easePressure, offerLighter, orderEase, refuseUnaskedFirmer, noteWhoStopped, endWithFault, keepCaps, beginSession, orderArm, confirmFirstStep, noteTried, settlePressure, beginMoving, orderEngage, noteEngaged, cease, orderStrokeOver, endAtCap, wantNextPass, orderStroke, countStroke, noteAnnounced, orderAnnouncement, restoreQuestion, tellQuestionAnew, restoreWork, easeToLighter, noteEase, sayLightest, lendMinute, refuseExtend, wantToLeaveZone, keepFault, tellThere, openCheckIn, orderAsk, orderQuiet, countAsk, orderHeardLater, askAboutLeg, offerRise, raisePressure, orderHeard, closeQuestion, refuseFirmer, tellLater, noteUnasked, endEase, takeWantedPass, endMissed, noteMiss, toCooldown, noteEntering, leaveZone, noteSilence, orderStop, endPausedTooLong, clearFault, endAfterLongPause, lowerPressure, beginLightly, noteYes, orderTurn, orderWaiting, endUnanswered, endInFault, orderFinish, endDone, remember };

}  // namespace alone
