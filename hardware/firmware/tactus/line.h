// The line to the host. On boards with a serial port it has our own receive interrupt (uart.cpp); on those that are
// a USB device themselves the core's USB is asked at every tick (usb.cpp). Either way each byte passes `arrived`.
#pragma once
#include "alone.h"
#include "tactus.h"
#include "pwm.h"

// A byte of the host. A system reset acts in here: in the receive interrupt, or in the tick.
inline void arrived(uint8_t byte, bool frameError, bool overrun) {
  if (!receiver.receive(byte, frameError, overrun)) return;
  parser.reset();
  board.halt(stir());
  showDuties(0, 0);
#if ALONE
  hostHasStopped = true;
#endif
}

void beginLine();

// Every tick, in its interrupt.
void hearLine();

// The main loop, whenever something may be left to send. Never waits.
void sendLine();

// The host wants to flash: the watchdog is to bite.
bool bootloaderWanted();
