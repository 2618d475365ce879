// The two motors, and the timer behind the tick.
#pragma once
#include <avr/io.h>
#include "pins.h"

static_assert(pin::left == 5 && pin::right == 6, "the outputs that showDuties() of each board means");

// Disconnected from every timer, driven, low.
inline void holdMotorsLow() {
  disconnectMotors();
  setLow<pin::left>();
  setLow<pin::right>();
  setOutput<pin::left>();
  setOutput<pin::right>();
}

// With both outputs disconnected, this is what keeps the motors still.
inline bool motorPinsSound() {
  return !portIsHigh<pin::left>() && !portIsHigh<pin::right>() && isOutput<pin::left>() && isOutput<pin::right>();
}

inline void beginPwm() {
  holdMotorsLow();
  beginMotorTimers();
  TCCR0A = fastPwm;
  TCCR0B = _BV(CS01) | _BV(CS00);
  // The tick: once a period as long as the compare value is within it, whatever the duty. The core's own
  // overflow interrupt would only count for millis(), which nothing here asks.
  OCR0A = 128;
  OCR0B = 128;
  TIFR0 = _BV(OCF0A) | _BV(OCF0B) | _BV(TOV0);
  TIMSK0 = _BV(OCIE0A);
}
