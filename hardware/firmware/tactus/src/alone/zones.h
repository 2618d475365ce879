// How the zones lie on the body: `machines/routine/zones.ts`.
#pragma once
#include "names.h"

namespace alone {

// Whether all of `zone` lies within `other`; a zone lies within itself.
bool isWithin(Zone zone, Zone other);
// Whether hands on the one are on some of the other.
inline bool touches(Zone one, Zone other) { return isWithin(one, other) || isWithin(other, one); }
// Where work is deep and short.
inline bool isDeep(Zone zone) { return zone == Zone::piriformis || zone == Zone::sacralEdge; }

}  // namespace alone
