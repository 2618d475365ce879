// What a board keeps, where, and the messages that read and write it.
// Written by hardware/firmware/build.ts from the machines. Do not edit: a test compares this file with them.
#pragma once
#include <stdint.h>

namespace alone {

constexpr uint8_t keepCommand = 7;
constexpr uint8_t keptCommand = 8;

// Fields of the messages in order, with their number of 7-bit bytes.
#define KEEP_FIELDS(FIELD) \
  FIELD(deed, 1) \
  FIELD(at, 2) \
  FIELD(length, 1) \
  FIELD(b0, 2) \
  FIELD(b1, 2) \
  FIELD(b2, 2) \
  FIELD(b3, 2) \
  FIELD(b4, 2) \
  FIELD(b5, 2) \
  FIELD(b6, 2) \
  FIELD(b7, 2) \
  FIELD(b8, 2) \
  FIELD(b9, 2) \
  FIELD(b10, 2) \
  FIELD(b11, 2)

#define KEPT_FIELDS(FIELD) \
  FIELD(deed, 1) \
  FIELD(answer, 1) \
  FIELD(at, 2) \
  FIELD(length, 1) \
  FIELD(b0, 2) \
  FIELD(b1, 2) \
  FIELD(b2, 2) \
  FIELD(b3, 2) \
  FIELD(b4, 2) \
  FIELD(b5, 2) \
  FIELD(b6, 2) \
  FIELD(b7, 2) \
  FIELD(b8, 2) \
  FIELD(b9, 2) \
  FIELD(b10, 2) \
  FIELD(b11, 2)

enum class KeepDeed : uint8_t { read, write, record };
constexpr uint8_t keepDeedCount = 3;

enum class KeepAnswer : uint8_t { done, armed, busyAlone, outOfReach, inUse, unsound, notKept };
constexpr uint8_t keepAnswerCount = 7;

enum class RecordKind : uint8_t { settings, routines };
constexpr uint8_t recordKindCount = 2;

namespace kept {
constexpr uint16_t recordsAt = 24;
constexpr uint16_t logAt = 88;
constexpr uint16_t routinesAt = 328;
constexpr uint16_t end = 1024;
constexpr uint16_t settingsCrc = 21504;
constexpr uint16_t routinesCrc = 21505;
constexpr uint16_t logCrc = 21506;
constexpr uint16_t contentCrc = 21507;
constexpr uint8_t version = 1;
constexpr uint8_t recordBytes = 16;
constexpr uint8_t recordContentBytes = 12;
constexpr uint8_t recordSlots = 2;
constexpr uint8_t logSlots = 8;
constexpr uint8_t logHeadBytes = 9;
constexpr uint8_t logBodyBytes = 19;
constexpr uint8_t logEntryBytes = 30;
constexpr uint8_t logMarkEveryMin = 5;
constexpr uint8_t mostRoutines = 8;
constexpr uint8_t headerBytes = 16;
constexpr uint8_t phaseBytes = 23;
constexpr uint8_t passBytes = 1;
constexpr uint8_t entryBytes = 2;
}  // namespace kept

namespace keptMost {
constexpr int32_t sessionMs = 5400000;
}  // namespace keptMost

// Of motors that nobody has felt yet, and what no record can change.
namespace usual {
constexpr uint8_t startDuty = 107;
constexpr uint8_t ratedDuty = 153;
constexpr uint8_t kickDuty = 184;
constexpr uint8_t glideMs = 111;
constexpr uint8_t glideLeastMs = 90;
constexpr uint8_t glideMostMs = 127;
}  // namespace usual

}  // namespace alone
