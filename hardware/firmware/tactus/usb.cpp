// USB of Leonardo and Micro, by the core's own Serial: there is no interrupt for a received byte. Compiled, not run.
//
// What the core does by waiting would wait for ever here, since its millis() stands still: so nothing below may
// make it wait.
#include <avr/io.h>
#ifdef USBCON
#include <Arduino.h>
#include "line.h"
#include "quiet.h"

namespace {

// One packet a tick. What has no room in the ring is counted as dropped, as on a serial port: a system reset behind
// it must be found even while the main loop hangs.
constexpr uint8_t packetBytes = USB_EP_SIZE;
// A packet that is filled to its last byte makes the core send an empty one behind it, and wait for room for that.
constexpr uint8_t keptFree = 1;
constexpr uint32_t bootloaderBaud = 1200;

}  // namespace

// The core began it before setup().
void beginLine() {}

void hearLine() {
  uint8_t packet[packetBytes];
  const int count = USB_Recv(CDC_RX, packet, packetBytes);
  for (int index = 0; index < count; index++) arrived(packet[index], false, false);
}

void sendLine() {
  // Nobody listens, or the host sleeps: to write would wake it, every quarter of a second.
  const bool heard = Serial.dtr() && !USBDevice.isSuspended();
  while (!transmit.empty()) {
    // The packet is let go in an interrupt: between the look for room and the writing there must be none.
    Quiet quiet;
    if (heard && Serial.availableForWrite() <= keptFree) return;
    const uint8_t byte = transmit.take();
    if (heard) Serial.write(byte);
  }
}

// A port opened and closed at this speed is how a Leonardo is asked for its bootloader. The core then sets the
// watchdog to 120 ms, and we have only to let it bite.
bool bootloaderWanted() { return Serial.baud() == bootloaderBaud && !Serial.dtr(); }
#endif
