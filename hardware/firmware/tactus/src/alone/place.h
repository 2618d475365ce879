// Where a session stands in its routine: `machines/session.place.ts`, `machines/routine/elsewhere.ts` and `zones.ts`.
#pragma once
#include "context.h"

namespace alone {

void beginMoving(Memory& memory, Ms at);
void still(Context& context, Ms at);
void askFromNow(Context& context, Ms at);
void enter(Context& context, uint8_t passIndex);
void toNextPass(Context& context, Ms at);
void toCooldown(Context& context);
bool hasCooldown(const Context& context);
void withoutZone(Context& context, Ms at);
bool isRoutine(const Context& context);
bool needsTurn(const Context& context);
bool otherSideIsDone(const Context& context);
bool minuteCanBeLent(const Context& context);
void lendMinute(Context& context, Ms at);
// Takes the passes of what screening has come to, before anything has begun.
void takePasses(Context& context);

}  // namespace alone
