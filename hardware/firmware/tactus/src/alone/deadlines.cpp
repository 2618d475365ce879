#include "deadlines.h"
#include "pressure.h"
#include "tables.h"

namespace alone {

namespace {

constexpr Ms finishMs = bound::finishAnnouncements * bound::finishEveryMs;

// Looks at a pass and keeps nothing of it: a whole one takes sixty bytes of the stack.
struct Hands {
  Side side;
  Position position;
};

__attribute__((noinline)) Hands handsAt(const Context& context, uint8_t index) {
  const Pass pass = passAt(context, index);
  return Hands{pass.side, pass.position};
}

bool isCooldown(const Context& context, uint8_t index) { return stageAt(context, index) == Stage::cooldown; }

// Whether a turn comes between this pass and the next one, which there has to be.
bool turnsAfter(const Context& context, uint8_t index) {
  const Hands from = handsAt(context, index);
  const Hands to = handsAt(context, index + 1);
  return from.side != to.side || from.position != to.position;
}

bool hasNext(const Context& context) { return context.passIndex + 1 < context.passCount; }

Ms passEnds(const Context& context) { return whenMoved(context, context.passEndsMoved); }

Ms from(Ms one, Ms forMs) { return one == none ? none : one + forMs; }

// Moving time at which nobody will be asked any more: where the cooldown begins.
Ms askingEndsMoved(const Context& context) {
  Ms ends = context.passEndsMoved;
  for (uint8_t index = context.passIndex + 1; index < context.passCount; index++) {
    if (!isAskedIn(stageAt(context, index))) break;
    ends += context.passes[index].durationMs;
  }
  return ends;
}

// From when an answer may raise, in moving time; none where none may, or where one has been given since.
Ms riseFromMoved(const Context& context) {
  const Standing now = standing(context);
  if (!now.pressure || now.pressure >= now.most) return none;
  const Ms moved = now.dwellFromMoved + rules.riseDwellMs;
  return context.answeredMoved < moved ? moved : none;
}

// How long a question waits for its answer: what of its time is left where it began before a turn.
Ms answerTimeMs(const Context& context) {
  return context.openForMs == 0
             ? rules.checkInTimeoutMs
             : most(routine::checkInTimeoutLeastS * 1000, rules.checkInTimeoutMs - context.openForMs);
}

// When the next question is due, in moving time: not later than its time, and sooner where it may raise.
Ms dueMoved(const Context& context, Ms endsMoved, Ms periodMs) {
  Ms due = context.checkInDueMoved;
  // One that falls due just before the cooldown comes while there is still time to answer.
  const Ms last = endsMoved - answerTimeMs(context) - periodMs;
  if (due <= endsMoved && last > context.answeredMoved) due = least(due, last);
  const Ms rises = riseFromMoved(context);
  if (rises != none) due = least(due, rises);
  return most(context.askFromMoved, due);
}

__attribute__((noinline)) Ms ownPeriodMs(const Context& context) { return longestPeriodMs(passNow(context).pace); }

Ms checkInAt(const Context& context) {
  if (!hasPass(context) || context.movingSince == none || !isAskedIn(stageAt(context, context.passIndex)))
    return none;
  const Ms overMoved = askingEndsMoved(context);
  Ms moved = dueMoved(context, overMoved, ownPeriodMs(context));
  const Ms unsettled = moved;
  moved = most(moved, context.passBeganMoved + bound::checkInSettleMs);
  const Ms latest = least(passEnds(context) - bound::checkInRoomMs,
                          whenMoved(context, overMoved) - answerTimeMs(context));
  const Pace pace = paceNow(context);
  // Beside the strokes' own cues, once hands have settled; where no pass has time to settle it does without.
  for (;;) {
    const Ms base = context.gridAt + bound::askOffsetMs;
    const Ms at = base + beginFrom(pace, whenMoved(context, moved) - base);
    if (at <= latest) return at;
    if (moved == unsettled) return none;
    moved = unsettled;
  }
}

// Where the hands simply move on, the next pass is told this early within the present one.
Ms announcement(const Context& context) {
  if (context.movingSince == none || !hasNext(context) || turnsAfter(context, context.passIndex)) return none;
  return passEnds(context) - bound::announceMs;
}

Ms announceAt(const Context& context) {
  const Ms at = announcement(context);
  return at >= context.gridAt && context.announcedPass != context.passIndex ? at : none;
}

// Stroke `stroke` of the present grid; none where it would not end within the pass.
Ms strokeAt(const Context& context, uint16_t stroke) {
  if (!hasPass(context) || context.movingSince == none) return none;
  const Pace pace = paceNow(context);
  const Ms at = context.gridAt + beginOf(pace, stroke);
  return at + pace.strokeMs <= passEnds(context) ? at : none;
}

}  // namespace

Pass passAt(const Context& context, uint8_t index) {
  const Entry& entry = context.passes[index];
  Pass pass = plan.pass(entry.place);
  if (entry.place != entry.work) {
    static_cast<Work&>(pass) = plan.pass(entry.work);
    pass.hasOther = false;
    // Work goes only where hands are broad, and nothing there has a limit of its own.
    pass.dosage = Dosage::none;
  }
  pass.durationMs = entry.durationMs;
  // Whoever can not lie face down lies on the side.
  if (context.caps == Caps::byTouchWithCare && pass.position == Position::prone) pass.position = Position::sideLying;
  return pass;
}

// Read by itself: it is asked of one pass after the other, and the rest of a pass takes sixty bytes of the stack.
__attribute__((noinline)) Stage stageAt(const Context& context, uint8_t index) {
  return plan.pass(context.passes[index].work).stage;
}

Pace paceNow(const Context& context) {
  const Pass pass = passNow(context);
  return context.usesOtherTechnique && pass.hasOther ? pass.other : pass.pace;
}

Ms movedAt(const Context& context, Ms at) {
  return context.movedMs + (context.movingSince == none ? 0 : at - context.movingSince);
}

Ms whenMoved(const Context& context, Ms moved) { return from(context.movingSince, moved - context.movedMs); }

Ms cooldownMs(const Context& context) {
  Ms sum = 0;
  for (uint8_t index = 0; index < context.passCount; index++)
    if (isCooldown(context, index)) sum += context.passes[index].durationMs;
  return sum;
}

Ms capAt(const Context& context) { return from(context.startedAt, rules.capMs); }

Ms cooldownForcedAt(const Context& context) {
  if (hasPass(context) && isCooldown(context, context.passIndex)) return none;
  return from(capAt(context), -finishMs - cooldownMs(context));
}

uint16_t strokesLeft(const Context& context) {
  if (!hasPass(context) || context.movingSince == none) return 0;
  const Pace pace = paceNow(context);
  const uint16_t begun = begunBy(pace, passEnds(context) - pace.strokeMs - context.gridAt);
  return begun > context.stroke ? begun - context.stroke : 0;
}

bool turnNeeded(const Pass& from, const Pass& to) { return from.side != to.side || from.position != to.position; }

Ms longestAheadMs(const Context& context) {
  Ms workMs = bound::turnMsLongest;
  for (uint8_t index = context.passIndex; index < context.passCount; index++) {
    if (!isCooldown(context, index)) workMs += context.passes[index].durationMs;
    if (index + 1 < context.passCount && turnsAfter(context, index)) workMs += bound::turnMsLongest;
  }
  return workMs;
}

bool fitsInPass(const Context& context, Ms at, Ms forMs) {
  const Ms announced = announcement(context);
  const Ms ends = announced == none ? passEnds(context) : announced;
  return ends != none && at + forMs <= ends;
}

Ms deadlineOf(const Context& context, uint8_t deadline) {
  const bool isOffer = context.question == Question::firmer;
  // Most lie so many ms after something: added at one place, for a sum of four bytes is long.
  Ms since = context.enteredAt;
  Ms ms = 0;
  switch (static_cast<Deadline>(deadline)) {
    case Deadline::strokeBegins:
      return strokeAt(context, context.stroke + 1);
    case Deadline::passEnds:
      return passEnds(context);
    case Deadline::nextIsAnnounced:
      return announceAt(context);
    case Deadline::checkInIsAsked:
      return checkInAt(context);
    case Deadline::easedEnds:
      return context.easedUntilMoved == none ? none : whenMoved(context, context.easedUntilMoved);
    case Deadline::cooldownIsForced:
      return cooldownForcedAt(context);
    case Deadline::capIsReached:
      return capAt(context);
    case Deadline::finishIsForced:
      since = capAt(context);
      ms = -finishMs;
      break;
    case Deadline::leaseIsRenewed:
      since = context.engagedAt;
      ms = lease::engageRenewMs;
      break;
    case Deadline::askIsRepeated: {
      // What nobody can have felt is told anew, whatever it asks.
      const Ms at = context.questionAt + context.asks * bound::askEveryMs;
      return context.asks == 0 || (!isOffer && at < context.askedAt + answerTimeMs(context)) ? at : none;
    }
    case Deadline::checkInIsMissed:
      if (isOffer) return none;
      since = context.askedAt;
      ms = answerTimeMs(context);
      break;
    case Deadline::firmerIsMissed:
      if (!isOffer) return none;
      since = context.questionAt;
      ms = bound::firmerMs;
      break;
    // TAP may have to wait until the other motor has started: it is felt whole all the same.
    case Deadline::pausingEnds:
      ms = cueMs(CueId::TAP) + motor::staggerMs;
      break;
    case Deadline::haltingEnds:
      ms = cueMs(CueId::STOP);
      break;
    case Deadline::transitionAsks:
      if (context.asks + 1 >= bound::transitionAsks) return none;
      ms = (context.asks + 1) * bound::transitionAskMs;
      break;
    case Deadline::transitionIsMissed:
      ms = bound::transitionAsks * bound::transitionAskMs;
      break;
    case Deadline::afterStopIsMissed:
      ms = bound::afterStopMs;
      break;
    case Deadline::faultIsLeft:
      ms = bound::faultedMs;
      break;
    case Deadline::finishIsRepeated:
      if (context.asks >= bound::finishAnnouncements) return none;
      ms = context.asks * bound::finishEveryMs;
      break;
    case Deadline::finishEnds:
      ms = finishMs;
      break;
  }
  return from(since, ms);
}

}  // namespace alone
