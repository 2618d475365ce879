// The routines that a host has loaded: one after the other in one stretch, all of them sound or none there.
#include "store.h"

namespace alone {

uint8_t soundRoutines(Stretch in, uint16_t crc) {
  readPlansAnew();
  if (in.from < kept::routinesAt || in.from > kept::end || in.length > kept::end - in.from) return 0;
  if (crcOf(kept::contentCrc, in.from, in.length) != crc) return 0;
  uint8_t count = 0;
  while (in.length != 0) {
    const Plan one(in.from, false);
    if (count == kept::mostRoutines || !one.isSound(in.length)) return 0;
    const uint16_t bytes = one.bytes();
    in.from += bytes;
    in.length -= bytes;
    count++;
  }
  return count;
}

bool loadedAreLost() {
  if (newestRecord(RecordKind::routines) == 0) return wasWritten(RecordKind::routines);
  return keptRoutines().in.length != 0;
}

uint8_t loadedRoutines() {
  const KeptRoutines routines = keptRoutines();
  return soundRoutines(routines.in, routines.crc);
}

Plan loadedRoutine(uint8_t index) {
  uint16_t from = keptRoutines().in.from;
  while (index--) from += Plan(from, false).bytes();
  return Plan(from, false);
}

}  // namespace alone
