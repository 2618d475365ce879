// What hands have said: the words of `machines/touch/hands.ts`.
#pragma once
#include <stdint.h>
#include "names.h"

namespace alone {

// `joined`: GO and LESS are both down from now on, and the button is the first of them. `takeBack`: what this button
// has just done was not meant. `underStop`: it was pressed while STOP is down. Of `together` and `lessLong` the button
// says nothing.
enum class Word : uint8_t { press, doubled, hold, triple, tap, together, lessLong, joined, takeBack, underStop };

static_assert(static_cast<uint8_t>(Word::tap) == static_cast<uint8_t>(GestureKind::tap) && gestureKindCount == 5,
              "the first are the gestures of one button, in their order");

// Who makes deeds of it: `meaning.cpp`, a test on a host. It counts at `handsAt()`.
void say(Word word, Button button);

}  // namespace alone
