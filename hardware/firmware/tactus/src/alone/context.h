// What a session remembers, field for field as `machines/session.types.ts` has it; what a board alone can never be told
// is left out: places that somebody named, causes, an agreed time of the end, a session that another process has left.
#pragma once
#include <stdint.h>
#include "bounds.h"
#include "names.h"
#include "plan.h"
#include "time.h"

namespace alone {

constexpr uint8_t bodySides = 2;  // left, right

// What screening by the card comes to: nobody has seen an answer, so 2 at most; with some caution 1, and lying on the side.
enum class Caps : uint8_t { unknown, byTouch, byTouchWithCare };

struct Context {
  uint8_t passCount;
  Entry passes[mostPasses];
  uint16_t leftOut;  // bits of `Zone`
  uint8_t passIndex;
  uint8_t steps;  // bits of `Step`
  Caps caps;
  bool boardReady;
  bool stopHeld;
  bool askThem;
  Ms startedAt;

  Ms movedMs;
  Ms movingSince;
  Ms stillSince;
  bool beginsLightly;
  Ms passBeganMoved;
  Ms passEndsMoved;
  uint8_t settledPass;  // noPass: none yet
  bool handsAreOn;      // some place: then where
  Side handsSide;
  Position handsPosition;
  Ms turnMs;

  Ms gridAt;
  uint16_t stroke;
  uint16_t strokesInPass;
  bool usesOtherTechnique;
  uint8_t easesHere;
  Ms lighterOfferedAt;
  uint8_t announcedPass;  // noPass: none
  bool wantsWithoutZone;  // `wanted`

  uint8_t pressure[bodySides];  // 0: not known yet
  uint8_t ceiling[bodySides];
  Ms dwellFromMoved[bodySides];
  uint8_t zoneOf[bodySides];  // of `Zone`; noZone: none
  Ms easedUntilMoved;

  Ms checkInDueMoved;
  Ms askFromMoved;
  Ms answeredMoved;
  bool isAsked;
  Ms askedMoved;
  Ms openForMs;
  Question question;
  Ms questionAt;
  Ms askedAt;
  uint8_t asks;
  uint8_t unfelt;
  uint8_t missed;

  Ms engagedAt;
  Ms enteredAt;
  bool hasFault;
  Fault fault;
  bool hasReason;
  Reason reason;
};

constexpr uint8_t noPass = UINT8_MAX;
constexpr uint8_t noZone = UINT8_MAX;

// How a session stood before a press of GO, so that it can be taken back. `at` is none: nothing to take back.
struct BeforeGo {
  Ms at;
  Origin from;
  Context context;
};

// The same before a less: no more of it than taking back or undoing a less restores. What brings back all of a context
// comes of GO alone, for hands can not take back a less at rest in any other way (`machines/touch/hands.ts`).
struct BeforeLess {
  Ms at;
  Origin from;
  bool byReceiver;
  uint8_t passIndex;
  uint8_t pressure[bodySides];
  uint8_t ceiling[bodySides];
  Ms dwellFromMoved[bodySides];
  Ms easedUntilMoved;
  uint8_t easesHere;
  Ms lighterOfferedAt;
  bool wasMoving;
  bool usesOtherTechnique;
  bool isAsked;
  Ms askedMoved;
  Ms openForMs;
  Question question;
  Ms askedAt;
  uint8_t asks;
  Ms answeredMoved;
  Ms checkInDueMoved;
};

struct Memory {
  Context now;
  BeforeGo beforeGo;
  BeforeLess beforeLess;
};

// What a session is told. Fields that an event does not carry are not looked at.
struct Event {
  EventType type;
  Ms at;
  bool felt;        // go: by a button under a hand
  bool byReceiver;  // less, stop
  bool withCare;    // screening.cleared
  bool underStop;   // meaningless: pressed while STOP is down; else two together
  Button button;    // takeBack: go or less
  Ms pressedAt;     // takeBack
  HereBand here;    // checkIn
  LegBand leg;
  bool firmer;
  Question question;  // unfelt
  Fault fault;        // fault
  Ms since;           // fault: hands have been without guidance from then on; none: from `at` on
};

// What a session orders and marks.
struct Order {
  enum class Type : uint8_t { arm, engage, play, drop, hush, stroke, pressure };
  Type type;
  Ms at;  // arm, play; engage: until
  CueId cue;
  Motor from;
  uint8_t times;
  CueWhy why;
  bool answer;
  bool again;
  uint16_t number;     // stroke: which of this grid
  Ms periodMs;         // stroke: to the beginning of the next
  uint8_t pull;        // stroke: of pulls that climb, which one; 0: they do not
  uint16_t ascent;
  uint8_t pressure;    // pressure
  uint8_t side;        // pressure: 0 left, 1 right
  PressureChange change;
};

// Who carries it out: the player on the board, a test on a host.
void emit(const Order& order);

}  // namespace alone
