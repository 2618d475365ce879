// GO and LESS together, and LESS alone for long: `machines/chord.ts`.
//
// Both down for 3 s is one answer; it counts while they are held. LESS alone for 3 s counts when it is let go, or when
// GO joins it. A contact that bounces has not let go. STOP spoils whatever is held: it counts no more.
#pragma once
#include "steps.h"
#include "words.h"

namespace alone {

class Chord {
 public:
  enum class Told : uint8_t { goDown, goUp, lessDown, lessUp, spoiled };

  // Whether what is held has counted, or will when it is let go: the light says so.
  bool hasCounted() const { return state == State::counted || state == State::lessLong; }

  void rest();
  void grow(uint8_t bySteps) { alone::grow(ages, ageCount, bySteps); }
  void tell(Told told);
  void due();
  // `never` where nothing is held that will count.
  int16_t dueInSteps() const;

 private:
  enum class State : uint8_t {
    apart,
    goAlone,
    lessAlone,
    lessLifted,
    lessLong,
    together,
    goLifted,
    lessLiftedFirst,
    counted,
    bothLeft,
    lessLeft,
    goLeft,
  };
  static constexpr uint8_t stateCount = 12;

  // What goes with the way from one state to another.
  enum class Deed : uint8_t {
    nothing,
    noteSince,
    noteLeft,
    tellLong,
    tellLongAndNote,
    // It goes on as if nothing had been let go, where the contact only bounced.
    noteUnlessBounced,
    countedIfBounced,
  };
  static constexpr uint8_t way(State to, Deed deed = Deed::nothing) {
    return static_cast<uint8_t>(static_cast<uint8_t>(deed) << 4 | static_cast<uint8_t>(to));
  }
  static const uint8_t ways[stateCount][5];

  // Steps since they are held, and since one of them was let go.
  enum Age : uint8_t { since, left, ageCount };

  State state;
  uint8_t ages[ageCount];
};

}  // namespace alone
