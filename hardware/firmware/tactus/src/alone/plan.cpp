// A routine's bytes, in the order in which `hardware/alone/routine-bytes.ts` writes them.
#include "plan.h"
#include "apart.h"
#include "bounds.h"
#include "eeprom.h"
#include "flash.h"
#include "flash_routines.h"
#include "keep_contract.h"

namespace alone {

Plan plan(flashRoutinesAt[0], true);
Rules rules;

// Reads on from where it stands. None of it is drawn into its callers, who are many.
class PlanReader {
 public:
  PlanReader(const Plan& plan, uint16_t at) : plan(plan), at(at) {}

  APART uint8_t one() { return plan.read(at++); }
  APART uint16_t two() {
    const uint8_t low = one();
    return low | static_cast<uint16_t>(one()) << 8;
  }
  APART Ms halfSeconds() { return static_cast<Ms>(two()) * 500; }
  APART Ms seconds(uint16_t count) { return static_cast<Ms>(count) * 1000; }
  // The length of a stroke has 17 bits: the highest lies above the 14 of the return.
  APART void pace(Pace& to) {
    to.strokeMs = two();
    const uint16_t back = two();
    if (back & 1u << 15) to.strokeMs |= 1L << 16;
    to.returnMs = back & 0x3FFF;
    to.periodMs = to.strokeMs + to.returnMs;
    to.pulls = one();
    to.ascentReturnMs = two();
  }
  // What would lead a session out of its tables or have it begin strokes without end, and what hands may not.
  bool hasSoundPhase() {
    const uint8_t zone = one() >> 2 & 15;
    const uint8_t pressureStart = one() >> 6;
    const uint8_t bits = one();
    const uint8_t pressureMax = bits & 7;
    at += 3 * 2;
    bool isSound = zone < zoneCount && pressureStart != 0 && pressureStart <= pressureMax &&
                   pressureMax <= routine::pressureMost;
    for (uint8_t which = 0; which < 2; which++) {
      Pace paced;
      pace(paced);
      const bool isThere = which == 0 || bits & 1 << 3;
      if (isThere && (paced.strokeMs == 0 || paced.returnMs == 0)) isSound = false;
    }
    return isSound;
  }

