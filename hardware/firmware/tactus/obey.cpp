#include "obey.h"
#include "alone.h"
#include "firmata.h"
#if ALONE
#include "src/alone/keep.h"
#include "src/alone/player.h"
#include "tactus.h"
#endif

namespace {

void setMode(uint8_t which, uint8_t mode, Board& board, Reports& reports) {
  if (isMotor(which)) return board.motorMode(mode);
  const bool input = mode == firmata::modeInput || mode == firmata::modePullup;
  if (isButton(which) && input) return reports.setMode(which, mode);
  if (which == pin::led && mode == firmata::modeOutput) return;
  board.countRefused();
}

void obeyMessage(const Parser& message, Board& board, Reports& reports) {
  const uint8_t* bytes = message.bytes();
  const uint8_t status = message.status();
  const uint8_t channel = status & 0x0F;
  if (status == firmata::reportVersion) return reports.want(Report::version);
  if (status == firmata::pinMode) return setMode(bytes[0], bytes[1], board, reports);
  if (status == firmata::pinValue) {
    if (bytes[0] == pin::led) reports.setLed(bytes[1] & 1);
    return;
  }
  switch (status & 0xF0) {
    case firmata::analogMessage:
      if (isMotor(channel)) board.ask(channel, bytes[0] | static_cast<uint16_t>(bytes[1]) << 7);
      return;
    case firmata::digitalMessage:
      // The LED is the only output; motors, buttons and their pull-ups are not written to.
      if (channel == pin::led / 8) {
        const uint8_t bit = pin::led % 8;
        reports.setLed((bit == 7 ? bytes[1] : bytes[0] >> bit) & 1);
      }
      return;
    case firmata::reportDigital:
      return reports.setPortReporting(channel, bytes[0] != 0);
    default:
      return;
  }
}

// EXTENDED_ANALOG: pin, then the value in 7-bit bytes, least significant first.
void extendedAnalog(const uint8_t* body, uint8_t length, Board& board) {
  if (length < 3 || !isMotor(body[1])) return;
  uint16_t duty = body[2];
  if (length > 3) duty |= static_cast<uint16_t>(body[3]) << 7;
  for (uint8_t index = 4; index < length; index++)
    if (body[index]) duty = UINT16_MAX;
  board.ask(body[1], duty);
}

void obeySysex(const Parser& message, Board& board, Reports& reports) {
  const uint8_t* body = message.bytes();
  const uint8_t length = message.length();
  switch (body[0]) {
    case command::hello:
      return reports.want(Report::hello);
    case command::check:
      return reports.want(Report::check);
    case command::arm:
      return board.arm(body, length);
    case command::lease:
      return board.lease(body, length);
    case firmata::reportFirmware:
      return reports.want(Report::firmware);
    case firmata::capabilityQuery:
      return reports.want(Report::capabilities);
    case firmata::analogMappingQuery:
      return reports.want(Report::analogMapping);
    case firmata::pinStateQuery:
      if (length == 2) reports.wantPinState(body[1]);
      return;
    case firmata::extendedAnalog:
      return extendedAnalog(body, length, board);
    default:
      // Sampling interval (there is nothing to sample), strings, what other firmwares can: taken in silence.
      return;
  }
}

}  // namespace

#if ALONE
// Whether only a host says such a thing. Line noise between F0h and F7h is nobody, nor is a message that came damaged.
static bool isOfHost(const uint8_t* body, uint8_t length) {
  switch (body[0]) {
    case command::hello:
    case command::check:
    case firmata::reportFirmware:
    case firmata::capabilityQuery:
    case firmata::analogMappingQuery:
      return length == 1;
    case command::arm:
      return whole(body, length, ArmFields::size);
    case command::lease:
      return whole(body, length, LeaseFields::size);
    case alone::keepCommand:
      return whole(body, length, alone::keepFieldBytes);
    case firmata::pinStateQuery:
      return length == 2;
    case firmata::extendedAnalog:
      return length >= 3 && isMotor(body[1]);
    default:
      return false;
  }
}

// While a session goes on by itself a host may ask, read and stop; nothing else of it is obeyed.
static bool isForHostsOnly(Heard heard, const Parser& message) {
  if (heard == Heard::message) return message.status() != firmata::reportVersion;
  const uint8_t what = message.bytes()[0];
  return what == command::arm || what == command::lease || what == firmata::extendedAnalog;
}
#endif

void obey(Heard heard, const Parser& message, Board& board, Reports& reports, uint8_t stir) {
#if ALONE
  if (heard == Heard::sysex && isOfHost(message.bytes(), message.length())) alone::hostSpoke();
  // The session takes some milliseconds to find out what follows: the main loop tells it, with interrupts on.
  if (heard == Heard::stop) hostHasStopped = true;
  if (heard == Heard::sysex && message.bytes()[0] == alone::keepCommand) {
    if (!alone::obeyKeep(message.bytes(), message.length())) board.countCrcBad();
    return;
  }
  if (alone::isBusyAlone() && (heard == Heard::message || heard == Heard::sysex) && isForHostsOnly(heard, message))
    return board.countRefused();
#endif
  switch (heard) {
    case Heard::stop:
      return board.halt(stir);
    case Heard::message:
      return obeyMessage(message, board, reports);
    case Heard::sysex:
      return obeySysex(message, board, reports);
    case Heard::tooLong:
      return board.take(note::sysexTooLong);
    case Heard::nothing:
      return;
  }
}
