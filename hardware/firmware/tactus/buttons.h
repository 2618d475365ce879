// Four buttons in the bits of one byte, debounced together, and the stop switch's latch.
#pragma once
#include <stdint.h>
#include "contract.h"
#include "guarded.h"
#include "ticks.h"

// Three equal samples, one a tick, are a press or a release.
class Buttons {
 public:
  uint8_t pressed() const { return steady; }

  // True when what is pressed has changed.
  bool sample(uint8_t now) {
    const uint8_t agree = ~((now ^ before) | (now ^ beforeThat));
    const uint8_t next = (steady & ~agree) | (now & agree);
    beforeThat = before;
    before = now;
    const bool changed = next != steady;
    steady = next;
    return changed;
  }

 private:
  uint8_t before = 0;
  uint8_t beforeThat = 0;
  uint8_t steady = 0;
};

// Latched by a press, until the switch has been released for 20 ms and a new ARM comes.
class StopLatch {
 public:
  bool latched() const { return latch.get() != 0; }
  bool sound() const { return latch.sound(); }
  void press() {
    latch.set(1);
    everPressed = true;
  }
  void clear() { latch.set(0); }

  void sample(bool pressedNow) {
    if (pressedNow)
      releasedTicks = 0;
    else if (releasedTicks < releaseTicks)
      releasedTicks++;
  }

  // A switch that closes when pressed looks released with its wire torn off: it has to be tried once a boot.
  bool mayArm() const { return releasedTicks >= releaseTicks && (STOP_NORMALLY_CLOSED || everPressed); }

 private:
  static constexpr uint8_t releaseTicks = atLeastTicks(20);

  Guarded<uint8_t> latch;
  uint8_t releasedTicks = 0;
  bool everPressed = false;
};
