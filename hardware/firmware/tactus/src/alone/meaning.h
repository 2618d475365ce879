// What a word of the hands means, given where the session stands now and where it stood when the finger came down:
// `machines/touch/meaning.ts`. What comes of it the session decides, which may refuse it.
#pragma once
#include "context.h"

namespace alone {

// Where a session stands, as far as touch needs to know.
struct Situation {
  StateName state;
  Question question;  // where one is open
  bool isFelt;        // a question is open that can have been felt and weighed by now: `questionIsFelt`
  bool isOver;
  bool isUntouched;  // nothing at all has been answered in screening: `cardsAreUntouched()`
};

// What a word asks for: something of the session, or of what stands around it.
struct Deed {
  enum class Kind : uint8_t { event, cardNone, cardCaution, favouriteNext, sessionAgain };
  Kind kind;
  Event event;  // where it is one
};

// By whoever plays the session. A session that begins anew because of a deed opens once `touchDue` or `seeEdge` has
// returned.
Situation situation();
void deed(const Deed& deed);

// A session opens: nothing is remembered of hands.
void openMeaning();

// What the light does for a press where no motor may answer it: in screening it comes on for what has counted; where it
// is steady it goes out under the finger, unless the press was meant for the state before.
enum class LightAnswer : uint8_t { none, dark, lit };
LightAnswer lightAnswer();

}  // namespace alone
