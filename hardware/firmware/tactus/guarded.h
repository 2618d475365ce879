// A value stored beside its complement. Every tick asks whether they still agree: a flipped bit of memory then
// ends in silence and a watchdog reset, not in a motor that runs on.
#pragma once
#include <stdint.h>
#include "inlined.h"

template <typename T>
class Guarded {
 public:
  T get() const { return value; }
  void set(T next) {
    value = next;
    complement = static_cast<T>(~next);
  }
  // Each half from itself: a count made from the value alone would give a flipped value a fresh complement.
  void increment() {
    value = value + 1;
    complement = complement - 1;
  }
  void decrement() {
    value = value - 1;
    complement = complement + 1;
  }
  // Byte by byte, so that the tick needs two registers for it whatever the size.
  INLINED bool sound() const {
    static_assert(sizeof(T) <= 2, "these bytes");
    uint8_t differ = bytesOf(value)[0] ^ bytesOf(complement)[0];
    if (sizeof(T) > 1) differ &= bytesOf(value)[sizeof(T) - 1] ^ bytesOf(complement)[sizeof(T) - 1];
    return differ == 0xFF;
  }

 private:
  static const volatile uint8_t* bytesOf(const volatile T& half) {
    return reinterpret_cast<const volatile uint8_t*>(&half);
  }

  static constexpr T allOnes = static_cast<T>(~static_cast<T>(0));

  volatile T value = 0;
  volatile T complement = allOnes;
};
