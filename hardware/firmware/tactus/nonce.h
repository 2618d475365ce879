// Fourteen bits that change at every disarm. Not a secret: it only keeps an ARM that was meant for an earlier
// moment, or sent by a host that has not looked, from acting. So it must differ from the last and not follow it.
#pragma once
#include <stdint.h>

constexpr uint16_t fourteenBits = 0x3FFF;

class Nonce {
 public:
  uint16_t get() const { return state & fourteenBits; }
  void seed(uint16_t from) { state = from | 1; }

  // `stir` is a counter that no host can see to the step. Xorshift, period 2^16 - 1 (Marsaglia 2003).
  void renew(uint8_t stir) {
    const uint16_t last = get();
    state ^= static_cast<uint16_t>(stir) << 8 | stir;
    if (state == 0) state = 0xACE1;
    do {
      state ^= state << 7;
      state ^= state >> 9;
      state ^= state << 8;
    } while (get() == last);
  }

 private:
  uint16_t state = 1;
};
