#include "keep.h"
#include <string.h>
#include "eeprom.h"
#include "staged.h"
#include "store.h"

namespace alone {

namespace {

constexpr uint8_t keptFieldBytes = keptSize - 5;
static_assert(1 + keepFieldBytes + 2 <= sysexMax, "the parser takes it");
static_assert(keepFieldBytes == 4 + 2 * kept::recordContentBytes, "two 7-bit bytes carry one");

enum class Now : uint8_t { nothing, asked, storing, answered };

struct Request {
  Now now;
  KeepDeed deed;
  KeepAnswer answer;
  uint8_t length;
};
Request request;

void answer(KeepAnswer what) {
  request.answer = what;
  request.now = Now::answered;
}

bool overlaps(const Stretch& in, uint16_t from, uint8_t length) {
  return from < in.from + in.length && in.from < from + length;
}

KeepAnswer write() {
  const uint16_t at = staged.at;
  if (at < kept::routinesAt || at + request.length > kept::end) return KeepAnswer::outOfReach;
  if (overlaps(keptRoutines().in, at, request.length)) return KeepAnswer::inUse;
  stage(at, request.length);
  return KeepAnswer::done;
}

KeepAnswer record() {
  const uint8_t* content = staged.bytes + recordContentAt;
  if (staged.at >= recordKindCount) return KeepAnswer::outOfReach;
  const RecordKind kind = static_cast<RecordKind>(staged.at);
  if (kind == RecordKind::settings) {
    Settings settings;
    memcpy(&settings, content, sizeof settings);
    if (!settings.isSound()) return KeepAnswer::unsound;
  } else {
    uint16_t words[3];  // from, length, checksum
    memcpy(words, content, sizeof words);
    if (words[1] != 0 && soundRoutines({words[0], words[1]}, words[2]) == 0) return KeepAnswer::unsound;
  }
  stageRecord(kind);
  return KeepAnswer::done;
}

KeepAnswer begin() {
  if (request.length > kept::recordContentBytes) return KeepAnswer::outOfReach;
  switch (request.deed) {
    case KeepDeed::read:
      return staged.at + request.length > kept::end ? KeepAnswer::outOfReach : KeepAnswer::done;
    case KeepDeed::write:
      return write();
    case KeepDeed::record:
      return record();
  }
  return KeepAnswer::outOfReach;
}

// Whether what was written lies there.
bool isKept() {
  const uint8_t length = request.deed == KeepDeed::record ? kept::recordBytes : request.length;
  for (uint8_t index = 0; index < length; index++)
    if (eepromRead(staged.at + index) != staged.bytes[index]) return false;
  return true;
}

}  // namespace

bool obeyKeep(const uint8_t* body, uint8_t length) {
  if (!whole(body, length, keepFieldBytes)) return false;
  if (request.now != Now::nothing) return true;
  request.deed = static_cast<KeepDeed>(body[1]);
  if (isArmed()) {
    answer(KeepAnswer::armed);
    return true;
  }
  // ... or its end is still being written.
  if (isBusyAlone() || isStoring()) {
    answer(KeepAnswer::busyAlone);
    return true;
  }
  staged.at = body[2] | static_cast<uint16_t>(body[3]) << 7;
  request.length = body[4];
  uint8_t* to = staged.bytes + (request.deed == KeepDeed::record ? recordContentAt : 0);
  body += 5;
  for (uint8_t count = kept::recordContentBytes; count--; body += 2) *to++ = body[0] | body[1] << 7;
  request.now = Now::asked;
  return true;
}

void keepStep() {
  if (request.now == Now::asked) {
    const KeepAnswer can = begin();
    if (can != KeepAnswer::done)
      answer(can);
    else if (request.deed == KeepDeed::read)
      answer(can);
    else
      request.now = Now::storing;
  } else if (request.now == Now::storing && !isStoring()) {
    answer(isKept() ? KeepAnswer::done : KeepAnswer::notKept);
  }
}

bool keptWaits() { return request.now == Now::answered; }

void writeKept(Writer& to) {
  request.now = Now::nothing;
  // A session has begun meanwhile: what is staged is its own.
  if (isBusyAlone()) request.answer = KeepAnswer::busyAlone;
  const bool isDone = request.answer == KeepAnswer::done;
  const uint16_t at = isDone ? staged.at : 0;
  const uint8_t length = isDone ? request.length : 0;
  uint8_t bytes[keptFieldBytes] = {};
  uint8_t* next = bytes;
  *next++ = static_cast<uint8_t>(request.deed);
  *next++ = static_cast<uint8_t>(request.answer);
  *next++ = at;
  *next++ = at >> 7;
  *next++ = length;
  if (request.deed == KeepDeed::read)
    for (uint8_t index = 0; index < length; index++) {
      const uint8_t byte = eepromRead(at + index);
      *next++ = byte;
      *next++ = byte >> 7;
    }
  to.begin(keptCommand);
  for (const uint8_t byte : bytes) to.data(byte);
  to.endWithCrc();
}

}  // namespace alone
