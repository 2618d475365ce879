// A bench that watches what is driven, by rules of its own, at every change.
#pragma once
#include <stdio.h>
#include "bench.h"

struct Watched : Bench {
  const char* broken = nullptr;
  bool everDriven = false;
  // The newest moment at which anything was driven.
  uint32_t drivenAtUs = 0;

  void look() override {
    const uint8_t duty[2] = {left(), right()};
    for (unsigned motor = 0; motor < 2; motor++) {
      One& one = seen[motor];
      const uint32_t sinceUs = nowUs - one.lookedAtUs;
      one.lookedAtUs = nowUs;
      if (one.duty > limit::runningDuty) one.kickedUs += sinceUs;
      if (duty[motor] != 0) {
        if (one.duty == 0) start(motor);
        everDriven = true;
        drivenAtUs = nowUs;
      } else if (one.duty != 0) {
        one.stoppedAtUs = nowUs;
      }
      one.duty = duty[motor];
      if (duty[motor] > limit::kickDuty) broken = "a duty above the kick ceiling";
      // A kick may end within the tick that ends its time.
      if (one.kickedUs > limit::kickMaxMs * 1000) broken = "a kick of more than 60 ms";
    }
    if ((duty[0] || duty[1]) && board.state() != State::leased) broken = "a motor driven without a lease";
    if (!board.sound()) broken = "a value that differs from its complement";
  }

 private:
  struct One {
    uint8_t duty = 0;
    bool started = false;
    uint32_t startedAtUs = 0;
    uint32_t stoppedAtUs = 0;
    uint32_t kickedUs = 0;
    uint32_t lookedAtUs = 0;
  };

  void start(unsigned motor) {
    One& one = seen[motor];
    const One& other = seen[1 - motor];
    // Within the tick a start is as early as the pin's PWM period may begin: one period less.
    if (other.started && nowUs - other.startedAtUs < limit::staggerMs * 1000 - tickUs)
      broken = "two starts nearer than 60 ms";
    if (!one.started || nowUs - one.stoppedAtUs >= limit::kickMaxMs * 1000) one.kickedUs = 0;
    one.started = true;
    one.startedAtUs = nowUs;
  }

  One seen[2];
};
