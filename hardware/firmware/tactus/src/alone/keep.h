// The messages by which a host reads and writes what the board keeps: one at a time, each answered once it is done.
//
// `obeyKeep` only takes it down, so it may be called with interrupts off. The main loop carries it out: `keepStep`, and
// `storeStep` for each byte. The answer waits until it can be sent.
#pragma once
#include <stdint.h>
#include "../../writer.h"
#include "keep_contract.h"

namespace alone {

// Asked of the board round it.
bool isArmed();
bool isBusyAlone();  // a session by the board alone goes on

// A sysex, from its command on. False: it is damaged. One that comes before the last was answered is not heard.
bool obeyKeep(const uint8_t* body, uint8_t length);
void keepStep();

// Fields of the one, and all of the other.
#define ADD_SIZE(name, size) +size
constexpr uint8_t keepFieldBytes = 0 KEEP_FIELDS(ADD_SIZE);
constexpr uint8_t keptSize = 5 KEPT_FIELDS(ADD_SIZE);
#undef ADD_SIZE

bool keptWaits();
// Where `keptWaits` and `keptSize` bytes have room.
void writeKept(Writer& to);

}  // namespace alone
