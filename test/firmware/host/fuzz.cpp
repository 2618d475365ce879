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
// The dead-man's time, and the tick in which it is noticed.
constexpr uint32_t deadManUs = limit::leaseMs * 1000;

struct Found {
  unsigned long streams = 0;
  unsigned long long bytes = 0;
  unsigned long everDriven = 0;
  unsigned long drivenAtStop = 0;
  unsigned long byDeadMan = 0;
  uint32_t worstStopUs = 0;
  uint32_t worstDeadManUs = 0;
};

// Until nothing is driven, at most so long. How long it took.
uint32_t untilOff(Watched& bench, uint32_t atMostUs) {
  const uint32_t from = bench.nowUs;
  while (bench.driven() && bench.nowUs - from <= atMostUs) bench.forUs(100);
  return bench.nowUs - from;
}

const char* runStream(uint64_t seed, Found& found) {
  Chance chance(seed);
  Watched bench;
  DamagedLine line(bench, chance, ratesOf(chance));
  Session session(bench, chance, line);
  bench.ticks(62 + chance.below(8));
  if (chance.oneIn(4)) session.greet();
  for (uint32_t rounds = 1 + chance.below(5); rounds > 0; rounds--) {
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

  const bool lost = chance.oneIn(16);
  if (!lost) {
    // The main loop sees it, late or not.
    const uint32_t lateUs = bench.loopAtUs > bench.nowUs ? bench.loopAtUs - bench.nowUs : 0;
    bench.send(startSysex);
    bench.send(command::stop);
    const uint32_t tookUs = untilOff(bench, stopWithinUs + lateUs);
    if (lateUs == 0 && tookUs > found.worstStopUs) found.worstStopUs = tookUs;
    if (tookUs > stopWithinUs + lateUs) return "driven 5 ms after STOP";
    bench.send(endSysex);
  }
  if (bench.driven() && !lost) return "driven again after STOP";
  const bool wasDriven = bench.driven();
  const uint32_t silentFromUs = bench.nowUs;
  // A lost STOP is what the dead-man is for; after the others, a while of silence is enough to see that it stays.
  const uint32_t tookUs = untilOff(bench, deadManUs + stopWithinUs);
  if (wasDriven) {
    found.byDeadMan++;
    if (tookUs > found.worstDeadManUs) found.worstDeadManUs = tookUs;
    if (tookUs > deadManUs) return "driven by a silent host for longer than a lease";
  }
  bench.drivenAtUs = 0;
  bench.forUs(chance.oneIn(64) ? 1300000 : 4000);
  if (bench.drivenAtUs > silentFromUs) return "driven again in silence";
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
  printf("{\"streams\":%lu,\"bytes\":%llu,\"everDriven\":%lu,\"drivenAtStop\":%lu,\"byDeadMan\":%lu,", found.streams,
         found.bytes, found.everDriven, found.drivenAtStop, found.byDeadMan);
  printf("\"worstStopUs\":%u,\"worstDeadManUs\":%u}\n", found.worstStopUs, found.worstDeadManUs);
  return 0;
}
