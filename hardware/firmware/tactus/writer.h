// Writes messages into the transmit ring. Whoever begins one has made sure that the whole of it fits.
#pragma once
#include <stdint.h>
#include "contract.h"
#include "crc8.h"
#include "fields.h"
#include "parser.h"
#include "ring.h"

using Transmit = Ring<64>;

class Writer {
 public:
  explicit Writer(Transmit& to) : ring(to) {}

  void raw(uint8_t byte) { ring.put(byte); }
  void begin(uint8_t command) {
    raw(startSysex);
    crc = 0;
    data(command);
  }
  // One 7-bit byte of a sysex.
  void data(uint8_t byte) {
    byte &= 0x7F;
    crc = crc8(crc, byte);
    ring.put(byte);
  }
  void field(uint8_t value) { data(value); }
  void field(uint16_t value) {
    data(static_cast<uint8_t>(value));
    data(static_cast<uint8_t>(value >> 7));
  }
  void field(const Wide& value) {
    uint32_t left = value.low;
    for (uint8_t group = 0; group < 4; group++) {
      data(static_cast<uint8_t>(left));
      left >>= 7;
    }
    data(static_cast<uint8_t>(left) | static_cast<uint8_t>(value.high << 4));
  }
  // Two 7-bit bytes a character, as Firmata spells names.
  void text(const char* characters) {
    for (; *characters; characters++) field(static_cast<uint16_t>(static_cast<uint8_t>(*characters)));
  }
  void end() { raw(endSysex); }
  void endWithCrc() {
    const uint8_t sum = crc;
    data(sum);
    data(sum >> 7);
    end();
  }

 private:
  Transmit& ring;
  uint8_t crc = 0;
};
