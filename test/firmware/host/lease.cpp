// The dead-man: who may move a motor, and until when.
#include "bench.h"
#include "claims.h"

CLAIM("nothing is driven without ARM, or with ARM alone, or with a lease or an analog message alone") {
  Bench bench;
  bench.ticks(bootTicks);
  ask(bench, 150, 150);
  lease(bench, 150, 150);
  HOLDS(!bench.driven());
  arm(bench);
  HOLDS(bench.board.state() == State::armed);
  ask(bench, 150, 150);
  HOLDS(!bench.driven());
  lease(bench, 0, 0);
  HOLDS(!bench.driven());
  ask(bench, 0, 0);
  lease(bench, 150, 150);
  HOLDS(!bench.driven());
}

CLAIM("the lower of analog message and lease is driven, for every pair of duties") {
  Bench bench;
  ready(bench);
  for (unsigned asked = 2; asked < 256; asked += 7)
    for (unsigned allowed = 2; allowed < 256; allowed += 7) {
      ask(bench, asked, 0);
      lease(bench, allowed, 0);
      const unsigned lower = asked < allowed ? asked : allowed;
      HOLDS(bench.left() == (lower > limit::kickDuty ? limit::kickDuty : lower));
    }
}

CLAIM("a lease lapses within its time, whatever the time, and disarms") {
  for (unsigned leaseMs = 1; leaseMs <= limit::leaseMs; leaseMs++) {
    Bench bench;
    ready(bench);
    ask(bench, 150, 0);
    lease(bench, 150, 0, leaseMs);
    HOLDS(bench.left() == 150);
    unsigned ticks = 0;
    while (bench.left() != 0 && ticks < 400) {
      bench.tick();
      ticks++;
    }
    // The first tick may come at once, and one in the midst of a PWM period.
    HOLDS(ticks == 1 || ticks * tickUs + tickJitterUs <= leaseMs * 1000);
    HOLDS(leaseMs < 10 || ticks * tickUs + 3 * tickUs > leaseMs * 1000);
    HOLDS(bench.board.state() == State::disarmed);
    HOLDS(bench.notes() & note::leaseLapsed);
  }
}

CLAIM("no byte but a new valid lease makes a lease longer") {
  for (unsigned byte = 0; byte < 256; byte++) {
    Bench bench;
    ready(bench);
    ask(bench, 150, 0);
    const Message again = leaseMessage(bench, 150, 0);
    give(bench, again);
    for (unsigned ticks = 0; ticks < 245; ticks++) {
      bench.tick();
      bench.hear(byte);
      if (byte == 0) give(bench, again);
    }
    HOLDS(!bench.driven());
  }
}

CLAIM("a lease is refused with a wrong epoch, length of time, sequence or age") {
  struct Wrong {
    unsigned at;
    uint16_t value;
  };
  // Offsets of the fields behind F0h and the command.
  const Wrong wrongs[] = {{4, 8}, {6, 0}, {6, limit::leaseMs + 1}, {6, fourteenBits}, {2, 0}, {8, 9000}, {8, 500}};
  for (const Wrong& wrong : wrongs) {
    Bench bench;
    ready(bench);
    bench.ticks(20);
    ask(bench, 150, 0);
    const uint16_t before = bench.refused();
    Message message = leaseMessage(bench, 150, 0);
    message.bytes[wrong.at] = wrong.value & 0x7F;
    message.bytes[wrong.at + 1] = wrong.value >> 7;
    message.length -= 3;
    message.close();
    give(bench, message);
    HOLDS(!bench.driven());
    HOLDS(bench.refused() == before + 1);
  }
}

CLAIM("a lease with any one bit flipped is no lease") {
  for (unsigned byte = 1; byte < 16; byte++)
    for (unsigned bit = 0; bit < 7; bit++) {
      Bench bench;
      ready(bench);
      ask(bench, 150, 0);
      Message message = leaseMessage(bench, 150, 0);
      message.bytes[byte] ^= 1 << bit;
      give(bench, message);
      HOLDS(!bench.driven());
    }
}

