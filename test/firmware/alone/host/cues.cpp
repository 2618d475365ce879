// The player of cues on this machine, told by text: orders and moments come in, whatever it does goes out, one line for
// each line that came in. `test/firmware/alone/cue-player.ts` speaks with it.
#include "conductor.h"
#include "session.h"
#include <stdio.h>
#include <stdlib.h>

namespace alone {

Memory memory;

namespace {

bool meansMotors = true;
Ms now = 0;

int number() {
  int value = 0;
  if (scanf("%d", &value) != 1) abort();
  return value;
}

// What the conductor asks for between two moments, in its order.
void timePasses(Ms until) {
  for (;;) {
    const Ms beat = nextBeat();
    const Ms duty = nextDuty(now);
    const bool isBeat = beat != none && beat < until && (duty == none || beat <= duty);
    if (isBeat) {
      now = beat;
      printf("m%d ", now);
      conduct(now);
    } else if (duty != none && duty < until) {
      now = duty;
      printf("m%d ", now);
      keepUpDuties(now);
    } else {
      break;
    }
  }
  now = until;
  printf("m%d ", now);
}

void tune() {
  for (uint8_t motor = 0; motor < motorCount; motor++) {
    MotorCalibration& one = calibration.motors[motor];
    one.startDuty = number();
    one.ratedDuty = number();
    one.kickDuty = number();
  }
  for (uint8_t motor = 0; motor < motorCount; motor++) calibration.lagMs[motor] = number();
  calibration.isSwapped = number();
  calibration.isTurned = number();
  calibration.glideMs = number();
  memory.now.caps = number() ? Caps::byTouchWithCare : Caps::byTouch;
  meansMotors = true;
  now = 0;
  beginConducting();
}

void order(Order::Type type) {
  Order order = {};
  order.type = type;
  order.at = number();
  order.cue = static_cast<CueId>(number());
  order.from = static_cast<Motor>(number());
  order.times = number();
  order.why = static_cast<CueWhy>(number());
  order.answer = number();
  order.again = number();
  accept(order, now);
}

void duty() {
  const int percent = number();
  const MotorCalibration motor = {static_cast<uint8_t>(number()), static_cast<uint8_t>(number()), static_cast<uint8_t>(number())};
  for (int isKicked = 0; isKicked < 2; isKicked++) printf("%d ", dutyOf(percent, isKicked, motor));
}

}  // namespace

void armBoard() { printf("a "); }
void hushBoard() { printf("h "); }
bool isEngaged() { return meansMotors; }
void leaseFrame(uint8_t leftDuty, uint8_t rightDuty, uint8_t leaseMs) { printf("l%d,%d,%d ", leftDuty, rightDuty, leaseMs); }
void cueBegan(CueId cue, CueWhy why, Ms at) {
  printf("b%d,%d,%d ", static_cast<int>(cue), static_cast<int>(why), at);
}
void cueDropped(CueId cue, CueWhy why, CueLimit limit) {
  printf("d%d,%d,%d ", static_cast<int>(cue), static_cast<int>(why), static_cast<int>(limit));
}

}  // namespace alone

using namespace alone;

int main() {
  char word;
  while (scanf(" %c", &word) == 1) {
    switch (word) {
      case 't': tune(); break;
      case 'e': meansMotors = number(); break;
      case 'm': timePasses(number()); break;
      case 'A': order(Order::Type::arm); break;
      case 'E': order(Order::Type::engage); break;
      case 'P': order(Order::Type::play); break;
      case 'D': order(Order::Type::drop); break;
      case 'H': order(Order::Type::hush); break;
      case 's': alone::hush(now); break;
      case 'f': conduct(now); break;
      case 'd': duty(); break;
      case 'c': printf("%d ", cueMs(static_cast<CueId>(number()))); break;
      default: return 1;
    }
    if (word == 'f') {
      const Ms next = nextBeat();
      printf("n%d ", next == none ? -1 : next);
    }
    printf("\n");
  }
  return 0;
}
