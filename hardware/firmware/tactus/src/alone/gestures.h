// From the edges of one button to gestures: `machines/gesture.ts`.
//
// A press acts at once, a second one within 400 ms is a double, a button still down after a second is a hold, the third
// press within 3 s is a triple as well. What is up for less than `chatterMs` was never let go. A button that is joined by
// another, or blocked from the outset, tells nothing of its own until it has been let go.
#pragma once
#include "steps.h"
#include "words.h"

namespace alone {

class Finger {
 public:
  // In this order: what is down comes last.
  enum class State : uint8_t { up, upAgain, liftedOnce, liftedAgain, liftedSpent, once, again, held, spent };

  bool isDown() const { return state >= State::once; }
  // Whether a finger is on it: down, or up for so short a time that it may only be bouncing.
  bool isHeld() const { return isDown() || (isLifted() && bounces()); }
  // Whether what it does is told: it went down by itself, and no other has joined it.
  bool isOwn() const { return state != State::spent && state != State::liftedSpent; }
  uint8_t stepsDown() const { return ages[down]; }

  void rest();
  void grow(uint8_t bySteps) { alone::grow(ages, ageCount, bySteps); }
  void goDown(Button button);
  void goUp();
  // It goes down, and tells nothing.
  void goDownBlocked();
  // It is down, or was lately, and tells nothing more.
  void join();
  // Tells what it has been held for, or let go for, long enough by now.
  void due(Button button);
  // In how many steps that will be; `never`.
  int16_t dueInSteps(Button button) const;

 private:
  bool isLifted() const { return state >= State::liftedOnce && state <= State::liftedSpent; }
  bool bounces() const { return ages[up] < stepsOf(gesture::chatterMs); }
  void forget() { ages[down] = ages[third] = longAgo; }

  // Steps since it last went down, since the press before that, and since it was let go; `longAgo` also where a press is
  // forgotten.
  enum Age : uint8_t { down, third, up, ageCount };

  State state;
  uint8_t ages[ageCount];
};

}  // namespace alone
