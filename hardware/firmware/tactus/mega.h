// Arduino Mega 2560: the same pin numbers as on an Uno, behind other ports. Timer0's outputs are D4 and D13 there, so
// each motor has a timer of its own, in 8-bit fast PWM at the tick's period: D5 is OC3A, D6 is OC4A (ATmega2560
// datasheet 13.3, 17.9.3). Tried in two emulators, on no board of its own yet.
#pragma once
#include <avr/io.h>
#include "compare.h"

#define PLACES(AT) AT(2, E, 4) AT(4, G, 5) AT(5, E, 3) AT(6, H, 3) AT(7, H, 4) AT(8, H, 5) AT(13, B, 7) \
  AT(14, F, 0) AT(15, F, 1)

// A0 and A1 keep the numbers that they have on an Uno. What the converter calls them and the band gap (table 26-4).
constexpr uint8_t leftDrainChannel = 0;
constexpr uint8_t rightDrainChannel = 1;
constexpr uint8_t bandgapChannel = 0x1E;

constexpr uint8_t fastPwm = _BV(WGM01) | _BV(WGM00);

// Duty 0 disconnects the output and leaves the pin to the port, as on the Uno. The compare registers have 16 bits
// and share one temporary byte (17.3): these run with interrupts off.
inline void showDuties(uint8_t left, uint8_t right) {
  if (left) OCR3A = compareOf(left);
  if (right) OCR4A = compareOf(right);
  TCCR3A = left ? _BV(WGM30) | _BV(COM3A1) : _BV(WGM30);
  TCCR4A = right ? _BV(WGM40) | _BV(COM4A1) : _BV(WGM40);
}

inline void disconnectMotors() {
  TCCR3A = 0;
  TCCR4A = 0;
}

inline void beginMotorTimers() {
  TCCR3A = _BV(WGM30);
  TCCR4A = _BV(WGM40);
  TCCR3B = _BV(WGM32) | _BV(CS31) | _BV(CS30);
  TCCR4B = _BV(WGM42) | _BV(CS41) | _BV(CS40);
}

inline bool motorTimersSound() {
  constexpr uint8_t by64 = _BV(WGM32) | _BV(CS31) | _BV(CS30);
  return TCCR3B == by64 && TCCR4B == by64;
}

inline void stopOtherTimers() {
  TCCR1B = 0;
  TCCR2B = 0;
  TCCR5B = 0;
  PRR0 = _BV(PRTWI) | _BV(PRTIM2) | _BV(PRTIM1) | _BV(PRSPI);
  PRR1 = _BV(PRTIM5) | _BV(PRUSART3) | _BV(PRUSART2) | _BV(PRUSART1);
}
