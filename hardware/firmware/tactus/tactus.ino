// Firmware of the Tactus board: two vibration motors that run only under a short lease, and four buttons.
// It speaks as much Firmata as Johnny-Five needs. README.md beside this folder tells how it is built.
#include <avr/interrupt.h>
#include <avr/sleep.h>
#include "alone.h"
#include "epoch.h"
#include "history.h"
#include "line.h"
#include "obey.h"
#include "pins.h"
#include "probe.h"
#include "pwm.h"
#include "quiet.h"
#include "tactus.h"
#include "tick.h"
#include "watchdog.h"
#if ALONE
#include "src/alone/eeprom.h"
#include "src/alone/keep.h"
#include "src/alone/player.h"
#include "src/alone/store.h"
#endif

// Outlives a reset: opening the port resets an Uno, and must not bring a new budget of on-time.
History history __attribute__((section(".noinit")));
Board board(history);
Receiver receiver;
Parser parser;
Transmit transmit;
Reports reports(board, receiver);

// What outlives a reset is put behind all other memory (.noinit behind .bss), and the older bootloader of many Nanos
// uses memory from 100h to 206h each time it runs.
#ifdef __AVR_ATmega328P__
static_assert(sizeof board + sizeof receiver + sizeof parser + sizeof transmit + sizeof reports > 0x206 - RAMSTART,
              "what outlives a reset lies above what that bootloader overwrites");
#endif

// What the core started and nothing here needs.
static void stopTheRest() {
  TIMSK0 = 0;
  stopOtherTimers();
  ACSR = _BV(ACD);
}

void setup() {
  cli();
  stopTheRest();
  beginPins();
  const Start start = judgeStart();
  history.begin(start.remembered);
  const uint16_t epoch = beginEpoch();
  beginProbes();
  const bool isKept = epochIsKept(epoch);
  // Starts that cannot be told apart would take each other's bytes: nothing may run on such a chip.
  board.begin(epoch, start.locked || !isKept, start.notes | (isKept ? 0 : note::memoryMismatch), stir(), start.stopTried);
  reports.begin(start.cause);
  beginLine();
  beginPwm();
  beginWatchdog();
#if ALONE
  alone::beginPlayer(board.nowMs());
#endif
  sei();
}

static bool ledIsLit() {
#if ALONE
  if (!alone::isTethered()) return alone::isLit();
#endif
  return reports.led();
}

static void showLed() {
  if (ledIsLit())
    setHigh<pin::led>();
  else
    setLow<pin::led>();
}

// One byte of the host. Interrupts stay off from its taking to its deed: what a system reset finds in the ring is
// forgotten, and nothing is ever half done when it comes.
static bool obeyOneByte() {
  if (receiver.ring.empty()) return false;
  Quiet quiet;
  // A system reset may just have emptied it.
  if (receiver.ring.empty()) return false;
  const Heard heard = parser.hear(receiver.ring.take());
  if (heard == Heard::nothing) return true;
  obey(heard, parser, board, reports, stir());
  // At once, not at the next tick: a frame is due on the pins within one PWM period.
  showDuties(board.driven(leftMotor), board.driven(rightMotor));
  showLed();
  return true;
}

// Until the next interrupt with something for the main loop: most of them have nothing. SEI takes effect after the
// instruction that follows it: no interrupt can slip in between the look and the sleep (datasheet 7.7).
static void sleepUntilWanted() {
  sleep_enable();
  for (;;) {
    cli();
    if (mainLoopWanted) break;
    sei();
    sleep_cpu();
  }
  mainLoopWanted = false;
  sleep_disable();
  sei();
}

// What can wait for some milliseconds, each of them a turn.
static void lookAround() {
  if (board.stopTried()) rememberStopTried();
  probe(board.atRest());
  reports.lookForDrops();
}

static void afterTicks(uint8_t ticks) {
  static uint8_t sinceLookTicks = 0;
  if (!bootloaderWanted()) petWatchdog(ticks);
  sinceLookTicks += ticks;
  if (sinceLookTicks >= 8) {
    sinceLookTicks = 0;
    lookAround();
  }
  reports.tick(levelsNow, ticks);
}

#if ALONE
static alone::Seen lookAtBoard() {
  Quiet quiet;
  const State now = board.state();
  alone::Seen seen;
  seen.boardMs = board.nowMs();
  seen.pressed = board.buttonsDown();
  seen.hindrances = board.hindrances();
  seen.isLocked = now == State::locked;
  seen.isStopped = now == State::stopped;
  seen.isEngaged = now == State::armed || now == State::leased;
  return seen;
}

// Each turn one byte at most is written, once the one before it is: that takes 3.4 ms, and nobody waits for it.
static void keepOn() {
  if (!alone::eepromIsFree()) return;
  const bool wasStoring = alone::isStoring();
  alone::keepStep();
  alone::storeStep();
  if (wasStoring && !alone::isStoring()) alone::readStore();
}

static void goOnAlone() {
  if (hostHasStopped) {
    hostHasStopped = false;
    alone::hostStopped();
  }
  if (!alone::isTethered()) {
    alone::playOn(lookAtBoard());
    reports.setBusyAlone(alone::isBusyAlone());
    showLed();
    everyTickWanted = true;
  } else {
    everyTickWanted = false;
  }
  keepOn();
  if (alone::keptWaits() && transmit.room() >= alone::keptSize) {
    Writer writer(transmit);
    alone::writeKept(writer);
  }
}
#endif

void loop() {
  // Bounded, so that a flood of bytes can not keep the loop from the rest.
  for (uint8_t bytes = 0; obeyOneByte();) {
    if (++bytes == 16) {
      mainLoopWanted = true;
      break;
    }
  }
  if (ticksWait()) afterTicks(takeTicks());
#if ALONE
  goOnAlone();
#endif
  if (reports.mayGoOn(transmit)) reports.pump(transmit);
  sendLine();
  sleepUntilWanted();
}
