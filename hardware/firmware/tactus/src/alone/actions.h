// The actions that the chart names: `machines/session.actions.ts`, `session.reasons.ts`, `session.refusals.ts`.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#pragma once
#include "context.h"
#include "tables.h"

namespace alone {

namespace action {
void boardIsHere(Memory& memory, const Event& event);
void boardIsGone(Memory& memory, const Event& event);
void stopIsHeld(Memory& memory, const Event& event);
void stopIsFree(Memory& memory, const Event& event);
void refuseHaste(Memory& memory, const Event& event);
void refuseMeaningless(Memory& memory, const Event& event);
void restore(Memory& memory, const Event& event);
void orderHush(Memory& memory, const Event& event);
void endByScore(Memory& memory, const Event& event);
void noteAnswer(Memory& memory, const Event& event);
void easePressure(Memory& memory, const Event& event);
void offerLighter(Memory& memory, const Event& event);
void orderEase(Memory& memory, const Event& event);
void refuseUnaskedFirmer(Memory& memory, const Event& event);
void noteWhoStopped(Memory& memory, const Event& event);
void endWithFault(Memory& memory, const Event& event);
void keepCaps(Memory& memory, const Event& event);
void beginSession(Memory& memory, const Event& event);
void orderArm(Memory& memory, const Event& event);
void confirmFirstStep(Memory& memory, const Event& event);
void noteTried(Memory& memory, const Event& event);
void settlePressure(Memory& memory, const Event& event);
void beginMoving(Memory& memory, const Event& event);
void orderEngage(Memory& memory, const Event& event);
void noteEngaged(Memory& memory, const Event& event);
void cease(Memory& memory, const Event& event);
void orderStrokeOver(Memory& memory, const Event& event);
void endAtCap(Memory& memory, const Event& event);
void wantNextPass(Memory& memory, const Event& event);
void orderStroke(Memory& memory, const Event& event);
void countStroke(Memory& memory, const Event& event);
void noteAnnounced(Memory& memory, const Event& event);
void orderAnnouncement(Memory& memory, const Event& event);
void restoreQuestion(Memory& memory, const Event& event);
void tellQuestionAnew(Memory& memory, const Event& event);
void restoreWork(Memory& memory, const Event& event);
void easeToLighter(Memory& memory, const Event& event);
void noteEase(Memory& memory, const Event& event);
void sayLightest(Memory& memory, const Event& event);
void lendMinute(Memory& memory, const Event& event);
void refuseExtend(Memory& memory, const Event& event);
void wantToLeaveZone(Memory& memory, const Event& event);
void keepFault(Memory& memory, const Event& event);
void tellThere(Memory& memory, const Event& event);
void openCheckIn(Memory& memory, const Event& event);
void orderAsk(Memory& memory, const Event& event);
void orderQuiet(Memory& memory, const Event& event);
void countAsk(Memory& memory, const Event& event);
void orderHeardLater(Memory& memory, const Event& event);
void askAboutLeg(Memory& memory, const Event& event);
void offerRise(Memory& memory, const Event& event);
void raisePressure(Memory& memory, const Event& event);
void orderHeard(Memory& memory, const Event& event);
void closeQuestion(Memory& memory, const Event& event);
void refuseFirmer(Memory& memory, const Event& event);
void tellLater(Memory& memory, const Event& event);
void noteUnasked(Memory& memory, const Event& event);
void endEase(Memory& memory, const Event& event);
void takeWantedPass(Memory& memory, const Event& event);
void endMissed(Memory& memory, const Event& event);
void noteMiss(Memory& memory, const Event& event);
void toCooldown(Memory& memory, const Event& event);
void noteEntering(Memory& memory, const Event& event);
void leaveZone(Memory& memory, const Event& event);
void noteSilence(Memory& memory, const Event& event);
void orderStop(Memory& memory, const Event& event);
void endPausedTooLong(Memory& memory, const Event& event);
void clearFault(Memory& memory, const Event& event);
void endAfterLongPause(Memory& memory, const Event& event);
void lowerPressure(Memory& memory, const Event& event);
void beginLightly(Memory& memory, const Event& event);
void noteYes(Memory& memory, const Event& event);
void orderTurn(Memory& memory, const Event& event);
void orderWaiting(Memory& memory, const Event& event);
void endUnanswered(Memory& memory, const Event& event);
void endInFault(Memory& memory, const Event& event);
void orderFinish(Memory& memory, const Event& event);
void endDone(Memory& memory, const Event& event);
void remember(Memory& memory, const Event& event, Origin origin);
}  // namespace action

}  // namespace alone
