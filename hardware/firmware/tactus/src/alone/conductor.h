// Plays the cues of a session, and reduces what is live to whole frames under a short lease: `src/motors/conductor.ts`.
//
// Whatever the session planned, a frame goes out only while it is engaged; otherwise there is no lease and every plan is
// dropped. Who calls this does so once for each moment, after everything else of it.
#pragma once
#include "cues.h"
#include "duty.h"

namespace alone {

// The player's: a person's word to arm, and silence.
void armBoard();
void hushBoard();

// Forgets whatever an earlier session has left.
void beginConducting();
// Takes an order of the session's within the moment that is handled at `now`. Marks are nobody's here.
void accept(const Order& order, Ms now);
// One frame for the moment, where anything may be driven; renewed on the grid of beats.
void conduct(Ms at);
// Silence now, without asking anyone. The board is told even where nothing should run: what should not run may.
void hush(Ms now);
// The next edge of a pulse, the next beat, the end of the engagement: when a moment is wanted. none: not by itself.
Ms nextBeat();
// Kicks that end and changes that waited are no moments: to be called between them, at `nextDuty` or at any turn.
void keepUpDuties(Ms now);
Ms nextDuty(Ms now);

// The question that a cue was to tell, where it was: nobody has felt it if the cue is dropped.
constexpr bool tellsQuestion(CueWhy why) { return why >= CueWhy::howIsItHere && why <= CueWhy::mayBeFirmer; }
// Where `tellsQuestion`.
constexpr Question questionToldBy(CueWhy why) {
  return static_cast<Question>(static_cast<uint8_t>(why) - static_cast<uint8_t>(CueWhy::howIsItHere));
}
static_assert(questionToldBy(CueWhy::howIsItHere) == Question::here && questionToldBy(CueWhy::howIsTheLeg) == Question::leg &&
                  questionToldBy(CueWhy::mayBeFirmer) == Question::firmer,
              "the reasons of ASK and the offer stand in the order of the questions");

}  // namespace alone
