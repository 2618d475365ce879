// The stop switch: three equal samples, a latch, and what an ARM needs.
#include "bench.h"
#include "claims.h"

namespace {

#if STOP_NORMALLY_CLOSED
void tryTheSwitch(Bench&) {}
#else
// A switch that closes has to be tried once before it arms.
void tryTheSwitch(Bench& bench) {
  bench.pressed = button::stop;
  bench.ticks(10);
  bench.pressed = 0;
  bench.ticks(30);
}
#endif

void running(Bench& bench) {
  bench.ticks(bootTicks);
  tryTheSwitch(bench);
  arm(bench);
  ask(bench, 150, 0);
  lease(bench, 150, 0);
  bench.tick();
}

}  // namespace

CLAIM("a press is three equal samples, and silences then") {
  Bench bench;
  running(bench);
  HOLDS(bench.left() == 150);
  bench.pressed = button::stop;
  bench.ticks(2);
  HOLDS(bench.left() == 150);
  bench.tick();
  HOLDS(!bench.driven());
  HOLDS(bench.board.state() == State::stopped);
  HOLDS(bench.notes() & note::stopPin);
}

CLAIM("two samples are none, however often") {
  Bench bench;
  running(bench);
  for (unsigned time = 0; time < 20; time++) {
    bench.pressed = button::stop;
    bench.ticks(2);
    bench.pressed = 0;
    bench.ticks(3);
    lease(bench, 150, 0);
  }
  HOLDS(bench.left() == 150);
}

CLAIM("any bounce makes one stop: of all 2^12 patterns of 12 samples that hold a press, each stops once") {
  for (unsigned pattern = 0; pattern < 1u << 12; pattern++) {
    Bench bench;
    running(bench);
    unsigned run = 0;
    bool press = false;
    unsigned stops = 0;
    uint16_t nonce = bench.board.nonce();
    for (unsigned sample = 0; sample < 12; sample++) {
      bench.pressed = pattern >> sample & 1 ? button::stop : 0;
      run = bench.pressed ? run + 1 : 0;
      press = press || run == 3;
      bench.tick();
      HOLDS(press == (bench.board.state() == State::stopped));
      if (bench.board.nonce() != nonce) stops++;
      nonce = bench.board.nonce();
    }
    HOLDS(stops == (press ? 1u : 0u));
  }
}

CLAIM("an ARM waits for a release of 20 ms") {
  Bench bench;
  running(bench);
  bench.pressed = button::stop;
  bench.ticks(50);
  arm(bench);
  HOLDS(bench.board.state() == State::stopped);
  bench.pressed = 0;
  unsigned ticks = 0;
  while (bench.board.state() == State::stopped && ticks < 100) {
    bench.tick();
    ticks++;
    arm(bench);
  }
  HOLDS(bench.board.state() == State::armed);
  HOLDS((ticks - 1) * tickUs >= 20000);
  HOLDS(ticks * tickUs < 23000);
}

CLAIM("a stop outlasts FF, STOP and leases, until a new ARM") {
  Bench bench;
  running(bench);
  bench.pressed = button::stop;
  bench.ticks(4);
  bench.pressed = 0;
  bench.ticks(40);
  bench.hear(systemReset);
  bench.hear(startSysex);
  bench.hear(command::stop);
  ask(bench, 150, 150);
  lease(bench, 150, 150);
  bench.ticks(10);
  HOLDS(bench.board.state() == State::stopped);
  HOLDS(bench.board.pressedButtons() & button::stop);
  HOLDS(!bench.driven());
  arm(bench);
  HOLDS(bench.board.state() == State::armed);
  HOLDS(!(bench.board.pressedButtons() & button::stop));
}

CLAIM("every button is debounced on its own, two at once as well") {
  Buttons buttons;
  buttons.sample(button::go | button::less);
  buttons.sample(button::go | button::less);
  HOLDS(buttons.pressed() == 0);
  buttons.sample(button::go);
  HOLDS(buttons.pressed() == button::go);
  buttons.sample(button::go | button::receiver);
  buttons.sample(button::go | button::receiver);
  HOLDS(buttons.sample(button::go | button::receiver));
  HOLDS(buttons.pressed() == (button::go | button::receiver));
}

#if !STOP_NORMALLY_CLOSED
CLAIM("a switch that closes when pressed refuses ARM until it has been pressed once since the start") {
  Bench bench;
  bench.ticks(200);
  arm(bench);
  HOLDS(bench.board.state() == State::disarmed);
  HOLDS(bench.notes() & note::stopPin);
  tryTheSwitch(bench);
  arm(bench);
  HOLDS(bench.board.state() == State::armed);
}
#endif
