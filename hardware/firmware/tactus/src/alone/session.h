// The session machine as a whole: tables by the generator, guards and actions by hand, one interpreter.
#pragma once
#include "context.h"

namespace alone {

// Opens screening: everything as it is before anything has been said. `plan` and `rules` are set.
void openSession(bool boardReady, bool stopHeld);
// Takes one event whole, with everything that follows from it at once. Orders and marks go to `emit`.
void tell(const Event& event);
StateName stateName();
bool isOver();
Outcome outcome();  // where it is over
bool isEngaged();
// The earliest moment at which it has something to do by itself; none where it waits for people only.
Ms nextDue();

extern Memory memory;

}  // namespace alone
