// What of a session goes into the log, and when: a session has an entry from its first stroke on.
#pragma once
#include "context.h"

namespace alone {

// A session opens: nothing of it stands there yet.
void openSessionLog();
bool isLogging();

// Before the session is told of this: hands go on to another place by it, or it is an answer.
void logBefore(const Event& told);
void logPause();
// A stroke or a pressure.
void logMark(const Order& order);
void logTime(Ms at);
// Once its outcome has been told.
void sealSession(Ms at);

}  // namespace alone
