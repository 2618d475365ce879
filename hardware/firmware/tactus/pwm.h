// The two motors on Timer0: OC0B is D5, OC0A is D6 (ATmega328P datasheet 15).
#pragma once
#include <avr/io.h>
#include "contract.h"
#include "pins.h"

static_assert(pin::left == 5 && pin::right == 6, "the outputs of Timer0");

constexpr uint8_t motorMask = maskOf(pin::left) | maskOf(pin::right);
constexpr uint8_t fastPwm = _BV(WGM01) | _BV(WGM00);

// High for OCR + 1 of 256 steps (15.7.3). The nearest of 256 parts to duty / 255, so that 255 x share, rounded,
// is the duty again.
inline uint8_t compareOf(uint8_t duty) { return duty < 128 ? duty - 1 : duty; }

// Duty 0 is no narrow pulse: the compare output is disconnected and the port holds the pin low (15.7.3).
inline void showDuties(uint8_t left, uint8_t right) {
  uint8_t control = fastPwm;
  if (left) {
    OCR0B = compareOf(left);
    control |= _BV(COM0B1);
  }
  if (right) {
    OCR0A = compareOf(right);
    control |= _BV(COM0A1);
  }
  TCCR0A = control;
}

// With both outputs disconnected, this is what keeps the motors still.
inline bool motorPinsSound() { return (PORTD & motorMask) == 0 && (DDRD & motorMask) == motorMask; }

inline void beginPwm() {
  PORTD &= ~motorMask;
  DDRD |= motorMask;
  TCCR0A = fastPwm;
  TCCR0B = _BV(CS01) | _BV(CS00);
  // The tick: once a period as long as the compare value is within it, whatever the duty. The core's own
  // overflow interrupt would only count for millis(), which nothing here asks.
  OCR0A = 128;
  OCR0B = 128;
  TIFR0 = _BV(OCF0A) | _BV(OCF0B) | _BV(TOV0);
  TIMSK0 = _BV(OCIE0A);
}
