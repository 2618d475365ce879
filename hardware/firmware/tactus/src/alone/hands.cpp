#include "hands.h"
#include "chords.h"
#include "gestures.h"

namespace alone {

namespace {

// Three samples of 1.024 ms, all alike, make an edge: so many of one button come within a step of the grid.
constexpr uint8_t mostOfOne = routine::inputGridMs * 1000 / (3 * 1024) + 1;
constexpr uint8_t mostEdges = mostOfOne * buttonCount;
// Of an edge only its button is kept: each is the other than the one before. Four to a byte.
constexpr uint8_t edgeBytes = mostEdges / 4;
static_assert(mostEdges % 4 == 0 && buttonCount == 4, "so that two bits name a button, and bytes are full");

struct Hands {
  Finger fingers[buttonCount];
  Chord chord;
  Ms at;  // the moment handled last
  Ms edgesAt;
  uint8_t waiting;
  uint8_t edges[edgeBytes];
};
Hands hands;

Finger& finger(Button button) { return hands.fingers[static_cast<uint8_t>(button)]; }

Button edgeOf(uint8_t index) { return static_cast<Button>(hands.edges[index / 4] >> index % 4 * 2 & 3); }

void tellChord(Button button, Chord::Told ofGo, Chord::Told ofLess) {
  if (button != Button::receiver) hands.chord.tell(button == Button::go ? ofGo : ofLess);
}

void stopEdge() {
  Finger& stop = finger(Button::stop);
  if (stop.isDown()) {
    stop.goUp();
    return;
  }
  stop.goDown(Button::stop);
  for (uint8_t button = 0; button < buttonCount; button++)
    if (static_cast<Button>(button) != Button::stop) hands.fingers[button].join();
  hands.chord.tell(Chord::Told::spoiled);
}

// GO or LESS goes down to the other, or alone.
void press(Button button) {
  const Button first = button == Button::go ? Button::less : Button::go;
  Finger& other = finger(first);
  Finger& own = finger(button);
  // Bounced beside the other, it has joined it already.
  const bool isAnew = !own.isHeld();
  const bool isJoined = other.isHeld();
  if (isJoined && (isAnew || other.isOwn())) {
    if (other.isOwn() && other.stepsDown() < stepsOf(bound::takeBackMs)) say(Word::takeBack, first);
    say(Word::joined, first);
    other.join();
  }
  if (isJoined)
    own.goDownBlocked();
  else
    own.goDown(button);
}

void otherEdge(Button button) {
  Finger& own = finger(button);
  if (own.isDown()) {
    own.goUp();
    tellChord(button, Chord::Told::goUp, Chord::Told::lessUp);
  } else if (stopIsDown()) {
    // With STOP down only STOP counts.
    const bool isAnew = !own.isHeld();
    own.goDownBlocked();
    if (isAnew) say(Word::underStop, button);
  } else if (button == Button::receiver) {
    own.goDown(button);
  } else {
    press(button);
    tellChord(button, Chord::Told::goDown, Chord::Told::lessDown);
  }
}

// At one moment STOP comes first, then what had been held long enough, then the other edges: what was let go exactly at
// its limit had reached it.
void count(uint8_t edges, bool ofStop) {
  for (uint8_t index = 0; index < edges; index++) {
    const Button button = edgeOf(index);
    if ((button == Button::stop) != ofStop) continue;
    if (ofStop)
      stopEdge();
    else
      otherEdge(button);
  }
}

}  // namespace

void openHands() {
  for (Finger& one : hands.fingers) one.rest();
  hands.chord.rest();
  hands.at = 0;
  hands.waiting = 0;
}

void seeEdge(Button button, bool down, Ms at) {
  bool before = isDown(button);
  for (uint8_t index = 0; index < hands.waiting; index++)
    if (edgeOf(index) == button) before = !before;
  if (down == before || hands.waiting == mostEdges) return;
  if (hands.waiting == 0) hands.edgesAt = at - at % routine::inputGridMs + routine::inputGridMs;
  const uint8_t index = hands.waiting++;
  uint8_t& four = hands.edges[index / 4];
  four = static_cast<uint8_t>((index % 4 == 0 ? 0 : four) | static_cast<uint8_t>(button) << index % 4 * 2);
}

Ms nextTouch() {
  int16_t soonest = hands.chord.dueInSteps();
  for (uint8_t button = 0; button < buttonCount; button++) {
    const int16_t inSteps = hands.fingers[button].dueInSteps(static_cast<Button>(button));
    if (inSteps < soonest) soonest = inSteps;
  }
  const Ms edgesAt = hands.waiting == 0 ? none : hands.edgesAt;
  if (soonest == never) return edgesAt;
  const Ms held = hands.at + msOf(soonest);
  return edgesAt == none ? held : least(edgesAt, held);
}

void touchDue(Ms at) {
  const Ms sinceMs = at - hands.at;
  // In 16 bits: there it is a small division.
  const uint8_t steps = sinceMs >= msOf(longAgo)
                            ? longAgo
                            : static_cast<uint8_t>(static_cast<uint16_t>(sinceMs) /
                                                   static_cast<uint16_t>(routine::inputGridMs));
  hands.at = at;
  for (Finger& one : hands.fingers) one.grow(steps);
  hands.chord.grow(steps);
  const uint8_t edges = hands.edgesAt <= at ? hands.waiting : 0;
  count(edges, true);
  for (uint8_t button = 0; button < buttonCount; button++) hands.fingers[button].due(static_cast<Button>(button));
  hands.chord.due();
  count(edges, false);
  hands.waiting -= edges;
}

bool isDown(Button button) { return finger(button).isDown(); }
bool chordCounted() { return hands.chord.hasCounted(); }
Ms handsAt() { return hands.at; }
Ms pressedAt(Button button) { return hands.at - msOf(finger(button).stepsDown()); }

}  // namespace alone
