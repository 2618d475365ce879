// The lighter technique of a place: `machines/session.lighter.ts`.
#pragma once
#include "context.h"

namespace alone {

bool hasLighterPace(const Context& context);
bool offersLighter(const Changeable& context);
bool lessTakesLighter(const Changeable& context, Ms at);
void offerLighter(Context& context, Ms at);
void easedHere(Context& context, Ms at);
inline void notOffered(Context& context) { context.lighterOfferedAt = none; }
// From a stroke of its own on.
void beginGrid(Context& context, Ms at);
void changeTechnique(Context& context, Ms at);
// Whether a press at `at` and `from` there, as it found the session, has taken it, and it is still in use.
bool hasTaken(const Changeable& was, Ms at, Origin from, const Context& context);

}  // namespace alone
