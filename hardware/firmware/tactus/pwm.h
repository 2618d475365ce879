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

// What the tick itself stands on: the counter's mode and pace, and that it alone interrupts.
constexpr uint8_t tickPace = _BV(CS01) | _BV(CS00);
constexpr uint8_t tickInterrupt = _BV(OCIE0A);
inline bool timersSound() { return TCCR0B == tickPace && TIMSK0 == tickInterrupt && motorTimersSound(); }

inline void beginPwm() {
  holdMotorsLow();
  beginMotorTimers();
  TCCR0A = fastPwm;
  TCCR0B = tickPace;
  // The tick: once a period as long as the compare value is within it, whatever the duty. The core's own
  // overflow interrupt would only count for millis(), which nothing here asks.
  OCR0A = 128;
  OCR0B = 128;
  TIFR0 = _BV(OCF0A) | _BV(OCF0B) | _BV(TOV0);
  TIMSK0 = tickInterrupt;
}
