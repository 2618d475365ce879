// What holds of a session at a moment, and what each change makes of it: printed for a test to compare with the machines.
#include "deadlines.h"
#include "lighter.h"
#include "pressure.h"
#include "tables.h"
#include "text.h"
#include "undo.h"

using namespace alone;
using text::next;
using text::write;

namespace {

// In the order in which the test has them.
enum class Deed : uint8_t {
  settle,
  ease,
  lower,
  rise,
  offerLighter,
  easedHere,
  notOffered,
  changeTechnique,
  remember,
  forget,
  restore,
  restoreQuestion,
  restoreWork,
};

void writePass(const Pass& pass) {
  write(pass.phase);
  write(static_cast<long>(pass.stage));
  write(static_cast<long>(pass.zone));
  write(static_cast<long>(pass.side));
  write(static_cast<long>(pass.position));
  write(static_cast<long>(pass.direction));
  write(pass.durationMs);
  write(pass.leastMs);
  write(pass.mostMs);
  write(pass.pressureStart);
  write(pass.pressureMax);
  write(pass.hasOther);
  write(static_cast<long>(pass.dosage));
  write(pass.isLong);
}

void tellOf(const Memory& memory, Ms at, Ms forMs) {
  const Context& context = memory.now;
  for (uint8_t deadline = 0; deadline < deadlineCount; deadline++) write(deadlineOf(context, deadline));
  write(movedAt(context, at));
  write(whenMoved(context, forMs));
  write(cooldownMs(context));
  write(longestAheadMs(context));
  write(strokesLeft(context));
  write(fitsInPass(context, at, forMs));
  write(pressureNow(context));
  write(pressureCap(context));
  write(isLightest(context));
  write(mayRise(context, at));
  write(hasLighterPace(context));
  write(offersLighter(context));
  write(lessTakesLighter(context, at));
  for (uint8_t less = 0; less < 2; less++) write(canTakeBack(memory, less != 0, at - forMs, at));
  write(hasPass(context));
  if (!hasPass(context)) return;
  writePass(passNow(context));
  write(paceNow(context).strokeMs);
  write(paceNow(context).periodMs);
  write(dwellOnEntering(context, passNow(context)));
  write(turnNeeded(passAt(context, 0), passNow(context)));
}

void doIt(Memory& memory, Deed deed, Ms at, bool less, bool byReceiver, Origin from) {
  Context& context = memory.now;
  switch (deed) {
    case Deed::settle:
      return settle(context);
    case Deed::ease:
      return ease(context, at);
    case Deed::lower:
      return lower(context);
    case Deed::rise:
      return rise(context, at);
    case Deed::offerLighter:
      return offerLighter(context, at);
    case Deed::easedHere:
      return easedHere(context, at);
    case Deed::notOffered:
      return notOffered(context);
    case Deed::changeTechnique:
      return changeTechnique(context, at);
    case Deed::remember:
      return remember(memory, at, less, from, byReceiver);
    case Deed::forget:
      return forget(memory, less);
    case Deed::restore:
      return restore(memory);
    case Deed::restoreQuestion:
      return restoreQuestion(memory, less, at);
    case Deed::restoreWork:
      return restoreWork(memory, less, at);
  }
}

}  // namespace

int main() {
  Memory memory;
  while (text::hasMore()) {
    if (next<int>() != 0) text::readPlan();
    text::read(memory);
    const Ms at = next<Ms>();
    const Ms forMs = next<Ms>();
    const Deed deed = next<Deed>();
    const bool less = next<bool>();
    const bool byReceiver = next<bool>();
    const Origin from = next<Origin>();
    tellOf(memory, at, forMs);
    text::endLine();
    doIt(memory, deed, at, less, byReceiver, from);
    text::write(memory);
    text::endLine();
  }
}
