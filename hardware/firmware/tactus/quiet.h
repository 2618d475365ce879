// Interrupts are off while one of these lives. State that the tick, the receive interrupt and the main loop share
// is touched only so. On a host there are no interrupts and it does nothing.
#pragma once

#ifdef __AVR__
#include <avr/interrupt.h>
#include <avr/io.h>
class Quiet {
 public:
  Quiet() : before(SREG) { cli(); }
  ~Quiet() { SREG = before; }

 private:
  const uint8_t before;
};
#else
class Quiet {
 public:
  Quiet() {}
  ~Quiet() {}
};
#endif
