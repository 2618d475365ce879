// The serial port of Uno, Nano and Mega, 57600 baud 8N1, with our own receive interrupt.
#include <avr/io.h>
#ifndef USBCON
#include <avr/interrupt.h>
#include "line.h"
#include "sparing.h"
#include "tick.h"

// The ATmega328P has one, and does not number it there.
#ifdef USART0_RX_vect
#define RECEIVED USART0_RX_vect
#define REGISTER_EMPTY USART0_UDRE_vect
#else
#define RECEIVED USART_RX_vect
#define REGISTER_EMPTY USART_UDRE_vect
#endif

// U2X, UBRR 34: 57143 baud, 0.8 % slow. Without U2X it would be 58824, 2.1 % fast (datasheet 19.11).
void beginLine() {
  UBRR0 = (F_CPU / 4 / 57600 - 1) / 2;
  UCSR0A = _BV(U2X0);
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

void hearLine() {}

// Lets the transmit interrupt go on; it stops by itself when the ring is empty.
void sendLine() {
  if (!transmit.empty()) UCSR0B |= _BV(UDRIE0);
}

bool bootloaderWanted() { return false; }

static void arrivedRarely(uint8_t byte, uint8_t flags) { arrived(byte, flags & _BV(FE0), flags & _BV(DOR0)); }

ISR(RECEIVED) {
  // The flags belong to the byte that UDR0 gives next: read first (19.7.4).
  const uint8_t flags = UCSR0A;
  const uint8_t byte = UDR0;
  if ((flags & (_BV(FE0) | _BV(DOR0))) || !receiver.takeSound(byte)) {
    register uint8_t first asm("r24") = byte;
    register uint8_t second asm("r22") = flags;
    asm volatile("call %x2" ::"r"(first), "r"(second), "i"(sparingly<decltype(&arrivedRarely), arrivedRarely>) : "memory");
  }
  mainLoopWanted = true;
}

ISR(REGISTER_EMPTY) {
  // Whoever finds the ring empty turns himself off, and never leaves without having written: an emulator that
  // clears the flag on entry would not call again.
  uint8_t left = transmit.used();
  if (left != 0) {
    UDR0 = transmit.take();
    left--;
  }
  if (left == 0) UCSR0B &= ~_BV(UDRIE0);
  if (left == nearlySent) mainLoopWanted = true;
}
#endif
