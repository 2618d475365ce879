#include "pressure.h"
#include "deadlines.h"
#include "zones.h"

namespace alone {

namespace {

uint8_t lesser(uint8_t one, uint8_t other) { return one < other ? one : other; }

bool isOn(uint8_t sides, uint8_t side) { return sides & (1 << side); }

uint8_t greater(uint8_t one, uint8_t other) { return one > other ? one : other; }

// One step down, and never below 1.
uint8_t stepDown(uint8_t pressure) { return greater(pressure, 2) - 1; }

// A side's pressure as this pass begins: the phase's start, never above what it had before, nor above any cap.
uint8_t pressureIn(const Context& context, const Pass& pass, uint8_t side) {
  uint8_t pressure = lesser(pass.pressureStart, pass.pressureMax);
  if (context.pressure[side]) pressure = lesser(pressure, context.pressure[side]);
  pressure = lesser(pressure, pressureCap(context));
  return lesser(pressure, context.ceiling[side]);
}

// From when a side gets used to its pressure as this pass begins.
Ms dwellFrom(const Context& context, const Pass& pass, uint8_t side) {
  const uint8_t zone = context.zoneOf[side];
  const bool goesOn = zone != noZone && isWithin(pass.zone, static_cast<Zone>(zone)) && context.handsAreOn &&
                      isOn(sidesOf(context.handsSide), side);
  return goesOn && pressureIn(context, pass, side) == context.pressure[side] ? context.dwellFromMoved[side]
                                                                             : context.movedMs;
}

// These sides get used to another pressure from now on.
void setPressure(Context& context, uint8_t sides, uint8_t pressure, Ms moved) {
  for (uint8_t side = 0; side < bodySides; side++) {
    if (!isOn(sides, side)) continue;
    context.pressure[side] = pressure;
    context.dwellFromMoved[side] = moved;
  }
}

}  // namespace

uint8_t sidesOf(Side side) {
  static_assert(static_cast<uint8_t>(Side::left) == 0 && static_cast<uint8_t>(Side::right) == 1 &&
                    static_cast<uint8_t>(Side::together) == 2,
                "a side's number and one is the bits of the body's sides");
  return static_cast<uint8_t>(side) + 1;
}

uint8_t pressureCap(const Context& context) { return context.caps == Caps::byTouch ? 2 : 1; }

uint8_t pressureNow(const Context& context) { return standing(context).pressure; }

Standing standing(const Context& context) {
  Standing now = {0, 0, 0, INT32_MIN};
  if (!hasPass(context)) return now;
  const Pass pass = passNow(context);
  now.sides = sidesOf(pass.side);
  now.most = lesser(pass.pressureMax, pressureCap(context));
  for (uint8_t side = 0; side < bodySides; side++) {
    if (!isOn(now.sides, side)) continue;
    const uint8_t pressure = context.pressure[side];
    if (pressure && (!now.pressure || pressure < now.pressure)) now.pressure = pressure;
    now.most = lesser(now.most, context.ceiling[side]);
    now.dwellFromMoved = most(now.dwellFromMoved, context.dwellFromMoved[side]);
  }
  return now;
}

Ms dwellOnEntering(const Context& context, const Pass& pass) {
  Ms from = INT32_MIN;
  for (uint8_t side = 0; side < bodySides; side++)
    if (isOn(sidesOf(pass.side), side)) from = most(from, dwellFrom(context, pass, side));
  return from;
}

bool isLightest(const Context& context) {
  const uint8_t sides = standing(context).sides;
  for (uint8_t side = 0; side < bodySides; side++)
    if (isOn(sides, side) && context.pressure[side] != 1) return false;
  return sides != 0;
}

bool mayRise(const Context& context, Ms at) {
  const Standing now = standing(context);
  return greater(now.pressure, 1) < now.most && movedAt(context, at) - now.dwellFromMoved >= rules.riseDwellMs;
}

void settle(Context& context) {
  if (!hasPass(context) || context.settledPass == context.passIndex) return;
  const Pass pass = passNow(context);
  context.settledPass = context.passIndex;
  for (uint8_t side = 0; side < bodySides; side++) {
    if (!isOn(sidesOf(pass.side), side)) continue;
    context.dwellFromMoved[side] = dwellFrom(context, pass, side);
    context.pressure[side] = pressureIn(context, pass, side);
    context.zoneOf[side] = static_cast<uint8_t>(pass.zone);
  }
}

void ease(Context& context, Ms at) {
  const Standing now = standing(context);
  if (!now.pressure) return;
  const uint8_t pressure = stepDown(now.pressure);
  const Ms moved = movedAt(context, at);
  setPressure(context, now.sides, pressure, moved);
  for (uint8_t side = 0; side < bodySides; side++)
    if (isOn(now.sides, side)) context.ceiling[side] = lesser(context.ceiling[side], pressure);
  context.easedUntilMoved = moved + bound::easedMs;
}

void lower(Context& context) {
  const uint8_t sides = standing(context).sides;
  for (uint8_t side = 0; side < bodySides; side++) {
    if (!isOn(sides, side)) continue;
    if (context.pressure[side]) context.pressure[side] = stepDown(context.pressure[side]);
    context.dwellFromMoved[side] = context.movedMs;
  }
}

void rise(Context& context, Ms at) {
  if (!mayRise(context, at)) return;
  const Standing now = standing(context);
  setPressure(context, now.sides, greater(now.pressure, 1) + 1, movedAt(context, at));
}

}  // namespace alone
