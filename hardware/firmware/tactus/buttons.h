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

  // Three equal samples have been taken, and told: more of the same change nothing.
  bool settled() const { return before == steady && beforeThat == steady; }

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
//
// Before any of that the switch has to be tried: seen released, pressed and released again. One that reads released
// whatever a person does (wet, crushed, torn where it closes when pressed) is found so before it is needed.
class StopLatch {
 public:
  bool latched() const { return latch.get() != 0; }
  bool sound() const { return latch.sound(); }
  void press() { latch.set(1); }
  void clear() { latch.set(0); }

  bool tried() const { return trial == Trial::done; }
  void believeTried() { trial = Trial::done; }
  // A press that only tries the switch.
  void beTried() {
    if (trial == Trial::atRest) trial = Trial::pressed;
  }

  // True when it has just been tried.
  bool sample(bool pressedNow) {
    if (pressedNow) {
      releasedTicks = 0;
    } else if (releasedTicks < releaseTicks && ++releasedTicks == releaseTicks) {
      if (trial == Trial::unseen) trial = Trial::atRest;
      if (trial == Trial::pressed) {
        trial = Trial::done;
        return true;
      }
    }
    return false;
  }

  // A sample of a released switch changes nothing.
  bool restsReleased() const { return releasedTicks == releaseTicks; }

  bool mayArm() const { return releasedTicks >= releaseTicks && tried(); }

 private:
  static constexpr uint8_t releaseTicks = atLeastTicks(20);

  Guarded<uint8_t> latch;
  enum class Trial : uint8_t { unseen, atRest, pressed, done };

  uint8_t releasedTicks = 0;
  Trial trial = Trial::unseen;
};
