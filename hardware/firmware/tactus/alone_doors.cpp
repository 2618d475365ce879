// Where the player meets the board: the same doors that a host has, and no others.
#include "alone.h"
#if ALONE
#include "board.h"
#include "contract.h"
#include "crc8.h"
#include "quiet.h"
#include "src/alone/conductor.h"
#include "src/alone/keep.h"
#include "src/alone/player.h"
#ifdef __AVR__
#include "pins.h"
#include "pwm.h"
#include "tactus.h"
#else
// By whoever plays the board on a host: there a duty shows nowhere else.
extern Board board;
static uint8_t stir() { return 0; }
static void showDuties(uint8_t, uint8_t) {}
#endif

namespace alone {

namespace {

uint16_t leaseSeq = 0;

// A message as a host writes it: command, fields of two 7-bit bytes, checksum.
class Message {
 public:
  explicit Message(uint8_t command) { put(command); }
  void field(uint16_t value) {
    put(value & 0x7F);
    put(value >> 7 & 0x7F);
  }
  const uint8_t* whole() {
    const uint8_t sum = crc;
    put(sum & 0x7F);
    put(sum >> 7);
    return bytes;
  }
  uint8_t length() const { return count; }

 private:
  void put(uint8_t byte) {
    crc = crc8(crc, byte);
    bytes[count++] = byte;
  }
  uint8_t bytes[1 + LeaseFields::size + 2];
  uint8_t count = 0;
  uint8_t crc = 0;
};

void show() { showDuties(board.driven(leftMotor), board.driven(rightMotor)); }

}  // namespace

void armBoard() {
  Quiet quiet;
  Message message(command::arm);
  message.field(board.epoch());
  message.field(board.nonce());
  const uint8_t* body = message.whole();
  board.arm(body, message.length());
}

void leaseFrame(uint8_t leftDuty, uint8_t rightDuty, uint8_t leaseMs) {
  Quiet quiet;
  board.ask(pin::left, leftDuty);
  board.ask(pin::right, rightDuty);
  leaseSeq = (leaseSeq + 1) & fourteenBits;
  Message message(command::lease);
  message.field(leaseSeq);
  message.field(board.epoch());
  message.field(leaseMs);
  message.field(board.nowMs() & fourteenBits);
  message.field(leftDuty);
  message.field(rightDuty);
  const uint8_t* body = message.whole();
  board.lease(body, message.length());
  show();
}

uint16_t epoch() { return board.epoch(); }

// By the player or by a host.
bool isArmed() {
  const State now = board.state();
  return now == State::armed || now == State::leased;
}

void hushBoard() {
  Quiet quiet;
  board.halt(stir());
  show();
}

}  // namespace alone
#endif
