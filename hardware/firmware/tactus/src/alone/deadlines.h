// Every moment at which a session has something to do by itself: `machines/session.time.ts`.
#pragma once
#include "context.h"
#include "grid.h"

namespace alone {

// The pass as it stands now: lengths, place and position by what the session has changed. `index` is below `passCount`.
Pass passAt(const Context& context, uint8_t index);
// The same of its stage alone.
Stage stageAt(const Context& context, uint8_t index);
// Whether a pass is under way at all: none is once the last is over.
inline bool hasPass(const Context& context) { return context.passIndex < context.passCount; }
inline Pass passNow(const Context& context) { return passAt(context, context.passIndex); }
// Where `hasPass`.
Pace paceNow(const Context& context);

Ms movedAt(const Context& context, Ms at);
// none where hands are still.
Ms whenMoved(const Context& context, Ms moved);
Ms cooldownMs(const Context& context);
Ms capAt(const Context& context);
Ms cooldownForcedAt(const Context& context);
uint16_t strokesLeft(const Context& context);
inline bool isAskedIn(Stage stage) { return stage == Stage::strokes || stage == Stage::pressureRamp; }
bool turnNeeded(const Pass& from, const Pass& to);
Ms longestAheadMs(const Context& context);
bool fitsInPass(const Context& context, Ms at, Ms forMs);

// In the order of `deadlines` in `machines/session.time.ts`; the enum `Deadline` stands in the generated tables.
Ms deadlineOf(const Context& context, uint8_t deadline);

}  // namespace alone
