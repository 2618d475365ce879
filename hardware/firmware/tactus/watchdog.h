// The watchdog, and what is remembered over its bite: three within a minute and the board stays locked until its
// power is cycled.
#pragma once
#include <stdint.h>
#include "contract.h"

// Why the board let the watchdog bite. `unknown`: it had no chance to say, interrupts were off.
enum class Bite : uint8_t { unknown, mainLoop, memory };

// Motors off, the reason kept, and a start from the beginning: as a watchdog's bite, which the older bootloader of
// many Nanos does not survive.
void biteFor(Bite why) __attribute__((noreturn));

struct Start {
  ResetCause cause;
  uint16_t notes;
  bool locked;
  // What was kept in memory is from the run before.
  bool remembered;
  // The stop switch has been tried since the power came on.
  bool stopTried;
};

// Once, before anything may bite.
Start judgeStart();
void beginWatchdog();
// The main loop, after this many ticks.
void petWatchdog(uint8_t ticks);
// From now on every start but one by power knows it.
void rememberStopTried();
