// The board as one machine: who may move the motors now. Pure: the interrupts and the main loop call it with
// interrupts off and show its duties on the pins afterwards.
#pragma once
#include <stdint.h>
#include "buttons.h"
#include "condition.h"
#include "contract.h"
#include "drive.h"
#include "fields.h"
#include "guarded.h"
#include "inlined.h"
#include "nonce.h"
#include "ticks.h"

// Only a test builds without the dead-man: to see that its measurement fails where it should.
#ifndef DEAD_MAN
#define DEAD_MAN 1
#endif

// An ARM that has waited somewhere for longer than this means another moment.
constexpr uint16_t nonceTicks = atMostTicks(1000);

struct Counters {
  uint16_t crcBad;
  uint16_t refused;
};

class Board {
 public:
  explicit Board(History& history) : drive(history) {}

  // Once, in setup. A locked board takes no ARM until its power is cycled.
  // `stopTried`: its stop switch has been pressed and released since the power came on.
  void begin(uint16_t bootEpoch, bool locked, uint16_t bootNotes, uint8_t stir, bool stopTried);

  // Every tick, in the interrupt. `pressedNow` has a bit for each button as its pin reads.
  void tick(uint8_t pressedNow, uint8_t stir) {
    if (!buttonsRest(pressedNow) || !tickIdle()) tickWhole(pressedNow, stir);
  }
  // The same in two, so that the interrupt can look at the pins as they lie and keep few registers: where buttons rest
  // as they were, a tick in which nothing is driven, waits or runs out is over. False, and nothing done: it is not.
  bool tickIdle();
  void tickWhole(uint8_t pressedNow, uint8_t stir);
  // A whole one in which the buttons rest as they were.
  void tickMotors(uint8_t stir);
  bool driveIdles() const { return drive.idles(); }
  // Whether another sample like this one would change nothing.
  bool buttonsRest(uint8_t pressedNow) const {
    return buttons.settled() && buttons.pressed() == pressedNow && stop.restsReleased() && !(pressedNow & button::stop);
  }

  // Motors off and disarmed, now. What was asked is forgotten and the nonce is new.
  void halt(uint8_t stir);

  // A duty asked by an analog message. `false`: not now.
  void ask(uint8_t motorPin, uint16_t duty);
  void motorMode(uint8_t mode);
  void arm(const uint8_t* body, uint8_t length);
  void lease(const uint8_t* body, uint8_t length);

  // What the converter has read.
  void saw(Probe probe, uint16_t reading);
  void setFuses(uint8_t low, uint8_t high, uint8_t extended);

  void take(uint16_t notes);
  void countRefused();
  void countCrcBad();

  uint8_t driven(MotorIndex motor) const { return drive.driven(motor); }
  uint8_t asked(MotorIndex motor) const { return drive.asked(motor); }
  State state() const { return static_cast<State>(stateNow.get()); }
  uint16_t nonce() const { return nonces.get(); }
  uint16_t epoch() const { return bootEpoch; }
  uint32_t nowMs() const { return clockNow().ms(); }
  // Debounced; without the stop latch.
  uint8_t buttonsDown() const { return buttons.pressed(); }
  uint8_t pressedButtons() const;
  // What forbids to arm, in the bits of `hindrance`.
  uint8_t hindrances() const;
  const Condition& seen() const { return condition; }
  bool stopTried() const { return stop.tried(); }
  bool atRest() const { return drive.rested(); }
  // Every tick: whether the critical values still agree with their complements. What is driven each time, all else
  // within four of them.
  bool sound() const;

  // The fields that the board knows; the caller adds those of the wire.
  void fill(StatusFields& status) const;
  // Set by anything that STATUS shows; cleared by whoever reports it.
  volatile bool changed = false;
  // The stop switch was pressed: its STATUS waits for nothing.
  volatile bool urgent = false;

 private:
  bool engaged() const { return state() == State::armed || state() == State::leased; }
  void enter(State next);
  void disarm(State next, uint16_t notes, uint8_t stir);
  void settle();
  bool leaseStands(const LeaseFields& fields);
  void countDown(uint8_t stir);
  bool tickDrive();
  void goOn(bool isDue, uint8_t stir);
  void pressed(uint8_t stir);
  uint8_t sinceClockTicks() const { return drive.beat() - clockBeat; }
  BoardClock clockNow() const;
  void keepTime();

  Guarded<uint8_t> stateNow;
  Guarded<uint8_t> leaseLeft;  // ticks
  Guarded<uint16_t> armLeft;   // ticks
  Drive drive;
  Buttons buttons;
  StopLatch stop;
  Nonce nonces;
  Condition condition;
  BoardClock clock = {};  // as it was when the drive’s beat was `clockBeat`
  Counters counters = {};
  uint16_t notes = 0;
  uint16_t bootEpoch = 0;
  uint16_t lastSeq = 0;
  uint16_t idleTicks = 0;  // since the nonce was new
  uint8_t clockBeat = 0;
  bool seqKnown = false;
};

// Here, so that the interrupt holds it: a call would have it keep all registers.
INLINED bool Board::tickIdle() {
  if (!drive.idles()) return false;
  const uint8_t now = stateNow.get();
  if (now == static_cast<uint8_t>(State::armed)) return false;
  if (now == static_cast<uint8_t>(State::leased)) {
    if (DEAD_MAN && leaseLeft.get() <= 1) return false;
    if (!drive.tickIdle()) return false;
    if (DEAD_MAN) leaseLeft.decrement();
  } else {
    if (idleTicks >= nonceTicks - 1 || !drive.tickIdle()) return false;
    idleTicks++;
  }
  return true;
}

INLINED bool Board::sound() const {
  if (!drive.drivenSound()) return false;
  switch (drive.beat() & 3) {
    case 0:
      return stateNow.sound() && leaseLeft.sound();
    case 1:
      return armLeft.sound() && stop.sound();
    case 2:
      return drive.sound(leftMotor);
    default:
      return drive.sound(rightMotor);
  }
}
