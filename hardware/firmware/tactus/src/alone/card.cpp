#include "card.h"

namespace alone {

namespace {
uint8_t touched;
bool caution;

bool isOpen() { return touched < card::cards; }
}  // namespace

void openCards() {
  touched = 0;
  caution = false;
}

bool noneOfCard() {
  if (!isOpen()) return false;
  touched++;
  return !isOpen();
}

void noteCaution() {
  if (isOpen()) caution = true;
}

void stopAtCards() {
  if (isOpen()) openCards();
}

bool someCaution() { return caution; }
bool cardsAreUntouched() { return touched == 0 && !caution; }
uint8_t cardsTouched() { return touched; }

}  // namespace alone
