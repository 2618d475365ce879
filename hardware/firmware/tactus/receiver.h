// Bytes as they arrive, in the receive interrupt. Pure: it knows no register.
//
// FFh never enters the ring, for it is obeyed at once. That leaves FFh free as a mark inside the ring: "here
// something was lost". The parser drops the frame under way when it meets the mark, so that a frame with a hole
// is never taken for a whole one.
#pragma once
#include <stdint.h>
#include "ring.h"

constexpr uint8_t systemReset = 0xFF;
constexpr uint8_t holeMark = 0xFF;

class Receiver {
 public:
  Ring<128> ring;
  uint8_t highWater = 0;
  uint16_t dropped = 0;

  // A byte among sound ones, as nearly all are. False, and nothing done: it is for `receive` to judge.
  INLINED bool takeSound(uint8_t byte) {
    if (byte == systemReset || holes) return false;
    const uint8_t used = ring.used();
    if (used == ring.capacity) return false;
    ring.put(byte);
    if (used >= highWater) highWater = used + 1;
    return true;
  }

  // True when the byte is a system reset: everything before it is forgotten, the caller stops the motors.
  bool receive(uint8_t byte, bool frameError, bool overrun) {
    if (!frameError && !overrun && takeSound(byte)) return false;
    if (byte == systemReset) {
      ring.clear();
      holes = 0;
      return true;
    }
    if (overrun) lose(bytesInDoubt);
    if (frameError) {
      lose(1);
      return false;
    }
    if (holes) {
      if (ring.room() < 2) {
        dropped++;
        return false;
      }
      ring.put(holeMark);
      holes--;
    }
    if (!ring.put(byte)) lose(1);
    const uint8_t used = ring.used();
    if (used > highWater) highWater = used;
    return false;
  }

 private:
  // The overrun flag tells that a byte is missing, not at which end of the two that were waiting (datasheet
  // 19.7.4): no frame may reach across any of these places.
  static constexpr uint8_t bytesInDoubt = 3;

  void lose(uint8_t marks) {
    dropped++;
    if (holes < marks) holes = marks;
  }

  uint8_t holes = 0;
};
