// The guards that the chart names: `machines/session.guards.ts`.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#pragma once
#include "context.h"
#include "tables.h"

namespace alone {

namespace guard {
bool answerStops(const Memory& memory, const Event& event);
bool answerEases(const Memory& memory, const Event& event);
bool wantsFirmer(const Memory& memory, const Event& event);
bool faultIsFinal(const Memory& memory, const Event& event);
bool boardMerelyRestarted(const Memory& memory, const Event& event);
bool isPrepared(const Memory& memory, const Event& event);
bool othersComeFirst(const Memory& memory, const Event& event);
bool someStepIsOpen(const Memory& memory, const Event& event);
bool pressBegins(const Memory& memory, const Event& event);
bool receiverTries(const Memory& memory, const Event& event);
bool pressIsFelt(const Memory& memory, const Event& event);
bool tookAnswerInStrokes(const Memory& memory, const Event& event);
bool tookAnswerInRamp(const Memory& memory, const Event& event);
bool lessTakesLighter(const Memory& memory, const Event& event);
bool isLightest(const Memory& memory, const Event& event);
bool minuteCanBeLent(const Memory& memory, const Event& event);
bool stillEased(const Memory& memory, const Event& event);
bool inWarmUp(const Memory& memory, const Event& event);
bool inStrokes(const Memory& memory, const Event& event);
bool inPressureRamp(const Memory& memory, const Event& event);
bool questionIsCut(const Memory& memory, const Event& event);
bool questionIsOpen(const Memory& memory, const Event& event);
bool questionIsNew(const Memory& memory, const Event& event);
bool answerIsBelow(const Memory& memory, const Event& event);
bool riseIsPossible(const Memory& memory, const Event& event);
bool riseIsAccepted(const Memory& memory, const Event& event);
bool lightestBeforeFelt(const Memory& memory, const Event& event);
bool answerRises(const Memory& memory, const Event& event);
bool willBeToldAnew(const Memory& memory, const Event& event);
bool offerIsUnfelt(const Memory& memory, const Event& event);
bool questionIsUnfelt(const Memory& memory, const Event& event);
bool noPassIsLeft(const Memory& memory, const Event& event);
bool turnIsNeeded(const Memory& memory, const Event& event);
bool oneWasMissed(const Memory& memory, const Event& event);
bool boardIsAway(const Memory& memory, const Event& event);
bool tookLess(const Memory& memory, const Event& event);
bool tookPause(const Memory& memory, const Event& event);
bool theyAreToBeAsked(const Memory& memory, const Event& event);
bool cooldownIsDue(const Memory& memory, const Event& event);
bool stoodStillTooLong(const Memory& memory, const Event& event);
bool turnFollowsLongStill(const Memory& memory, const Event& event);
bool stoodStillLong(const Memory& memory, const Event& event);
bool receiverSaysYes(const Memory& memory, const Event& event);
bool boardIsReady(const Memory& memory, const Event& event);
bool slippedInScreening(const Memory& memory, const Event& event);
bool slippedInPreparation(const Memory& memory, const Event& event);
bool slippedInFault(const Memory& memory, const Event& event);
bool endsAnyway(const Memory& memory, const Event& event);
bool reached(const Memory& memory, const Event& event, Deadline deadline);
bool took(const Memory& memory, const Event& event, Origin origin);
}  // namespace guard

}  // namespace alone
