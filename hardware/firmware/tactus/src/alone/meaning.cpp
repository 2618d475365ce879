#include "meaning.h"
#include "hands.h"
#include "kinds.h"
#include "words.h"

namespace alone {

namespace {

// Where the session stood at a press, in one byte: the state, and what else a word may ask about.
constexpr uint8_t stateBits = 0x1f;
constexpr uint8_t legIsAsked = 0x20;
constexpr uint8_t felt = 0x40;
constexpr uint8_t over = 0x80;
constexpr uint8_t nowhere = UINT8_MAX;
static_assert(stateNameCount <= stateBits, "a state fits, and `nowhere` is none");

struct Remembered {
  uint8_t atPress[buttonCount];
  Ms goAt;
};
Remembered remembered;

uint8_t inOneByte(const Situation& now) {
  return static_cast<uint8_t>(static_cast<uint8_t>(now.state) | (now.question == Question::leg ? legIsAsked : 0) |
                              (now.isFelt ? felt : 0) | (now.isOver ? over : 0));
}
StateName stateOf(uint8_t place) { return static_cast<StateName>(place & stateBits); }

uint8_t& atPress(Button button) { return remembered.atPress[static_cast<uint8_t>(button)]; }

// What a word asks for: an event of the session by its number, or one of what stands around it.
constexpr uint8_t nothing = UINT8_MAX;
constexpr uint8_t besides = 0x40;
constexpr uint8_t asks(EventType type) { return static_cast<uint8_t>(type); }
constexpr uint8_t asks(Deed::Kind kind) { return static_cast<uint8_t>(besides | static_cast<uint8_t>(kind)); }
static_assert(eventTypeCount <= besides, "so that no event is taken for something else");

// One word, and where it meets the session.
struct Meeting {
  Word word;
  Button button;
  Situation now;
  uint8_t kinds;     // of the state now
  uint8_t atFirst;   // where the session stood when the finger came down
  uint8_t kindsWere;  // of the state then

  bool is(uint8_t what) const { return (kinds & what) != 0; }
  bool was(uint8_t what) const { return (kindsWere & what) != 0; }
  bool wasOver() const { return (atFirst & over) != 0; }

  // What is asked of a place: a double or a hold of GO finds the session paused by its own first press.
  uint8_t ofPlace(EventType type) const { return is(kind::still | kind::underway) ? asks(type) : nothing; }

  uint8_t goDown() const {
    const bool isDouble = word == Word::doubled;
    const Ms at = handsAt();
    const Ms before = remembered.goAt;
    remembered.goAt = at;
    // Haste is never consent, confirms one step at most and starts nothing.
    const bool wantsCalm = now.state == StateName::preparation || now.state == StateName::faulted;
    const Ms leastMs = wantsCalm ? haste::confirming : is(kind::checkIn) ? haste::answering : 0;
    if ((before != none && at - before < leastMs) || (isDouble && ((kinds | kindsWere) & kind::checkIn) != 0))
      return asks(EventType::hasty);
    if (!isDouble) return asks(EventType::go);
    if (was(kind::underway | kind::still)) return ofPlace(EventType::extend);
    // The press before it has just begun or ended something: it asks for no minute of that.
    return asks(is(kind::underway) ? EventType::hasty : EventType::go);
  }

  // Against a question that can have been felt LESS held is the strongest answer. Everywhere else where hands are at work
  // it leaves the place: it hurt there.
  uint8_t lessHeld() const {
    if (was(kind::checkIn) && (atFirst & felt) != 0) return asks(EventType::checkIn);
    constexpr uint8_t working = kind::underway | kind::still | kind::checkIn;
    const bool wasAtWork = was(working) || stateOf(atFirst) == StateName::faulted;
    const bool isAtWork = is(working) || now.state == StateName::faulted;
    return wasAtWork && isAtWork && !wasOver() && !now.isOver ? asks(EventType::skip) : nothing;
  }

