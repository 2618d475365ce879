// What the board says and in which order. A question sets a bit; the main loop answers as the transmit ring
// empties. So no reply is lost or waited for, and the same question asked twice before its answer gets one answer:
// what the board owes the host is bounded.
#pragma once
#include <stdint.h>
#include "alone.h"
#include "board.h"
#include "contract.h"
#include "firmata.h"
#include "inlined.h"
#include "receiver.h"
#include "ticks.h"
#include "writer.h"

// In turn, so that none can crowd out another. Boot asks for the three that follow `version`, in this order.
enum class Report : uint8_t {
  version,
  firmware,
  hello,
  capabilities,
  analogMapping,
  pinState,
  port0,
  port1,
  status,
  check,
};
constexpr uint8_t reportKinds = 10;

// F0h, command and F7h; a mark for each pin; a mode is two bytes: two for each of four buttons, one for LED and motors.
constexpr uint8_t capabilitiesSize = 3 + pinCount + 2 * (2 * 4 + 1 + motors);

// The next message begins when no more than this is left to send, so that a STATUS is young when it leaves and
// the longest message still fits as a whole.
constexpr uint8_t nearlySent = 8;

class Reports {
 public:
  Reports(Board& of, Receiver& from) : board(of), receiver(from) {}

  void begin(ResetCause cause);
  void want(Report report) { wanted |= bitOf(report); }
  void wantPinState(uint8_t which);
  void setMode(uint8_t which, uint8_t mode);
  void setPortReporting(uint8_t port, bool on);
  void setLed(bool on) { ledOn = on; }
  bool led() const { return ledOn; }
#if ALONE
  // A session goes on by itself: STATUS says so in place of what the board is.
  void setBusyAlone(bool isBusy) { busyAlone = isBusy; }
#endif

  // After each tick, or after some. `levels` has a bit for each button: its pin is high.
  void tick(uint8_t levels, uint8_t ticks = 1);
  // Now and then: whether bytes were lost meanwhile.
  void lookForDrops();
  // Begins the next message, when the ring is nearly empty.
  void pump(Transmit& ring);
  // Whether `pump` would begin one now.
  INLINED bool mayGoOn(const Transmit& ring) const { return owed() && ring.used() <= nearlySent; }

 private:
  static uint16_t bitOf(Report report) { return 1u << static_cast<uint8_t>(report); }
  INLINED bool owed() const { return wanted != 0 || board.urgent; }
  Report choose();
  void answer(Report report, Writer& to);
  void version(Writer& to);
  void firmware(Writer& to);
  void hello(Writer& to);
  void status(Writer& to);
  void check(Writer& to);
  void analogMapping(Writer& to);
  void pinState(Writer& to);
  void port(uint8_t index, Writer& to);
  void capabilities(Writer& to);
  uint8_t modeOf(uint8_t which) const;

  Board& board;
  Receiver& receiver;
  ResetCause resetCause = ResetCause::powerOn;
  uint16_t wanted = 0;
  uint8_t turn = 0;
  uint32_t pinStatesWanted = 0;
  uint8_t reportedPorts = 0;
  uint8_t levelsSeen = 0;
  uint16_t plainInputs = 0;  // buttons whose mode the host has set to INPUT; the pull-up stays
  bool ledOn = false;
#if ALONE
  bool busyAlone = false;
#endif
  uint16_t statusSeq = 0;
  uint8_t sinceStatusTicks = 0;
  uint8_t droppedSeen = 0;
};
