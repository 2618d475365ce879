// The printed card, answered by touch: what a board can see of `machines/screening.ts` and
// `src/session/screening-talk.ts`. Nobody has seen an answer, so the caps are those of a person about whom nothing is known.
#pragma once
#include "context.h"

namespace alone {

// A session opens, and screening with it.
void openCards();

// None of this card's questions: the next one. True where that was the last: the session is to be told that screening
// has cleared, `withCare` where `someCaution()`. Told once.
bool noneOfCard();
// One of the questions of the card before was answered with a caution.
void noteCaution();
// The session has come to `stopped`: during the questions they begin anew, for nobody knows which card it was meant for.
void stopAtCards();

bool someCaution();
// Nothing at all has been answered.
bool cardsAreUntouched();
// How many have been answered; the light may count them.
uint8_t cardsTouched();

}  // namespace alone
