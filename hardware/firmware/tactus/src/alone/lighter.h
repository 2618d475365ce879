// The lighter technique of a place: `machines/session.lighter.ts`.
#pragma once
#include "context.h"

namespace alone {

bool hasLighterPace(const Context& context);
bool offersLighter(const Context& context);
bool lessTakesLighter(const Context& context, Ms at);
void offerLighter(Context& context, Ms at);
void easedHere(Context& context, Ms at);
inline void notOffered(Context& context) { context.lighterOfferedAt = none; }
void changeTechnique(Context& context, Ms at);
bool hasTaken(const BeforeLess& before, const Context& context);

}  // namespace alone
