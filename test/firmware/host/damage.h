// A line that damages: what a host sends, byte by byte, and what of it arrives.
#pragma once
#include "bench.h"
#include "random.h"

// How often, out of 1024 bytes or messages.
struct Rates {
  uint32_t flip;
  uint32_t drop;
  uint32_t repeat;
  uint32_t insert;
  uint32_t broken;    // arrives with a framing error
  uint32_t overrun;   // arrives behind one that was lost in the chip
  uint32_t truncate;  // a message ends early
  uint32_t splice;    // a piece of what was sent before comes in again
};

constexpr Rates clean = {0, 0, 0, 0, 0, 0, 0, 0};

inline Rates ratesOf(Chance& chance) {
  // A quarter arrives as it was sent, so that there is something to stop; the rest from a little to a lot.
  static const uint32_t scales[] = {0, 1, 2, 4, 8, 24, 64, 200};
  const uint32_t scale = scales[chance.below(8)];
  if (scale == 0) return clean;
  Rates rates;
  rates.flip = chance.below(2 * scale + 1);
  rates.drop = chance.below(scale + 1);
  rates.repeat = chance.below(scale + 1);
  rates.insert = chance.below(scale + 1);
  rates.broken = chance.oneIn(4) ? chance.below(scale + 1) : 0;
  rates.overrun = chance.oneIn(4) ? chance.below(scale + 1) : 0;
  rates.truncate = chance.below(4 * scale + 1);
  rates.splice = chance.below(4 * scale + 1);
  return rates;
}

class DamagedLine {
 public:
  DamagedLine(Bench& to, Chance& by, Rates how) : bench(to), chance(by), rates(how) {}

  uint32_t bytes = 0;

  void send(const Message& message) {
    unsigned length = message.length;
    if (chance.share(rates.truncate)) length = chance.below(length);
    const unsigned spliceAt = chance.share(rates.splice) ? chance.below(length + 1) : UINT32_MAX;
    for (unsigned index = 0; index < length; index++) {
      if (index == spliceAt) splice();
      one(message.bytes[index]);
    }
    if (spliceAt == length) splice();
  }

 private:
  void one(uint8_t byte) {
    sent[sentCount++ % sizeof sent] = byte;
    if (chance.share(rates.drop)) return;
    if (chance.share(rates.flip)) byte ^= 1 << chance.below(8);
    if (chance.share(rates.insert)) arrive(static_cast<uint8_t>(chance.next()));
    arrive(byte);
    if (chance.share(rates.repeat)) arrive(byte);
  }

  void splice() {
    const uint32_t have = sentCount < sizeof sent ? sentCount : sizeof sent;
    if (have == 0) return;
    const uint32_t length = 1 + chance.below(have < 40 ? have : 40);
    const uint32_t back = length + chance.below(have - length + 1);
    for (uint32_t index = 0; index < length; index++) arrive(sent[(sentCount - back + index) % sizeof sent]);
  }

  void arrive(uint8_t byte) {
    bytes++;
    bench.forUs(byteUs);
    bench.hear(byte, chance.share(rates.broken), chance.share(rates.overrun));
  }

  Bench& bench;
  Chance& chance;
  const Rates rates;
  uint8_t sent[256];
  uint32_t sentCount = 0;
};
