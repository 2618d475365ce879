// Once per PWM period, in an interrupt: buttons, lease, budgets, and the duties on the pins; and the
// line, where that has no interrupt of its own.
#pragma once
#include <stdint.h>
#include "inlined.h"
#include "tactus.h"
#include "ticks.h"

// Which buttons' pins are high, as the newest tick saw them.
extern volatile uint8_t levelsNow;
// ... and whether any since the main loop asked saw others than the one before.
extern volatile bool levelsChanged;
extern volatile uint8_t sinceMainLoopTicks;

// Set by whatever the main loop has to look at; cleared by it, before it looks.
extern volatile bool mainLoopWanted;

// How many ticks have passed since the last call. The main loop's sign of life: a tick that finds it missing for
// too long silences the board and leaves it to the watchdog.
uint8_t takeTicks();
// Whether it is time for the next call: after a turn of ticks, and after the first that has something to report.
INLINED bool ticksWait() {
  const uint8_t ticks = sinceMainLoopTicks;
  return ticks >= turnTicks || (ticks && (levelsChanged || board.changed));
}
