#include "gestures.h"

namespace alone {

void Finger::rest() {
  state = State::up;
  ages[up] = longAgo;
  forget();
}

void grow(uint8_t* ages, uint8_t count, uint8_t bySteps) {
  for (; count > 0; count--, ages++) {
    const uint8_t age = *ages + bySteps;
    *ages = age < bySteps ? longAgo : age;
  }
}

void Finger::goDown(Button button) {
  if (isLifted() && bounces()) {
    state = state == State::liftedOnce ? State::once : state == State::liftedAgain ? State::again : State::spent;
    return;
  }
  // A third press begins anew: it is no second double.
  const bool wasDouble = state == State::liftedAgain || state == State::upAgain;
  const bool followsAtOnce = !wasDouble && ages[down] <= stepsOf(gesture::doubleMs);
  state = followsAtOnce ? State::again : State::once;
  say(followsAtOnce ? Word::doubled : Word::press, button);
  if (ages[third] <= stepsOf(gesture::tripleMs)) say(Word::triple, button);
  ages[third] = ages[down];
  ages[down] = 0;
}

void Finger::goUp() {
  if (!isDown()) return;
  state = state == State::once ? State::liftedOnce : state == State::again ? State::liftedAgain : State::liftedSpent;
  ages[up] = 0;
}

void Finger::goDownBlocked() {
  if (isDown()) return;
  state = State::spent;
  forget();
}

void Finger::join() {
  if (state < State::liftedOnce) return;
  state = isDown() ? State::spent : State::liftedSpent;
  forget();
}

int16_t Finger::dueInSteps(Button button) const {
  if (state == State::liftedOnce || state == State::liftedAgain) {
    // Only LESS tells a tap. One that has been up for longer than a bounce would have told it.
    const bool isTap = button == Button::less && ages[up] <= stepsOf(gesture::chatterMs) &&
                       ages[down] - ages[up] <= stepsOf(gesture::tapMs);
    return isTap ? stepsOf(gesture::chatterMs) - ages[up] : never;
  }
  // A second press held is no hold, for then GO would mean two things; a squeeze always is.
  const bool isReceiver = button == Button::receiver;
  if (state == State::once || (state == State::again && isReceiver))
    return stepsOf(isReceiver ? gesture::receiverHoldMs : gesture::holdMs) - ages[down];
  return never;
}

void Finger::due(Button button) {
  if (dueInSteps(button) > 0) return;
  if (isDown()) {
    state = State::held;
    say(Word::hold, button);
  } else {
    state = state == State::liftedOnce ? State::up : State::upAgain;
    say(Word::tap, button);
  }
}

}  // namespace alone
