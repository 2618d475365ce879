#include "duty.h"
#include "bounds.h"

namespace alone {

namespace {

constexpr MotorCalibration usual = {usualStartDuty, motor::runningDuty, motor::kickDuty};

uint8_t waitMs(uint8_t motor) {
  const uint8_t own = calibration.lagMs[motor];
  const uint8_t other = calibration.lagMs[1 - motor];
  return other > own ? other - own : 0;
}

int16_t sinceMs(Ms at, uint16_t then) { return static_cast<int16_t>(static_cast<uint16_t>(at) - then); }

}  // namespace

BoardCalibration calibration = {{usual, usual}, {0, 0}, false, false, usualGlideMs};

uint8_t dutyOf(uint8_t percent, bool isKicked, const MotorCalibration& motor) {
  if (percent == 0) return 0;
  if (isKicked) return motor.kickDuty;
  const uint8_t half = isRoundedDown(percent, motor.ratedDuty) ? 49 : 50;
  const uint8_t duty = static_cast<uint16_t>(static_cast<uint16_t>(percent) * motor.ratedDuty + half) / 100;
  const uint8_t turning = duty > motor.startDuty ? duty : motor.startDuty;
  return turning < motor.ratedDuty ? turning : motor.ratedDuty;
}

void Duties::apply(const uint8_t (&percent)[motorCount], Ms at) {
  for (uint8_t motor = 0; motor < motorCount; motor++) {
    const uint8_t wait = waitMs(motor);
    if (wait == 0) {
      show(motor, percent[motor], at);
    } else if (wanted != percent[motor]) {
      wanted = percent[motor];
      // The oldest gives way: what is wanted now is what counts.
      if (waitingCount == mostWaiting) removeWaiting();
      waiting[waitingCount++] = {static_cast<uint16_t>(at + wait), wanted};
    }
  }
}

void Duties::removeWaiting() {
  waitingCount--;
  for (uint8_t index = 0; index < waitingCount; index++) waiting[index] = waiting[index + 1];
}

void Duties::show(uint8_t motor, uint8_t percent, Ms at) {
  if (percent == 0) {
    isKicked[motor] = false;
  } else if (shown[motor] == 0) {
    isKicked[motor] = true;
    onsetAt[motor] = static_cast<uint16_t>(at);
  }
  shown[motor] = percent;
}

void Duties::letGo() {
  for (uint8_t motor = 0; motor < motorCount; motor++) show(motor, 0, 0);
  wanted = 0;
  waitingCount = 0;
}

bool Duties::keepUp(Ms at) {
  bool hasNews = false;
  const uint8_t later = waitMs(0) == 0;
  while (waitingCount != 0 && sinceMs(at, waiting[0].dueAt) >= 0) {
    show(later, waiting[0].percent, at);
    removeWaiting();
    hasNews = true;
  }
  for (uint8_t motor = 0; motor < motorCount; motor++)
    if (isKicked[motor] && sinceMs(at, onsetAt[motor]) >= motor::kickMs) {
      isKicked[motor] = false;
      hasNews = true;
    }
  return hasNews;
}

void Duties::send() const {
  uint8_t duty[motorCount];
  for (uint8_t motor = 0; motor < motorCount; motor++)
    duty[motor ^ static_cast<uint8_t>(calibration.isSwapped)] =
        dutyOf(shown[motor], isKicked[motor], calibration.motors[motor]);
  leaseFrame(duty[0], duty[1], lease::leaseMs);
}

Ms Duties::next(Ms at) const {
  int16_t soonestMs = INT16_MAX;
  if (waitingCount != 0) soonestMs = -sinceMs(at, waiting[0].dueAt);
  for (uint8_t motor = 0; motor < motorCount; motor++) {
    const int16_t leftMs = motor::kickMs - sinceMs(at, onsetAt[motor]);
    if (isKicked[motor] && leftMs < soonestMs) soonestMs = leftMs;
  }
  return soonestMs == INT16_MAX ? none : at + soonestMs;
}

}  // namespace alone
