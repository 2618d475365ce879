// Taking back what a press has just done: `machines/session.undo.ts`.
#pragma once
#include "context.h"

namespace alone {

// Of the events of one press the first counts. `less`: else GO.
void remember(Memory& memory, Ms at, bool less, Origin from, bool byReceiver);
void forget(Memory& memory, bool less);
// Whether what this button's press at `pressedAt` did can still be taken back at `at`.
bool canTakeBack(const Memory& memory, bool less, Ms pressedAt, Ms at);
// Where `canTakeBack`.
Origin takenFrom(const Memory& memory, bool less);

// All of them do nothing where there is nothing to restore.
void restore(Memory& memory);  // GO's
void restoreQuestion(Memory& memory, bool less, Ms at);
void restoreWork(Memory& memory, bool less, Ms at);

}  // namespace alone
