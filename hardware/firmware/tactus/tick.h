// Once per PWM period, in an interrupt: buttons, lease, budgets, and the duties on the pins; and the
// line, where that has no interrupt of its own.
#pragma once
#include <stdint.h>

// Which buttons' pins are high, as the newest tick saw them.
extern volatile uint8_t levelsNow;

// Whether a tick has passed since the last call. The main loop's sign of life: a tick that finds it missing for
// too long silences the board and leaves it to the watchdog.
bool tickPassed();
// Whether the next call would say so.
bool tickWaits();
