// The cues that are being played or wait to be: which may join, which gives way, and what the motors do by it. The same
// as `machines/cues/arbitration.ts` and `frame.ts`, shaped for the hand as `src/session/cue-shape.ts` does.
#pragma once
#include "context.h"

namespace alone {

// Why a cue was not played.
enum class CueLimit : uint8_t { rank, cueShare, queue };

// A cue begins, or is not played: who plays them is told. Neither may order anything at once.
void cueBegan(CueId cue, CueWhy why, Ms at);
void cueDropped(CueId cue, CueWhy why, CueLimit limit);

namespace cues {

// As before anything was ever planned. To be called first.
void reset();
// This is the present moment from now on: to be called before whatever else is asked within it.
void moveTo(Ms at);
// A cue joins at its own moment, which has not passed; tells what was dropped for it, or itself.
void add(const Order& play);
// Tells the cues that begin, or began unnoticed before and still last. Each is told once.
void begin();
// What is planned or playing of this cue is over.
void drop(CueId cue);
// Forgets what is over; what was driven within the last window is remembered for the share.
void forget();
// Drops every plan; what a dropped cue has driven until now still counts.
void clear();
// What each motor does, in per cent. How long until that may change; INT16_MAX where nothing is planned.
int16_t frame(uint8_t (&percent)[motorCount]);

}  // namespace cues

}  // namespace alone