 private:
  const Plan& plan;
  uint16_t at;
};

namespace {

constexpr uint8_t paceBytes = 7;
// Of a phase, the byte where its length stands.
constexpr uint8_t durationAt = 3;

static_assert(durationAt + 3 * 2 + 2 * paceBytes == kept::phaseBytes, "a phase is as long as the host writes it");
static_assert(kept::passBytes == 1 && kept::entryBytes == 2, "passes and entries are read as such");
static_assert(stageCount <= 4 && zoneCount <= 16 && positionCount <= 4 && directionCount <= 8 && sideCount <= 4,
              "what has so many bits");

}  // namespace

namespace {

// The bytes of the routine that was chosen, where it was loaded: whatever becomes of them in EEPROM, it is sound.
struct Held {
  uint16_t from;
  uint16_t length;  // 0: none
  uint8_t bytes[kept::end - kept::routinesAt];
};
Held held;

}  // namespace

uint8_t Plan::read(uint16_t at) const {
  at += from;
  if (fromFlash) return pgm_read_byte(flashRoutines + at);
  const uint16_t inHeld = at - held.from;
  return inHeld < held.length ? held.bytes[inHeld] : eepromRead(at);
}

void readPlansAnew() { held.length = 0; }

uint16_t Plan::passAt(uint8_t number) const {
  return kept::headerBytes + static_cast<uint16_t>(read(0)) * kept::phaseBytes + number;
}

uint16_t Plan::phaseAt(uint8_t number) const {
  return kept::headerBytes + static_cast<uint16_t>(read(passAt(number)) >> 2) * kept::phaseBytes;
}

uint16_t Plan::entryAt(uint8_t index) const { return passAt(passes()) + index * kept::entryBytes; }

uint16_t Plan::bytes() const { return entryAt(read(2)); }

uint8_t Plan::count(bool withCare) const { return read(withCare ? 2 : 1); }

Entry Plan::entry(bool withCare, uint8_t index) const {
  Entry entry;
  entry.work = index;
  entry.place = index;
  if (withCare) {
    PlanReader from(*this, entryAt(index));
    entry.work = from.one();
    entry.place = from.one();
  }
  entry.durationMs = PlanReader(*this, phaseAt(entry.work) + durationAt).halfSeconds();
  return entry;
}

namespace {

struct Remembered {
  uint16_t from;
  bool fromFlash;
  uint8_t count;  // 0: none
  Pass passes[mostPasses];
};
Remembered remembered;

}  // namespace

void Plan::remember() const {
  remembered.count = 0;
  readPlansAnew();
  if (!fromFlash) {
    const uint16_t length = bytes();
    held.from = from;
    for (uint16_t at = 0; at < length && at < sizeof held.bytes; at++) held.bytes[at] = read(at);
    held.length = length < sizeof held.bytes ? length : sizeof held.bytes;
  }
  const uint8_t count = passes();
  for (uint8_t number = 0; number < count && number < mostPasses; number++) remembered.passes[number] = decode(number);
  remembered.from = from;
  remembered.fromFlash = fromFlash;
  remembered.count = count < mostPasses ? count : mostPasses;
}

Pass Plan::pass(uint8_t number) const {
  const bool isRemembered = remembered.from == from && remembered.fromFlash == fromFlash && number < remembered.count;
  return isRemembered ? remembered.passes[number] : decode(number);
}

Pass Plan::decode(uint8_t number) const {
  Pass pass;
  const uint8_t phaseAndSide = read(passAt(number));
  pass.phase = phaseAndSide >> 2;
  pass.side = static_cast<Side>(phaseAndSide & 3);
  PlanReader from(*this, phaseAt(number));
  uint8_t bits = from.one();
  pass.stage = static_cast<Stage>(bits & 3);
  pass.zone = static_cast<Zone>(bits >> 2 & 15);
  pass.position = static_cast<Position>(bits >> 6);
  bits = from.one();
  pass.direction = static_cast<Direction>(bits & 7);
  pass.dosage = static_cast<Dosage>(bits >> 3 & 3);
  pass.isLong = bits & 1 << 5;
  pass.pressureStart = bits >> 6;
  bits = from.one();
  pass.pressureMax = bits & 7;
  pass.hasOther = bits & 1 << 3;
  pass.otherIsLighter = bits & 1 << 4;
  pass.ownIsLighter = bits & 1 << 5;
  pass.durationMs = from.halfSeconds();
  pass.leastMs = from.halfSeconds();
  pass.mostMs = from.halfSeconds();
  from.pace(pass.pace);
  from.pace(pass.other);
  return pass;
}

Rules Plan::rules() const {
  PlanReader from(*this, 3);
  Rules rules;
  const uint8_t flags = from.one();
  rules.strokeCues = flags & 1;
  rules.hasBath = flags & 2;
  rules.hasOil = flags & 4;
  rules.hasReceiver = flags & 8;
  rules.receiver = static_cast<Receiver>(flags >> 4 & 3);
  rules.checkInEveryMs = from.seconds(from.two());
  rules.checkInTimeoutMs = from.seconds(from.one());
  rules.riseDwellMs = from.seconds(from.two());
  rules.capMs = from.two();
  rules.capMs |= static_cast<Ms>(from.one()) << 16;
  return rules;
}

uint32_t Plan::hash() const {
  PlanReader from(*this, kept::headerBytes - 4);
  const uint16_t low = from.two();
  return low | static_cast<uint32_t>(from.two()) << 16;
}

bool Plan::isSound(uint16_t room) const {
  if (room < kept::headerBytes) return false;
  const uint8_t phases = read(0);
  const uint8_t count = passes();
  if (count == 0 || count > mostPasses || phases > mostPasses || read(2) > count || bytes() > room) return false;
  const Rules rules = this->rules();
  if (rules.checkInEveryMs == 0 || rules.capMs > keptMost::sessionMs) return false;
  PlanReader from(*this, kept::headerBytes);
  for (uint8_t phase = 0; phase < phases; phase++)
    if (!from.hasSoundPhase()) return false;
  for (uint8_t number = 0; number < count; number++) {
    const uint8_t phaseAndSide = from.one();
    if (phaseAndSide >> 2 >= phases || (phaseAndSide & 3) >= sideCount) return false;
  }
  for (uint8_t entries = read(2) * kept::entryBytes; entries--;)
    if (from.one() >= count) return false;
  return true;
}

}  // namespace alone
