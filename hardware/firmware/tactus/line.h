// The serial port, 57600 baud 8N1, with our own receive interrupt: a system reset acts in there.
#pragma once
#include <avr/io.h>
#include "writer.h"

void beginUart();

// Lets the transmit interrupt go on; it stops by itself when the ring is empty.
inline void sendRing(const Transmit& ring) {
  if (!ring.empty()) UCSR0B |= _BV(UDRIE0);
}
