// One more minute here, lent by what comes later: `extended` and `lent` of `machines/session.place.ts`.
#include "deadlines.h"
#include "fit.h"
#include "glance.h"
#include "grid.h"
#include "place.h"
#include "pressure.h"
#include "zones.h"

namespace alone {

namespace {

// Whether a minute more of this work would be more than a side may have of it in one session.
__attribute__((noinline)) bool dosageIsSpent(const Context& context, const Pass& pass) {
  if (pass.dosage == Dosage::none) return false;
  const uint8_t on = sidesOf(pass.side);
  const Ms mostMs = (pass.dosage == Dosage::piriformis ? routine::piriformisS : routine::vibrationS) * 1000;
  Ms leftMs[bodySides] = {mostMs, mostMs};
  for (uint8_t index = 0; index < context.passCount; index++) {
    const Pass other = passAt(context, index);
    if (other.dosage != pass.dosage || !touches(other.zone, pass.zone)) continue;
    for (uint8_t side = 0; side < bodySides; side++)
      if (sidesOf(other.side) & (1 << side)) leftMs[side] -= other.durationMs;
  }
  for (uint8_t side = 0; side < bodySides; side++)
    if (on & (1 << side) && leftMs[side] < bound::extendMs) return true;
  return false;
}

__attribute__((noinline)) bool mayBeLonger(const Context& context, uint8_t index) {
  const Pass pass = passAt(context, index);
  return pass.durationMs + bound::extendMs <= pass.mostMs && !dosageIsSpent(context, pass);
}

// Time of the passes of the work of `index`, which is its last: what they can lend, each alike.
struct Lenders {
  uint8_t count;
  Ms roomMs;
};

__attribute__((noinline)) Lenders lendersAt(const Context& context, const uint8_t (&works)[mostPasses], uint8_t index) {
  Lenders lenders = {0, INT32_MAX};
  for (uint8_t one = 0; one < context.passCount; one++) {
    if (works[one] != works[index]) continue;
    // Its sides are lent from once, at the last of them; one that has had its time can lend nothing any more.
    if (one > index || one < context.passIndex) return {0, 0};
    lenders.count++;
    lenders.roomMs = least(lenders.roomMs, most(0, context.passes[one].durationMs - leastMsAt(context, one)));
  }
  return lenders;
}

__attribute__((noinline)) void addTo(Context& context, const uint8_t (&works)[mostPasses], uint8_t work, Ms ms) {
  for (uint8_t index = 0; index < context.passCount; index++)
    if (works[index] == work) context.passes[index].durationMs += ms;
}

// Lent by later work that stays within its bounds: the latest first, each by its sides alike, the cooldown never. False
// where this work or the later has no room, or where the other side has had its time already: sides stay equal. Each work
// lends once, so what it can lend does not depend on what has been lent: first it is only asked, then `lender` lends.
bool lendMinuteOf(const Context& context, Context* lender) {
  if (!hasPass(context) || isCooldown(context, context.passIndex)) return false;
  uint8_t works[mostPasses];
  worksOf(context, works);
  const uint8_t work = works[context.passIndex];
  if (work < context.passIndex) return false;
  Ms missingMs = 0;
  for (uint8_t index = context.passIndex; index < context.passCount; index++) {
    if (works[index] != work) continue;
    if (lender == nullptr && !mayBeLonger(context, index)) return false;
    missingMs += bound::extendMs;
  }
  if (lender != nullptr) addTo(*lender, works, work, bound::extendMs);
  for (uint8_t index = context.passCount; index-- > context.passIndex + 1 && missingMs > 0;) {
    if (works[index] == work || isCooldown(context, index)) continue;
    const Lenders lenders = lendersAt(context, works, index);
    if (lenders.count == 0) continue;
    // A work has two sides at most.
    const Ms eachMs = least(lenders.count > 1 ? missingMs >> 1 : missingMs, lenders.roomMs);
    if (lender != nullptr) addTo(*lender, works, works[index], -eachMs);
    missingMs -= eachMs * lenders.count;
  }
  return missingMs <= 0;
}

}  // namespace

bool otherSideIsDone(const Context& context) {
  if (!hasPass(context)) return false;
  uint8_t works[mostPasses];
  worksOf(context, works);
  return works[context.passIndex] < context.passIndex;
}

bool minuteCanBeLent(const Context& context) { return lendMinuteOf(context, nullptr); }

// On the same grid: strokes that had no room, and whose time has gone by meanwhile, are left out.
void lendMinute(Context& context, Ms at) {
  if (minuteCanBeLent(context)) {
    lendMinuteOf(context, &context);
    context.passEndsMoved += bound::extendMs;
    // The end moves away: it has to be told anew.
    context.announcedPass = noPass;
  }
  if (hasPass(context) && context.movingSince != none) {
    const uint16_t begun = begunBy(paceNow(context), at - 1 - context.gridAt);
    if (begun > context.stroke) context.stroke = begun;
  }
  askFromNow(context, at);
}

}  // namespace alone
