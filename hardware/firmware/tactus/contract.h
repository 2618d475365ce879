// Written by hardware/firmware/build.ts from hardware/pins.ts, hardware/lease.ts and machines/limits.ts.
// Do not edit: a test compares this file with what those say.
#pragma once
#include <stdint.h>

constexpr uint8_t contractVersion = 1;

// Firmata leaves sysex 01h to 0Fh to users; these are ours.
namespace command {
constexpr uint8_t hello = 1;
constexpr uint8_t arm = 2;
constexpr uint8_t lease = 3;
constexpr uint8_t stop = 4;
constexpr uint8_t status = 5;
constexpr uint8_t check = 6;
}  // namespace command

// Arduino pin numbers: the same on every board.
namespace pin {
constexpr uint8_t stop = 2;
constexpr uint8_t go = 4;
constexpr uint8_t left = 5;
constexpr uint8_t right = 6;
constexpr uint8_t less = 7;
constexpr uint8_t receiver = 8;
constexpr uint8_t led = 13;
constexpr uint8_t leftDrain = 14;
constexpr uint8_t rightDrain = 15;
}  // namespace pin

// A stop switch that opens when pressed: a broken wire is a press.
#ifndef STOP_NORMALLY_CLOSED
#define STOP_NORMALLY_CLOSED 1
#endif

namespace limit {
constexpr uint16_t runningDuty = 153;
constexpr uint16_t kickDuty = 184;
constexpr uint16_t kickMaxMs = 60;
constexpr uint16_t continuousMaxMs = 2500;
constexpr uint16_t shareWindowMs = 10000;
constexpr uint16_t sharePercent = 40;
constexpr uint16_t staggerMs = 60;
constexpr uint16_t leaseMs = 250;
constexpr uint16_t staleStatusMs = 400;
constexpr uint16_t armLapseMs = 1000;
constexpr uint16_t lowestSupplyMv = 4000;
constexpr uint16_t bandgapMv = 1100;
}  // namespace limit

enum class State : uint8_t { disarmed = 0, armed = 1, leased = 2, stopped = 3, locked = 4, alone = 5 };
enum class ResetCause : uint8_t { powerOn = 0, external = 1, brownOut = 2, watchdog = 3 };

// Bits of STATUS `notes`.
namespace note {
constexpr uint16_t stopPin = 1;
constexpr uint16_t leaseLapsed = 2;
constexpr uint16_t armLapsed = 4;
constexpr uint16_t staleLease = 8;
constexpr uint16_t wrongNonce = 16;
constexpr uint16_t crcBad = 32;
constexpr uint16_t clippedDuty = 64;
constexpr uint16_t clippedShare = 128;
constexpr uint16_t clippedContinuous = 256;
constexpr uint16_t clippedStagger = 512;
constexpr uint16_t sysexTooLong = 1024;
constexpr uint16_t memoryMismatch = 2048;
constexpr uint16_t watchdogReset = 4096;
constexpr uint16_t rxDropped = 8192;
}  // namespace note

// Bits of STATUS `buttons`.
namespace button {
constexpr uint8_t go = 1;
constexpr uint8_t less = 2;
constexpr uint8_t stop = 4;
constexpr uint8_t receiver = 8;
}  // namespace button

// Bits of STATUS `buttons` above those: why no ARM is taken.
namespace hindrance {
constexpr uint8_t stopUntried = 16;
constexpr uint8_t motorPath = 32;
constexpr uint8_t lowSupply = 64;
}  // namespace hindrance

// Fields of the messages in order, with their number of 7-bit bytes.
#define HELLO_FIELDS(FIELD) \
  FIELD(contract, 1) \
  FIELD(buildHash, 5) \
  FIELD(resetCause, 1) \
  FIELD(epoch, 2) \
  FIELD(nonce, 2) \
  FIELD(runningDuty, 2) \
  FIELD(kickDuty, 2) \
  FIELD(leaseMs, 2) \
  FIELD(share, 1) \
  FIELD(continuousMs, 2)

#define ARM_FIELDS(FIELD) \
  FIELD(epoch, 2) \
  FIELD(nonce, 2)

#define LEASE_FIELDS(FIELD) \
  FIELD(seq, 2) \
  FIELD(epoch, 2) \
  FIELD(leaseMs, 2) \
  FIELD(statusMs, 2) \
  FIELD(left, 2) \
  FIELD(right, 2)

#define STATUS_FIELDS(FIELD) \
  FIELD(seq, 2) \
  FIELD(boardMs, 5) \
  FIELD(state, 1) \
  FIELD(left, 2) \
  FIELD(right, 2) \
  FIELD(leaseLeftMs, 2) \
  FIELD(notes, 2) \
  FIELD(buttons, 1) \
  FIELD(rxHighWater, 1) \
  FIELD(rxDropped, 2) \
  FIELD(crcBad, 2) \
  FIELD(refused, 2) \
  FIELD(rxFree, 1) \
  FIELD(nonce, 2) \
  FIELD(epoch, 2)

#define CHECK_FIELDS(FIELD) \
  FIELD(bandgap, 2) \
  FIELD(leftAtRest, 2) \
  FIELD(rightAtRest, 2) \
  FIELD(leftPulledUp, 2) \
  FIELD(rightPulledUp, 2) \
  FIELD(lowFuse, 2) \
  FIELD(highFuse, 2) \
  FIELD(extendedFuse, 2)
