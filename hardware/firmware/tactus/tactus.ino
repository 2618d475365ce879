// Firmware of the Tactus board: two vibration motors that run only under a short lease, and four buttons.
// It speaks as much Firmata as Johnny-Five needs. README.md beside this folder tells how it is built.
#include <avr/interrupt.h>
#include <avr/sleep.h>
#include "epoch.h"
#include "history.h"
#include "line.h"
#include "obey.h"
#include "pins.h"
#include "pwm.h"
#include "quiet.h"
#include "tactus.h"
#include "tick.h"
#include "watchdog.h"

// Outlives a reset: opening the port resets an Uno, and must not bring a new budget of on-time.
History history __attribute__((section(".noinit")));
Board board(history);
Receiver receiver;
Parser parser;
Transmit transmit;
Reports reports(board, receiver);

// What the core started and nothing here needs.
static void stopTheRest() {
  TIMSK0 = 0;
  stopOtherTimers();
  ADCSRA = 0;
  ACSR = _BV(ACD);
}

void setup() {
  cli();
  stopTheRest();
  beginPins();
  const Start start = judgeStart();
  history.begin(start.remembered);
  board.begin(nextEpoch(), start.locked, start.notes, stir());
  reports.begin(start.cause);
  beginLine();
  beginPwm();
  beginWatchdog();
  sei();
}

static void showLed() {
  if (reports.led())
    setHigh<pin::led>();
  else
    setLow<pin::led>();
}

// One byte of the host. Interrupts stay off from its taking to its deed: what a system reset finds in the ring is
// forgotten, and nothing is ever half done when it comes.
static bool obeyOneByte() {
  Quiet quiet;
  if (receiver.ring.empty()) return false;
  const Heard heard = parser.hear(receiver.ring.take());
  if (heard == Heard::nothing) return true;
  obey(heard, parser, board, reports, stir());
  // At once, not at the next tick: a frame is due on the pins within one PWM period.
  showDuties(board.driven(leftMotor), board.driven(rightMotor));
  showLed();
  return true;
}

// Until the next interrupt. SEI takes effect after the instruction that follows it: no interrupt can slip in
// between the look at the ring and the sleep (datasheet 7.7).
static void sleepUntilNeeded() {
  cli();
  if (receiver.ring.empty()) {
    sleep_enable();
    sei();
    sleep_cpu();
    sleep_disable();
  }
  sei();
}

void loop() {
  // Bounded, so that a flood of bytes can not keep the loop from the rest.
  for (uint8_t bytes = 0; bytes < 16 && obeyOneByte(); bytes++) {
  }
  if (tickPassed()) {
    if (!bootloaderWanted()) petWatchdog();
    reports.tick(levelsNow);
  }
  reports.pump(transmit);
  sendLine();
  sleepUntilNeeded();
}
