// From what a hand is to feel to duties, as `hardware/duty.ts` and `hardware/output.ts` have it: a start is kicked for a
// moment, nothing turns below its start duty, and what is felt sooner waits for the other motor.
#pragma once
#include "cue_table.h"
#include "time.h"

namespace alone {

struct MotorCalibration {
  uint8_t startDuty;
  uint8_t ratedDuty;
  uint8_t kickDuty;
};

// What has been found out about this board's motors and how it is worn. Set before a session begins.
struct BoardCalibration {
  MotorCalibration motors[motorCount];
  uint8_t lagMs[motorCount];
  bool isSwapped;  // its motors lie the other way round than their pins say
  bool isTurned;   // it is worn the other way round
  uint8_t glideMs;
};
extern BoardCalibration calibration;

// The duties of the two outputs under a lease, through `Drive` as a host's: the player's.
void leaseFrame(uint8_t leftDuty, uint8_t rightDuty, uint8_t leaseMs);

uint8_t dutyOf(uint8_t percent, bool isKicked, const MotorCalibration& motor);

class Duties {
 public:
  // This is the frame from now on, as far as it does not wait for the slower motor.
  void apply(const uint8_t (&percent)[motorCount], Ms at);
  // No frame any more, and nothing that waits to become one. To be called first.
  void letGo();
  // Kicks end and what waited comes, where it is time. Whether any of that has to be sent.
  bool keepUp(Ms at);
  // The present frame, as duties under a lease.
  void send() const;
  // When it next has to be called by itself; none where nothing is under way.
  Ms next(Ms at) const;

 private:
  // Changes of one motor that wait for the other: waits are 40 ms at most, and pulses follow one another less closely.
  static constexpr uint8_t mostWaiting = 4;
  struct Waiting {
    uint16_t dueAt;
    uint8_t percent;
  };

  void show(uint8_t motor, uint8_t percent, Ms at);
  void removeWaiting();

  uint8_t shown[motorCount];
  bool isKicked[motorCount];
  uint16_t onsetAt[motorCount];  // the lowest bits of it, as with `dueAt`: neither is ever far
  uint8_t wanted;                // of the motor that waits
  uint8_t waitingCount;
  Waiting waiting[mostWaiting];
};

}  // namespace alone
