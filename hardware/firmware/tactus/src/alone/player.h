// Plays sessions on the board by itself: what `src/session/run.ts`, `course.ts`, `sessions.ts` and `src/motors/agenda.ts`
// do on a host. It is a client of the lease like any host: it arms with the board's nonce, asks for duties and renews
// leases of 250 ms, and everything below watches it as it watches a host.
//
// Pure: time, buttons and the motors' doors come from the sketch. Called by the main loop alone.
#pragma once
#include <stdint.h>
#include "context.h"

namespace alone {

// What the player sees of the board, once in each call.
struct Seen {
  uint32_t boardMs;     // since its start
  uint8_t pressed;      // debounced, in the bits of `button`
  uint8_t hindrances;   // in the bits of `hindrance`
  bool isLocked;
  bool isStopped;       // its stop latch holds it
  bool isEngaged;       // armed or leased
};

// Once, when the board has begun: screening is open, and nothing runs. The light says whether the last session broke off.
void beginPlayer(uint32_t boardMs);

// After each tick, in the main loop: all that has fallen due by now, each at its own time.
void playOn(const Seen& seen);

// Reads anew what is kept: after the start, and after a host has written.
void readStore();

// A host has spoken: where nothing has begun it has the board, until its power is cut or it is reset. A session that is
// under way goes on, and the host may read and stop.
void hostSpoke();
bool isTethered();
// Somebody has begun to answer the card, or a session is under way until its outcome was told: no host may arm.
bool isBusyAlone();
// A host has said stop: it is obeyed before anything else, and the session is told.
void hostStopped();

// Whether the light is lit, where no host has it.
bool isLit();

// By the sketch: which start of the board this is. `armBoard`, `leaseFrame` and `hushBoard` are its, too.
uint16_t epoch();

}  // namespace alone
