#include "fit.h"
#include <string.h>
#include "deadlines.h"
#include "glance.h"

namespace alone {

namespace {

constexpr Ms finishMs = bound::finishAnnouncements * bound::finishEveryMs;

// What of a pass tells whose other side it is.
struct Kind {
  uint8_t phase;
  Stage stage;
  Zone zone;
  Side side;
};

__attribute__((noinline)) Kind kindAt(const Context& context, uint8_t index) {
  const Pass pass = passAt(context, index);
  return {pass.phase, pass.stage, pass.zone, pass.side};
}

// Whether a pass has no other of its work yet.
__attribute__((noinline)) bool isSingle(const uint8_t (&works)[mostPasses], uint8_t count, uint8_t index) {
  for (uint8_t other = 0; other < count; other++)
    if ((works[other] == works[index]) != (other == index)) return false;
  return true;
}

// Of the passes that are left: what is left of a work stands at the first of them.
struct Work {
  Ms eachMs;
  Ms leastMs;
  uint8_t first;  // which one is the first of its work, the present pass being 0; noPass: of the cooldown, as long as ever
  uint8_t bits;   // how many passes, and these; 0: not the first
};
constexpr uint8_t countBits = 0x03;
constexpr uint8_t isFixed = 0x80;  // one side has had its time: the other gets the same
constexpr uint8_t isGone = 0x40;   // no time was left for it
constexpr uint8_t isHeld = 0x20;   // stays at its least
constexpr uint8_t isServed = 0x10;

bool isShared(const Work& work) { return (work.bits & countBits) && !(work.bits & (isFixed | isGone)); }

// Of all passes of a work. A work has two sides at most.
__attribute__((noinline)) Ms ofAll(Ms ms, const Work& work) { return (work.bits & countBits) > 1 ? ms + ms : ms; }

struct Part {
  Ms wholeMs;
  Ms rest;
};

// `ms` × `over` ÷ `under`, `over` no more than `under`: bit by bit, so that 32 of them are enough. What has been found so
// far is no longer than what of `ms` has gone into it, and follows it in its place.
__attribute__((noinline)) Part partOf(uint32_t ms, uint32_t over, uint32_t under) {
  uint32_t rest = 0;
  for (uint8_t bit = 0; bit < 32; bit++) {
    rest += rest;
    if (ms & 0x80000000UL) rest += over;
    ms <<= 1;
    while (rest >= under) {
      rest -= under;
      ms++;
    }
  }
  return {static_cast<Ms>(ms), static_cast<Ms>(rest)};
}

struct Shortening {
  Context& context;
  const uint8_t count;  // of passes that are left
  Ms totalMs;           // for all that is shared
  Ms over;              // the factor by which it is made shorter
  Ms under;
  bool isAlone;  // what is left of it may get shorter than its least
  Work works[mostPasses];

  explicit Shortening(Context& context) : context(context), count(context.passCount - context.passIndex) {}

