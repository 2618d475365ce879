// A value stored beside its complement. Every tick asks whether they still agree: a flipped bit of memory then
// ends in silence and a watchdog reset, not in a motor that runs on.
#pragma once
#include <stdint.h>

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
  bool sound() const {
    const T either = value ^ complement;
    return either == allOnes;
  }

 private:
  static constexpr T allOnes = static_cast<T>(~static_cast<T>(0));

  volatile T value = 0;
  volatile T complement = allOnes;
};
