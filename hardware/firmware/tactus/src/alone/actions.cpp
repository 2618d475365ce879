// The actions of the session, by the names that the chart has for them: `machines/session.actions.ts`.
#include "actions.h"
#include "deadlines.h"
#include "fit.h"
#include "lighter.h"
#include "orders.h"
#include "place.h"
#include "pressure.h"
#include "undo.h"

namespace alone {

namespace {

constexpr uint8_t bitOf(Step step) { return 1U << static_cast<uint8_t>(step); }

void withoutReceiver(Context& context) { context.steps &= ~bitOf(Step::receiver); }

// Makes a change of the pressure and tells it: its marks, and, where hands go on with another technique, that the stroke
// under way is broken off and has no end to be told.
void changePressure(Memory& memory, const Event& event, PressureChange why, void (*change)(Memory&, const Event&)) {
  const Context& context = memory.now;
  const uint8_t was[bodySides] = {context.pressure[0], context.pressure[1]};
  const bool usedOtherTechnique = context.usesOtherTechnique;
  change(memory, event);
  if (context.movingSince != none && context.usesOtherTechnique != usedOtherTechnique) orderStrokeOver();
  markPressure(was, context, why);
}

void closed(Context& context) {
  context.isAsked = false;
  context.openForMs = 0;
}

// The question that is told now.
void ask(Context& context, Question question, Ms at) {
  context.question = question;
  context.questionAt = at;
  context.unfelt = 0;
}

// The open question waits to be told, as if it had not been asked before.
void toTell(Context& context, Ms at) {
  context.questionAt = at;
  context.askedAt = at;
  context.asks = 0;
}

// Nobody has answered it: it is closed, and comes again soon.
void askAgain(Context& context, Ms at) {
  closed(context);
  context.askFromMoved = context.checkInDueMoved = movedAt(context, at) + bound::checkInAgainMs;
}

constexpr uint8_t timesToldAnew = sizeof bound::toldAnewMs / sizeof bound::toldAnewMs[0];

bool isLess(const Event& event) { return event.button == Button::less; }
Fault faultOf(const Event& event) {
  return event.type == EventType::fault ? event.fault : Fault::invariantBroken;
}

}  // namespace

namespace action {

void boardIsHere(Memory& memory, const Event&) { memory.now.boardReady = true; }
void boardIsGone(Memory& memory, const Event&) { memory.now.boardReady = false; }
void stopIsHeld(Memory& memory, const Event&) { memory.now.stopHeld = true; }
void stopIsFree(Memory& memory, const Event&) { memory.now.stopHeld = false; }

void keepCaps(Memory& memory, const Event& event) {
  Context& context = memory.now;
  context.caps = event.withCare ? Caps::byTouchWithCare : Caps::byTouch;
  context.steps = bitOf(Step::position) | bitOf(Step::baseline);
  if (rules.hasBath && !event.withCare) context.steps |= bitOf(Step::bath);
  if (rules.hasOil) context.steps |= bitOf(Step::oil);
  if (rules.hasReceiver) context.steps |= bitOf(Step::receiver);
  takePasses(context);
}

// Steps are confirmed in the order in which they have their bits.
void confirmFirstStep(Memory& memory, const Event&) { memory.now.steps &= memory.now.steps - 1; }
void noteTried(Memory& memory, const Event&) { withoutReceiver(memory.now); }
void noteYes(Memory& memory, const Event&) { memory.now.askThem = false; }

// A stop before the start may have been the try of it; one after it may have been theirs.
void noteWhoStopped(Memory& memory, const Event& event) {
  Context& context = memory.now;
  const bool has = rules.hasReceiver;
  if (context.startedAt != none) {
    context.askThem = has && rules.receiver == Receiver::squeeze;
    notOffered(context);
  } else if (context.caps != Caps::unknown &&
             (event.byReceiver || (has && rules.receiver == Receiver::switchButton)))
    withoutReceiver(context);
}

void noteSilence(Memory& memory, const Event&) { notOffered(memory.now); }
void beginLightly(Memory& memory, const Event&) { memory.now.beginsLightly = true; }

void beginSession(Memory& memory, const Event& event) {
  memory.now.startedAt = event.at;
  fit(memory.now, event.at, false);
  enter(memory.now, 0);
}

void beginMoving(Memory& memory, const Event& event) { alone::beginMoving(memory, event.at); }

void cease(Memory& memory, const Event& event) {
  const bool isSince = event.type == EventType::fault && event.since != none;
  still(memory.now, isSince ? event.since : event.at);
}

// What was taken back goes on as it stood: its times do not begin anew.
void noteEntering(Memory& memory, const Event& event) {
  if (event.type == EventType::takeBack) return;
  memory.now.enteredAt = event.at;
  memory.now.asks = 0;
  memory.now.isAsked = false;
}

void remember(Memory& memory, const Event& event, Origin origin) {
  const bool less = event.type == EventType::less;
  alone::remember(memory, event.at, less, origin, less && event.byReceiver);
}

void restore(Memory& memory, const Event& event) {
  changePressure(memory, event, PressureChange::undo, [](Memory& memory, const Event&) { alone::restore(memory); });
}
void restoreQuestion(Memory& memory, const Event& event) {
  changePressure(memory, event, PressureChange::undo, [](Memory& memory, const Event& event) {
    alone::restoreQuestion(memory, isLess(event), event.at);
  });
}
void restoreWork(Memory& memory, const Event& event) {
  changePressure(memory, event, PressureChange::undo, [](Memory& memory, const Event& event) {
    alone::restoreWork(memory, isLess(event), event.at);
  });
}
void tellQuestionAnew(Memory& memory, const Event&) { alone::orderAsk(memory.now, memory.now.questionAt); }

void leaveZone(Memory& memory, const Event& event) { withoutZone(memory.now, event.at); }
void wantNextPass(Memory& memory, const Event&) { memory.now.wantsWithoutZone = false; }
void wantToLeaveZone(Memory& memory, const Event&) { memory.now.wantsWithoutZone = true; }
void takeWantedPass(Memory& memory, const Event& event) {
  if (memory.now.wantsWithoutZone)
    withoutZone(memory.now, event.at);
  else
    toNextPass(memory.now, event.at);
}
void toCooldown(Memory& memory, const Event&) { alone::toCooldown(memory.now); }
void lendMinute(Memory& memory, const Event& event) { alone::lendMinute(memory.now, event.at); }
void offerLighter(Memory& memory, const Event& event) { alone::offerLighter(memory.now, event.at); }
// Less was wanted, and there is none: that counts as well.
void noteEase(Memory& memory, const Event& event) { easedHere(memory.now, event.at); }
void countStroke(Memory& memory, const Event&) {
  memory.now.stroke++;
  memory.now.strokesInPass++;
}
void noteAnnounced(Memory& memory, const Event&) { memory.now.announcedPass = memory.now.passIndex; }

void settlePressure(Memory& memory, const Event& event) {
  changePressure(memory, event, PressureChange::phase, [](Memory& memory, const Event&) { settle(memory.now); });
}
void easePressure(Memory& memory, const Event& event) {
  changePressure(memory, event, PressureChange::ease, [](Memory& memory, const Event& event) {
    ease(memory.now, event.at);
    easedHere(memory.now, event.at);
  });
}
void easeToLighter(Memory& memory, const Event& event) {
  changePressure(memory, event, PressureChange::ease, [](Memory& memory, const Event& event) {
    if (!isLightest(memory.now)) ease(memory.now, event.at);
    changeTechnique(memory.now, event.at);
  });
}
void raisePressure(Memory& memory, const Event& event) {
  changePressure(memory, event, PressureChange::rise,
                 [](Memory& memory, const Event& event) { rise(memory.now, event.at); });
}
void lowerPressure(Memory& memory, const Event& event) {
  changePressure(memory, event, PressureChange::pause, [](Memory& memory, const Event&) { lower(memory.now); });
}
void endEase(Memory& memory, const Event& event) {
  memory.now.easedUntilMoved = none;
  askFromNow(memory.now, event.at);
}

void openCheckIn(Memory& memory, const Event& event) {
  Context& context = memory.now;
  ask(context, Question::here, event.at);
  context.isAsked = true;
  context.askedMoved = movedAt(context, event.at);
  context.askedAt = event.at;
  context.asks = 1;
}
void askAboutLeg(Memory& memory, const Event& event) {
  ask(memory.now, Question::leg, event.at);
  memory.now.askedAt = event.at;
  memory.now.asks = 1;
}
void offerRise(Memory& memory, const Event& event) { ask(memory.now, Question::firmer, event.at); }
void tellLater(Memory& memory, const Event& event) {
  Context& context = memory.now;
  toTell(context, context.unfelt < timesToldAnew ? event.at + bound::toldAnewMs[context.unfelt] : event.at);
  context.unfelt++;
}
// Hands have gone on to the next place in the middle of it: once the first stroke there has begun.
void tellThere(Memory& memory, const Event& event) { toTell(memory.now, event.at + bound::askOffsetMs); }
// Nobody has answered it: it comes again.
void closeQuestion(Memory& memory, const Event&) { memory.now.isAsked = false; }
void countAsk(Memory& memory, const Event&) { memory.now.asks++; }
void noteAnswer(Memory& memory, const Event& event) {
  Context& context = memory.now;
  closed(context);
  // Whoever answers has not taken what was offered; an answer that eases offers it anew.
  notOffered(context);
  context.answeredMoved = movedAt(context, event.at);
  context.checkInDueMoved = context.answeredMoved + rules.checkInEveryMs;
}
void noteMiss(Memory& memory, const Event& event) {
  memory.now.missed++;
  askAgain(memory.now, event.at);
}
// It could not be asked: nobody has missed it.
void noteUnasked(Memory& memory, const Event& event) { askAgain(memory.now, event.at); }

void keepFault(Memory& memory, const Event& event) {
  memory.now.hasFault = true;
  memory.now.fault = faultOf(event);
  notOffered(memory.now);
}
void noteEngaged(Memory& memory, const Event& event) { memory.now.engagedAt = event.at; }

}  // namespace action

}  // namespace alone
