// Arduino Uno and Nano (ATmega328P): D0-D7 are port D, D8-D13 port B. Both motors are on Timer0, which is the tick's
// as well: OC0B is D5, OC0A is D6 (datasheet 15).
#pragma once
#include <avr/io.h>
#include "compare.h"

#define PLACES(AT) AT(2, D, 2) AT(4, D, 4) AT(5, D, 5) AT(6, D, 6) AT(7, D, 7) AT(8, B, 0) AT(13, B, 5) AT(14, C, 0) AT(15, C, 1)

// What the converter calls A0, A1 and the band gap (table 23-4).
constexpr uint8_t leftDrainChannel = 0;
constexpr uint8_t rightDrainChannel = 1;
constexpr uint8_t bandgapChannel = 0x0E;

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

// The counter stands first: whatever mode a flipped bit has put it in, nothing comes of it.
inline void disconnectMotors() {
  TCCR0B = 0;
  TCCR0A = 0;
}

// Timer0 is begun with the tick, and looked at with it.
inline void beginMotorTimers() {}
inline bool motorTimersSound() { return true; }

// What the core started and nothing here needs. A stopped timer also costs an emulator nothing.
inline void stopOtherTimers() {
  TCCR1B = 0;
  TCCR2B = 0;
  PRR = _BV(PRTWI) | _BV(PRTIM2) | _BV(PRTIM1) | _BV(PRSPI);
}
