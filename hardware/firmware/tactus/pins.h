// The board's pins as registers. The wiring is the same on every board; only what a number means differs.
#pragma once
#include <avr/io.h>
#include "contract.h"

#if defined(__AVR_ATmega328P__)
#include "uno.h"
#elif defined(__AVR_ATmega2560__)
#include "mega.h"
#elif defined(__AVR_ATmega32U4__)
#include "leonardo.h"
#else
#error "This firmware knows the ATmega328P, ATmega2560 and ATmega32U4 (Arduino Uno, Nano, Mega, Leonardo, Micro)."
#endif

// Only a pin that is wired has a place: naming another one does not compile.
template <uint8_t which>
struct Place;
#define PLACE(which, letter, bit)                                       \
  template <>                                                           \
  struct Place<which> {                                                 \
    static constexpr uint8_t mask = 1 << bit;                           \
    static volatile uint8_t& level() { return PIN##letter; }            \
    static volatile uint8_t& direction() { return DDR##letter; }        \
    static volatile uint8_t& port() { return PORT##letter; }            \
  };
PLACES(PLACE)
#undef PLACE

template <uint8_t which>
inline bool isHigh() {
  return Place<which>::level() & Place<which>::mask;
}
template <uint8_t which>
inline bool isOutput() {
  return Place<which>::direction() & Place<which>::mask;
}
template <uint8_t which>
inline bool portIsHigh() {
  return Place<which>::port() & Place<which>::mask;
}
template <uint8_t which>
inline void setOutput() {
  Place<which>::direction() |= Place<which>::mask;
}
template <uint8_t which>
inline void setInput() {
  Place<which>::direction() &= ~Place<which>::mask;
}
template <uint8_t which>
inline void setHigh() {
  Place<which>::port() |= Place<which>::mask;
}
template <uint8_t which>
inline void setLow() {
  Place<which>::port() &= ~Place<which>::mask;
}

// One bit for each button: its pin is high.
inline uint8_t buttonLevels() {
  return (isHigh<pin::go>() ? button::go : 0) | (isHigh<pin::less>() ? button::less : 0) |
         (isHigh<pin::stop>() ? button::stop : 0) | (isHigh<pin::receiver>() ? button::receiver : 0);
}

// A pull-up makes an open switch high: buttons that close are pressed when low, a stop that opens when high.
constexpr uint8_t lowWhenPressed =
    button::go | button::less | button::receiver | (STOP_NORMALLY_CLOSED ? 0 : button::stop);

inline void beginPins() {
  setHigh<pin::go>();
  setHigh<pin::less>();
  setHigh<pin::stop>();
  setHigh<pin::receiver>();
  setLow<pin::led>();
  setOutput<pin::led>();
}
