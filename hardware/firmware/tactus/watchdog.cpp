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
constexpr uint8_t quarterTicks = atMostTicks(250);
constexpr uint8_t quarters = 4;

// Outlives every reset but a loss of power, where it is noise: `check` tells.
struct Memory {
  uint16_t mark;
  Bite why;
  bool locked;
  bool stopTried;
  uint8_t agesS[2];  // of the last two bites; a second cut off by a bite is not counted, which errs towards locking
  uint8_t check;
};
Memory memory __attribute__((section(".noinit")));
uint8_t resetFlags __attribute__((section(".noinit")));

uint8_t ticksThisQuarter = 0;
uint8_t quartersThisSecond = 0;

uint8_t checkOf(const Memory& of) {
  return 0x5A ^ of.mark ^ (of.mark >> 8) ^ static_cast<uint8_t>(of.why) << 4 ^ of.locked ^ of.stopTried << 7 ^ of.agesS[0] ^
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
  // A start of our own finds the tick's timer as a reset leaves it.
  TCCR0B = 0;
  TIMSK0 = 0;
}

Start judgeStart() {
  const bool warm = memory.mark == survived && memory.check == checkOf(memory) && !(resetFlags & _BV(PORF));
  Start start = {causeOf(warm), 0, false, warm, false};
  if (!warm) memory = {survived, Bite::unknown, false, false, {longAgoS, longAgoS}, 0};
  // A wire that tears looks like a switch at rest where that closes when pressed: such a one is tried at every start.
  if (!STOP_NORMALLY_CLOSED) memory.stopTried = false;
  if (start.cause == ResetCause::watchdog) {
    start.notes = note::watchdogReset;
    if (memory.why == Bite::memory) start.notes |= note::memoryMismatch;
    recordBite();
  }
  memory.why = Bite::unknown;
  keep();
  start.locked = memory.locked;
  start.stopTried = memory.stopTried;
  return start;
}

void rememberStopTried() {
  if (memory.stopTried) return;
  memory.stopTried = true;
  keep();
}

void beginWatchdog() { wdt_enable(WDTO_250MS); }

void petWatchdog(uint8_t ticks) {
  wdt_reset();
  const uint8_t left = quarterTicks - ticksThisQuarter;
  ticksThisQuarter += ticks;
  if (ticks < left) return;
  ticksThisQuarter = ticks - left;
  if (++quartersThisSecond < quarters) return;
  quartersThisSecond = 0;
  for (uint8_t& age : memory.agesS)
    if (age < longAgoS) age++;
  keep();
}

void biteFor(Bite why) {
  cli();
  holdMotorsLow();
  memory.why = why;
  keep();
#ifndef USBCON
  // Who can still write that down can still begin anew by himself, and so does not depend on what a bootloader makes of
  // a watchdog's reset. Everything that setup() does not set anew was never touched, or is compared above.
  asm volatile("jmp 0");
  __builtin_unreachable();
#else
  // The core's USB wants a true reset.
  for (;;) {
  }
#endif
}
