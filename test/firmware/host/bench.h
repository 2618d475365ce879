// The firmware's pure parts on the host, tied together as the sketch ties them, with a clock that a test turns and a
// host that speaks the project's messages. It has no registers: what is driven is what the board says it drives.
#pragma once
#include "../../../hardware/firmware/tactus/board.h"
#include "../../../hardware/firmware/tactus/history.h"
#include "../../../hardware/firmware/tactus/obey.h"
#include "../../../hardware/firmware/tactus/parser.h"
#include "../../../hardware/firmware/tactus/receiver.h"
#include "../../../hardware/firmware/tactus/reports.h"

constexpr uint16_t bootEpoch = 7;
// One byte on the line, 10 bits at 57600 baud.
constexpr uint32_t byteUs = 174;

struct Bench {
  History history;
  Board board{history};
  Receiver receiver;
  Parser parser;
  Transmit transmit;
  Reports reports{board, receiver};
  uint8_t pressed = 0;
  uint32_t nowUs = 0;
  uint32_t tickAtUs = tickUs;
  // Until then the main loop is busy with something else.
  uint32_t loopAtUs = 0;
  uint16_t seq = 0;

  Bench() {
    history.begin(false);
    board.begin(bootEpoch, false, 0, 99, STOP_NORMALLY_CLOSED);
    board.saw(leftAtRest, 1023);
    board.saw(rightAtRest, 1023);
    reports.begin(ResetCause::powerOn);
  }
  virtual ~Bench() = default;
  Bench(const Bench&) = delete;

  // Whatever may have changed what is driven is followed by this.
  virtual void look() {}

  void loop() {
    if (nowUs < loopAtUs) return;
    while (!receiver.ring.empty()) {
      obey(parser.hear(receiver.ring.take()), parser, board, reports, static_cast<uint8_t>(nowUs));
      look();
    }
    reports.pump(transmit);
    transmit.clear();
  }

  void tick() {
    nowUs = tickAtUs;
    tickAtUs += tickUs;
    board.tick(pressed, static_cast<uint8_t>(nowUs));
    look();
    if (nowUs < loopAtUs) return;
    reports.lookForDrops();
    reports.tick(pressed);
    loop();
  }

  void ticks(unsigned count) {
    while (count--) tick();
  }

  void forUs(uint32_t us) {
    const uint32_t until = nowUs + us;
    while (tickAtUs <= until) tick();
    nowUs = until;
    loop();
  }

  // A byte of the host has arrived.
  void hear(uint8_t byte, bool frameError = false, bool overrun = false) {
    if (receiver.receive(byte, frameError, overrun)) {
      parser.reset();
      board.halt(byte);
      look();
    }
    loop();
  }

  // ... and took its time.
  void send(uint8_t byte) {
    forUs(byteUs);
    hear(byte);
  }

  void send(const uint8_t* bytes, unsigned length) {
    for (unsigned index = 0; index < length; index++) send(bytes[index]);
  }

  template <unsigned Length>
  void send(const uint8_t (&bytes)[Length]) {
    send(bytes, Length);
  }

  uint16_t statusMs() const {
    StatusFields now;
    board.fill(now);
    return now.boardMs.low & fourteenBits;
  }

  uint16_t notes() const {
    StatusFields now;
    board.fill(now);
    return now.notes;
  }

  uint16_t refused() const {
    StatusFields now;
    board.fill(now);
    return now.refused;
  }

  uint8_t left() const { return board.driven(leftMotor); }
  uint8_t right() const { return board.driven(rightMotor); }
  bool driven() const { return left() || right(); }
};

// A message of the host's, whole and true until somebody damages it.
struct Message {
  uint8_t bytes[64];
  unsigned length = 0;

  void add(uint8_t byte) {
    if (length < sizeof bytes) bytes[length++] = byte;
  }
  void add14(uint16_t value) {
    add(value & 0x7F);
    add(value >> 7 & 0x7F);
  }

  // Around what was added since: checksum and end.
  void close() {
    uint8_t crc = 0;
    for (unsigned index = 1; index < length; index++) crc = crc8(crc, bytes[index]);
    add(crc & 0x7F);
    add(crc >> 7);
    add(endSysex);
  }
};

inline Message armMessage(const Bench& bench) {
  Message message;
  message.add(startSysex);
  message.add(command::arm);
  message.add14(bench.board.epoch());
  message.add14(bench.board.nonce());
  message.close();
  return message;
}

inline Message leaseMessage(Bench& bench, uint16_t left, uint16_t right, uint16_t leaseMs = limit::leaseMs) {
  Message message;
  message.add(startSysex);
  message.add(command::lease);
  message.add14(++bench.seq & fourteenBits);
  message.add14(bench.board.epoch());
  message.add14(leaseMs);
  message.add14(bench.statusMs());
  message.add14(left);
  message.add14(right);
  message.close();
  return message;
}

inline Message askMessage(uint8_t which, uint16_t duty) {
  Message message;
  message.add(firmata::analogMessage | which);
  message.add14(duty);
  return message;
}

// Arrived at once: for tests in which the line's time does not count.
inline void give(Bench& bench, const Message& message) {
  for (unsigned index = 0; index < message.length; index++) bench.hear(message.bytes[index]);
}

inline void arm(Bench& bench) { give(bench, armMessage(bench)); }
inline void lease(Bench& bench, uint16_t left, uint16_t right, uint16_t leaseMs = limit::leaseMs) {
  give(bench, leaseMessage(bench, left, right, leaseMs));
}
inline void ask(Bench& bench, uint16_t left, uint16_t right) {
  give(bench, askMessage(pin::left, left));
  give(bench, askMessage(pin::right, right));
}

// Long enough on for a start: 60 ms after the chip's own.
constexpr unsigned bootTicks = 70;

// Booted, armed and leased, with nothing driven.
inline void ready(Bench& bench) {
  bench.ticks(bootTicks);
  arm(bench);
  lease(bench, 0, 0);
}

// A host at its work: everything asked and allowed, renewed every 60 ticks.
inline void hold(Bench& bench, unsigned ticks, uint16_t left, uint16_t right) {
  for (unsigned tick = 0; tick < ticks; tick++) {
    if (tick % 60 == 0) {
      ask(bench, left, right);
      lease(bench, left, right);
    }
    bench.tick();
  }
}
