#include "probe.h"
#include <avr/boot.h>
#include <avr/io.h>
#include <util/delay.h>
#include "pins.h"
#include "quiet.h"
#include "tactus.h"

namespace {

// 125 kHz: the converter wants 50 to 200 for all of its bits (ATmega328P datasheet 23.4).
constexpr uint8_t on = _BV(ADEN) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
// The band gap is a weak source: the converter's own capacitor takes its time to follow it.
constexpr uint16_t bandgapSettlesUs = 400;
constexpr uint8_t pinSettlesUs = 20;

Probe current = supply;
bool started = false;

bool isRight() { return current == rightAtRest || current == rightPulledUp; }

void pullUp(bool isOn) {
  const bool left = isOn && current == leftPulledUp;
  const bool right = isOn && current == rightPulledUp;
  left ? setHigh<pin::leftDrain>() : setLow<pin::leftDrain>();
  right ? setHigh<pin::rightDrain>() : setLow<pin::rightDrain>();
}

void choose() {
  const uint8_t channel = current == supply ? bandgapChannel : isRight() ? rightDrainChannel : leftDrainChannel;
  ADMUX = _BV(REFS0) | channel;
  pullUp(true);
}

// A pin that hangs in the air keeps what it had: it is emptied first, for a microsecond. Behind its resistor a drain
// does not notice, and the pin has followed it again before the converter takes its sample.
template <uint8_t which>
void empty() {
  setOutput<which>();
  _delay_us(1);
  setInput<which>();
}

void start() {
  Quiet quiet;
  if (current == leftAtRest) empty<pin::leftDrain>();
  if (current == rightAtRest) empty<pin::rightDrain>();
  ADCSRA |= _BV(ADSC);
}

void take() {
  board.saw(current, ADC);
  pullUp(false);
  current = current == rightPulledUp ? supply : static_cast<Probe>(current + 1);
}

}  // namespace

void beginProbes() {
  DIDR0 = _BV(leftDrainChannel) | _BV(rightDrainChannel);
  ADCSRA = on;
  current = supply;
  started = false;
  for (uint8_t count = 0; count < probes; count++) {
    choose();
    _delay_us(pinSettlesUs);
    if (current == supply) _delay_us(bandgapSettlesUs);
    start();
    while (ADCSRA & _BV(ADSC)) {
    }
    take();
  }
  board.setFuses(boot_lock_fuse_bits_get(GET_LOW_FUSE_BITS), boot_lock_fuse_bits_get(GET_HIGH_FUSE_BITS),
                 boot_lock_fuse_bits_get(GET_EXTENDED_FUSE_BITS));
  choose();
}

void probe(bool atRest) {
  // What was begun before a motor was is thrown away.
  if (!atRest) {
    if (started) choose();
    started = false;
    return;
  }
  if (!started) {
    start();
  } else {
    take();
    choose();
  }
  started = !started;
}
