// What the board keeps in EEPROM beside the count of its starts: settings, routines that were loaded, the log.
//
// All that is written is first staged and then written by `storeStep`, one byte each time: so it takes no more of a turn
// of the main loop than the wait for the byte before. A record has two slots. The older is written, and what makes it one
// comes last: where the power goes meanwhile the other one still holds.
#pragma once
#include "keep_contract.h"
#include "names.h"
#include "plan.h"

namespace alone {

// The next byte of what is staged. Called by the main loop only; false: nothing is left to be written.
bool storeStep();
bool isStoring();

struct MotorSettings {
  uint8_t startDuty;
  uint8_t ratedDuty;
  uint8_t kickDuty;
};

// More than any clock of a board is off by. A product of session time then never outgrows 31 bits.
constexpr int16_t mostClockPpm = 10000;

// As they lie in their record.
struct Settings {
  MotorSettings motors[motorCount];
  uint8_t lagMs[motorCount];  // how much later each is felt
  uint8_t glideMs;
  uint8_t clockPpmLow;
  uint8_t clockPpmHigh;
  uint8_t flags;

  // By how much this board's clock is slow, in millionths; 0 where nobody knows.
  int16_t clockPpm() const { return static_cast<int16_t>(clockPpmLow | static_cast<uint16_t>(clockPpmHigh) << 8); }
  bool swapped() const { return flags & 1; }  // the motors lie the other way round than their pins say
  bool turned() const { return flags & 2; }   // the board is worn the other way round
  bool steadyLight() const { return flags & 4; }

  // Whether it asks nothing that no motor may have.
  bool isSound() const;
};
static_assert(sizeof(Settings) == kept::recordContentBytes, "a record holds them");

// Where no record is whole and sound: those of a board that nobody has felt yet.
Settings settings();

// How many loaded routines there are. Reads and checks all of them, some 10 ms: at the start, and after a record.
uint8_t loadedRoutines();
// Where there are none: whether some were loaded once, and nothing of them can be read.
bool loadedAreLost();
// Below that count.
Plan loadedRoutine(uint8_t index);

// One byte more of a checksum.
uint16_t crc16(uint16_t crc, uint8_t byte);
// Of a stretch of what is kept.
uint16_t crcOf(uint16_t crc, uint16_t at, uint16_t bytes);
// As two bytes, the lower first.
uint16_t keptWord(uint16_t at);

// The newest whole record of a kind; 0: there is none.
uint16_t newestRecord(RecordKind kind);

// Whether anything lies where records of a kind do.
bool wasWritten(RecordKind kind);

struct Stretch {
  uint16_t from;
  uint16_t length;
};

// Where the record says that the routines lie; of length 0 where there are none.
struct KeptRoutines {
  Stretch in;
  uint16_t crc;
};
KeptRoutines keptRoutines();
// How many lie there, whole and sound; 0 where anything is not.
uint8_t soundRoutines(Stretch in, uint16_t crc);

}  // namespace alone
