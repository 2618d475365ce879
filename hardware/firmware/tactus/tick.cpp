#include "tick.h"
#include <avr/interrupt.h>
#include "line.h"
#include "pins.h"
#include "pwm.h"
#include "tactus.h"
#include "ticks.h"
#include "watchdog.h"

volatile uint8_t levelsNow = 0;

namespace {

// Shorter than the watchdog, so that this is noticed while there is still somebody to write it down.
constexpr uint8_t mainLoopMaxTicks = atMostTicks(200);

volatile uint8_t sinceMainLoopTicks = 0;

}  // namespace

bool tickPassed() {
  if (sinceMainLoopTicks == 0) return false;
  sinceMainLoopTicks = 0;
  return true;
}

// An interrupt that nobody has asked for: a register has flipped.
ISR(BADISR_vect) { biteFor(Bite::memory); }

bool tickWaits() { return sinceMainLoopTicks != 0; }

ISR(TIMER0_COMPA_vect) {
  if (!board.sound() || !motorPinsSound() || !timersSound()) biteFor(Bite::memory);
  if (++sinceMainLoopTicks > mainLoopMaxTicks) biteFor(Bite::mainLoop);
  hearLine();
  const uint8_t levels = buttonLevels();
  levelsNow = levels;
  board.tick(levels ^ lowWhenPressed, stir());
  showDuties(board.driven(leftMotor), board.driven(rightMotor));
}
