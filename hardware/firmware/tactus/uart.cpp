#include "uart.h"
#include <avr/interrupt.h>
#include "pwm.h"
#include "tactus.h"

// U2X, UBRR 34: 57143 baud, 0.8 % slow. Without U2X it would be 58824, 2.1 % fast (datasheet 19.11).
void beginUart() {
  UBRR0 = (F_CPU / 4 / 57600 - 1) / 2;
  UCSR0A = _BV(U2X0);
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

ISR(USART_RX_vect) {
  // The flags belong to the byte that UDR0 gives next: read first (19.7.4).
  const uint8_t flags = UCSR0A;
  const uint8_t byte = UDR0;
  if (!receiver.receive(byte, flags & _BV(FE0), flags & _BV(DOR0))) return;
  parser.reset();
  board.halt(stir());
  showDuties(0, 0);
}

ISR(USART_UDRE_vect) {
  // Whoever finds the ring empty turns himself off, and never leaves without having written: an emulator that
  // clears the flag on entry would not call again.
  if (!transmit.empty()) UDR0 = transmit.take();
  if (transmit.empty()) UCSR0B &= ~_BV(UDRIE0);
}
