// What is about to be written, and the writing of it. There is one place for it: a host is refused while a session by
// the board alone goes on, and none begins while something of a host's is being written.
#pragma once
#include <stdint.h>
#include "keep_contract.h"

namespace alone {

struct Staged {
  // A record, a stretch of a host's, or the whole entry of the session that goes on.
  uint8_t bytes[kept::logEntryBytes];
  uint16_t at;
  uint8_t next;
  uint8_t end;
  // A byte of the log's body that tells how far a session came; 0: none is to be written.
  uint8_t mark;
};

static_assert(kept::recordBytes <= kept::logEntryBytes, "both lie in one place");

extern Staged staged;

// Where a record's content begins.
constexpr uint8_t recordContentAt = 2;

// From the first byte on; a record has one step more, for it is broken first and made whole last.
void stage(uint16_t at, uint8_t length);
// The content that lies in `staged`, as the newest record of its kind.
void stageRecord(RecordKind kind);

}  // namespace alone
