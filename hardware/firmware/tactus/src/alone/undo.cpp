#include "undo.h"
#include "deadlines.h"
#include "lighter.h"
#include <string.h>

namespace alone {

namespace {

// How the session stood before a press.
const Changeable& foundBy(const Memory& memory, bool less) {
  if (less) return memory.beforeLess;
  return memory.beforeGo.context;
}

Ms pressedAt(const Memory& memory, bool less) { return less ? memory.beforeLess.at : memory.beforeGo.at; }

// The pressure as it was, with all that hangs on it, where hands are still at the same work. Whether they are.
bool restorePressure(Memory& memory, bool less, Ms at) {
  Context& context = memory.now;
  const Changeable& was = foundBy(memory, less);
  if (was.passIndex != context.passIndex) return false;
  if (hasTaken(was, pressedAt(memory, less), takenFrom(memory, less), context)) {
    context.usesOtherTechnique = was.usesOtherTechnique;
    beginGrid(context, at);
  }
  static_cast<Pressed&>(context) = was;
  // Where somebody has changed the technique since, the offer is settled: opened anew it would be one of what is heavier.
  if (context.usesOtherTechnique == was.usesOtherTechnique) {
    context.easesHere = was.easesHere;
    context.lighterOfferedAt = was.lighterOfferedAt;
  }
  return true;
}

}  // namespace

void remember(Memory& memory, Ms at, bool less, Origin from, bool byReceiver) {
  if (pressedAt(memory, less) == at) return;
  if (less) {
    static_cast<Changeable&>(memory.beforeLess) = memory.now;
    memory.beforeLess.at = at;
    memory.beforeLess.from = from;
    memory.beforeLess.byReceiver = byReceiver;
    return;
  }
  memory.beforeGo.at = at;
  memory.beforeGo.from = from;
  memory.beforeGo.context = memory.now;
}

void forget(Memory& memory, bool less) { (less ? memory.beforeLess.at : memory.beforeGo.at) = none; }

bool canTakeBack(const Memory& memory, bool less, Ms pressed, Ms at) {
  const Ms done = pressedAt(memory, less);
  return done != none && done >= pressed && at - done < bound::takeBackMs;
}

Origin takenFrom(const Memory& memory, bool less) { return less ? memory.beforeLess.from : memory.beforeGo.from; }

void restore(Memory& memory) {
  if (memory.beforeGo.at == none) return;
  const bool boardReady = memory.now.boardReady;
  const bool stopHeld = memory.now.stopHeld;
  memory.now = memory.beforeGo.context;
  // What the board has said since then holds.
  memory.now.boardReady = boardReady;
  memory.now.stopHeld = stopHeld;
  forget(memory, false);
}

void restoreQuestion(Memory& memory, bool less, Ms at) {
  if (pressedAt(memory, less) == none) return;
  restorePressure(memory, less, at);
  Context& context = memory.now;
  static_cast<Questioned&>(context) = foundBy(memory, less);
  context.questionAt = at + cueMs(CueId::EASE) + motor::staggerMs;
  // One that waited to be told anew is told now.
  if (context.asks == 0) context.asks = 1;
  forget(memory, less);
}

void restoreWork(Memory& memory, bool less, Ms at) {
  if (pressedAt(memory, less) == none) return;
  if (restorePressure(memory, less, at) && !less) {
    // And the minute that was not lent.
    Context& context = memory.now;
    const Context& then = memory.beforeGo.context;
    context.passCount = then.passCount;
    memcpy(context.passes, then.passes, sizeof context.passes);
    context.passEndsMoved = then.passEndsMoved;
    context.announcedPass = then.announcedPass;
  }
  forget(memory, less);
}

}  // namespace alone
