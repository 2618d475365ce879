// What a plausible host sends: it greets, arms, asks, leases, lights the LED, reads pins, waits; it looks at the
// board's STATUS as a real one does, so that what it says is mostly right.
#pragma once
#include "bench.h"
#include "damage.h"

class Session {
 public:
  Session(Bench& with, Chance& by, DamagedLine& over) : bench(with), chance(by), line(over) {}

  void greet() {
    static const uint8_t questions[] = {0x79, 0x6B, 0x69, command::hello};
    if (chance.oneIn(2)) line.send(single(firmata::reportVersion));
    for (const uint8_t question : questions)
      if (chance.oneIn(2)) line.send(sysex(question));
    if (chance.oneIn(3)) line.send(mode());
    if (chance.oneIn(3)) line.send(reporting());
  }

  // Once around: what a host does in a tenth of a second, more or less.
  void round() {
    if (!engaged() && !chance.oneIn(4)) line.send(armMessage(bench));
    if (chance.oneIn(6)) aside();
    if (chance.oneIn(2)) choose();
    if (!chance.oneIn(8)) line.send(analog(pin::left, left));
    if (!chance.oneIn(8)) line.send(analog(pin::right, right));
    if (!chance.oneIn(8)) line.send(leaseMessage(bench, left, right, leaseMs()));
    if (chance.oneIn(12)) aside();
    pause();
  }

 private:
  bool engaged() const {
    return bench.board.state() == State::armed || bench.board.state() == State::leased;
  }

  void choose() {
    left = duty();
    right = duty();
  }

  uint16_t duty() {
    switch (chance.below(6)) {
      case 0:
        return 0;
      case 1:
        return chance.below(16384);
      case 2:
        return 184;
      default:
        return 100 + chance.below(60);
    }
  }

  uint16_t leaseMs() { return chance.oneIn(8) ? chance.below(400) : limit::leaseMs; }

  void pause() {
    switch (chance.below(8)) {
      case 0:
        return;
      case 1:
        return bench.forUs(chance.below(100000));
      case 2:
        return chance.oneIn(6) ? bench.forUs(chance.below(300000)) : bench.forUs(500);
      default:
        return bench.forUs(chance.below(12000));
    }
  }

  void aside() {
    switch (chance.below(6)) {
      case 0:
        return line.send(mode());
      case 1:
        return line.send(reporting());
      case 2:
        return line.send(extended());
      case 3:
        return line.send(digital());
      case 4:
        return line.send(sysex(chance.below(128)));
      default:
        return line.send(longSysex());
    }
  }

  static Message single(uint8_t byte) {
    Message message;
    message.add(byte);
    return message;
  }
  static Message sysex(uint8_t command) {
    Message message;
    message.add(startSysex);
    message.add(command);
    message.add(endSysex);
    return message;
  }
  Message analog(uint8_t which, uint16_t value) {
    return chance.oneIn(10) ? askMessage(chance.below(16), value) : askMessage(which, value);
  }
  Message mode() {
    Message message;
    message.add(firmata::pinMode);
    message.add(chance.below(24));
    message.add(chance.below(13));
    return message;
  }
  Message reporting() {
    Message message;
    message.add(firmata::reportDigital | chance.below(16));
    message.add(chance.below(2));
    return message;
  }
  Message digital() {
    Message message;
    message.add(firmata::digitalMessage | chance.below(16));
    message.add14(chance.below(16384));
    return message;
  }
  Message extended() {
    Message message;
    message.add(startSysex);
    message.add(firmata::extendedAnalog);
    message.add(chance.oneIn(2) ? pin::left : chance.below(128));
    for (uint32_t count = chance.below(5); count > 0; count--) message.add(chance.below(128));
    message.add(endSysex);
    return message;
  }
  Message longSysex() {
    Message message;
    message.add(startSysex);
    for (uint32_t count = chance.below(60); count > 0; count--) message.add(chance.below(128));
    if (!chance.oneIn(3)) message.add(endSysex);
    return message;
  }

  Bench& bench;
  Chance& chance;
  DamagedLine& line;
  uint16_t left = 150;
  uint16_t right = 130;
};
