#include "chart.h"

namespace alone {

namespace {

// What follows at once is shorter in every chart; a longer one would be a circle.
constexpr uint8_t mostAtOnce = 32;

constexpr uint8_t head = 0x80;
constexpr uint8_t blockEnds = 0xff;

const uint8_t* blockOf(uint8_t state) { return chart.bytes + pgm_read_word(&chart.states[state].block); }

void actAll(const uint8_t* actions, uint8_t count, const Event& event) {
  for (; count > 0; count -= 1) act(pgm_read_byte(actions++), event);
}

void enter(uint8_t state, const Event& event) {
  const uint8_t* block = blockOf(state);
  actAll(block + 1, pgm_read_byte(block) >> 4, event);
}

void leave(uint8_t state, const Event& event) {
  const uint8_t* block = blockOf(state);
  const uint8_t counts = pgm_read_byte(block);
  actAll(block + 1 + (counts >> 4), counts & 0x0f, event);
}

bool isWithin(uint8_t state, uint8_t outer) {
  while (state != wholeChart) {
    state = parentOf(state);
    if (state == outer) return true;
  }
  return false;
}

// What stays active: the source, where the target lies in it; else the innermost state around both.
uint8_t domainOf(uint8_t source, const Way& way) {
  if (!way.reenters() && (way.target == source || isWithin(way.target, source))) return source;
  uint8_t domain = parentOf(way.target);
  while (!isWithin(source, domain)) domain = parentOf(domain);
  return domain;
}

uint8_t enterFirsts(uint8_t state, const Event& event) {
  while (!(kindOf(state) & kind::final) && firstOf(state) != state) {
    state = firstOf(state);
    enter(state, event);
  }
  return state;
}

uint8_t take(uint8_t state, uint8_t source, const Way& way, const Event& event) {
  const uint8_t domain = way.hasTarget() ? domainOf(source, way) : state;
  for (; state != domain; state = parentOf(state)) leave(state, event);
  actAll(way.actions, way.actionCount(), event);
  if (!way.hasTarget()) return state;
  while (state != way.target) {
    uint8_t next = way.target;
    while (parentOf(next) != state) next = parentOf(next);
    state = next;
    enter(state, event);
  }
  state = enterFirsts(state, event);
  if (isEnd(state)) {
    leave(state, event);
    leave(wholeChart, event);
  }
  return state;
}

// The innermost state that hears it and lets it through decides. Whether any has.
bool follow(uint8_t& state, uint8_t what, const Event& event) {
  for (uint8_t source = state;; source = parentOf(source)) {
    Ways ways(source, what);
    Way way;
    while (ways.next(way)) {
      if (way.hasGuard() && !holds(way.guard, event)) continue;
      state = take(state, source, way, event);
      return true;
    }
    if (source == wholeChart) return false;
  }
}

uint8_t settle(uint8_t state, const Event& event) {
  for (uint8_t left = mostAtOnce; left > 0 && !isEnd(state); left -= 1)
    if (!follow(state, Ways::always, event)) break;
  return state;
}

}  // namespace

Ways::Ways(uint8_t state, uint8_t event) : at(blockOf(state)), wanted(head | event), isHeard(false) {
  const uint8_t counts = pgm_read_byte(at);
  at += 1 + (counts >> 4) + (counts & 0x0f);
}

bool Ways::next(Way& way) {
  for (bool isHead = false;;) {
    const uint8_t byte = pgm_read_byte(at);
    if (byte == blockEnds) return false;
    at += 1;
    if (byte & head) {
      // Events that are heard alike stand side by side before them.
      isHeard = byte == wanted || (isHead && isHeard);
      isHead = true;
      continue;
    }
    isHead = false;
    way.flags = byte;
    if (way.hasGuard()) way.guard = pgm_read_byte(at++);
    if (way.hasTarget()) way.target = pgm_read_byte(at++);
    way.actions = at;
    at += way.actionCount();
    if (isHeard) return true;
  }
}

uint8_t begin(const Event& event) {
  enter(wholeChart, event);
  return settle(enterFirsts(wholeChart, event), event);
}

uint8_t advance(uint8_t state, const Event& event) {
  if (isEnd(state)) return state;
  follow(state, static_cast<uint8_t>(event.type), event);
  return settle(state, event);
}

}  // namespace alone
