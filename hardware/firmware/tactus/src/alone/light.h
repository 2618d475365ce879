// The light: `machines/touch/led.ts` and `src/session/led.ts`, and what a board alone says by it beside that.
//
// Whatever is asked for, two changes lie a sixth of a second apart at least: no second has more than three flashes (WCAG
// 2.3.1), and none of what is told by flashes goes on by itself.
#pragma once
#include "context.h"
#include "meaning.h"

namespace alone {

// What the board tells once, when its power has come on or a routine has been chosen. Before screening has asked, nobody
// knows whom flashes might harm: so each is short, follows a deed of a person, and all but one have at most one flash a
// second. That one has three, the most that is thought safe, in a second and never again: it has to be told apart from
// all that means a board in order.
enum class Sign : uint8_t {
  none,
  loaded,     // two short blinks: alone, and a routine is loaded
  brokeOff,   // long, short: the session before broke off
  notLoaded,  // three flashes in a second, then dark: nothing valid is loaded
  favourite,  // so many slow blinks: which favourite has been chosen
};

// A session opens: dark. Session time begins anew.
void openLight();
// Whatever else it shows waits meanwhile. `count`: of a favourite, from 1.
void showSign(Sign sign, Ms at, uint8_t count = 0);
// Shown once what is being told has been told.
void followWith(Sign sign);

// Shines for a state of the session; returns when it has to be called again, none: when something has happened.
// `answer` goes before the state's own pattern.
Ms shine(StateName state, Ms at, bool steadyOnly, LightAnswer answer, StopTrial stopTrial);

// Until screening has asked, nobody knows whom a flashing light might harm; where some caution was, it may.
inline bool isSteadyOnly(Caps caps) { return caps != Caps::byTouch; }

// By whoever has the pin.
void light(bool lit);

}  // namespace alone
