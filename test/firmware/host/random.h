// Seeded chance: the same seed gives the same stream, on any machine.
#pragma once
#include <stdint.h>

class Chance {
 public:
  explicit Chance(uint64_t seed) : state(seed) {}

  // SplitMix64 (Steele, Lea, Flood 2014).
  uint32_t next() {
    state += 0x9E3779B97F4A7C15ULL;
    uint64_t mixed = state;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBULL;
    return static_cast<uint32_t>((mixed ^ mixed >> 31) >> 32);
  }
  // 0 up to, not including, `end`.
  uint32_t below(uint32_t end) { return static_cast<uint32_t>(static_cast<uint64_t>(next()) * end >> 32); }
  bool oneIn(uint32_t times) { return below(times) == 0; }
  // Out of 1024.
  bool share(uint32_t of1024) { return below(1024) < of1024; }

 private:
  uint64_t state;
};
