// What the text of a session's memory holds, in this order: the one list that both sides of the tests go by.
//
// `test/firmware/alone/context-text.ts` reads these names here; each is a field of `context.h`. ONE: a number. TWO: one for
// each side of the body. Passes come before all of them.
#pragma once

#define CONTEXT_FIELDS(ONE, TWO) \
  ONE(leftOut) \
  ONE(passIndex) \
  ONE(steps) \
  ONE(caps) \
  ONE(boardReady) \
  ONE(stopHeld) \
  ONE(askThem) \
  ONE(startedAt) \
  ONE(movedMs) \
  ONE(movingSince) \
  ONE(stillSince) \
  ONE(beginsLightly) \
  ONE(passBeganMoved) \
  ONE(passEndsMoved) \
  ONE(settledPass) \
  ONE(handsAreOn) \
  ONE(handsSide) \
  ONE(handsPosition) \
  ONE(turnMs) \
  ONE(gridAt) \
  ONE(stroke) \
  ONE(strokesInPass) \
  ONE(usesOtherTechnique) \
  ONE(easesHere) \
  ONE(lighterOfferedAt) \
  ONE(announcedPass) \
  ONE(wantsWithoutZone) \
  TWO(pressure) \
  TWO(ceiling) \
  TWO(dwellFromMoved) \
  TWO(zoneOf) \
  ONE(easedUntilMoved) \
  ONE(checkInDueMoved) \
  ONE(askFromMoved) \
  ONE(answeredMoved) \
  ONE(isAsked) \
  ONE(askedMoved) \
  ONE(openForMs) \
  ONE(question) \
  ONE(questionAt) \
  ONE(askedAt) \
  ONE(asks) \
  ONE(unfelt) \
  ONE(missed) \
  ONE(engagedAt) \
  ONE(enteredAt) \
  ONE(hasFault) \
  ONE(fault) \
  ONE(hasReason) \
  ONE(reason)

// Of what stood before a less, beside when it was, from where and whose.
#define BEFORE_LESS_FIELDS(ONE, TWO) \
  ONE(passIndex) \
  TWO(pressure) \
  TWO(ceiling) \
  TWO(dwellFromMoved) \
  ONE(easedUntilMoved) \
  ONE(easesHere) \
  ONE(lighterOfferedAt) \
  ONE(movingSince) \
  ONE(usesOtherTechnique) \
  ONE(isAsked) \
  ONE(askedMoved) \
  ONE(openForMs) \
  ONE(question) \
  ONE(askedAt) \
  ONE(asks) \
  ONE(answeredMoved) \
  ONE(checkInDueMoved)

// Of a planned pass. `own` and `other` are paces: each by its PACE_FIELDS.
#define PASS_FIELDS(ONE) \
  ONE(phase) \
  ONE(stage) \
  ONE(zone) \
  ONE(side) \
  ONE(position) \
  ONE(direction) \
  ONE(durationMs) \
  ONE(leastMs) \
  ONE(mostMs) \
  ONE(pressureStart) \
  ONE(pressureMax) \
  ONE(hasOther) \
  ONE(otherIsLighter) \
  ONE(ownIsLighter) \
  ONE(dosage) \
  ONE(isLong)

#define PACE_FIELDS(ONE) \
  ONE(strokeMs) \
  ONE(returnMs) \
  ONE(periodMs) \
  ONE(pulls) \
  ONE(ascentReturnMs)

#define RULES_FIELDS(ONE) \
  ONE(checkInEveryMs) \
  ONE(checkInTimeoutMs) \
  ONE(riseDwellMs) \
  ONE(capMs) \
  ONE(strokeCues) \
  ONE(hasBath) \
  ONE(hasOil) \
  ONE(hasReceiver) \
  ONE(receiver)

#define EVENT_FIELDS(ONE) \
  ONE(type) \
  ONE(at) \
  ONE(felt) \
  ONE(byReceiver) \
  ONE(withCare) \
  ONE(underStop) \
  ONE(button) \
  ONE(pressedAt) \
  ONE(here) \
  ONE(leg) \
  ONE(firmer) \
  ONE(question) \
  ONE(fault) \
  ONE(since)
