// What takes the place of a page's buttons before a session and after it: `machines/touch/favourites.ts` and
// `src/app/headless.ts`.
#pragma once
#include "time.h"

namespace alone {

constexpr uint8_t noFavourite = UINT8_MAX;

// Each short press of LESS goes to the next, and round. `place`: of what is chosen, from 0; `noFavourite` while it is
// none of them, and where there is nothing to choose from.
constexpr uint8_t nextFavourite(uint8_t place, uint8_t count) {
  return count == 0 ? noFavourite : static_cast<uint8_t>(static_cast<uint8_t>(place + 1) % count);
}

// A press that ends one session does not begin the next.
constexpr Ms restMs = 3000;

// Whether GO, seen to go down at `at`, begins another session. `overAt`: when the outcome was told; none: it was not.
constexpr bool beginsAgain(Ms at, Ms overAt) { return overAt != none && at - overAt >= restMs; }

}  // namespace alone