  Entry* entries() { return context.passes + context.passIndex; }
  uint8_t begin(Ms begunMs);
  Ms missing(Ms wholeMs);
  void keep(Ms missingMs, bool isAhead);
  void share();
  void giveRest(Ms restMs);
  void end(Ms begunMs);
};

// How many works are left.
__attribute__((noinline)) uint8_t Shortening::begin(Ms begunMs) {
  uint8_t numbers[mostPasses];
  worksOf(context, numbers);
  memset(works, 0, sizeof works);
  uint8_t found = 0;
  const uint8_t* const left = numbers + context.passIndex;
  for (uint8_t index = count; index-- > 0;) {
    Work& work = works[index];
    work.first = noPass;
    if (isCooldown(context, context.passIndex + index)) continue;
    uint8_t first = 0;
    while (left[first] != left[index]) first++;
    work.first = first;
    Work& all = works[first];
    if (all.bits == 0) found++;
    if (left[index] < context.passIndex) all.bits |= isFixed;
    all.bits++;
    all.leastMs = most(all.leastMs, leastMsAt(context, context.passIndex + index));
    // The first one comes last, and what is written here then holds.
    all.eachMs = entries()[index].durationMs;
  }
  works[0].leastMs = most(works[0].leastMs, begunMs);
  for (Work& work : works) work.leastMs = least(work.leastMs, work.eachMs);
  return found;
}

// Moving time that these works are longer than: the turns to come and the reserve for slow ones taken off.
__attribute__((noinline)) Ms Shortening::missing(Ms wholeMs) {
  Ms slowMs = 0;
  wholeMs = -wholeMs;
  Hands before = handsAt(context, context.passIndex);
  const Work* work = works;
  for (uint8_t index = 0; index < count; index++, work++) {
    wholeMs += ofAll(work->eachMs, *work);
    if (index == 0) continue;
    // Between two sides of what is under way nothing can be made up for, but by what comes after.
    if (!(work->bits & isFixed)) slowMs -= ofAll(most(0, work->eachMs - work->leastMs), *work);
    const uint8_t first = work->first;
    if (first != noPass && works[first].eachMs == 0) continue;
    const Hands hands = handsAt(context, context.passIndex + index);
    if (hands != before) {
      wholeMs += context.turnMs;
      if (first == 0 || (first != noPass && works[first].bits & isFixed))
        slowMs += bound::turnMsLongest - context.turnMs;
    }
    before = hands;
  }
  return wholeMs + most(0, slowMs);
}

// What does not fit even as short as it may get goes wholly, the last first; the one under way never.
__attribute__((noinline)) void Shortening::keep(Ms missingMs, bool isAhead) {
  totalMs = -missingMs;
  under = 0;
  Ms leastMs = 0;
  uint8_t kept = 0;
  const Entry* entry = entries();
  for (Work* work = works; work < works + count; work++, entry++) {
    if (!isShared(*work)) continue;
    totalMs += ofAll(work->eachMs, *work);
    if (work->eachMs == 0) {
      work->bits |= isGone;
      continue;
    }
    work->bits &= ~(isHeld | isServed);
    work->eachMs = entry->durationMs;
    under += ofAll(work->eachMs, *work);
    leastMs += ofAll(work->leastMs, *work);
    kept++;
  }
  totalMs = most(0, totalMs);
  Work* const last = isAhead ? works : works + 1;
  for (Work* work = works + count; work-- > last && kept > 1 && leastMs > totalMs;) {
    if (!isShared(*work)) continue;
    work->bits |= isGone;
    under -= ofAll(work->eachMs, *work);
    leastMs -= ofAll(work->leastMs, *work);
    work->eachMs = 0;
    kept--;
  }
  isAlone = leastMs > totalMs;
}

// All that is shared made shorter by one factor, none below its least: `machines/session.shortened.ts`.
__attribute__((noinline)) void Shortening::share() {
  over = totalMs;
  Ms restMs;
  bool isSettled;
  // What stays at its least leaves less to the others, and the factor only ever falls: a round for each at most.
  do {
    isSettled = true;
    restMs = totalMs;
    const Entry* entry = entries();
    for (Work* work = works; work < works + count; work++, entry++) {
      if (!isShared(*work)) continue;
      if (!(work->bits & isHeld)) {
        work->eachMs = partOf(entry->durationMs, over, under).wholeMs;
        if (!isAlone && work->eachMs < work->leastMs) {
          work->bits |= isHeld;
          work->eachMs = work->leastMs;
          over -= ofAll(work->eachMs, *work);
          under -= ofAll(entry->durationMs, *work);
          isSettled = false;
        }
      }
      restMs -= ofAll(work->eachMs, *work);
    }
  } while (!isSettled);
  giveRest(restMs);
}

// What rounding leaves goes to those that have lost most by it, of equal ones to the first.
__attribute__((noinline)) void Shortening::giveRest(Ms restMs) {
  while (restMs > 0) {
    Ms mostLost = -1;
    uint8_t found = 0;
    for (uint8_t index = 0; index < count; index++) {
      const Work& work = works[index];
      if (!isShared(work) || work.bits & isServed) continue;
      const Ms lost =
          work.bits & isHeld ? 0 : ofAll(partOf(entries()[index].durationMs, over, under).rest, work);
      if (lost <= mostLost) continue;
      mostLost = lost;
      found = index;
    }
    if (mostLost < 0) return;
    Work& work = works[found];
    work.bits |= isServed;
    const Ms given = ofAll(1, work);
    if (given > restMs || work.eachMs >= entries()[found].durationMs) continue;
    work.eachMs++;
    restMs -= given;
  }
}

void Shortening::end(Ms begunMs) {
  Entry* entry = entries();
  for (uint8_t index = 0; index < count; index++, entry++) {
    const uint8_t first = works[index].first;
    if (first != noPass) entry->durationMs = least(entry->durationMs, works[first].eachMs);
  }
  // The hands cannot have been there shorter than they have.
  entry = entries();
  entry->durationMs = most(entry->durationMs, begunMs);
  context.passEndsMoved = context.passBeganMoved + entry->durationMs;
}

// What goes takes its turns with it, and what gets shorter has less to give: each round settles one of them.
__attribute__((noinline)) void shorten(Context& context, Ms wholeMs, Ms begunMs, bool isAhead) {
  Shortening shortening(context);
  for (uint8_t rounds = shortening.begin(begunMs) + 2; rounds > 0; rounds--) {
    const Ms missingMs = shortening.missing(wholeMs);
    if (missingMs <= 0) break;
    shortening.keep(missingMs, isAhead);
    if (shortening.under > shortening.totalMs) shortening.share();
  }
  shortening.end(begunMs);
}

}  // namespace

void worksOf(const Context& context, uint8_t (&works)[mostPasses]) {
  const uint8_t count = context.passCount;
  for (uint8_t index = 0; index < count; index++) works[index] = kindAt(context, index).phase;
  // From the last one on, so that those before still have the number of their phase.
  for (uint8_t index = count; index-- > 0;) {
    uint8_t first = 0;
    while (works[first] != works[index]) first++;
    works[index] = first;
  }
  // Where a file writes the two sides of one place as phases of equal length, they are one work.
  for (uint8_t index = 0; index < count; index++) {
    if (!isSingle(works, count, index)) continue;
    const Kind kind = kindAt(context, index);
    if (kind.side == Side::together) continue;
    for (uint8_t other = index + 1; other < count; other++) {
      if (!isSingle(works, count, other)) continue;
      if (context.passes[other].durationMs != context.passes[index].durationMs) continue;
      const Kind its = kindAt(context, other);
      if (its.side == Side::together || its.side == kind.side) continue;
      if (its.stage != kind.stage || its.zone != kind.zone) continue;
      works[other] = index;
      break;
    }
  }
}

void fit(Context& context, Ms at, bool isAhead) {
  const Ms end = capAt(context);
  if (end == none || !hasPass(context) || isCooldown(context, context.passIndex)) return;
  const Ms begunMs = most(0, context.movedMs - context.passBeganMoved);
  Ms wholeMs = end - at - finishMs - cooldownMs(context) + begunMs;
  // Time enough, whatever the turns take.
  if (longestAheadMs(context) <= wholeMs) return;
  if (isAhead && turnsTo(context, context.passIndex)) wholeMs -= context.turnMs;
  shorten(context, wholeMs, begunMs, isAhead);
}

}  // namespace alone
