// Time as the firmware counts it: in ticks, one per PWM period of Timer0.
//
// Fast PWM, prescaler 64, 16 MHz: 64 x 256 / 16 = 1024 us (ATmega328P datasheet 15.7.3). The tick rides on
// compare match A. A change of that duty moves the tick within its period, so two ticks can be up to 0.75 ms
// nearer or farther than 1024 us, but every period has exactly one: sums of ticks do not drift.
#pragma once
#include <stdint.h>

// 32 bits: products of these do not fit an int of 16.
constexpr uint32_t tickUs = 1024;
constexpr uint32_t tickJitterUs = 750;

// For a limit that may not be exceeded: this many ticks never last longer than `ms`.
constexpr uint16_t atMostTicks(uint32_t ms) { return static_cast<uint16_t>((ms * 1000 - tickJitterUs) / tickUs); }

// For a limit that may not be undercut: between two edges of a PWM period. The first tick may come at once.
constexpr uint16_t atLeastTicks(uint32_t ms) { return static_cast<uint16_t>((ms * 1000 + tickUs - 1) / tickUs + 1); }

// For lengths that a host names, without division: 1000 / 1024 = 125 / 128. Good for up to 500 ms.
constexpr uint8_t leaseTicks(uint16_t ms) { return ms < 3 ? 1 : static_cast<uint8_t>(ms * 125u / 128 - 1); }
constexpr uint16_t leaseMsOf(uint8_t ticks) { return static_cast<uint16_t>(ticks * 131u / 128); }

// Milliseconds since reset, from ticks: each is one millisecond and 24 thousandths.
struct BoardClock {
  uint32_t ms;
  uint8_t msHigh;  // bits 32 to 34: STATUS carries 35
  uint16_t us;

  void tick() {
    us += static_cast<uint16_t>(tickUs - 1000);
    uint8_t step = 1;
    if (us >= 1000) {
      us -= 1000;
      step = 2;
    }
    const uint32_t before = ms;
    ms += step;
    if (ms < before) msHigh = (msHigh + 1) & 7;
  }
};
