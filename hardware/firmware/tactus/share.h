// How long one motor has run within any 10 s. On-time is kept in buckets of about 100 ms; the window reaches over
// all whole buckets and the one being filled, so it is never shorter than 10 s: it errs on the safe side.
#pragma once
#include <stdint.h>
#include "contract.h"
#include "ticks.h"

constexpr uint8_t bucketTicks = 98;
constexpr uint8_t buckets = limit::shareWindowMs * 1000UL / (bucketTicks * tickUs) + 2;
constexpr uint16_t shareTicks = atMostTicks(limit::shareWindowMs * 1UL * limit::sharePercent / 100);

static_assert((buckets - 1) * bucketTicks * tickUs >= limit::shareWindowMs * 1000UL,
              "the whole buckets reach over the window");

class Share {
 public:
  bool spent() const { return onTicks >= shareTicks; }

  // One tick, or a part of one: starts and stops count for whole ticks.
  void count(uint8_t bucket) {
    if (inBucket[bucket] == UINT8_MAX) return;
    inBucket[bucket]++;
    onTicks++;
  }

  // Begins a bucket: what it held is older than the window.
  void turnTo(uint8_t bucket) {
    onTicks -= inBucket[bucket];
    inBucket[bucket] = 0;
  }

 private:
  uint16_t onTicks = 0;
  uint8_t inBucket[buckets] = {};
};