  uint8_t chord() const {
    if (now.state != stateOf(atFirst) || now.isOver != wasOver()) return nothing;
    const bool together = word == Word::together;
    if (now.state == StateName::screening) return asks(together ? Deed::Kind::cardNone : Deed::Kind::cardCaution);
    if (!together) return nothing;
    if (now.isOver) return asks(Deed::Kind::sessionAgain);
    if (now.state == StateName::preparation) return asks(EventType::start);
    return now.state == StateName::stopped ? asks(EventType::afterStop) : nothing;
  }

  uint8_t gesture() const {
    const bool comesDown = word == Word::press || word == Word::doubled;
    if (button == Button::stop) return comesDown ? asks(EventType::stop) : nothing;
    if (button == Button::go) {
      if (comesDown) return goDown();
      // A press that has just begun or acknowledged something is held for nothing: it skips no warm-up.
      return word == Word::hold && was(kind::underway | kind::still) ? ofPlace(EventType::next) : nothing;
    }
    if (comesDown) return asks(EventType::less);
    // Only LESS tells a tap.
    if (button == Button::receiver) return asks(EventType::stop);
    if (word == Word::hold) return lessHeld();
    return word == Word::tap && now.state == StateName::screening && now.isUntouched
               ? asks(Deed::Kind::favouriteNext)
               : nothing;
  }

  uint8_t asked() const {
    switch (word) {
      case Word::takeBack:
        return asks(EventType::takeBack);
      case Word::underStop:
        return asks(EventType::meaningless);
      case Word::joined:
        return now.isOver || is(kind::chordMeans) ? nothing : asks(EventType::meaningless);
      case Word::together:
      case Word::lessLong:
        return chord();
      default:
        return gesture();
    }
  }
};

}  // namespace

void openMeaning() {
  for (uint8_t& place : remembered.atPress) place = nowhere;
  remembered.goAt = none;
}

void say(Word word, Button button) {
  Meeting met;
  met.word = word;
  met.button = button;
  met.now = situation();
  const uint8_t here = inOneByte(met.now);
  uint8_t& first = atPress(button);
  if (word == Word::press || word == Word::underStop) first = here;
  met.atFirst = first == nowhere ? here : first;
  // For a chord it is the first finger that counts, whichever it was.
  if (word == Word::joined) atPress(Button::go) = atPress(Button::less) = met.atFirst;
  met.kinds = kindOf(met.now.state);
  met.kindsWere = kindOf(stateOf(met.atFirst));
  const uint8_t what = met.asked();
  if (what == nothing) return;
  Deed asked = Deed();
  Event& event = asked.event;
  // GO acts at once, so what it asks for beyond that finds the session paused by its own first press, and undoes it.
  if ((what == asks(EventType::extend) || what == asks(EventType::next)) && met.is(kind::still)) {
    event.type = EventType::resume;
    deed(asked);
  }
  event.type = static_cast<EventType>(what);
  if (what >= besides) asked.kind = static_cast<Deed::Kind>(what - besides);
  // Each event takes of these what it carries.
  event.felt = true;
  event.byReceiver = button == Button::receiver;
  event.underStop = word == Word::underStop;
  event.button = button;
  event.pressedAt = pressedAt(button);
  // Which question was open decides what LESS held says of it.
  const bool ofLeg = (met.atFirst & legIsAsked) != 0;
  event.here = ofLeg ? HereBand::light : HereBand::tooMuch;
  event.leg = ofLeg ? LegBand::worse : LegBand::same;
  deed(asked);
}

LightAnswer lightAnswer() {
  const Situation now = situation();
  if (now.state == StateName::screening) return chordCounted() ? LightAnswer::lit : LightAnswer::none;
  if (now.isOver || !isOf(now.state, kind::lightAnswers)) return LightAnswer::none;
  for (uint8_t button = 0; button < buttonCount; button++) {
    const uint8_t place = remembered.atPress[button];
    if (static_cast<Button>(button) != Button::stop && place != nowhere && isDown(static_cast<Button>(button)) &&
        isOf(stateOf(place), kind::lightAnswers))
      return LightAnswer::dark;
  }
  return LightAnswer::none;
}

}  // namespace alone
