// How long each motor has run within any 10 s. On-time is kept in buckets of about 100 ms; the window reaches over
// all whole buckets and the one being filled, so it is never shorter than 10 s: it errs on the safe side.
//
// It lies in memory that a reset leaves alone, so nothing here has a value to begin with: `begin` tells. The time
// between two runs is not counted, which errs on the safe side too.
#pragma once
#include <stdint.h>
#include "contract.h"
#include "inlined.h"
#include "ticks.h"

constexpr uint8_t motors = 2;
enum MotorIndex : uint8_t { leftMotor = 0, rightMotor = 1 };

constexpr uint8_t bucketTicks = 98;
constexpr uint8_t buckets = limit::shareWindowMs * 1000UL / (bucketTicks * tickUs) + 2;
constexpr uint16_t shareTicks = atMostTicks(limit::shareWindowMs * 1UL * limit::sharePercent / 100);

static_assert((buckets - 1) * bucketTicks * tickUs >= limit::shareWindowMs * 1000UL,
              "the whole buckets reach over the window");

class History {
 public:
  // Once, at the start. `remembered`: what memory holds is from the run before.
  void begin(bool remembered) {
    if (!remembered || bucket >= buckets) forget();
    if (inBucketTicks >= bucketTicks) inBucketTicks = 0;
    for (uint8_t motor = 0; motor < motors; motor++) {
      // A reset may have come between the two halves of a count.
      of[motor].onTicks = 0;
      for (uint8_t ticks : of[motor].inBucket) of[motor].onTicks += ticks;
      // ... and in a drive whose last tick was not counted any more.
      if (remembered) count(motor);
    }
  }

  bool spent(uint8_t motor) const { return of[motor].onTicks >= shareTicks; }

  // One tick of a motor, or a part of one: starts and stops count for whole ticks. True where its share is spent.
  INLINED bool count(uint8_t motor) {
    One& one = of[motor];
    uint8_t& here = one.inBucket[bucket];
    if (here != UINT8_MAX) {
      here++;
      one.onTicks++;
    }
    return spent(motor);
  }

  void tick(uint8_t ticks = 1) {
    const uint16_t sum = inBucketTicks + ticks;
    if (sum < bucketTicks)
      inBucketTicks = static_cast<uint8_t>(sum);
    else
      turn(sum - bucketTicks);
  }

 private:
  // Apart, so that the tick does not carry its registers about each time.
  __attribute__((noinline)) void turn(uint16_t ticksBehind) {
    inBucketTicks = ticksBehind < bucketTicks ? static_cast<uint8_t>(ticksBehind) : 0;
    if (++bucket == buckets) bucket = 0;
    // What this bucket held is older than the window.
    for (One& one : of) {
      one.onTicks -= one.inBucket[bucket];
      one.inBucket[bucket] = 0;
    }
  }

  struct One {
    uint16_t onTicks;
    uint8_t inBucket[buckets];
  };

  void forget() {
    bucket = 0;
    inBucketTicks = 0;
    for (One& one : of)
      for (uint8_t& ticks : one.inBucket) ticks = 0;
  }

  One of[motors];
  uint8_t bucket;
  uint8_t inBucketTicks;
};
