// The routine as it is kept, in flash or EEPROM: read one pass at a time, never copied whole.
//
// A pass is where, on which side and with which stroke hands work; `machines/routine/timeline.ts` makes them, and
// `hardware/alone/` writes them. What a session changes of them stands in its context, as an `Entry` each.
#pragma once
#include <stdint.h>
#include "names.h"
#include "time.h"

namespace alone {

// More do not fit into a session's memory: a longer routine is refused when it is to be loaded.
constexpr uint8_t mostPasses = 20;

struct Pace {
  Ms strokeMs;
  Ms returnMs;
  Ms periodMs;
  // Strokes that come in ascents: so many pulls, then the longer way back. 0: they come one by one.
  uint8_t pulls;
  Ms ascentReturnMs;
};

// What limits work beside its own length, per side and session.
enum class Dosage : uint8_t { none, piriformis, vibration };

struct Pass {
  uint8_t phase;  // passes of one phase have one number
  Stage stage;
  Zone zone;
  Side side;
  Position position;
  Direction direction;
  Ms durationMs;  // as planned; as it stands now where `passAt` tells it
  Ms leastMs;
  Ms mostMs;
  uint8_t pressureStart;
  uint8_t pressureMax;
  Pace pace;
  bool hasOther;
  Pace other;           // where `hasOther`
  bool otherIsLighter;  // than its own
  bool ownIsLighter;    // than the other
  Dosage dosage;
  bool isLong;  // by long strokes: what a place is warmed and cooled down with
};

// What holds for all of a routine.
struct Rules {
  Ms checkInEveryMs;
  Ms checkInTimeoutMs;
  Ms riseDwellMs;
  Ms capMs;
  bool strokeCues;
  bool hasBath;
  bool hasOil;
  bool hasReceiver;  // fitted for the person being massaged: it is tried before the start
  Receiver receiver;
};

// One pass of a session: whose work it is, at which pass's place it is done, and how long it is now.
struct Entry {
  uint8_t work;
  uint8_t place;
  Ms durationMs;
};

// A routine in flash or EEPROM, by where it begins there.
class Plan {
 public:
  Plan(uint16_t from, bool fromFlash) : from(from), fromFlash(fromFlash) {}

  // `withCare`: some caution was answered yes, whichever. Then there may be fewer passes, or others.
  uint8_t count(bool withCare) const;
  Entry entry(bool withCare, uint8_t index) const;
  // As it was written.
  Pass pass(uint8_t number) const;
  Rules rules() const;

 private:
  uint16_t from;
  bool fromFlash;
};

// The routine that is chosen, and what holds for all of it. Set before a session opens.
extern Plan plan;
extern Rules rules;

// How long each cue takes, of this board's cues. Reads a table in flash.
Ms cueMs(CueId cue);

}  // namespace alone
