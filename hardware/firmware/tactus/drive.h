// From what is asked to what is driven: the lower of analog message and lease, under the firmware's own bounds.
// Whatever a host sends, nothing gets past this file.
#pragma once
#include <stdint.h>
#include "contract.h"
#include "guarded.h"
#include "history.h"
#include "inlined.h"
#include "ticks.h"

constexpr uint16_t kickTicks = atMostTicks(limit::kickMaxMs);
constexpr uint16_t continuousTicks = atMostTicks(limit::continuousMaxMs);
constexpr uint8_t staggerTicks = atLeastTicks(limit::staggerMs);
// A rest shorter than a kick is no rest: else a stutter of 1 ms gaps would be one endless kick.
constexpr uint8_t restTicks = atLeastTicks(limit::kickMaxMs);
// Two frames sent `staggerMs` apart arrive nearer or farther by what else is on the line, up to 32 bytes of it or 6 ms:
// delayed all the same, but not worth a note.
constexpr uint8_t staggerGraceTicks = 8;

class Drive {
 public:
  explicit Drive(History& of) : history(of) {}

  // At most so many ticks pass without the history. They are counted before any on-time is.
  static constexpr uint8_t uncountedTicks = 64;
  static_assert(uncountedTicks < bucketTicks, "so that they end one bucket at most");

  uint8_t driven(uint8_t motor) const { return state[motor].driven.get(); }
  uint8_t asked(uint8_t motor) const { return state[motor].asked.get(); }
  void ask(uint8_t motor, uint8_t duty) { state[motor].asked.set(duty); }
  void allow(uint8_t motor, uint8_t duty) { state[motor].allowed.set(duty); }

  // Forgets what was asked and allowed; nothing is driven after.
  void silence();
  // No motor runs, nor has one within a rest's time.
  bool rested() const;
  // Decides anew what is driven. Returns the notes to take.
  uint16_t settle();
  // No motor runs, waits to start, or still rests: a tick has nothing to count here but time.
  INLINED bool idles() const { return isSettled && nothingDriven(); }
  // A tick of a drive that idles. False, and nothing done, where it is time to count again.
  INLINED bool tickIdle() {
    const uint8_t next = beatNow + 1;
    if ((next & (uncountedTicks - 1)) == 0) return false;
    beatNow = next;
    return true;
  }
  // Ticks, round and round.
  uint8_t beat() const { return beatNow; }
  // One tick has passed. True where that may change what is driven: a kick or a budget is over, or a start waits.
  bool tick() {
    beatNow++;
    countTime();
    return idles() ? false : tickMotors();
  }
  // What is driven is looked at in every tick, for it is on the pins by the end of it; the rest motor by motor.
  INLINED bool drivenSound() const { return state[leftMotor].driven.sound() && state[rightMotor].driven.sound(); }
  INLINED bool sound(uint8_t motor) const {
    const One& one = state[motor];
    return one.asked.sound() && one.allowed.sound() && one.onTicks.sound();
  }

 private:
  struct One {
    Guarded<uint8_t> asked;
    Guarded<uint8_t> allowed;
    Guarded<uint8_t> driven;
    Guarded<uint16_t> onTicks;  // driven since the last rest
    uint8_t restedTicks = restTicks;
    // As if both had started with the chip: a reset must not be a rest that was none.
    uint8_t sinceStartTicks = 0;
    bool spent = false;  // a budget has run out: off until the host asks for 0
  };

  uint8_t bounded(uint8_t motor, uint8_t want, uint16_t& notes);
  void countOn(uint8_t motor);
  void countTime() {
    history.tick(beatNow - countedBeat);
    countedBeat = beatNow;
  }
  template <uint8_t motor>
  bool tickMotor();
  __attribute__((noinline)) bool tickMotors();
  INLINED bool nothingDriven() const { return state[leftMotor].driven.get() == 0 && state[rightMotor].driven.get() == 0; }

  One state[motors];
  uint8_t beatNow = 0;
  uint8_t countedBeat = 0;
  // Nothing waits to start, and every count below a tick has come to its end: a tick has nothing to do before the next start.
  bool isSettled = false;
  History& history;
};
