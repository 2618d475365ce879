#include "tick.h"
#include <avr/interrupt.h>
#include "line.h"
#include "pins.h"
#include "pwm.h"
#include "quiet.h"
#include "sparing.h"
#include "tactus.h"
#include "ticks.h"
#include "watchdog.h"

volatile uint8_t levelsNow = 0;
volatile bool levelsChanged = false;
volatile bool mainLoopWanted = false;
volatile uint8_t sinceMainLoopTicks = 0;
#if ALONE
volatile bool hostHasStopped = false;
volatile bool everyTickWanted = true;
#endif

namespace {

// Shorter than the watchdog, so that this is noticed while there is still somebody to write it down.
constexpr uint8_t mainLoopMaxTicks = atMostTicks(200);

// How the buttons' pins lay at the last whole tick, if another one like it would change nothing.
uint8_t restingButtons = noButtons;

// A jump: who does not come back needs no register kept for him.
__attribute__((always_inline)) inline void biteFromInterrupt(Bite why) {
  register Bite first asm("r24") = why;
  asm volatile("jmp %x1" ::"r"(first), "i"(biteFor));
  __builtin_unreachable();
}

void wholeTick() {
  // One look for both: what is noted as resting is what has been judged so.
  const uint8_t raw = rawButtons();
  // Buttons at rest are sampled all the same where the drive does not ask for this tick: what a flipped bit makes of them
  // then lasts for some ticks and no more.
  if (raw == restingButtons && !board.driveIdles()) {
    board.tickMotors(stir());
  } else {
    const uint8_t levels = levelsOf(raw);
    if (levels != levelsNow) levelsChanged = mainLoopWanted = true;
    levelsNow = levels;
    const uint8_t pressed = levels ^ lowWhenPressed;
    board.tickWhole(pressed, stir());
    restingButtons = board.buttonsRest(pressed) ? raw : noButtons;
  }
  showDuties(board.driven(leftMotor), board.driven(rightMotor));
}

}  // namespace

uint8_t takeTicks() {
  Quiet quiet;
  const uint8_t ticks = sinceMainLoopTicks;
  sinceMainLoopTicks = 0;
  levelsChanged = false;
  return ticks;
}

// An interrupt that nobody has asked for: a register has flipped.
ISR(BADISR_vect) { biteFor(Bite::memory); }

ISR(TIMER0_COMPA_vect) {
  if (!board.sound() || !motorPinsSound() || !timersSound()) biteFromInterrupt(Bite::memory);
  const uint8_t ticks = sinceMainLoopTicks + 1;
  sinceMainLoopTicks = ticks;
  if (ticks >= turnTicks) {
    if (ticks > mainLoopMaxTicks) biteFromInterrupt(Bite::mainLoop);
    mainLoopWanted = true;
  }
#if ALONE
  if (everyTickWanted) mainLoopWanted = true;
#endif
  hearLine();
  if (rawButtons() == restingButtons && board.tickIdle())
    showDuties(0, 0);
  else
    asm volatile("call %x0" ::"i"(sparingly<decltype(&wholeTick), wholeTick>) : "memory");
  if (board.changed) mainLoopWanted = true;
}
