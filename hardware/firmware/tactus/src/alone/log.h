// The log of the last sessions by the board alone: what was done, for how long and how it ended. Of answers only how
// many there were in each band; nothing of a person.
//
// An entry's head is written when its session begins, the rest when it ends. In between one byte is marked each five
// minutes: one that broke off shows how far it came. So no byte is written more than twice in a session, and each entry
// comes round after eight of them.
#pragma once
#include "names.h"
#include "time.h"

namespace alone {

enum class LastSession : uint8_t { none, ended, brokeOff };
// Of the newest entry. Before a new one begins.
LastSession lastSession();

// False, and nothing done: something of a host's is still being written. `epoch`: which start of the board this is.
bool beginLog(uint16_t epoch, uint32_t routineHash);

enum class Logged : uint8_t { ease, rise, pause };
void logOne(Logged what);
void logHere(HereBand band);
void logLeg(LegBand band);
// Hands have moved for so long since the last time this was told.
void logMoved(Stage stage, Side side, Ms ms);
// At each whole minute since it began.
void logMinute(uint8_t minute);

struct Ending {
  Outcome outcome;
  bool hasReason;
  Reason reason;
  bool hasFault;
  Fault fault;
  uint16_t seconds;  // from the beginning to the end, pauses and all
};
void sealLog(const Ending& ending);

}  // namespace alone
