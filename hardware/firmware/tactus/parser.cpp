#include "parser.h"
#include "contract.h"
#include "firmata.h"
#include "receiver.h"

namespace {

uint8_t dataBytes(uint8_t status) {
  switch (status < startSysex ? status & 0xF0 : status) {
    case firmata::digitalMessage:
    case firmata::analogMessage:
    case firmata::pinMode:
    case firmata::pinValue:
      return 2;
    case firmata::reportAnalog:
    case firmata::reportDigital:
      return 1;
    default:
      return 0;
  }
}

}  // namespace

void Parser::reset() {
  wanted = 0;
  count = 0;
  inSysex = false;
  overlong = false;
}

Heard Parser::begin(uint8_t byte) {
  reset();
  command = byte;
  inSysex = byte == startSysex;
  wanted = dataBytes(byte);
  return byte == firmata::reportVersion ? Heard::message : Heard::nothing;
}

Heard Parser::finish() {
  const bool whole = inSysex && count > 0;
  const bool tooLong = inSysex && overlong;
  inSysex = false;
  wanted = 0;
  return tooLong ? Heard::tooLong : whole ? Heard::sysex : Heard::nothing;
}

Heard Parser::hear(uint8_t byte) {
  if (byte == holeMark) {
    reset();
    return Heard::nothing;
  }
  if (byte == endSysex) return finish();
  if (byte & 0x80) return begin(byte);
  if (inSysex) {
    if (count == sysexMax) {
      overlong = true;
      return Heard::nothing;
    }
    content[count++] = byte;
    if (count > 1 || byte != command::stop) return Heard::nothing;
    reset();
    return Heard::stop;
  }
  if (wanted == 0) return Heard::nothing;
  content[count++] = byte;
  if (count < wanted) return Heard::nothing;
  wanted = 0;
  return Heard::message;
}
