#include "tick.h"
#include <avr/interrupt.h>
#include "line.h"
#include "pins.h"
#include "pwm.h"
#include "quiet.h"
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
  Quiet quiet;
  const bool passed = sinceMainLoopTicks != 0;
  sinceMainLoopTicks = 0;
  return passed;
}

ISR(TIMER0_COMPA_vect) {
  if (!board.sound() || !motorPinsSound()) biteFor(Bite::memory);
  if (++sinceMainLoopTicks > mainLoopMaxTicks) biteFor(Bite::mainLoop);
  hearLine();
  const uint8_t levels = buttonLevels();
  levelsNow = levels;
  board.tick(levels ^ lowWhenPressed, stir());
  showDuties(board.driven(leftMotor), board.driven(rightMotor));
}
