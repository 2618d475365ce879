// The time that is left, shared out among the passes that are left: `machines/session.fit.ts`.
#pragma once
#include "context.h"

namespace alone {

// The work that each pass belongs to, as a number each: the index of the first pass of that work.
void worksOf(const Context& context, uint8_t (&works)[mostPasses]);
void fit(Context& context, Ms at, bool isAhead);

}  // namespace alone
