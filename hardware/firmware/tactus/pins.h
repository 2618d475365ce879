// The board's pins as registers. Arduino Uno and Nano: D0-D7 are port D, D8-D13 port B.
#pragma once
#include <avr/io.h>
#include "contract.h"

#ifndef __AVR_ATmega328P__
#error "This firmware knows the ATmega328P only (Arduino Uno, Nano)."
#endif

constexpr uint8_t maskOf(uint8_t which) { return 1 << (which & 7); }
constexpr bool onPortD(uint8_t which) { return which < 8; }

inline bool isHigh(uint8_t which) { return (onPortD(which) ? PIND : PINB) & maskOf(which); }
inline void setOutput(uint8_t which) { (onPortD(which) ? DDRD : DDRB) |= maskOf(which); }
inline void setHigh(uint8_t which) { (onPortD(which) ? PORTD : PORTB) |= maskOf(which); }
inline void setLow(uint8_t which) { (onPortD(which) ? PORTD : PORTB) &= ~maskOf(which); }

// One bit for each button: its pin is high.
inline uint8_t buttonLevels() {
  return (isHigh(pin::go) ? button::go : 0) | (isHigh(pin::less) ? button::less : 0) |
         (isHigh(pin::stop) ? button::stop : 0) | (isHigh(pin::receiver) ? button::receiver : 0);
}

// A pull-up makes an open switch high: buttons that close are pressed when low, a stop that opens when high.
constexpr uint8_t lowWhenPressed =
    button::go | button::less | button::receiver | (STOP_NORMALLY_CLOSED ? 0 : button::stop);

inline void beginPins() {
  setHigh(pin::go);
  setHigh(pin::less);
  setHigh(pin::stop);
  setHigh(pin::receiver);
  setLow(pin::led);
  setOutput(pin::led);
}
