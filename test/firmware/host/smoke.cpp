// The firmware's pure parts on the host: the same files that run on the board, with a clock that this turns.
// One line per claim that does not hold; exit code 1 then. Sanitizers watch meanwhile.
#include <stdio.h>
#include "../../../hardware/firmware/tactus/board.h"
#include "../../../hardware/firmware/tactus/obey.h"
#include "../../../hardware/firmware/tactus/parser.h"
#include "../../../hardware/firmware/tactus/receiver.h"
#include "../../../hardware/firmware/tactus/reports.h"

namespace {

int failures = 0;

void claim(bool holds, const char* what) {
  if (holds) return;
  printf("does not hold: %s\n", what);
  failures++;
}

// The board with everything around it, as the sketch ties it together.
struct Bench {
  Board board;
  Receiver receiver;
  Parser parser;
  Transmit transmit;
  Reports reports{board, receiver};
  uint8_t pressed = 0;
  uint16_t seq = 0;

  Bench() {
    board.begin(7, false, 0, 99);
    reports.begin(ResetCause::powerOn);
  }

  void send(uint8_t byte) {
    if (receiver.receive(byte, false, false)) {
      parser.reset();
      board.halt(byte);
    }
    while (!receiver.ring.empty()) obey(parser.hear(receiver.ring.take()), parser, board, reports, byte);
  }

  void send(const uint8_t* bytes, unsigned length) {
    for (unsigned index = 0; index < length; index++) send(bytes[index]);
  }

  void sysex(const uint8_t* body, uint8_t length) {
    uint8_t crc = 0;
    for (uint8_t index = 0; index < length; index++) crc = crc8(crc, body[index]);
    send(startSysex);
    send(body, length);
    send(crc & 0x7F);
    send(crc >> 7);
    send(endSysex);
  }

  void arm() {
    const uint8_t body[] = {command::arm, 7, 0, static_cast<uint8_t>(board.nonce() & 0x7F),
                            static_cast<uint8_t>(board.nonce() >> 7)};
    sysex(body, sizeof body);
  }

  void lease(uint8_t duty) {
    StatusFields now;
    board.fill(now);
    const uint8_t body[] = {command::lease,
                            static_cast<uint8_t>(++seq & 0x7F),
                            static_cast<uint8_t>(seq >> 7 & 0x7F),
                            7,
                            0,
                            limit::leaseMs & 0x7F,
                            limit::leaseMs >> 7,
                            static_cast<uint8_t>(now.boardMs.low & 0x7F),
                            static_cast<uint8_t>(now.boardMs.low >> 7 & 0x7F),
                            static_cast<uint8_t>(duty & 0x7F),
                            static_cast<uint8_t>(duty >> 7),
                            0,
                            0};
    sysex(body, sizeof body);
  }

  void ask(uint8_t duty) {
    send(firmata::analogMessage | pin::left);
    send(duty & 0x7F);
    send(duty >> 7);
  }

  void ticks(unsigned count) {
    while (count--) {
      board.tick(pressed, 1);
      reports.tick(pressed);
      reports.pump(transmit);
      transmit.clear();
    }
  }
};

void drivesOnlyUnderALease() {
  Bench bench;
  bench.ticks(30);
  bench.ask(150);
  bench.lease(150);
  claim(bench.board.driven(leftMotor) == 0, "disarmed, nothing is driven");
  bench.arm();
  claim(bench.board.state() == (STOP_NORMALLY_CLOSED ? State::armed : State::disarmed),
        "ARM is taken; with a normally open stop only after a press");
  bench.ask(150);
  bench.lease(120);
  claim(bench.board.driven(leftMotor) == (STOP_NORMALLY_CLOSED ? 120 : 0), "the lower of the two is driven");
  bench.ticks(250);
  claim(bench.board.driven(leftMotor) == 0, "the lease lapses");
  claim(bench.board.state() == State::disarmed, "and disarms");
}

void aNormallyOpenStopHasToBeTried() {
  if (STOP_NORMALLY_CLOSED) return;
  Bench bench;
  bench.pressed = button::stop;
  bench.ticks(10);
  claim(bench.board.state() == State::stopped, "a press stops");
  bench.pressed = 0;
  bench.ticks(30);
  bench.arm();
  claim(bench.board.state() == State::armed, "tried, it lets ARM pass");
}

void ffForgets() {
  Bench bench;
  bench.ticks(30);
  bench.arm();
  const uint8_t half[] = {startSysex, command::lease, 1, 2};
  bench.send(half, sizeof half);
  const uint16_t nonce = bench.board.nonce();
  bench.send(systemReset);
  claim(bench.board.state() == State::disarmed, "FF disarms");
  claim(bench.board.nonce() != nonce, "FF makes a new nonce");
}

void randomBytesDriveNothing() {
  Bench bench;
  uint32_t seed = 12345;
  for (unsigned long count = 0; count < 2000000UL; count++) {
    seed = seed * 1664525UL + 1013904223UL;
    bench.send(static_cast<uint8_t>(seed >> 24));
    if (count % 6 == 0) bench.ticks(1);
    if (bench.board.driven(leftMotor) || bench.board.driven(rightMotor)) {
      claim(false, "random bytes drive nothing");
      return;
    }
  }
  claim(bench.board.sound(), "the state is sound after random bytes");
}

void noncesDiffer() {
  Nonce nonces;
  nonces.seed(77);
  uint32_t seed = 5;
  for (unsigned long count = 0; count < 3000000UL; count++) {
    const uint16_t last = nonces.get();
    seed = seed * 1664525UL + 1013904223UL;
    nonces.renew(static_cast<uint8_t>(seed >> 24));
    if (nonces.get() != last) continue;
    claim(false, "a nonce is never the one before");
    return;
  }
}

void sharesHold() {
  if (!STOP_NORMALLY_CLOSED) return;
  Bench bench;
  bench.ticks(30);
  bench.arm();
  static bool on[200000];
  unsigned tick = 0;
  uint32_t seed = 1;
  uint8_t duty = 0;
  while (tick < 200000) {
    seed = seed * 1664525UL + 1013904223UL;
    if (tick % 40 == 0) duty = (seed >> 28) < 11 ? 150 : 0;
    bench.ask(duty);
    bench.lease(150);
    for (unsigned step = 0; step < 20 && tick < 200000; step++) {
      bench.ticks(1);
      on[tick++] = bench.board.driven(leftMotor) != 0;
    }
  }
  const unsigned window = 10000000UL / 1024;
  unsigned sum = 0;
  unsigned most = 0;
  for (unsigned index = 0; index < tick; index++) {
    sum += on[index];
    if (index >= window) sum -= on[index - window];
    if (sum > most) most = sum;
  }
  claim(most * 1024 <= 4000000UL, "no window of 10 s has more than 40 %");
  claim(most * 1024 > 3800000UL, "and the bound was reached");
}

}  // namespace

int main() {
  drivesOnlyUnderALease();
  aNormallyOpenStopHasToBeTried();
  ffForgets();
  randomBytesDriveNothing();
  noncesDiffer();
  sharesHold();
  printf("%s\n", failures ? "failed" : "all hold");
  return failures ? 1 : 0;
}
