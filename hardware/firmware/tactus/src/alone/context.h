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

// The pressure of each side of the body, with all that hangs on it.
struct Pressed {
  uint8_t pressure[bodySides];  // 0: not known yet
  uint8_t ceiling[bodySides];
  Ms dwellFromMoved[bodySides];
  Ms easedUntilMoved;
};

// The question that is open, and when the next one is.
struct Questioned {
  bool isAsked;
  Question question;
  uint8_t asks;
  Ms askedMoved;
  Ms openForMs;
  Ms askedAt;
  Ms answeredMoved;
  Ms checkInDueMoved;
};

// As much of a context as a less can change, and as says whether hands are still at the same work.
struct Changeable : Pressed, Questioned {
  uint8_t passIndex;
  uint8_t easesHere;
  Ms lighterOfferedAt;
  bool usesOtherTechnique;
  Ms movingSince;
};

// What is asked for most often comes first: the chip's instructions reach 64 bytes from where a structure begins.
struct Context : Changeable {
  Ms movedMs;
  uint8_t passCount;
  Ms passEndsMoved;
  Ms gridAt;
  Ms enteredAt;
  Ms questionAt;
  uint16_t stroke;

  uint16_t leftOut;  // bits of `Zone`
  uint8_t steps;     // bits of `Step`
  Caps caps;
  bool boardReady;
  bool stopHeld;
  bool askThem;
  Ms startedAt;

  Ms stillSince;
  bool beginsLightly;
  Ms passBeganMoved;
  uint8_t settledPass;  // noPass: none yet
  bool handsAreOn;      // some place: then where
  Side handsSide;
  Position handsPosition;
  Ms turnMs;

  uint16_t strokesInPass;
  uint8_t announcedPass;      // noPass: none
  bool wantsWithoutZone;      // `wanted`
  uint8_t zoneOf[bodySides];  // of `Zone`; noZone: none

  Ms askFromMoved;
  uint8_t unfelt;
  uint8_t missed;

  Ms engagedAt;
  bool hasFault;
  Fault fault;
  bool hasReason;
  Reason reason;

  Entry passes[mostPasses];
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
struct BeforeLess : Changeable {
  Ms at;
  Origin from;
  bool byReceiver;
};

struct Memory {
  Context now;
  BeforeGo beforeGo;
  BeforeLess beforeLess;
  uint8_t state;  // of `State`: the innermost
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
