#include "watchdog.h"
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/wdt.h>
#include "pwm.h"
#include "ticks.h"

namespace {

constexpr uint16_t survived = 0x7AC7;
constexpr uint8_t windowS = 60;
constexpr uint8_t longAgoS = 255;
constexpr uint16_t secondTicks = atMostTicks(1000);

// Outlives every reset but a loss of power, where it is noise: `check` tells.
struct Memory {
  uint16_t mark;
  Bite why;
  bool locked;
  uint8_t agesS[2];  // of the last two bites; a second cut off by a bite is not counted, which errs towards locking
  uint8_t check;
};
Memory memory __attribute__((section(".noinit")));
uint8_t resetFlags __attribute__((section(".noinit")));

uint16_t ticksThisSecond = 0;

uint8_t checkOf(const Memory& of) {
  return 0x5A ^ of.mark ^ (of.mark >> 8) ^ static_cast<uint8_t>(of.why) << 4 ^ of.locked ^ of.agesS[0] ^
         static_cast<uint8_t>(~of.agesS[1]);
}

void keep() { memory.check = checkOf(memory); }

ResetCause causeOf(bool warm) {
  if (resetFlags & _BV(PORF)) return ResetCause::powerOn;
  if (resetFlags & _BV(WDRF)) return ResetCause::watchdog;
  if (resetFlags & _BV(BORF)) return ResetCause::brownOut;
  if (resetFlags & _BV(EXTRF)) return ResetCause::external;
  // A bootloader has cleared the flags (Optiboot does, and starts the sketch by a watchdog reset of its own):
  // only what we wrote down ourselves tells a bite from a press of the reset button.
  if (!warm) return ResetCause::powerOn;
  return memory.why == Bite::unknown ? ResetCause::external : ResetCause::watchdog;
}

void recordBite() {
  if (memory.agesS[0] <= windowS && memory.agesS[1] <= windowS) memory.locked = true;
  memory.agesS[1] = memory.agesS[0];
  memory.agesS[0] = 0;
}

}  // namespace

// Before anything else: after a watchdog reset the watchdog is still running, at its shortest time (datasheet
// 10.8.2), and the motor pins must be driven low, not left floating, while memory is being set up.
void holdStill() __attribute__((naked, used, section(".init3")));
void holdStill() {
  resetFlags = MCUSR;
  MCUSR = 0;
  wdt_disable();
  holdMotorsLow();
}

Start judgeStart() {
  const bool warm = memory.mark == survived && memory.check == checkOf(memory) && !(resetFlags & _BV(PORF));
  Start start = {causeOf(warm), 0, false, warm};
  if (!warm) memory = {survived, Bite::unknown, false, {longAgoS, longAgoS}, 0};
  if (start.cause == ResetCause::watchdog) {
    start.notes = note::watchdogReset;
    if (memory.why == Bite::memory) start.notes |= note::memoryMismatch;
    recordBite();
  }
  memory.why = Bite::unknown;
  keep();
  start.locked = memory.locked;
  return start;
}

void beginWatchdog() { wdt_enable(WDTO_250MS); }

void petWatchdog() {
  wdt_reset();
  if (++ticksThisSecond < secondTicks) return;
  ticksThisSecond = 0;
  for (uint8_t& age : memory.agesS)
    if (age < longAgoS) age++;
  keep();
}

void biteFor(Bite why) {
  cli();
  holdMotorsLow();
  memory.why = why;
  keep();
  for (;;) {
  }
}
