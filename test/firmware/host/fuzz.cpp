// Mutated byte streams, each followed by STOP: `fuzz SEED STREAMS [FIRST]`. Every stream has a seed of its own, so
// that `fuzz SEED 1 INDEX` is one of them again. Says what it found as JSON, and exits with 1 where a motor was not
// off in time.
#include <stdio.h>
#include <stdlib.h>
#include "damage.h"
#include "random.h"
#include "session.h"
#include "watched.h"

namespace {

constexpr uint32_t stopWithinUs = 5000;
constexpr uint32_t deadManUs = limit::leaseMs * 1000;

struct Found {
  unsigned long streams = 0;
  unsigned long long bytes = 0;
  unsigned long everDriven = 0;
  unsigned long drivenAtStop = 0;
  unsigned long lost = 0;
  unsigned long byDeadMan = 0;
  uint32_t worstStopUs = 0;
  uint32_t worstDeadManUs = 0;
};

// Until nothing is driven, or a little longer than `atMostUs`.
void untilOff(Watched& bench, uint32_t atMostUs) {
  const uint32_t from = bench.nowUs;
  while (bench.driven() && bench.nowUs - from <= atMostUs) bench.forUs(100);
}

const char* runStream(uint64_t seed, Found& found) {
  Chance chance(seed);
  Watched bench;
  const Rates rates = ratesOf(chance);
  DamagedLine line(bench, chance, rates);
  Session session(bench, chance, line);
  bench.ticks(62 + chance.below(8));
  if (chance.oneIn(4)) session.greet();
  for (uint32_t rounds = 1 + chance.below(6); rounds > 0; rounds--) {
    // A main loop that is late: by a reply, or by a flood of bytes.
    if (chance.oneIn(16)) bench.loopAtUs = bench.nowUs + chance.below(20000);
    session.round();
  }
  // The last message may have been cut off by the stop itself.
  if (chance.oneIn(3)) line.send(leaseMessage(bench, 150, 150));
  found.streams++;
  found.bytes += line.bytes;
  found.everDriven += bench.everDriven;
  found.drivenAtStop += bench.driven();
  if (bench.broken) return bench.broken;

  // One in sixteen never arrives; one behind a full ring is dropped; one right behind a byte that the chip lost is in
  // doubt. All three are what the dead-man is for.
  bool lost = chance.oneIn(16);
  uint32_t stopAtUs = 0;
  if (!lost) {
    const uint16_t droppedBefore = bench.receiver.dropped;
    stopAtUs = bench.nowUs;
    bench.send(startSysex);
    bench.send(command::stop);
    lost = bench.receiver.dropped != droppedBefore;
    found.lost += lost;
  }
  // A main loop that is late sees it when it comes.
  const uint32_t lateUs = bench.loopAtUs > bench.nowUs ? bench.loopAtUs - bench.nowUs : 0;
  bench.forUs(lateUs);
  if (!lost) {
    untilOff(bench, stopWithinUs);
    const uint32_t tookUs = bench.nowUs - stopAtUs - lateUs;
    const State state = bench.board.state();
    lost = state == State::armed || state == State::leased;
    if (lost && rates.overrun == 0 && rates.broken == 0) return "a STOP that was not obeyed";
    found.lost += lost;
    if (!lost && tookUs > stopWithinUs) return "driven 5 ms after STOP";
    if (!lost && tookUs > found.worstStopUs) found.worstStopUs = tookUs;
    bench.send(endSysex);
    if (!lost && bench.driven()) return "driven again after STOP";
  }
  if (lost) {
    // A second motor may even start meanwhile: what counts is when the last one is off.
    const uint32_t silentAtUs = bench.nowUs;
    const bool wasDriven = bench.driven();
    bench.forUs(deadManUs);
    if (bench.driven()) return "driven by a silent host for longer than a lease";
    found.byDeadMan += wasDriven;
    if (bench.drivenAtUs > silentAtUs && bench.drivenAtUs - silentAtUs > found.worstDeadManUs)
      found.worstDeadManUs = bench.drivenAtUs - silentAtUs;
  }
  // It stays off: a while each time, and now and then longer than any lease or ARM.
  const uint32_t offAtUs = bench.nowUs;
  bench.forUs(chance.oneIn(64) ? 1300000 : 4000);
  if (bench.drivenAtUs > offAtUs) return "driven again in silence";
  return bench.broken;
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 64;
  const uint64_t seed = strtoull(words[1], nullptr, 10);
  const unsigned long streams = strtoul(words[2], nullptr, 10);
  const unsigned long first = count > 3 ? strtoul(words[3], nullptr, 10) : 0;
  Found found;
  for (unsigned long index = first; index < first + streams; index++) {
    const char* wrong = runStream(seed * 0x100000000ULL + index, found);
    if (!wrong) continue;
    printf("stream %lu of seed %llu: %s\n", index, static_cast<unsigned long long>(seed), wrong);
    return 1;
  }
  printf("{\"streams\":%lu,\"bytes\":%llu,\"everDriven\":%lu,\"drivenAtStop\":%lu,\"lost\":%lu,", found.streams, found.bytes,
         found.everDriven, found.drivenAtStop, found.lost);
  printf("\"byDeadMan\":%lu,", found.byDeadMan);
  printf("\"worstStopUs\":%u,\"worstDeadManUs\":%u}\n", found.worstStopUs, found.worstDeadManUs);
  return 0;
}
