// Bytes to messages, and what a lost byte can do.
#include "bench.h"
#include "claims.h"

namespace {

Heard hearAll(Parser& parser, const uint8_t* bytes, unsigned length) {
  Heard heard = Heard::nothing;
  for (unsigned index = 0; index < length; index++) heard = parser.hear(bytes[index]);
  return heard;
}

}  // namespace

CLAIM("the parser hears a message of one, two and three bytes, and a sysex") {
  Parser parser;
  HOLDS(parser.hear(firmata::reportVersion) == Heard::message);
  const uint8_t report[] = {firmata::reportDigital | 1, 1};
  HOLDS(hearAll(parser, report, 2) == Heard::message);
  HOLDS(parser.status() == (firmata::reportDigital | 1) && parser.bytes()[0] == 1);
  const uint8_t analog[] = {firmata::analogMessage | 5, 22, 1};
  HOLDS(hearAll(parser, analog, 3) == Heard::message);
  HOLDS(parser.bytes()[0] == 22 && parser.bytes()[1] == 1);
  const uint8_t sysex[] = {startSysex, 0x6D, 5, endSysex};
  HOLDS(hearAll(parser, sysex, 4) == Heard::sysex);
  HOLDS(parser.length() == 2 && parser.bytes()[0] == 0x6D && parser.bytes()[1] == 5);
}

CLAIM("the parser takes data bytes that belong to nothing for nothing") {
  Parser parser;
  for (unsigned byte = 0; byte < 0x80; byte++) HOLDS(parser.hear(byte) == Heard::nothing);
  HOLDS(parser.hear(endSysex) == Heard::nothing);
  const uint8_t analog[] = {firmata::analogMessage, 1, 2};
  HOLDS(hearAll(parser, analog, 3) == Heard::message);
  // No running status: a second pair of data bytes is nothing.
  HOLDS(parser.hear(1) == Heard::nothing && parser.hear(2) == Heard::nothing);
}

CLAIM("the parser ends a sysex at any byte from 80h up") {
  for (unsigned byte = 0x80; byte < 0x100; byte++) {
    if (byte == endSysex || byte == holeMark) continue;
    Parser parser;
    const uint8_t begun[] = {startSysex, 0x6D, 5};
    hearAll(parser, begun, 3);
    HOLDS(parser.hear(byte) == (byte == firmata::reportVersion ? Heard::message : Heard::nothing));
    // Only a byte that itself begins a sysex leaves one open.
    HOLDS(parser.hear(endSysex) == Heard::nothing);
  }
}

CLAIM("the parser hears STOP at its command byte, after any beginning of anything") {
  for (unsigned first = 0; first < 0x100; first++)
    for (unsigned length = 0; length < 40; length++) {
      Parser parser;
      parser.hear(first);
      for (unsigned index = 0; index < length; index++) parser.hear(0x11);
      HOLDS(parser.hear(startSysex) == Heard::nothing);
      HOLDS(parser.hear(command::stop) == Heard::stop);
      HOLDS(parser.hear(endSysex) == Heard::nothing);
    }
}

CLAIM("the parser keeps 32 bytes of a sysex and drops a longer one whole") {
  for (unsigned length = 1; length < 400; length++) {
    Parser parser;
    parser.hear(startSysex);
    for (unsigned index = 0; index < length; index++) parser.hear(0x11);
    const Heard heard = parser.hear(endSysex);
    HOLDS(heard == (length <= sysexMax ? Heard::sysex : Heard::tooLong));
    HOLDS(length > sysexMax || parser.length() == length);
  }
}

CLAIM("a hole in the line drops the message under way, wherever it is") {
  const uint8_t analog[] = {firmata::analogMessage | 5, 22, 1};
  for (unsigned before = 0; before <= 3; before++) {
    Parser parser;
    Heard heard = hearAll(parser, analog, before);
    if (before < 3) {
      parser.hear(holeMark);
      heard = hearAll(parser, analog + before, 3 - before);
      HOLDS(heard == (before == 0 ? Heard::message : Heard::nothing));
    } else {
      HOLDS(heard == Heard::message);
    }
  }
}

CLAIM("the receiver hands on every byte in order, and marks where it had to lose some") {
  Receiver receiver;
  for (unsigned byte = 0; byte < 200; byte++) receiver.receive(byte & 0x7F, false, false);
  HOLDS(receiver.dropped == 200 - Ring<128>::capacity);
  HOLDS(receiver.highWater == Ring<128>::capacity);
  for (unsigned byte = 0; byte < Ring<128>::capacity; byte++) HOLDS(receiver.ring.take() == (byte & 0x7F));
  receiver.receive(5, false, false);
  HOLDS(receiver.ring.take() == holeMark);
  HOLDS(receiver.ring.take() == 5);
}

CLAIM("the receiver knows FF in any condition: broken, behind a full ring, behind lost bytes") {
  for (unsigned condition = 0; condition < 8; condition++) {
    Receiver receiver;
    for (unsigned byte = 0; byte < (condition & 1 ? 200 : 3); byte++) receiver.receive(1, false, false);
    HOLDS(receiver.receive(systemReset, condition & 2, condition & 4));
    HOLDS(receiver.ring.empty());
    receiver.receive(7, false, false);
    HOLDS(receiver.ring.take() == 7);
  }
}

CLAIM("FF forgets what was received: half a message and all behind a busy main loop") {
  Bench bench;
  ready(bench);
  const uint16_t refused = bench.refused();
  bench.loopAtUs = bench.nowUs + 50000;
  ask(bench, 150, 150);
  lease(bench, 150, 150);
  bench.hear(startSysex);
  bench.hear(systemReset);
  bench.loopAtUs = 0;
  bench.hear(command::lease);
  bench.ticks(100);
  HOLDS(!bench.driven());
  HOLDS(bench.board.state() == State::disarmed);
  // Not even looked at.
  HOLDS(bench.refused() == refused);
}
