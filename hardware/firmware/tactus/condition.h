// What the chip can tell of the copper round it, and what of that forbids to arm. Pure: the converter tells.
//
// A drain lies at the supply through its motor while its transistor is off. It does not where the transistor is
// shorted, the motor's wire torn, the master switch open or the resistor to the pin not there: all four forbid to
// arm, for in none of them is it known what a motor does. With the pin's pull-up on, the last differs from the rest.
#pragma once
#include <stdint.h>
#include "contract.h"

// In the order in which they are looked at.
enum Probe : uint8_t { supply, leftAtRest, rightAtRest, leftPulledUp, rightPulledUp };
constexpr uint8_t probes = 5;

class Condition {
 public:
  uint8_t fuses[3] = {};  // low, high, extended

  uint16_t read(Probe probe) const { return readings[probe]; }

  void saw(Probe probe, uint16_t reading) {
    readings[probe] = reading;
    if (probe == supply) low = reading > (low ? enoughAgain : stillEnough);
  }

  uint8_t hindrances() const {
    uint8_t bits = low ? hindrance::lowSupply : 0;
    if (readings[leftAtRest] < drainIsHigh || readings[rightAtRest] < drainIsHigh) bits |= hindrance::motorPath;
    return bits;
  }

 private:
  // Half of the supply: a motor that still turns by itself holds its drain above that, a shorted transistor far below.
  static constexpr uint16_t drainIsHigh = 512;
  // The lower the supply, the more of it is the band gap. A tenth of a volt more ends it: no to and fro at the edge.
  static constexpr uint16_t stillEnough = limit::bandgapMv * 1024UL / limit::lowestSupplyMv;
  static constexpr uint16_t enoughAgain = limit::bandgapMv * 1024UL / (limit::lowestSupplyMv + 100);

  uint16_t readings[probes] = {};
  bool low = false;
};
