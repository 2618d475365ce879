// Hands, card, choices and light of the board alone, driven by lines and answered by lines. `hands.test.ts` says which.
#include <cstdio>
#include "card.h"
#include "choice.h"
#include "hands.h"
#include "light.h"
#include "meaning.h"
#include "words.h"

namespace alone {

// What the files of the hands call `say`: see `touch-program.ts`.
void sayHeard(Word word, Button button);

namespace {

constexpr int mostPlaces = 64;
int places[mostPlaces];
int placeCount = 1;
int placeNow = 0;

int number() {
  int read = 0;
  if (scanf("%d", &read) != 1) throw "a number was expected";
  return read;
}

int whenOrNever(Ms at) { return at == none ? -1 : at; }

bool isLit = false;

}  // namespace

void sayHeard(Word word, Button button) {
  printf(" w%d,%d,%d", static_cast<int>(word), static_cast<int>(button),
         word == Word::takeBack ? pressedAt(button) : handsAt());
  say(word, button);
}

// The state, the question (3: none), whether it is felt, over, untouched.
Situation situation() {
  const int place = places[placeNow];
  const int question = place >> 5 & 3;
  return {static_cast<StateName>(place & 31), static_cast<Question>(question == 3 ? 0 : question),
          (place >> 7 & 1) != 0, (place >> 8 & 1) != 0, (place >> 9 & 1) != 0};
}

// Each deed brings the session to the next of the places.
void deed(const Deed& asked) {
  placeNow = (placeNow + 1) % placeCount;
  if (asked.kind != Deed::Kind::event) {
    printf(" b%d", static_cast<int>(asked.kind));
    return;
  }
  const Event& event = asked.event;
  printf(" e%d", static_cast<int>(event.type));
  switch (event.type) {
    case EventType::go:
      printf(",%d", event.felt);
      break;
    case EventType::less:
    case EventType::stop:
      printf(",%d", event.byReceiver);
      break;
    case EventType::meaningless:
      printf(",%d", event.underStop);
      break;
    case EventType::takeBack:
      printf(",%d,%d", static_cast<int>(event.button), event.pressedAt);
      break;
    case EventType::checkIn:
      printf(",%d,%d,%d", static_cast<int>(event.here), static_cast<int>(event.leg), event.firmer);
      break;
    default:
      break;
  }
}

void light(bool lit) { isLit = lit; }

namespace {

Ms shineNow(Ms at, int state, int steadyOnly, int answer, int stopTrial) {
  return shine(static_cast<StateName>(state), at, steadyOnly != 0, static_cast<LightAnswer>(answer),
               static_cast<StopTrial>(stopTrial));
}

// Every ms of a stretch; told is what differs from the ms before.
void sweep(int state, int steadyOnly, int stopTrial, int forMs) {
  int before = -2;
  bool wasLit = false;
  for (int at = 0; at < forMs; at++) {
    const int until = whenOrNever(shineNow(at, state, steadyOnly, 0, stopTrial));
    if (at > 0 && until == before && isLit == wasLit) continue;
    printf(" %d:%d:%d", at, isLit, until);
    before = until;
    wasLit = isLit;
  }
}

void answerTo(char command) {
  switch (command) {
    case 'o':  // open everything; then places, how many and which
      openHands();
      openMeaning();
      openCards();
      openLight();
      placeNow = 0;
      placeCount = number();
      if (placeCount < 1 || placeCount > mostPlaces) throw "too many places";
      for (int index = 0; index < placeCount; index++) places[index] = number();
      break;
    case 'p':
      placeNow = number();
      break;
    case 'e': {
      const int button = number();
      const int down = number();
      seeEdge(static_cast<Button>(button), down != 0, number());
      printf(" n%d", whenOrNever(nextTouch()));
      break;
    }
    case 'd':
      touchDue(number());
      printf(" n%d a%d s%d", whenOrNever(nextTouch()), static_cast<int>(lightAnswer()), stopIsDown());
      break;
    case 'n':
      printf(" %d", noneOfCard());
      break;
    case 'c':
      noteCaution();
      break;
    case 'x':
      stopAtCards();
      break;
    case 'u':
      printf(" %d,%d,%d", cardsAreUntouched(), someCaution(), cardsTouched());
      break;
    case 'f': {
      const int place = number();
      printf(" %d", nextFavourite(static_cast<uint8_t>(place), static_cast<uint8_t>(number())));
      break;
    }
    case 'g': {
      const int at = number();
      const int overAt = number();
      printf(" %d", beginsAgain(at, overAt < 0 ? none : overAt));
      break;
    }
    case 'i':
      printf(" %d", isSteadyOnly(static_cast<Caps>(number())));
      break;
    case 'l': {
      const int state = number();
      const int steadyOnly = number();
      const int stopTrial = number();
      sweep(state, steadyOnly, stopTrial, number());
      break;
    }
    case 'h': {
      const int at = number();
      const int state = number();
      const int steadyOnly = number();
      const int answer = number();
      const Ms until = shineNow(at, state, steadyOnly, answer, number());
      printf(" %d:%d", isLit, whenOrNever(until));
      break;
    }
    case 'k': {
      const int sign = number();
      const int at = number();
      showSign(static_cast<Sign>(sign), at, static_cast<uint8_t>(number()));
      break;
    }
    case 'w':
      followWith(static_cast<Sign>(number()));
      break;
    default:
      throw "no such command";
  }
}

}  // namespace

}  // namespace alone

int main() {
  char command;
  while (scanf(" %c", &command) == 1) {
    putchar(command);
    alone::answerTo(command);
    putchar('\n');
  }
}
