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

// Whose work a pass is, wherever it is done.
struct Work {
  uint8_t phase;  // passes of one phase have one number
  Stage stage;
  Side side;
  Ms leastMs;
  Ms mostMs;
  uint8_t pressureStart;
  uint8_t pressureMax;
};

struct Pass : Work {
  Zone zone;
  Position position;
  Direction direction;
  Ms durationMs;  // as planned; as it stands now where `passAt` tells it
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
  constexpr Plan(uint16_t from, bool fromFlash) : from(from), fromFlash(fromFlash) {}

  // `withCare`: some caution was answered yes, whichever. Then there may be fewer passes, or others.
  uint8_t count(bool withCare) const;
  Entry entry(bool withCare, uint8_t index) const;
  // As it was written.
  Pass pass(uint8_t number) const;
  // Reads all passes at once, for whoever will ask for them again and again: decoding one takes the chip a quarter of a
  // millisecond. Of the plan that was remembered last all is then read from memory, whatever becomes of the EEPROM.
  void remember() const;
  Rules rules() const;
  // By which a host knows it again.
  uint32_t hash() const;
  uint16_t bytes() const;
  // Whether it lies within `room` bytes and says nothing that a session could stumble over. It is asked once of what
  // was loaded, before any of it is used.
  bool isSound(uint16_t room) const;

 private:
  uint8_t read(uint16_t at) const;
  Pass decode(uint8_t number) const;
  uint8_t passes() const { return read(1); }
  uint16_t passAt(uint8_t number) const;
  uint16_t phaseAt(uint8_t number) const;
  uint16_t entryAt(uint8_t index) const;

  friend class PlanReader;
  uint16_t from;
  bool fromFlash;
};

// What was remembered is read from the EEPROM again: that may have been written.
void readPlansAnew();

// The routine that is chosen, and what holds for all of it. Set before a session opens.
extern Plan plan;
extern Rules rules;

// How long each cue takes, of this board's cues. Reads a table in flash.
Ms cueMs(CueId cue);

}  // namespace alone
