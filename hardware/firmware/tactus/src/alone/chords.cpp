#include "chords.h"
#include "flash.h"

namespace alone {

constexpr uint8_t Chord::stateCount;

// A row each state; in it GO down, GO up, LESS down, LESS up, spoiled. What changes nothing leads to the state itself.
const uint8_t Chord::ways[stateCount][5] PROGMEM = {
    // apart
    {way(State::goAlone), way(State::apart), way(State::lessAlone, Deed::noteSince), way(State::apart),
     way(State::apart)},
    // goAlone
    {way(State::goAlone), way(State::apart), way(State::together, Deed::noteSince), way(State::goAlone),
     way(State::goLeft)},
    // lessAlone
    {way(State::together, Deed::noteSince), way(State::lessAlone), way(State::lessAlone),
     way(State::lessLifted, Deed::noteLeft), way(State::lessLeft)},
    // lessLifted: let go, or bouncing
    {way(State::goAlone), way(State::lessLifted), way(State::lessAlone, Deed::noteUnlessBounced),
     way(State::lessLifted), way(State::apart)},
    // lessLong
    {way(State::together, Deed::tellLongAndNote), way(State::lessLong), way(State::lessLong),
     way(State::apart, Deed::tellLong), way(State::lessLeft)},
    // together
    {way(State::together), way(State::goLifted, Deed::noteLeft), way(State::together),
     way(State::lessLiftedFirst, Deed::noteLeft), way(State::bothLeft)},
    // goLifted: one of both has let go, or bounces
    {way(State::together, Deed::noteUnlessBounced), way(State::goLifted), way(State::goLifted), way(State::apart),
     way(State::lessLeft)},
    // lessLiftedFirst
    {way(State::lessLiftedFirst), way(State::apart), way(State::together, Deed::noteUnlessBounced),
     way(State::lessLiftedFirst), way(State::goLeft)},
    // counted
    {way(State::counted), way(State::lessLeft, Deed::noteLeft), way(State::counted),
     way(State::goLeft, Deed::noteLeft), way(State::bothLeft)},
    // bothLeft: what is held has counted or was spoiled; what it still does begins nothing of its own
    {way(State::bothLeft), way(State::lessLeft), way(State::bothLeft), way(State::goLeft), way(State::bothLeft)},
    // lessLeft
    {way(State::together, Deed::countedIfBounced), way(State::lessLeft), way(State::lessLeft), way(State::apart),
     way(State::lessLeft)},
    // goLeft
    {way(State::goLeft), way(State::apart), way(State::together, Deed::countedIfBounced), way(State::goLeft),
     way(State::goLeft)},
};

void Chord::rest() {
  state = State::apart;
  ages[since] = ages[left] = longAgo;
}

void Chord::tell(Told told) {
  const uint8_t taken = pgm_read_byte(&ways[static_cast<uint8_t>(state)][static_cast<uint8_t>(told)]);
  const Deed deed = static_cast<Deed>(taken >> 4);
  const bool bounced = ages[left] < stepsOf(gesture::chatterMs);
  state = static_cast<State>(taken & 0x0f);
  if (deed == Deed::noteLeft) ages[left] = 0;
  if (deed == Deed::tellLong || deed == Deed::tellLongAndNote) say(Word::lessLong, Button::less);
  if (deed == Deed::countedIfBounced && bounced) state = State::counted;
  if (deed == Deed::noteSince || deed == Deed::tellLongAndNote || (deed >= Deed::noteUnlessBounced && !bounced))
    ages[since] = 0;
}

int16_t Chord::dueInSteps() const {
  return state == State::together || state == State::lessAlone ? stepsOf(chord::holdMs) - ages[since] : never;
}

void Chord::due() {
  if (dueInSteps() > 0) return;
  const bool both = state == State::together;
  state = both ? State::counted : State::lessLong;
  if (both) say(Word::together, Button::go);
}

}  // namespace alone
