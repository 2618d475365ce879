// What a message of the host does. Called with interrupts off, so a stop in an interrupt comes before it or after
// it, never in its midst.
#pragma once
#include "board.h"
#include "parser.h"
#include "reports.h"

void obey(Heard heard, const Parser& message, Board& board, Reports& reports, uint8_t stir);
