// Pulses are never kept: they are read off the table anew whenever they are wanted. Their times count from the present
// moment, so that 16 bits hold them.
#include "cues.h"
#include "duty.h"
#include "session.h"

namespace alone {

namespace {

// More than 3 were never planned at once in any session that was tried; a newcomer beyond them is dropped.
constexpr uint8_t mostPlanned = 6;
// Stretches that motors have run within the last window: no session that was tried had more than 16.
constexpr uint8_t mostDriven = 24;
// Two stretches closer than this count as one, with the rest between them.
constexpr uint8_t mergedMs = 20;
// What is farther ahead meets nothing: it is looked at once it is nearer.
constexpr int16_t farMs = 24000;
// What was started so long ago holds up nothing any more.
constexpr int16_t longAgoMs = 1000;
static_assert(farMs + longestPlayMs < INT16_MAX, "times fit into 16 bits");

constexpr uint8_t glide = static_cast<uint8_t>(CueId::GLIDE);
constexpr uint8_t stop = static_cast<uint8_t>(CueId::STOP);
// In the place of a cue's number.
constexpr uint8_t everyCue = cueIdCount;
constexpr uint8_t whatIsOver = cueIdCount + 1;

struct Planned {
  Ms at;
  int16_t forMs;  // until it is over; what was cut is over sooner
  uint8_t cue : 3;
  uint8_t from : 1;
  uint8_t times : 2;
  uint8_t isBegun : 1;
  // What a cue that wants to join finds of this one. Looked at only meanwhile.
  uint8_t isRival : 1;
  uint8_t why : 5;
  uint8_t isGone : 1;
};
static_assert(cueIdCount <= 8 && cueWhyCount <= 32 && motorCount == 2, "so that they fit into their bits");

struct Driven {
  int16_t fromMs;
  uint16_t forMs : 15;
  uint16_t motor : 1;
};

// One motor driven from `fromMs` up to, not including, `untilMs`.
struct Pulse {
  int16_t fromMs;
  int16_t untilMs;
  uint8_t motor;
  uint8_t percent;  // of the rated voltage
};

// A walk over all stretches: those that were driven, then those of each cue.
struct Walk {
  uint8_t driven;
  uint8_t planned;
  uint8_t number;
};

Planned list[mostPlanned + 1];  // and one that wants to join
Driven past[mostDriven];
uint8_t count;
uint8_t pastCount;
int16_t startedMs[motorCount];  // when each was last started by a cue that is not planned any more
Ms now;
// While a newcomer is tried: as it would leave the others, and only what counts against the share.
bool isTrial;
int16_t cutMs;  // when its rivals end

uint8_t rankOf(uint8_t cue) { return pgm_read_byte(&cueEntries[cue].rank); }

// From one moment to another, as far as that matters.
__attribute__((noinline)) int16_t gapMs(Ms from, Ms until) {
  const Ms gap = until - from;
  if (gap > farMs) return farMs;
  return gap < -farMs ? -farMs : gap;
}

int16_t aheadMs(const Planned& one) { return gapMs(now, one.at); }
bool isOver(const Planned& one) { return aheadMs(one) + one.forMs <= 0; }
// Whether it lies within the window that ends now.
bool counts(const Driven& one) { return one.fromMs + static_cast<int16_t>(one.forMs) > -motor::shareWindowMs; }

void dropped(const Planned& one, CueLimit limit) {
  cueDropped(static_cast<CueId>(one.cue), static_cast<CueWhy>(one.why), limit);
}

// The pulse of this number, counted over all repetitions, as far as the cue lasts: it may be empty. False: it has no more,
// or is too far ahead.
bool pulseOf(const Planned& planned, uint8_t number, Pulse& pulse) {
  const CueEntry* cue = &cueEntries[planned.cue];
  int16_t beginMs = aheadMs(planned);
  if (beginMs == farMs) return false;
  const int16_t overMs = beginMs + planned.forMs;
  const uint8_t pulseCount = pgm_read_byte(&cue->pulseCount);
  for (uint8_t turn = planned.times; number >= pulseCount; number -= pulseCount) {
    if (--turn == 0) return false;
    beginMs += pgm_read_word(&cue->lengthMs) + againAfterMs;
  }
  const CuePulse* own = &cuePulses[pgm_read_byte(&cue->firstPulse) + number];
  const uint8_t strength = pgm_read_byte(&own->strength);
  const bool isGlided = strength >= onSecond && planned.cue == glide;
  pulse.motor = planned.from ^ (strength >= onSecond);
  pulse.percent = strength % onSecond;
  pulse.fromMs = beginMs + (isGlided ? calibration.glideMs : pgm_read_byte(&own->fromTens) * 10);
  pulse.untilMs = pulse.fromMs + pgm_read_byte(&own->forTens) * 10;
  if (pulse.untilMs > overMs) pulse.untilMs = overMs;
  return true;
}

bool next(Walk& walk, Pulse& pulse) {
  if (walk.driven < pastCount) {
    const Driven& one = past[walk.driven++];
    pulse.fromMs = one.fromMs;
    pulse.untilMs = one.fromMs + one.forMs;
    pulse.motor = one.motor;
    pulse.percent = 0;
    return true;
  }
  for (; walk.planned < count; walk.planned++) {
    const Planned& one = list[walk.planned];
    // STOP is reserved beside the share: it neither waits for one nor uses one up.
    const bool isLeftOut = isTrial && (one.isGone || one.cue == stop);
    while (!isLeftOut && pulseOf(one, walk.number++, pulse)) {
      if (isTrial && one.isRival && pulse.untilMs > cutMs) pulse.untilMs = cutMs;
      if (pulse.fromMs < pulse.untilMs) return true;
    }
    walk.number = 0;
  }
  return false;
}

// How much later the newcomer has to begin, so that none of its pulses starts too soon after what has started by then.
uint8_t waitMs(const Planned& newcomer) {
  int16_t started[motorCount] = {startedMs[0], startedMs[1]};
  // A motor that runs until this very moment goes on: that is no start, unless the cue has to wait anyway.
  bool goesOn[motorCount] = {false, false};
  Walk walk = {};
  Pulse pulse;
  while (next(walk, pulse))
    if (pulse.fromMs < cutMs) {
      if (pulse.fromMs > started[pulse.motor]) started[pulse.motor] = pulse.fromMs;
      if (pulse.untilMs >= cutMs) goesOn[pulse.motor] = true;
    }
  int16_t waitMs = 0;
  bool hasToWait = false;
  for (uint8_t number = 0; pulseOf(newcomer, number, pulse); number++) {
    const int16_t ownMs = started[1 - pulse.motor] + motor::staggerMs - pulse.fromMs;
    if (ownMs > waitMs) waitMs = ownMs;
    if (ownMs > 0 && !(pulse.fromMs == cutMs && goesOn[pulse.motor])) hasToWait = true;
  }
  return hasToWait ? waitMs : 0;
}

// Whether no motor runs longer within any window that ends with one of its stretches: no other window has more. Those of
// one motor never overlap.
bool fits(int16_t mostMs) {
  Walk ends = {};
  Pulse last;
  while (next(ends, last)) {
    const int16_t beginMs = last.untilMs - motor::shareWindowMs;
    int16_t onMs = 0;
    Walk walk = {};
    Pulse one;
    while (next(walk, one))
      if (one.motor == last.motor && one.untilMs <= last.untilMs && one.untilMs > beginMs)
        onMs += one.untilMs - (one.fromMs > beginMs ? one.fromMs : beginMs);
    if (onMs > mostMs) return false;
  }
  return true;
}

// The lowest rank that has not begun gives way, the latest first; at last the newcomer itself: false.
bool makeRoom(uint8_t rank, int16_t mostMs) {
  uint8_t index = count++;
  const Ms at = list[index].at;
  isTrial = true;
  bool hasRoom;
  while (!(hasRoom = fits(mostMs)) && index != 0)
    while (index != 0) {
      Planned& other = list[--index];
      if (other.isGone || rankOf(other.cue) >= rank || gapMs(at, other.at) <= 0) continue;
      other.isGone = true;
      break;
    }
  isTrial = false;
  count--;
  return hasRoom;
}

void remove(uint8_t index) {
  count--;
  for (; index < count; index++) list[index] = list[index + 1];
}

// Rivals go or are cut, and then come after what is kept; so does what gave way, and the newcomer comes last.
void settle() {
  const Planned newcomer = list[count];
  uint8_t index = 0;
  for (uint8_t left = count; left != 0; left--) {
    Planned one = list[index];
    if (!one.isRival) {
      index++;
      continue;
    }
    dropped(one, CueLimit::rank);
    remove(index);
    if (one.isGone) continue;
    one.forMs = cutMs - aheadMs(one);
    list[count++] = one;
  }
  for (index = count; index-- > 0;)
    if (list[index].isGone) {
      dropped(list[index], CueLimit::cueShare);
      remove(index);
    }
  list[count++] = newcomer;
}

// False where it would drive a motor for longer than cues may.
bool join(const Order& play, CueId cue) {
  const uint8_t rank = rankOf(static_cast<uint8_t>(cue));
  Planned& newcomer = list[count];
  newcomer.at = play.at;
  newcomer.forMs = longestPlayMs;
  newcomer.cue = static_cast<uint8_t>(cue);
  newcomer.from = static_cast<uint8_t>(play.from) ^ static_cast<uint8_t>(calibration.isTurned);
  newcomer.times = play.times;
  newcomer.why = static_cast<uint8_t>(play.why);
  newcomer.isBegun = newcomer.isRival = newcomer.isGone = false;
  cutMs = aheadMs(newcomer);
  newcomer.at += waitMs(newcomer);
  // A GLIDE as this hand feels it may last longer than it is written, or less long.
  int16_t forMs = play.times * (cueMs(cue) + againAfterMs) - againAfterMs;
  Pulse pulse;
  for (uint8_t number = 0; pulseOf(newcomer, number, pulse); number++) {
    const int16_t untilMs = pulse.untilMs - aheadMs(newcomer);
    if (untilMs > forMs) forMs = untilMs;
  }
  newcomer.forMs = forMs;

  bool givesWay = false;
  for (uint8_t index = 0; index < count; index++) {
    Planned& other = list[index];
    const int16_t laterMs = gapMs(newcomer.at, other.at);
    other.isRival = laterMs < forMs && laterMs + other.forMs > 0;
    // What has begun goes on until the newcomer is due, and counts as driven until then; what has not is gone.
    other.isGone = other.isRival && !other.isBegun;
    const bool outranks = play.answer ? other.cue == stop : rankOf(other.cue) >= rank;
    if (other.isRival && outranks) givesWay = true;
  }
  if (givesWay || count == mostPlanned) {
    dropped(newcomer, givesWay ? CueLimit::rank : CueLimit::queue);
    return true;
  }
  if (cue != CueId::STOP && !makeRoom(rank, play.again ? againShareMs : cueShareMs)) {
    dropped(newcomer, CueLimit::cueShare);
    return false;
  }
  settle();
  return true;
}

// What follows at once is one with what was before it, so that no haste can fill the memory. Nor can anything else: where
// it is full, the rest in between counts as driven too.
void note(const Pulse& pulse) {
  for (uint8_t index = pastCount; index-- > 0;) {
    Driven& last = past[index];
    if (last.motor != pulse.motor) continue;
    const int16_t restMs = pulse.fromMs - last.fromMs - last.forMs;
    if (pulse.fromMs < last.fromMs || (restMs >= mergedMs && pastCount < mostDriven)) break;
    const uint16_t forMs = pulse.untilMs - last.fromMs;
    if (forMs > last.forMs) last.forMs = forMs;
    return;
  }
  if (pastCount == mostDriven) return;
  Driven& one = past[pastCount++];
  one.fromMs = pulse.fromMs;
  one.forMs = pulse.untilMs - pulse.fromMs;
  one.motor = pulse.motor;
}

// What this has driven until now counts against the share, STOP excepted; when each motor began is kept.
void remember(const Planned& gone) {
  Pulse pulse;
  for (uint8_t number = 0; pulseOf(gone, number, pulse); number++) {
    if (pulse.untilMs > 0) pulse.untilMs = 0;
    if (pulse.fromMs >= pulse.untilMs) continue;
    if (pulse.fromMs > startedMs[pulse.motor]) startedMs[pulse.motor] = pulse.fromMs;
    if (gone.cue != stop) note(pulse);
  }
}

void retire(uint8_t which) {
  for (uint8_t index = 0; index < count;) {
    const Planned& one = list[index];
    if (which == whatIsOver ? isOver(one) : which == everyCue || which == one.cue) {
      remember(one);
      remove(index);
    } else {
      index++;
    }
  }
}

}  // namespace

Ms cueMs(CueId cue) { return pgm_read_word(&cueEntries[static_cast<uint8_t>(cue)].lengthMs); }

namespace cues {

void reset() {
  count = pastCount = 0;
  now = 0;
  startedMs[0] = startedMs[1] = -longAgoMs;
}

// What is out of the window stays there, at whatever distance: all else may meet again what comes now.
void moveTo(Ms at) {
  int16_t passedMs = gapMs(now, at);
  if (passedMs > motor::shareWindowMs) passedMs = motor::shareWindowMs;
  now = at;
  for (uint8_t index = 0; index < pastCount; index++)
    if (counts(past[index])) past[index].fromMs -= passedMs;
  for (uint8_t motor = 0; motor < motorCount; motor++) {
    startedMs[motor] -= passedMs;
    if (startedMs[motor] < -longAgoMs) startedMs[motor] = -longAgoMs;
  }
}

void add(const Order& play) {
  // No press is met with silence: where an EASE does not fit into what a motor may still run, a TAP answers in its place.
  if (!join(play, play.cue) && play.answer && play.cue == CueId::EASE) join(play, CueId::TAP);
}

void begin() {
  for (uint8_t index = 0; index < count; index++) {
    Planned& one = list[index];
    if (one.isBegun || aheadMs(one) > 0) continue;
    one.isBegun = true;
    if (!isOver(one)) cueBegan(static_cast<CueId>(one.cue), static_cast<CueWhy>(one.why), now);
  }
}

void drop(CueId cue) { retire(static_cast<uint8_t>(cue)); }
void clear() { retire(everyCue); }

void forget() {
  retire(whatIsOver);
  uint8_t kept = 0;
  for (uint8_t index = 0; index < pastCount; index++)
    if (counts(past[index])) past[kept++] = past[index];
  pastCount = kept;
}

int16_t frame(uint8_t (&percent)[motorCount]) {
  percent[0] = percent[1] = 0;
  int16_t soonestMs = INT16_MAX;
  Walk walk = {};
  Pulse pulse;
  while (next(walk, pulse)) {
    if (pulse.untilMs <= 0) continue;
    int16_t edgeMs = pulse.fromMs;
    if (edgeMs <= 0) {
      edgeMs = pulse.untilMs;
      if (pulse.percent > percent[pulse.motor]) percent[pulse.motor] = pulse.percent;
    }
    if (edgeMs < soonestMs) soonestMs = edgeMs;
  }
  if (memory.now.caps == Caps::byTouchWithCare)
    for (uint8_t motor = 0; motor < motorCount; motor++)
      if (percent[motor] > gentlePercent) percent[motor] = gentlePercent;
  return soonestMs;
}

}  // namespace cues

}  // namespace alone
