// Arduino Leonardo and Micro (ATmega32U4): the same pin numbers as on an Uno, behind other ports. Timer0's outputs are
// D3 and D11 there, so each motor has a timer of its own, in 8-bit fast PWM at the tick's period: D5 is OC3A, D6 is
// OC4D (ATmega32U4 datasheet 10.3, 14.8.3, 15.8.2). Compiled, not run: there is no emulated Leonardo.
#pragma once
#include <avr/io.h>
#include "compare.h"

#define PLACES(AT) AT(2, D, 1) AT(4, D, 4) AT(5, C, 6) AT(6, D, 7) AT(7, E, 6) AT(8, B, 4) AT(13, C, 7) \
  AT(14, F, 7) AT(15, F, 6)

// A0 and A1 keep the numbers that they have on an Uno. What the converter calls them and the band gap (table 24-4).
constexpr uint8_t leftDrainChannel = 7;
constexpr uint8_t rightDrainChannel = 6;
constexpr uint8_t bandgapChannel = 0x1E;

constexpr uint8_t fastPwm = _BV(WGM01) | _BV(WGM00);

// Duty 0 disconnects the output and leaves the pin to the port, as on the Uno. Both compare registers are wider
// than a byte and are written through a shared one (14.2, 15.11): these run with interrupts off.
inline void showDuties(uint8_t left, uint8_t right) {
  if (left) OCR3A = compareOf(left);
  if (right) {
    TC4H = 0;
    OCR4D = compareOf(right);
  }
  TCCR3A = left ? _BV(WGM30) | _BV(COM3A1) : _BV(WGM30);
  TCCR4C = right ? _BV(PWM4D) | _BV(COM4D1) : _BV(PWM4D);
}

inline void disconnectMotors() {
  TCCR3A = 0;
  TCCR4C = 0;
}

inline void beginMotorTimers() {
  TCCR3A = _BV(WGM30);
  TCCR3B = _BV(WGM32) | _BV(CS31) | _BV(CS30);
  // The core has set Timer4 up for analogWrite on D13 and D6, which counts up and down; this one counts up to 255.
  TCCR4A = 0;
  TCCR4C = _BV(PWM4D);
  TCCR4D = 0;
  TCCR4E = 0;
  TC4H = 0;
  OCR4C = 255;
  TCCR4B = _BV(CS42) | _BV(CS41) | _BV(CS40);
}

inline bool motorTimersSound() {
  return TCCR3B == (_BV(WGM32) | _BV(CS31) | _BV(CS30)) && TCCR4B == (_BV(CS42) | _BV(CS41) | _BV(CS40));
}

inline void stopOtherTimers() {
  TCCR1B = 0;
  PRR0 = _BV(PRTWI) | _BV(PRTIM1) | _BV(PRSPI);
}
