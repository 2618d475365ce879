#include "log.h"
#include <string.h>
#include "eeprom.h"
#include "staged.h"
#include "store.h"

namespace alone {

namespace {

// What an entry holds, by the byte it begins at. Each byte of the body is below 80h, which tells it from a mark.
namespace in {
constexpr uint8_t epoch = 1;
constexpr uint8_t hash = 3;
constexpr uint8_t headCrc = 7;
constexpr uint8_t body = kept::logHeadBytes;
constexpr uint8_t halfMinutes = body;  // by stage, and in each left before right
constexpr uint8_t counts = halfMinutes + stageCount * 2;
constexpr uint8_t here = counts + 3;
constexpr uint8_t leg = here + (hereBandCount + 1) / 2;
constexpr uint8_t seconds = leg + (legBandCount + 1) / 2;
constexpr uint8_t outcomeAndFault = seconds + 2;
constexpr uint8_t reason = outcomeAndFault + 1;
constexpr uint8_t seal = reason + 1;
}  // namespace in
static_assert(in::headCrc + 2 == in::body && in::seal == in::body + kept::logBodyBytes &&
                  in::seal + 2 == kept::logEntryBytes,
              "an entry is as long as the host reads it");

constexpr uint8_t mostInByte = 0x7F;
constexpr uint8_t mostInHalf = 7;
constexpr uint8_t nothing = 7;  // no fault
static_assert(faultCount <= nothing && outcomeCount <= 8 && reasonCount <= mostInByte, "what has so many bits");
constexpr uint16_t halfMinuteMs = 30000;

// What did not come to half a minute yet.
uint16_t restMs;

uint16_t entryAt(uint8_t sequence) {
  static_assert((kept::logSlots & (kept::logSlots - 1)) == 0, "slots come round evenly");
  return kept::logAt + (sequence & (kept::logSlots - 1)) * kept::logEntryBytes;
}

bool headIsWhole(uint16_t at) { return crcOf(kept::logCrc, at, in::headCrc) == keptWord(at + in::headCrc); }

// The newest entry's sequence; false: there is none.
bool newest(uint8_t& sequence) {
  bool any = false;
  for (uint8_t slot = 0; slot < kept::logSlots; slot++) {
    const uint16_t at = entryAt(slot);
    const uint8_t one = eepromRead(at);
    if (entryAt(one) != at || !headIsWhole(at)) continue;
    if (any && static_cast<int8_t>(one - sequence) < 0) continue;
    any = true;
    sequence = one;
  }
  return any;
}

// A checksum of what is staged, over all bytes before it.
void check(uint8_t at) {
  uint16_t crc = kept::logCrc;
  for (uint8_t index = 0; index < at; index++) crc = crc16(crc, staged.bytes[index]);
  staged.bytes[at] = crc;
  staged.bytes[at + 1] = crc >> 8;
}

void add(uint8_t at, uint8_t count) {
  uint8_t& byte = staged.bytes[at];
  byte = count > mostInByte - byte ? mostInByte : byte + count;
}

// Two counts in a byte.
void countBand(uint8_t at, uint8_t band) {
  uint8_t& byte = staged.bytes[at + band / 2];
  const uint8_t shift = band & 1 ? 4 : 0;
  if ((byte >> shift & 15) < mostInHalf) byte += 1 << shift;
}

}  // namespace

LastSession lastSession() {
  uint8_t sequence = 0;
  if (!newest(sequence)) return LastSession::none;
  const uint16_t at = entryAt(sequence);
  const bool isSealed = crcOf(kept::logCrc, at, in::seal) == keptWord(at + in::seal);
  return isSealed ? LastSession::ended : LastSession::brokeOff;
}

bool beginLog(uint16_t epoch, uint32_t routineHash) {
  if (isStoring()) return false;
  uint8_t sequence = 0;
  if (newest(sequence)) sequence++;
  uint8_t* bytes = staged.bytes;
  memset(bytes, 0, sizeof staged.bytes);
  bytes[0] = sequence;
  memcpy(bytes + in::epoch, &epoch, sizeof epoch);
  memcpy(bytes + in::hash, &routineHash, sizeof routineHash);
  check(in::headCrc);
  restMs = 0;
  stage(entryAt(sequence), kept::logHeadBytes);
  return true;
}

void logOne(Logged what) { add(in::counts + static_cast<uint8_t>(what), 1); }

void logHere(HereBand band) { countBand(in::here, static_cast<uint8_t>(band)); }

void logLeg(LegBand band) { countBand(in::leg, static_cast<uint8_t>(band)); }

void logMoved(Stage stage, Side side, Ms ms) {
  uint8_t count = 0;
  for (ms += restMs; ms >= halfMinuteMs && count < mostInByte; ms -= halfMinuteMs) count++;
  restMs = ms < halfMinuteMs ? ms : 0;
  const uint8_t at = in::halfMinutes + static_cast<uint8_t>(stage) * 2;
  if (side != Side::right) add(at, count);
  if (side != Side::left) add(at + 1, count);
}

void logMinute(uint8_t minute) {
  const uint8_t mark = minute / kept::logMarkEveryMin;
  // From the last byte on: a seal that is cut short leaves the marks of the first minutes longest.
  if (mark != 0 && mark <= kept::logBodyBytes && minute % kept::logMarkEveryMin == 0) staged.mark = in::seal - mark;
}

void sealLog(const Ending& ending) {
  uint8_t* bytes = staged.bytes;
  bytes[in::seconds] = ending.seconds & mostInByte;
  bytes[in::seconds + 1] = ending.seconds >> 7 & mostInByte;
  bytes[in::outcomeAndFault] =
      static_cast<uint8_t>(ending.outcome) | (ending.hasFault ? static_cast<uint8_t>(ending.fault) : nothing) << 3;
  bytes[in::reason] = ending.hasReason ? static_cast<uint8_t>(ending.reason) : mostInByte;
  check(in::seal);
  staged.mark = 0;
  // A head that is still being written is followed by the rest at once.
  staged.end = kept::logEntryBytes;
}

}  // namespace alone
