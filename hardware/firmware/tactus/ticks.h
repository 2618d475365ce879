// Time as the firmware counts it: in ticks, one per PWM period of Timer0.
//
// Fast PWM, prescaler 64, 16 MHz: 64 x 256 / 16 = 1024 us (ATmega328P datasheet 15.7.3). The tick rides on
// compare match A. A change of that duty moves the tick within its period, so two ticks can be up to 0.75 ms
// nearer or farther than 1024 us, but every period has exactly one: sums of ticks do not drift.
#pragma once
#include <stdint.h>
#include "contract.h"

// 32 bits: products of these do not fit an int of 16.
constexpr uint32_t tickUs = 1024;
constexpr uint32_t tickJitterUs = 750;

// For a limit that may not be exceeded: this many ticks never last longer than `ms`.
constexpr uint16_t atMostTicks(uint32_t ms) { return static_cast<uint16_t>((ms * 1000 - tickJitterUs) / tickUs); }

// For a limit that may not be undercut: between two edges of a PWM period. The first tick may come at once.
constexpr uint16_t atLeastTicks(uint32_t ms) { return static_cast<uint16_t>((ms * 1000 + tickUs - 1) / tickUs + 1); }

// The main loop's turn, where nothing calls it earlier.
constexpr uint8_t turnTicks = 4;

// For lengths that a host names, without division: 1000 / 1024 = 125 / 128.
constexpr uint16_t longestLeaseMs = 263;
constexpr uint8_t leaseTicks(uint16_t ms) { return ms < 3 ? 1 : static_cast<uint8_t>(ms * 125u / 128 - 1); }
constexpr uint16_t leaseMsOf(uint8_t ticks) { return static_cast<uint16_t>(ticks * 131u / 128); }
static_assert(leaseTicks(longestLeaseMs) == UINT8_MAX && leaseTicks(longestLeaseMs + 1) == 0,
              "a byte holds this many milliseconds and no more");
static_assert(limit::leaseMs <= longestLeaseMs, "so no lease may be longer");

// Milliseconds since reset, from ticks: each is one millisecond and 24 thousandths, that is 3 parts of 125.
struct BoardClock {
  uint16_t msLow;
  uint16_t msMiddle;
  uint8_t msHigh;  // bits 32 to 34: STATUS carries 35
  uint8_t parts;

  uint32_t ms() const { return static_cast<uint32_t>(msMiddle) << 16 | msLow; }

  void advance(uint8_t ticks) {
    uint16_t step = ticks;
    uint16_t sum = parts + ticks * static_cast<uint8_t>((tickUs - 1000) / 8);
    for (; sum >= 125; sum -= 125) step++;
    parts = static_cast<uint8_t>(sum);
    msLow += step;
    if (msLow >= step) return;
    if (++msMiddle == 0) msHigh = (msHigh + 1) & 7;
  }
};
static_assert((tickUs - 1000) % 8 == 0, "so that it is whole parts of 125");
