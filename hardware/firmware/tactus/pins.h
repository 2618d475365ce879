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
    static constexpr char portLetter = #letter[0];                      \
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

// The buttons' pins at one moment, as they lie at their ports where three share one: few instructions.
constexpr bool buttonsShare = Place<pin::go>::portLetter == Place<pin::stop>::portLetter &&
                              Place<pin::less>::portLetter == Place<pin::stop>::portLetter;
template <uint8_t which>
constexpr uint8_t rawMask(uint8_t bit) {
  return buttonsShare ? Place<which>::mask : bit;
}
constexpr uint8_t rawGo = rawMask<pin::go>(button::go);
constexpr uint8_t rawLess = rawMask<pin::less>(button::less);
constexpr uint8_t rawStop = rawMask<pin::stop>(button::stop);
constexpr uint8_t rawReceiver = rawMask<pin::receiver>(button::receiver);
static_assert((rawGo ^ rawLess ^ rawStop ^ rawReceiver) == (rawGo | rawLess | rawStop | rawReceiver), "each its own bit");

inline uint8_t rawButtons() {
  if (buttonsShare)
    return (Place<pin::stop>::level() & (rawGo | rawLess | rawStop)) | (Place<pin::receiver>::level() & rawReceiver);
  return (isHigh<pin::go>() ? rawGo : 0) | (isHigh<pin::less>() ? rawLess : 0) | (isHigh<pin::stop>() ? rawStop : 0) |
         (isHigh<pin::receiver>() ? rawReceiver : 0);
}
// No pins lie so.
constexpr uint8_t noButtons = 0xFF;
static_assert((rawGo | rawLess | rawStop | rawReceiver) != noButtons, "four bits are not eight");

// One bit for each button: its pin is high.
inline uint8_t levelsOf(uint8_t raw) {
  return (raw & rawGo ? button::go : 0) | (raw & rawLess ? button::less : 0) | (raw & rawStop ? button::stop : 0) |
         (raw & rawReceiver ? button::receiver : 0);
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
