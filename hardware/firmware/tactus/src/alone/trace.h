// What a session tells of itself, written to a register that only an emulated chip lets anybody see: the same lines as the
// trace of a session on a host. See `trace_port.h`.
#pragma once
#include "context.h"

namespace alone {

// A session opens.
void traceOpened(uint8_t favourite, Ms at);
// Where the state, or the place of the hands, is another one than before; whether the state is.
bool traceState(StateName state, Ms at);
// A stroke or a pressure.
void traceMark(const Order& order, Ms at);
void traceCue(CueId cue, CueWhy why, Ms at);
void traceOutcome(Outcome outcome, Reason reason, Ms at);
// What one event has led to is told: its state is to be read before its marks.
void traceEventEnds(Ms at);

}  // namespace alone
