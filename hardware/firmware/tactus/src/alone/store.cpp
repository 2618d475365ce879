#include "store.h"
#include "bounds.h"
#include "eeprom.h"
#include "flash.h"
#include "staged.h"

namespace alone {

Staged staged;

namespace {

// No version: a slot that is being written.
constexpr uint8_t broken = 0xFF;
constexpr uint8_t crcOffset = kept::recordBytes - 2;
static_assert(crcOffset == recordContentAt + kept::recordContentBytes, "a record is full");

bool isRecord(uint16_t at) { return at < kept::logAt; }

// Of a kind's two slots the first.
uint16_t slotOf(RecordKind kind) {
  return kept::recordsAt + static_cast<uint8_t>(kind) * (kept::recordSlots * kept::recordBytes);
}

bool isWhole(RecordKind kind, uint16_t at) {
  static_assert(kept::routinesCrc == kept::settingsCrc + 1, "in the order of `RecordKind`");
  const uint16_t start = kept::settingsCrc + static_cast<uint8_t>(kind);
  return eepromRead(at) == kept::version && crcOf(start, at, crcOffset) == keptWord(at + crcOffset);
}

}  // namespace

uint16_t crc16(uint16_t crc, uint8_t byte) {
  uint8_t mixed = crc >> 8 ^ byte;
  mixed ^= mixed >> 4;
  return crc << 8 ^ static_cast<uint16_t>(mixed) << 12 ^ static_cast<uint16_t>(mixed) << 5 ^ mixed;
}

uint16_t crcOf(uint16_t crc, uint16_t at, uint16_t bytes) {
  for (const uint16_t end = at + bytes; at < end; at++) crc = crc16(crc, eepromRead(at));
  return crc;
}

uint16_t keptWord(uint16_t at) { return eepromRead(at) | static_cast<uint16_t>(eepromRead(at + 1)) << 8; }

void stage(uint16_t at, uint8_t length) {
  staged.at = at;
  staged.next = 0;
  staged.end = isRecord(at) ? length + 1 : length;
}

bool isStoring() { return staged.next != staged.end || staged.mark != 0; }

bool storeStep() {
  if (staged.next != staged.end) {
    const uint8_t step = staged.next++;
    // A record's first step breaks it, and one more than it has bytes makes it whole.
    const uint8_t index = step == kept::recordBytes && isRecord(staged.at) ? 0 : step;
    eepromWrite(staged.at + index, step == 0 && isRecord(staged.at) ? broken : staged.bytes[index]);
  } else if (staged.mark != 0) {
    // Of a whole entry's body all bytes are below 80h.
    eepromWrite(staged.at + staged.mark, 0x80 | staged.bytes[0]);
    staged.mark = 0;
  }
  return isStoring();
}

uint16_t newestRecord(RecordKind kind) {
  const uint16_t one = slotOf(kind);
  const uint16_t other = one + kept::recordBytes;
  if (!isWhole(kind, one)) return isWhole(kind, other) ? other : 0;
  if (!isWhole(kind, other)) return one;
  const int8_t ahead = static_cast<int8_t>(eepromRead(other + 1) - eepromRead(one + 1));
  return ahead > 0 ? other : one;
}

bool wasWritten(RecordKind kind) {
  constexpr uint8_t blank = 0xFF;
  const uint16_t one = slotOf(kind);
  for (uint8_t index = 0; index < kept::recordSlots * kept::recordBytes; index++)
    if (eepromRead(one + index) != blank) return true;
  return false;
}

bool Settings::isSound() const {
  for (const MotorSettings& one : motors)
    if (one.startDuty == 0 || one.startDuty > one.ratedDuty || one.ratedDuty > motor::runningDuty ||
        one.ratedDuty > one.kickDuty || one.kickDuty > motor::kickDuty)
      return false;
  if (clockPpm() > mostClockPpm || clockPpm() < -mostClockPpm) return false;
  return lagMs[0] <= motor::leadMs && lagMs[1] <= motor::leadMs && glideMs >= usual::glideLeastMs &&
         glideMs <= usual::glideMostMs;
}

Settings settings() {
  static const Settings unknown PROGMEM = {{{usual::startDuty, usual::ratedDuty, usual::kickDuty},
                                            {usual::startDuty, usual::ratedDuty, usual::kickDuty}},
                                           {0, 0}, usual::glideMs, 0, 0, 0};
  Settings found;
  const uint16_t at = newestRecord(RecordKind::settings);
  uint8_t* to = reinterpret_cast<uint8_t*>(&found);
  for (uint8_t index = 0; index < sizeof found; index++) to[index] = eepromRead(at + recordContentAt + index);
  return at != 0 && found.isSound() ? found : fromFlash(&unknown);
}

void stageRecord(RecordKind kind) {
  const uint16_t newest = newestRecord(kind);
  uint8_t* bytes = staged.bytes;
  bytes[0] = kept::version;
  bytes[1] = newest == 0 ? 0 : eepromRead(newest + 1) + 1;
  uint16_t crc = kept::settingsCrc + static_cast<uint8_t>(kind);
  for (uint8_t index = 0; index < crcOffset; index++) crc = crc16(crc, bytes[index]);
  bytes[crcOffset] = crc;
  bytes[crcOffset + 1] = crc >> 8;
  const uint16_t one = slotOf(kind);
  stage(newest == one ? one + kept::recordBytes : one, kept::recordBytes);
}

KeptRoutines keptRoutines() {
  const uint16_t at = newestRecord(RecordKind::routines);
  if (at == 0) return {{kept::routinesAt, 0}, 0};
  const uint16_t content = at + recordContentAt;
  return {{keptWord(content), keptWord(content + 2)}, keptWord(content + 4)};
}

}  // namespace alone
