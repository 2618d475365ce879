#include "drive.h"

namespace {

// One part of 256 is a compare value of 0, where the tick would meet the counter's turn. No motor moves at 1.
constexpr uint8_t leastDuty = 2;

uint8_t lower(uint8_t one, uint8_t other) { return one < other ? one : other; }

}  // namespace

void Drive::silence() {
  countTime();
  for (uint8_t motor = 0; motor < motors; motor++) {
    One& one = state[motor];
    one.asked.set(0);
    one.allowed.set(0);
    one.spent = false;
    if (one.driven.get() != 0) countOn(motor);
    one.driven.set(0);
  }
  isSettled = false;
}

uint8_t Drive::bounded(uint8_t motor, uint8_t want, uint16_t& notes) {
  One& one = state[motor];
  const One& other = state[1 - motor];
  if (want < leastDuty) {
    one.spent = false;
    return 0;
  }
  if (one.spent) return 0;
  if (one.onTicks.get() >= continuousTicks) {
    one.spent = true;
    notes |= note::clippedContinuous;
    return 0;
  }
  if (history.spent(motor)) {
    one.spent = true;
    notes |= note::clippedShare;
    return 0;
  }
  if (one.driven.get() == 0) {
    if (other.sinceStartTicks < staggerTicks) {
      if (other.sinceStartTicks < staggerTicks - staggerGraceTicks) notes |= note::clippedStagger;
      return 0;
    }
    one.sinceStartTicks = 0;
    one.restedTicks = 0;
  }
  const uint8_t ceiling = one.onTicks.get() < kickTicks ? limit::kickDuty : limit::runningDuty;
  if (want <= ceiling) return want;
  notes |= note::clippedDuty;
  return ceiling;
}

bool Drive::rested() const {
  return nothingDriven() && state[leftMotor].restedTicks == restTicks && state[rightMotor].restedTicks == restTicks;
}

uint16_t Drive::settle() {
  uint16_t notes = 0;
  countTime();
  isSettled = false;
  for (uint8_t motor = 0; motor < motors; motor++) {
    One& one = state[motor];
    const uint8_t duty = bounded(motor, lower(one.asked.get(), one.allowed.get()), notes);
    if (duty == 0 && one.driven.get() != 0) countOn(motor);
    one.driven.set(duty);
  }
  return notes;
}

// At each tick of a driven motor, and once more where it stops between two ticks.
void Drive::countOn(uint8_t motor) {
  history.count(motor);
  state[motor].onTicks.increment();
}

// Each motor by its own number and not by a loop's: while one runs this is most of a tick.
bool Drive::tickMotors() {
  isSettled = true;
  const bool leftIsDue = tickMotor<leftMotor>();
  return tickMotor<rightMotor>() || leftIsDue;
}

template <uint8_t motor>
INLINED bool Drive::tickMotor() {
  One& one = state[motor];
  if (one.sinceStartTicks < staggerTicks) {
    one.sinceStartTicks++;
    isSettled = false;
  }
  const uint8_t driven = one.driven.get();
  if (driven) {
    const bool isSpent = history.count(motor);
    one.onTicks.increment();
    const uint16_t onTicks = one.onTicks.get();
    if (isSpent || onTicks >= continuousTicks) return true;
    return driven > limit::runningDuty && onTicks >= kickTicks;
  }
  if (one.restedTicks != restTicks) {
    if (++one.restedTicks == restTicks)
      one.onTicks.set(0);
    else
      isSettled = false;
  }
  if (one.spent || !lower(one.asked.get(), one.allowed.get())) return false;
  isSettled = false;
  return true;
}
