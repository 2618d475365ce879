// The one board and what serves it, shared between the interrupts and the main loop.
#pragma once
#include <avr/io.h>
#include "board.h"
#include "parser.h"
#include "receiver.h"
#include "reports.h"
#include "writer.h"

extern Board board;
extern Receiver receiver;
extern Parser parser;
extern Transmit transmit;
extern Reports reports;

// A count that moves 250 times a millisecond, for the nonces.
inline uint8_t stir() { return TCNT0; }

#include "alone.h"
#if ALONE
// A host has said stop, wherever that was heard: the motors are off already, and the player is to be told.
extern volatile bool hostHasStopped;
// A player is at work: it is called after each tick.
extern volatile bool everyTickWanted;
#endif
