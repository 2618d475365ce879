#include "epoch.h"
#include <avr/eeprom.h>
#include "crc8.h"
#include "nonce.h"

namespace {

// A cell is good for 100,000 writes (datasheet 8.4); eight slots in turn make it 800,000 starts. A slot cut short
// by a loss of power fails its checksum, and the one before it still counts.
constexpr uint8_t slots = 8;
constexpr uint8_t slotBytes = 3;

struct Slot {
  uint8_t low;
  uint8_t high;
  uint8_t check;
};

uint8_t checkOf(const Slot& slot) { return crc8(crc8(0xA5, slot.low), slot.high); }

uint8_t* addressOf(uint8_t index) { return reinterpret_cast<uint8_t*>(index * slotBytes); }

bool read(uint8_t index, uint16_t& epoch) {
  Slot slot;
  eeprom_read_block(&slot, addressOf(index), slotBytes);
  epoch = slot.low | static_cast<uint16_t>(slot.high) << 8;
  return slot.check == checkOf(slot) && epoch <= fourteenBits;
}

void write(uint8_t index, uint16_t epoch) {
  Slot slot = {static_cast<uint8_t>(epoch), static_cast<uint8_t>(epoch >> 8), 0};
  slot.check = checkOf(slot);
  eeprom_update_block(&slot, addressOf(index), slotBytes);
}

uint8_t next(uint8_t index) { return (index + 1) % slots; }

uint8_t written = 0;

}  // namespace

uint16_t beginEpoch() {
  uint16_t newest = 0;
  uint8_t newestIndex = slots - 1;
  bool any = false;
  for (uint8_t index = 0; index < slots; index++) {
    uint16_t epoch;
    if (!read(index, epoch)) continue;
    // The slots hold neighbours on the circle: the newest is the one ahead of all others by a little.
    const uint16_t ahead = (epoch - newest) & fourteenBits;
    if (any && (ahead == 0 || ahead > fourteenBits / 2)) continue;
    any = true;
    newest = epoch;
    newestIndex = index;
  }
  const uint16_t epoch = (newest + 1) & fourteenBits;
  written = next(newestIndex);
  write(written, epoch);
  return epoch;
}

bool epochIsKept(uint16_t epoch) {
  // Cells wear out. The newest before this one is overwritten last.
  for (uint8_t tries = 0; tries < slots; tries++) {
    uint16_t kept;
    if (read(written, kept) && kept == epoch) return true;
    written = next(written);
    write(written, epoch);
  }
  return false;
}
