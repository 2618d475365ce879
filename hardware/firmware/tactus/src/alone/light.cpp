#include "light.h"
#include "kinds.h"

namespace alone {

namespace {

// A sixth of a second, rounded up.
constexpr uint8_t restMs = (1000 + 5) / 6;

struct Led {
  LedPattern pattern;
  bool lit;
  Sign sign;
  Sign next;      // follows it
  uint8_t parts;  // of the sign: dark and lit in turn
  Ms beganAt;
  Ms changedAt;
  Ms signAt;
};
Led led;

// In steps of 10 ms, dark first; what the pattern shows then is not part of it.
constexpr uint8_t stepMs = 10;
constexpr uint8_t mostParts = 6;
const uint8_t lengths[][mostParts] PROGMEM = {
    {50, 25, 75, 25, 50},       // loaded
    {50, 150, 50, 25, 50},      // brokeOff
    {50, 17, 17, 17, 17, 17},   // notLoaded: the last is lit, and dark follows
};
const uint8_t partsOf[] PROGMEM = {5, 5, 6};
constexpr Ms countHalfMs = 500;
static_assert(17 * stepMs >= restMs, "no flash waits for the one before");

// Where a light is lit in every other part of time, how it is in this one, and when the next begins.
struct Part {
  bool lit;
  Ms until;
};

// False where it has been told, and what follows it as well.
bool signalled(Ms at, Part& now) {
  for (uint8_t signs = 0; signs < 2; signs++) {
    Ms until = led.signAt;
    for (uint8_t part = 0; part < led.parts; part++) {
      until += led.sign == Sign::favourite
                   ? countHalfMs
                   : stepMs * pgm_read_byte(&lengths[static_cast<uint8_t>(led.sign) - 1][part]);
      if (at < until) {
        now.lit = part % 2 != 0;
        now.until = until;
        return true;
      }
    }
    showSign(led.next, until);
  }
  return false;
}

LedPattern patternOf(StateName state, StopTrial stopTrial) {
  const LedPattern pattern = static_cast<LedPattern>(kindOf(state) >> kind::patternShift);
  // Pressed for that it is answered as ever: the light stays on, and means from the release on that it waits.
  return pattern == LedPattern::steady && stopTrial == StopTrial::wanted ? LedPattern::askingForStop : pattern;
}

uint16_t halfMsOf(LedPattern pattern) {
  return pattern == LedPattern::going     ? blink::halfMsGoing
         : pattern == LedPattern::stopped ? blink::halfMsStopped
                                          : blink::halfMsAsking;
}
static_assert(blink::halfMsAsking == blink::halfMsAskingForStop, "what asks, asks alike");

Part patterned(Ms at, bool steadyOnly) {
  const LedPattern pattern = led.pattern;
  if (steadyOnly || pattern <= LedPattern::steady)
    return {pattern != LedPattern::dark && pattern != LedPattern::askingForStop, none};
  const uint16_t halfMs = halfMsOf(pattern);
  const uint32_t halves = static_cast<uint32_t>(at - led.beganAt) / halfMs;
  return {halves % 2 == 0, led.beganAt + static_cast<Ms>((halves + 1) * halfMs)};
}

}  // namespace

void openLight() {
  light(false);
  led = Led();
  led.changedAt = none;
}

void showSign(Sign sign, Ms at, uint8_t count) {
  led.sign = sign;
  led.next = Sign::none;
  led.signAt = at;
  // One dark half before the first, so that the count is told apart from what went before.
  led.parts = sign == Sign::none        ? 0
              : sign == Sign::favourite ? static_cast<uint8_t>(2 * count + 1)
                                        : pgm_read_byte(&partsOf[static_cast<uint8_t>(sign) - 1]);
}

void followWith(Sign sign) { led.next = sign; }

Ms shine(StateName state, Ms at, bool steadyOnly, LightAnswer answer, StopTrial stopTrial) {
  const LedPattern pattern = patternOf(state, stopTrial);
  if (pattern != led.pattern) led.beganAt = at;
  led.pattern = pattern;
  Part now;
  if (!signalled(at, now)) {
    if (answer == LightAnswer::none)
      now = patterned(at, steadyOnly);
    else
      now = {answer == LightAnswer::lit, none};
  }
  if (now.lit == led.lit) return now.until;
  if (led.changedAt != none) {
    const Ms may = led.changedAt + restMs;
    if (at < may) return now.until == none ? may : least(may, now.until);
  }
  light(now.lit);
  led.lit = now.lit;
  led.changedAt = at;
  return now.until;
}

}  // namespace alone
