// All buttons in one hand, from the edges that the board sees to words: `src/session/input.ts` and
// `machines/touch/hands.ts`. An edge counts at the next point of the input grid.
#pragma once
#include "names.h"
#include "time.h"

namespace alone {

// A session opens: hands rest. A button that is down by now means nothing until it has been let go.
void openHands();

// A debounced button is seen to have changed. What was due by `at` has been called before.
void seeEdge(Button button, bool down, Ms at);
// When hands want to be called: the grid point where edges count, or the end of a hold. It may lie before the moment that
// has just been handled: then it is due at once. none: nothing waits.
Ms nextTouch();
// What counts now is told word by word. `at` is `nextTouch()`, or the moment handled last where that is later; both lie on
// the grid. Hands come first of all that is due at one moment.
void touchDue(Ms at);

// As far as edges have counted.
bool isDown(Button button);
inline bool stopIsDown() { return isDown(Button::stop); }
// Whether GO and LESS together, or LESS alone, have been held long enough to count.
bool chordCounted();

// The moment of the words that are told.
Ms handsAt();
// When the press began that `takeBack` takes back.
Ms pressedAt(Button button);

}  // namespace alone
