// Arduino Uno and Nano (ATmega328P): D0-D7 are port D, D8-D13 port B. Both motors are on Timer0, which is the tick's
// as well: OC0B is D5, OC0A is D6 (datasheet 15).
#pragma once
#include <avr/io.h>
#include "compare.h"

#define PLACES(AT) AT(2, D, 2) AT(4, D, 4) AT(5, D, 5) AT(6, D, 6) AT(7, D, 7) AT(8, B, 0) AT(13, B, 5)

constexpr uint8_t fastPwm = _BV(WGM01) | _BV(WGM00);

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

inline void disconnectMotors() { TCCR0A = 0; }

// Timer0 is begun with the tick.
inline void beginMotorTimers() {}

// What the core started and nothing here needs. A stopped timer also costs an emulator nothing.
inline void stopOtherTimers() {
  TCCR1B = 0;
  TCCR2B = 0;
}