CLAIM("a lease that echoes a STATUS of 400 ms ago is taken, and one older is not, at any time of the board") {
  for (unsigned bootMs = 0; bootMs < 40000; bootMs += 977 * Claim::shorter())
    for (const unsigned age : {390u, 402u, 500u, 8000u}) {
      Bench bench;
      bench.ticks(500 + bootMs);
      arm(bench);
      lease(bench, 0, 0);
      ask(bench, 150, 0);
      Message message = leaseMessage(bench, 150, 0);
      const uint16_t statusMs = (bench.statusMs() - age) & fourteenBits;
      message.bytes[8] = statusMs & 0x7F;
      message.bytes[9] = statusMs >> 7;
      message.length -= 3;
      message.close();
      give(bench, message);
      HOLDS((bench.left() != 0) == (age <= limit::staleStatusMs));
    }
}

CLAIM("an ARM without a lease lapses within a second") {
  Bench bench;
  bench.ticks(bootTicks);
  arm(bench);
  unsigned ticks = 0;
  while (bench.board.state() == State::armed && ticks < 2000) {
    bench.tick();
    ticks++;
  }
  HOLDS(ticks * tickUs + tickJitterUs <= limit::armLapseMs * 1000);
  HOLDS(ticks * tickUs > 980000);
}

CLAIM("an ARM is refused with any nonce but the present one, and every disarm makes a new one") {
  Bench bench;
  bench.ticks(bootTicks);
  const Message old = armMessage(bench);
  bench.hear(systemReset);
  give(bench, old);
  HOLDS(bench.board.state() == State::disarmed);
  for (unsigned nonce = 0; nonce <= fourteenBits; nonce++) {
    if (nonce == bench.board.nonce()) continue;
    Message message = armMessage(bench);
    message.bytes[4] = nonce & 0x7F;
    message.bytes[5] = nonce >> 7;
    message.length -= 3;
    message.close();
    give(bench, message);
    HOLDS(bench.board.state() == State::disarmed);
  }
  arm(bench);
  HOLDS(bench.board.state() == State::armed);
}

CLAIM("a nonce is never the one before, whatever stirs it") {
  Nonce nonces;
  nonces.seed(77);
  uint32_t seed = 5;
  for (unsigned long count = 0; count < 3000000UL; count++) {
    const uint16_t last = nonces.get();
    seed = seed * 1664525UL + 1013904223UL;
    nonces.renew(static_cast<uint8_t>(seed >> 24));
    HOLDS(nonces.get() != last);
  }
}

CLAIM("a locked board takes no ARM, and stays locked whatever is sent") {
  History history;
  history.begin(false);
  Board board(history);
  board.begin(bootEpoch, true, 0, 99, true);
  for (unsigned tick = 0; tick < 100; tick++) board.tick(0, 1);
  board.halt(3);
  uint8_t body[] = {command::arm, bootEpoch, 0, static_cast<uint8_t>(board.nonce() & 0x7F),
                    static_cast<uint8_t>(board.nonce() >> 7), 0, 0};
  uint8_t crc = 0;
  for (unsigned index = 0; index < 5; index++) crc = crc8(crc, body[index]);
  body[5] = crc & 0x7F;
  body[6] = crc >> 7;
  board.arm(body, sizeof body);
  HOLDS(board.state() == State::locked);
  board.tick(button::stop, 1);
  board.tick(button::stop, 1);
  board.tick(button::stop, 1);
  HOLDS(board.state() == State::locked);
}

CLAIM("a flipped bit of any guarded value is seen") {
  for (unsigned bit = 0; bit < 8; bit++) {
    Guarded<uint8_t> value;
    value.set(150);
    HOLDS(value.sound());
    // Its first byte is the value itself.
    *reinterpret_cast<volatile uint8_t*>(&value) ^= 1 << bit;
    HOLDS(!value.sound());
    value.increment();
    HOLDS(!value.sound());
    value.decrement();
    HOLDS(!value.sound());
  }
}
